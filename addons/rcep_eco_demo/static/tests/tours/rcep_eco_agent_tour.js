import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("rcep_eco_agent", {
    steps: () => [
        {
            content: "The portal leads to the work for principals",
            trigger: "a[href='/my/eco']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Both principals are there, each with its own authority",
            trigger: "body:has(h2:contains(宁波另家)):contains(POA-7):contains(POA-2026-031)",
        },
        {
            content: "The invoice waits: make its draft",
            trigger: "tr:contains(YJ-AGENT) button:contains(Make the draft)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The draft is there, and no word of costs or suppliers",
            trigger: "body:has(.alert-success:contains(The draft was made)):not(:contains(Supplier)) input[name='vessel']",
            run: "edit EVER GIVEN 021W",
        },
        {
            content: "Where it is loaded",
            trigger: "input[name='port_loading']",
            run: "edit NINGBO, CHINA",
        },
        {
            content: "Save it",
            trigger: "button[value='save']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It was kept",
            trigger: "body:has(.alert-success:contains(Saved)) input[name='vessel'][value='EVER GIVEN 021W']",
        },
        {
            content: "Ask the principal's signer",
            trigger: "button[value='ask']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The signer was asked; the agent itself cannot approve",
            trigger: "body:has(.alert-success:contains(A signer was asked)):not(:has(button[value='submit']))",
        },
    ],
});

registry.category("web_tour.tours").add("rcep_eco_agent_submits", {
    steps: () => [
        {
            content: "Approved: the agent submits it, as its authority says",
            trigger: "button[value='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is on its way",
            trigger: "body:has(.alert-success:contains(on its way)):has(.badge:contains(Submitted))",
        },
    ],
});

registry.category("web_tour.tours").add("rcep_eco_agent_revoked", {
    steps: () => [
        {
            content: "Revoked in mid-work: nothing is left but the reason",
            trigger: "body:has(.alert:contains(was revoked on)):not(:has(button[value='save'])):not(:contains(YJ-LATER)):has(h2:contains(宁波另家))",
        },
    ],
});
