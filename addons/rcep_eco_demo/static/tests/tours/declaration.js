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

/** What one page tells the next: a tour lives through it, its variables do not. */
const CHARGER = "rcep_eco_charger";

/** Go to another page of the same address. */
function goTo(content, trigger, pathOf) {
    return {
        content,
        trigger,
        run({anchor}) {
            window.location.href = pathOf(anchor);
        },
        expectUnloadPage: true,
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

/** The supplier on its page, in one slip and two attempts. */
const ANSWER = () => [
    {
        content: "The page speaks Chinese too",
        trigger: ".rcep-declare-languages a[hreflang='zh-CN']",
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
];

tours.add("rcep_eco_declaration_answer", {steps: ANSWER});

tours.add("rcep_eco_declaration_turns", {
    steps: () => [
        openOrigin(),
        {
            content: "The charger does not originate",
            trigger: ".o_field_widget[name='rcep_origin_ids'] [name='verdict']:contains(Not originating)",
            run() {
                window.sessionStorage.setItem(CHARGER, window.location.pathname);
            },
        },
        {
            content: "Its overview tells why",
            trigger: ".o_form_view button[name='action_rcep_overview']",
            run: "click",
        },
        {
            content: "It does not originate there either",
            trigger: ".o_rcep_overview .o_rcep_verdict .badge:contains(Not originating)",
        },
        {
            content: "A declaration of the converter module would mend it: its supplier is asked",
            trigger: ".o_rcep_mending:contains(M-4001) button[name='ask']",
            run: "click",
        },
        {
            content: "One declaration is asked for",
            trigger: ".o_form_view .o_statusbar_status button[data-value='requested'].o_arrow_button_current",
        },
        {
            content: "Its request can be looked at",
            trigger: ".o_form_view button[name='action_open_request']",
            run: "click",
        },
        goTo(
            "The request holds the link, on which the supplier answers",
            ".o_form_view .o_field_widget[name='link']:contains(/rcep/declare/)",
            (anchor) => anchor.textContent.match(/\/rcep\/declare\/[\w-]+/)[0]
        ),
        ...ANSWER(),
        goTo(
            "The engineer opens what was declared",
            ".rcep-declare-done",
            (anchor) => `/odoo/supplier-declarations/${anchor.dataset.line}`
        ),
        {
            content: "What the supplier declared",
            trigger: ".o_form_view .o_field_widget[name='answered_by']:contains(Nguyen Thi Lan)",
        },
        {
            content: "The engineer believes it",
            trigger: ".o_form_view button[name='action_verify']",
            run: "click",
        },
        goTo(
            "From now on it counts, and is frozen",
            ".o_form_view:has(.o_statusbar_status button[data-value='verified'].o_arrow_button_current)",
            () => window.sessionStorage.getItem(CHARGER)
        ),
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
        {
            content: "And the overview says so",
            trigger: ".o_form_view button[name='action_rcep_overview']",
            run: "click",
        },
        {
            trigger: ".o_rcep_overview .o_rcep_verdict .badge:contains(Originating):not(:contains(Not))",
        },
    ],
});
