import {registry} from "@web/core/registry";

let address = ""; // of the platform that the test started: the wizard shows it, the tour enters it

registry.category("web_tour.tours").add("rcep_eco_setup", {
    steps: () => [
        {
            content: "Health says that the company is not connected",
            trigger: ".o_list_view .o_data_row td[name='findings']:contains(Not connected)",
        },
        {
            content: "The menu of what is configured",
            trigger: ".o_menu_sections button[data-menu-xmlid='rcep_eco.menu_configuration']",
            run: "click",
        },
        {
            content: "The wizard",
            trigger: ".o-dropdown--menu .dropdown-item[data-menu-xmlid='rcep_eco.menu_configuration_setup']",
            run: "click",
        },
        {
            content: "An address without its beginning",
            trigger: ".modal .o_field_widget[name='base_url'] input",
            run(helpers) {
                address = this.anchor.value;
                return helpers.edit(address.replace("http://", ""));
            },
        },
        {
            content: "Go on",
            trigger: ".modal footer button[name='action_next']",
            run: "click",
        },
        {
            content: "What is wrong is told in a sentence",
            trigger: ".modal:contains(is not whole)",
        },
        {
            content: "The sentence is closed",
            trigger: ".modal:contains(is not whole) footer button.btn-primary",
            run: "click",
        },
        {
            content: "The whole address",
            trigger: "body:not(:has(.modal:contains(is not whole))) .modal .o_field_widget[name='base_url'] input",
            run(helpers) {
                return helpers.edit(address);
            },
        },
        {
            content: "Go on to the key",
            trigger: ".modal footer button[name='action_next']:enabled",
            run: "click",
        },
        {
            content: "A key is there, and can be copied",
            trigger: ".modal .o_field_widget[name='public_key_pem']:contains(BEGIN PUBLIC KEY)",
        },
        {
            trigger: ".modal button.o_btn_text_copy:contains(Copy the key)",
        },
        {
            content: "Go on to the registration",
            trigger: ".modal footer button[name='action_next']:enabled",
            run: "click",
        },
        {
            content: "Nothing is to be filled in",
            trigger: ".modal:not(:has(.o_field_widget[name='client_id'])) button[name='action_enrol']",
            run: "click",
        },
        {
            content: "Every call works",
            trigger: ".modal .alert-success:contains(every call works)",
        },
        {
            content: "Each call stands there, and none went wrong",
            trigger: ".modal .o_field_widget[name='call_ids']:not(:has(.text-danger)) .o_data_row:nth-child(11)",
        },
        {
            content: "The next step is a conformance run",
            trigger: ".modal footer button[name='action_conformance']",
        },
        {
            content: "The connection itself",
            trigger: ".modal footer button[name='action_open_platform']",
            run: "click",
        },
        {
            content: "It has its client number now",
            trigger: "body:not(:has(.modal)) .o_form_view .o_field_widget[name='client_id'] input:value(SANDBOX-)",
        },
    ],
});
