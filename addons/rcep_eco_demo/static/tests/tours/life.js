import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const state = (value) => `.o_form_view .o_statusbar_status button[data-value='${value}'].o_arrow_button_current`;

/** The same steps whatever platform the company is connected to. */
tours.add("rcep_eco_life_submit", {
    steps: () => [
        {
            content: "The signer approves",
            trigger: ".o_form_view button[name='action_approve']:enabled",
            run: "click",
        },
        {
            trigger: state("ready"),
        },
        {
            content: "And submits",
            trigger: ".o_form_view button[name='action_submit']:enabled",
            run: "click",
        },
        {
            content: "It leaves in the signer's name",
            trigger: ".modal:contains(in your name) footer button.btn-primary",
            run: "click",
        },
        {
            trigger: state("submitted"),
        },
    ],
});

tours.add("rcep_eco_life_returned", {
    steps: () => [
        {
            content: "What the office says stands on top",
            trigger: ".o_form_view .alert-danger:contains(Sent back by the issuing body)",
        },
        {
            content: "Back to draft",
            trigger: ".o_form_view button[name='action_draft']:enabled",
            run: "click",
        },
        {
            trigger: state("draft"),
        },
        {
            trigger: ".o_notebook .nav-link[name='shipment']",
            run: "click",
        },
        {
            content: "It is corrected",
            trigger: ".o_field_widget[name='vessel'] input",
            run: "edit EVER GIVEN 022E",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

tours.add("rcep_eco_life_issued", {
    steps: () => [
        {
            trigger: state("issued"),
        },
        {
            content: "It has its number",
            trigger: ".o_form_view .o_field_widget[name='certificate_no']:not(:empty)",
        },
        {
            content: "It goes to the customer",
            trigger: ".o_form_view button[name='action_send']:enabled",
            run: "click",
        },
        {
            content: "By one mail",
            trigger: ".modal button[name='action_send_mail']:enabled",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o-mail-Chatter .o-mail-Message",
        },
    ],
});

tours.add("rcep_eco_life_cancel", {
    steps: () => [
        {
            content: "The order fell through",
            trigger: ".o_form_view button[name='action_cancel']:enabled",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".modal .o_field_widget[name='reason'] :is(input, textarea)",
            run: "edit ORDER FELL THROUGH",
        },
        {
            content: "It is asked for, or recorded as the office did it",
            trigger: ".modal footer button.btn-danger",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_form_view",
        },
    ],
});

tours.add("rcep_eco_life_cancelled", {
    steps: () => [
        {
            trigger: state("cancelled"),
        },
    ],
});
