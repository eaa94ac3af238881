import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("rcep_eco_customer", {
    steps: () => [
        {
            content: "The portal leads to the certificates",
            trigger: "a[href='/my/certificates']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "One was issued",
            trigger: "td a:contains(26C3302A0001/00042)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What it says, and that it is a specimen",
            trigger: "body:has(h1:contains(26C3302A0001/00042)):has(.badge:contains(Specimen)):contains(CARTONS OF)",
        },
        {
            content: "The ZIP with all papers is one link, and opens",
            trigger: "a[name='papers']",
            async run() {
                const answer = await fetch(this.anchor.href);
                const start = new Uint8Array(await answer.arrayBuffer()).slice(0, 2);
                if (!answer.ok || String.fromCharCode(...start) !== "PK") {
                    throw new Error(`The ZIP did not come: ${answer.status}`);
                }
            },
        },
        {
            content: "Each paper stands there too",
            trigger: "body:has(a[href$='/papers/invoice']):has(a[href$='/papers/packing']):has(a[href$='/papers/origin'])",
        },
    ],
});
