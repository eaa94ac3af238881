import {registry} from "@web/core/registry";
import {inputFiles} from "@web/../tests/utils";

function file(code) {
    const lines = ["code,name,hs_code,unit", "M-2201,Rubber foot,401699,C62", `M-2202,Steel plate,${code},C62`];
    return new File([lines.join("\n")], "items.csv", {type: "text/csv"});
}

function handIn(code) {
    return [
        {
            content: "A file of the other ERP",
            trigger: ".modal .o_field_widget[name='file']",
            run: async () => inputFiles(".modal .o_field_widget[name='file'] input[type='file']", [file(code)]),
        },
        {
            content: "It is looked at first",
            trigger: ".modal button[name='action_check']:enabled:visible",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("rcep_eco_erp_sheet", {
    steps: () => [
        {
            content: "What came before",
            trigger: ".o_list_view .o_data_row:contains(Refused)",
        },
        {
            content: "Another sheet",
            trigger: ".o_list_view button:contains(Hand in a sheet)",
            run: "click",
        },
        ...handIn("8302"),
        {
            content: "The line, the column and what is wrong are named, and nothing can be taken over",
            trigger: ".o_form_view:not(:has(button[name='action_apply'])) .o_field_widget[name='problem_list']:contains(Line 3, hs_code)",
        },
        {
            content: "The mended one",
            trigger: ".o_form_view button:contains(Hand in another)",
            run: "click",
        },
        ...handIn("83024100"),
        {
            content: "What it would do",
            trigger: ".o_form_view .o_field_widget[name='change_list']:contains(M-2202)",
        },
        {
            content: "All of it",
            trigger: ".o_form_view button[name='action_apply']:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='applied_by_id']",
        },
    ],
});

registry.category("web_tour.tours").add("rcep_eco_erp_invoice", {
    steps: () => [
        {
            content: "What was refused says so",
            trigger: ".o_list_view .o_data_row:contains(TO-2611/019):contains(Refused)",
        },
        {
            content: "What was taken over",
            trigger: ".o_list_view .o_data_row:contains(TO-2611/018) td[name='number']",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name='action_open_move']",
            run: "click",
        },
        {
            content: "The invoice says where its books are",
            trigger: ".o_form_view .alert:contains(its books, its taxes and its payment are there)",
        },
        {
            content: "Its certificate",
            trigger: ".o_form_view button[name='action_create_rcep_certificate']",
            run: "click",
        },
        {
            content: "Each good has its verdict",
            trigger: ".o_form_view .o_field_widget[name='line_ids'] .o_data_row:nth-child(2) td[name='verdict']:contains(Originating)",
        },
    ],
});
