import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const NEXT_YEAR = new Date().getFullYear() + 1;

function openOrigin() {
    return {
        content: "What is known of the origin stands on a page of its own",
        trigger: ".o_notebook .nav-link[name='rcep_origin']",
        run: "click",
    };
}

/** A day typed into a field of a browser's own kind, which tours cannot edit. */
function enterDay(name, day) {
    return {
        content: `A day into “${name}”`,
        trigger: `.rcep-declare-line input[name^='${name}_']`,
        run({anchor}) {
            anchor.value = day;
        },
    };
}

tours.add("rcep_eco_declaration_charger_fails", {
    steps: () => [
        openOrigin(),
        {
            content: "The charger does not originate",
            trigger: ".o_field_widget[name='rcep_origin_ids'] [name='verdict']:contains(Not originating)",
        },
    ],
});

tours.add("rcep_eco_declaration_ask", {
    steps: () => [
        openOrigin(),
        {
            content: "The converter module holds it back: its supplier is asked",
            trigger: ".o_form_view button[name='action_rcep_ask_suppliers']",
            run: "click",
        },
        {
            content: "One declaration is asked for",
            trigger: ".o_form_view .o_statusbar_status button[data-value='requested'].o_arrow_button_current",
        },
        {
            content: "It can be asked for again, and its request looked at",
            trigger: ".o_form_view button[name='action_open_request']",
            run: "click",
        },
        {
            content: "The request holds the link",
            trigger: ".o_form_view .o_field_widget[name='link']:contains(/rcep/declare/)",
        },
    ],
});

tours.add("rcep_eco_declaration_answer", {
    steps: () => [
        {
            content: "The page speaks Chinese too",
            trigger: ".rcep-declare-languages a[lang='zh']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "And English again",
            trigger: "[lang='zh'] .rcep-declare-languages a[lang='en']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It originates",
            trigger: "[lang='en'] .rcep-declare-line label[for^='yes_']",
            run: "click",
        },
        {
            trigger: ".rcep-declare-line select[name^='party_']",
            run: "selectByLabel Vietnam",
        },
        {
            trigger: ".rcep-declare-line select[name^='criterion_']",
            run: "select RVC",
        },
        {
            trigger: ".rcep-declare-line input[name^='rvc_']",
            run: "edit 52.40",
        },
        {
            trigger: ".rcep-declare-line input[name^='reference_']",
            run: "edit HPT-RCEP-118",
        },
        enterDay("from", "2026-01-01"),
        enterDay("to", "2025-12-31"),
        {
            trigger: "input[name='who']",
            run: "edit Nguyen Thi Lan",
        },
        {
            trigger: ".rcep-declare button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The slip is named, and what was typed is still there",
            trigger: ".rcep-declare-wrong:contains(lies before)",
        },
        enterDay("to", `${NEXT_YEAR}-12-31`),
        {
            trigger: ".rcep-declare button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Thanked, and the answer stays readable",
            trigger: ".rcep-declare-done:contains(HPT-RCEP-118)",
        },
        {
            trigger: ".rcep-declare:not(:has(form)) .alert-success",
        },
    ],
});

tours.add("rcep_eco_declaration_verify", {
    steps: () => [
        {
            content: "What the supplier declared",
            trigger: ".o_form_view .o_field_widget[name='answered_by']:contains(Nguyen Thi Lan)",
        },
        {
            content: "The engineer believes it",
            trigger: ".o_form_view button[name='action_verify']",
            run: "click",
        },
        {
            content: "From now on it counts, and is frozen",
            trigger: ".o_form_view .o_statusbar_status button[data-value='verified'].o_arrow_button_current",
        },
    ],
});

tours.add("rcep_eco_declaration_charger_originates", {
    steps: () => [
        openOrigin(),
        {
            content: "Determined anew",
            trigger: ".o_form_view button[name='action_rcep_determine']",
            run: "click",
        },
        {
            content: "The verdict has turned",
            trigger: ".o_field_widget[name='rcep_origin_ids'] [name='verdict']:not(:contains(Not)):contains(Originating)",
        },
    ],
});
