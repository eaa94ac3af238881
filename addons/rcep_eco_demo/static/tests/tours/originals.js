import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("rcep_eco_originals_drawn", {
    steps: () => [
        {
            content: "What came with another Party's certificate goes on upon it",
            trigger: ".o_notebook .nav-link[name='originals']",
            run: "click",
        },
        {
            content: "As much as is shipped is drawn from the original",
            trigger: "button[name='action_draw_from_originals']",
            run: "click",
        },
        {
            content: "It stands there with its quantity",
            trigger: ".o_field_widget[name='draw_ids'] .o_data_row:contains(VN-CN 26/02/00117):contains(2,000)",
        },
        {
            content: "How it is known that nothing was done to the goods",
            trigger: ".o_field_widget[name='flow_reason'] textarea, .o_field_widget[name='flow_reason'] input",
            run: "edit Stood in our bonded warehouse 2; looked at by Wang Fang",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "A clerk does not state it",
            trigger: ".o_form_saved:not(:has(button[name='action_state_flow']))",
        },
    ],
});

tours.add("rcep_eco_originals_stated", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name='originals']",
            run: "click",
        },
        {
            content: "The signer states it in its own name",
            trigger: "button[name='action_state_flow']",
            run: "click",
        },
        {
            trigger: ".modal:contains(on record in your name) .btn-primary",
            run: "click",
        },
        {
            content: "Who stated it stands there",
            trigger: ".o_field_widget[name='flow_stated_by_id']:contains(Wang Fang)",
        },
        {
            content: "And approves",
            trigger: "button[name='action_approve']:enabled",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status button.o_arrow_button_current[data-value='ready']",
        },
    ],
});

tours.add("rcep_eco_share_given", {
    steps: () => [
        {
            content: "One of several buyers gets a share of what was certified",
            trigger: "button[name='action_give_share']",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='partner_id'] input",
            run: "edit Chao Phraya",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Chao Phraya)",
            run: "click",
        },
        {
            content: "How much of the first good went to it",
            trigger: "body:not(:has(.o-autocomplete--dropdown-menu)) .o_field_widget[name='line_ids'] .o_data_row:first-child td[name='quantity']",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='line_ids'] .o_selected_row .o_field_widget[name='quantity'] input",
            run: "edit 3000",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It has its page, and its goods are fixed",
            trigger: ".o_form_saved .o_field_widget[name='link'], .o_form_saved button[name='action_open_page']",
        },
    ],
});
