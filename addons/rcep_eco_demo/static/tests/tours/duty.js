import {registry} from "@web/core/registry";
import {inputFiles} from "@web/../tests/utils";

const RATES = [
    "importer,agreement,origin,hs_edition,national_code,valid_from,rate_type,rate,source,confidence",
    "MY,MFN,*,AHTN2022,8302,2025-01-01,ad_valorem,20,EXAMPLE ONLY,example",
    "MY,RCEP,CN,AHTN2022,8302,2025-01-01,ad_valorem,RATE,EXAMPLE ONLY,example",
];

function file(rate) {
    return new File([RATES.join("\n").replace("RATE", rate)], "malaysia.csv", {type: "text/csv"});
}

registry.category("web_tour.tours").add("rcep_eco_duty_rates", {
    steps: () => [
        {
            content: "The rates of a market are loaded from a file",
            trigger: ".o_menu_sections button:contains(Markets)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .dropdown-item:contains(Load duty rates)",
            run: "click",
        },
        {
            content: "A file with a comma in a number",
            trigger: ".modal .o_field_widget[name='file']",
            run: async () => inputFiles(".modal .o_field_widget[name='file'] input[type='file']", [file('"7,5"')]),
        },
        {
            content: "The line and what is wrong with it are named, and nothing can be loaded",
            trigger: ".modal .o_field_widget[name='preview']:contains(has a comma)",
        },
        {
            trigger: ".modal:not(:has(button[name='action_load']:visible)) .o_field_widget[name='preview']:contains(Line 3)",
        },
        {
            content: "The file put right",
            trigger: ".modal .o_field_widget[name='file']",
            run: async () => inputFiles(".modal .o_field_widget[name='file'] input[type='file']", [file("7.5")]),
        },
        {
            content: "What it covers",
            trigger: ".modal .o_field_widget[name='preview']:contains(2 lines were read)",
        },
        {
            trigger: ".modal button[name='action_load']:enabled",
            run: "click",
        },
        {
            content: "The import, with its hash",
            trigger: ".o_form_view .o_field_widget[name='file_sha256']",
        },
        {
            content: "The ledger",
            trigger: ".o_menu_sections button:contains(Markets)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .dropdown-item:contains(Duty ledger)",
            run: "click",
        },
        {
            content: "What may still be saved is to be checked: the rates are examples",
            trigger: ".o_pivot_view:contains(May still be saved)",
        },
    ],
});

registry.category("web_tour.tours").add("rcep_eco_duty_comparison", {
    steps: () => [
        {
            content: "The invoice compares its duties",
            trigger: ".o_form_view button[name='action_rcep_duty']",
            run: "click",
        },
        {
            content: "Each good has its ways",
            trigger: ".modal .o_field_widget[name='way_ids'] .o_data_row:contains(No certificate)",
        },
        {
            content: "A rate that is an example proves nothing",
            trigger: ".modal .o_field_widget[name='good_ids'] .o_data_row:first-child td[name='best']:contains(None is proven)",
        },
        {
            content: "Nothing is counted as saved for certain",
            trigger: ".modal .o_field_widget[name='total']:contains(not known)",
        },
    ],
});
