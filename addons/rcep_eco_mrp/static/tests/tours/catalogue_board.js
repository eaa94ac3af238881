import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("rcep_eco_catalogue_board", {
    steps: () => [
        {
            content: "One good lacks a fact",
            trigger: ".o_rcep_board .o_rcep_tile[data-state=unresolved]:contains(1)",
            run: "click",
        },
        {
            content: "It is the motor",
            trigger: ".o_list_view .o_data_row:contains(Curtain motor)",
        },
        {
            trigger: ".o_breadcrumb a:contains(Board), .breadcrumb-item a:contains(Board)",
            run: "click",
        },
        {
            content: "What is missing stands first that holds up most exports",
            trigger: ".o_rcep_lacking tbody tr:first-child:contains(The HS code of [GLUE] Glue):contains(1,000)",
        },
        {
            content: "To the product that lacks it",
            trigger: ".o_rcep_lacking tr[data-fact=hs_code] a[name=product]",
            run: "click",
        },
        {
            content: "Its code is entered",
            trigger: ".o_form_view .o_notebook a[name=rcep_origin], .o_form_view .o_notebook .nav-link:contains(Origin)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=hs_code] input:visible",
            run: "edit 350610",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            trigger: ".o_breadcrumb a:contains(Board), .breadcrumb-item a:contains(Board)",
            run: "click",
        },
        {
            content: "The motor is being recomputed, and nothing else",
            trigger: ".o_rcep_board .o_rcep_tile[data-state=stale]:contains(1)",
        },
        {
            trigger: ".o_rcep_board .o_rcep_progress:contains(verdicts are being recomputed)",
        },
        {
            content: "The whole catalogue can be had anew",
            trigger: ".o_rcep_board button[name=determine]",
            run: "click",
        },
        {
            trigger: ".o_rcep_board .progress[aria-valuenow='0']",
        },
    ],
});
