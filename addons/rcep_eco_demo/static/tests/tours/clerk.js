import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("rcep_eco_clerk", {
    steps: () => [
        {
            content: "The posted invoice offers a certificate",
            trigger: ".o_form_view button[name='action_create_rcep_certificate']",
            run: "click",
        },
        {
            content: "Each good has its verdict",
            trigger: ".o_form_view .o_field_widget[name='line_ids'] .o_data_row:nth-child(4) td[name='verdict']:contains(Originating)",
        },
        {
            content: "The shipment stands on a page of its own",
            trigger: ".o_notebook .nav-link[name='shipment']",
            run: "click",
        },
        {
            content: "The vessel",
            trigger: ".o_field_widget[name='vessel'] input",
            run: "edit EVER GIVEN 021E",
        },
        {
            content: "The port of discharge",
            trigger: ".o_field_widget[name='port_discharge'] input",
            run: "edit HAI PHONG",
        },
        {
            content: "It is saved",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            content: "Back to the goods",
            trigger: ".o_notebook .nav-link[name='goods']",
            run: "click",
        },
        {
            content: "Everything is checked",
            trigger: ".o_form_view button[name='action_check']",
            run: "click",
        },
        {
            content: "The check is over once the buttons can be pressed again",
            trigger: ".o_form_view button[name='action_check']:enabled",
        },
        {
            content: "A clerk does not approve",
            trigger: ".o_form_view:not(:has(button[name='action_approve'])) .o_statusbar_status button[data-value='draft']",
        },
        {
            content: "Why does the second good originate?",
            trigger: ".o_field_widget[name='line_ids'] .o_data_row:nth-child(2) button[name='action_open']:enabled",
            run: "click",
        },
        {
            content: "By regional value; what it costs is not shown to a clerk",
            trigger: ".modal:not(:has([name='explanation'])) .o_field_widget[name='summary']:contains(Originating by RVC)",
        },
        {
            content: "Closed again",
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            content: "A signer is asked to approve it",
            trigger: ".o_form_view button[name='action_ask_approval']:enabled",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(All is well)",
        },
    ],
});

registry.category("web_tour.tours").add("rcep_eco_clerk_updates", {
    steps: () => [
        {
            content: "The certificate says by itself that the invoice changed",
            trigger: ".o_form_view .alert:contains(has changed)",
        },
        {
            content: "It is taken over",
            trigger: ".o_form_view button[name='action_update_from_invoice']:enabled",
            run: "click",
        },
        {
            content: "The new quantity stands there",
            trigger: ".o_field_widget[name='line_ids'] .o_data_row:nth-child(1) td[name='quantity']:contains(7,000)",
        },
        {
            content: "The last good is left off",
            trigger: ".o_field_widget[name='line_ids'] .o_data_row:nth-child(4) button[name='action_leave_off']:enabled",
            run: "click",
        },
        {
            content: "A place for the reason appears",
            trigger: ".o_field_widget[name='line_ids'] .o_data_row:nth-child(4) td[name='left_off_reason']",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".o_field_widget[name='left_off_reason'] input",
            run: "edit Goes with the next shipment",
        },
        {
            content: "It is saved",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            content: "Nothing is missing any more: a signer is asked",
            trigger: ".o_form_view button[name='action_ask_approval']:enabled",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(All is well)",
        },
    ],
});
