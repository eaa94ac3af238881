import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("rcep_eco_signer", {
    steps: () => [
        {
            content: "All certificates are chosen",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "And approved at once",
            trigger: "button[name='action_approve_each']:enabled",
            run: "click",
        },
        {
            content: "What went well is told, and what did not",
            trigger: ".o_notification:contains(Approved)",
        },
        {
            content: "Two are ready",
            trigger: ".o_data_row:nth-child(2) td[name='state']:contains(Ready)",
        },
    ],
});
