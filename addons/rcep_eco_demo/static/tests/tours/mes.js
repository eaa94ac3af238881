import {registry} from "@web/core/registry";
import {inputFiles} from "@web/../tests/utils";

const ORDER = ".o_list_view .o_data_row:contains(MES-2611-0056) td[name='order_name']";

function file(order) {
    const items = [
        {use: "consumable", product: "GREASE-7", quantity: "0.4", uom: "KGM"},
        {use: "produced", product: "YJ-M30", lot: "M30-2647-B", quantity: "1", uom: "C62"},
    ];
    const report = {report_id: "MES-2611-0060", kind: "report", order, produced_at: "2026-11-20T09:30:00+08:00", items};
    return new File([JSON.stringify(report)], "report.json", {type: "application/json"});
}

registry.category("web_tour.tours").add("rcep_eco_mes_upload", {
    steps: () => {
        let order = "";
        return [
            {
                content: "What came before",
                trigger: ".o_list_view .o_data_row:contains(MES-2611-0055):contains(Corrected)",
            },
            {
                content: "The order of the report that counts",
                trigger: ORDER,
                run: ({anchor}) => {
                    order = anchor.textContent.trim();
                },
            },
            {
                content: "Another report",
                trigger: ".o_list_view button:contains(Upload)",
                run: "click",
            },
            {
                content: "A file of the MES",
                trigger: ".modal .o_field_widget[name='file']",
                run: async () => inputFiles(".modal .o_field_widget[name='file'] input[type='file']", [file(order)]),
            },
            {
                content: "It is looked at first",
                trigger: ".modal .o_field_widget[name='preview']:contains(MES-2611-0060)",
            },
            {
                content: "It is kept",
                trigger: ".modal button[name='action_load']:enabled:visible",
                run: "click",
            },
            {
                trigger: ".o_list_view .o_data_row:contains(MES-2611-0060):contains(Received)",
            },
        ];
    },
});

registry.category("web_tour.tours").add("rcep_eco_mes_unmatched", {
    steps: () => [
        {
            content: "It matches nothing yet",
            trigger: ".o_list_view .o_data_row:contains(MES-2611-0060):contains(Unmatched) td[name='report_id']",
            run: "click",
        },
        {
            content: "The field is named, and what is wrong",
            trigger: ".o_form_view .o_field_widget[name='problem']:contains(GREASE-7)",
        },
    ],
});

registry.category("web_tour.tours").add("rcep_eco_mes_replay", {
    steps: () => [
        {
            content: "Master data were mended: once more",
            trigger: ".o_form_view button[name='action_replay']:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name='state'] .o_arrow_button_current:contains(Received)",
        },
    ],
});
