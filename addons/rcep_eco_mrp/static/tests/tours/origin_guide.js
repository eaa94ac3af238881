import {registry} from "@web/core/registry";

const question = (code) => `.o_rcep_guide [data-question="${code}"]`;

registry.category("web_tour.tours").add("rcep_eco_origin_guide", {
    steps: () => [
        {
            content: "Nothing is chosen: the page says what it does",
            trigger: ".o_rcep_guide_empty",
        },
        {
            trigger: ".o_rcep_guide_product input",
            run: "edit Drawer knob",
        },
        {
            trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(Drawer knob)",
            run: "click",
        },
        {
            content: "Nothing is known, and nothing is decided",
            trigger: '.o_rcep_guide_verdict[data-verdict=""]:contains(Not decided yet)',
        },
        {
            content: "A code that is none",
            trigger: `${question("hs_code")} input`,
            run: "edit brass",
        },
        {
            trigger: `${question("hs_code")} button`,
            run: "click",
        },
        {
            trigger: `${question("hs_code")} .text-danger:contains(is not 6 to 10 digits)`,
        },
        {
            trigger: `${question("hs_code")} input`,
            run: "edit 83024200",
        },
        {
            trigger: `${question("hs_code")} button`,
            run: "click",
        },
        {
            content: "The rule of the code stands there",
            trigger: `${question("hs_code")}[data-state=done]:contains(The rule is)`,
        },
        {
            trigger: `${question("obtained")} select`,
            run: "select no",
        },
        {
            trigger: `${question("obtained")}[data-state=done]`,
        },
        {
            trigger: `${question("price")} input`,
            run: "edit 9.50",
        },
        {
            trigger: `${question("price")} button`,
            run: "click",
        },
        {
            trigger: `${question("price")}[data-state=done]`,
        },
        {
            content: "It is made here",
            trigger: `${question("source")} button[name=bill]`,
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=bom_line_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=bom_line_ids] .o_selected_row .o_field_widget[name=product_id] input",
            run: "edit Brass rod",
        },
        {
            trigger: ".o-autocomplete--dropdown-menu .dropdown-item:contains(Brass rod)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save:enabled",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            trigger: ".o_breadcrumb a:contains(Guide), .breadcrumb-item a:contains(Guide)",
            run: "click",
        },
        {
            content: "The rod's code is still asked for",
            trigger: '.o_rcep_guide_verdict[data-verdict="unresolved"]',
        },
        {
            trigger: '.o_rcep_guide [data-question^="hs_code:"] input',
            run: "edit 740721",
        },
        {
            trigger: '.o_rcep_guide [data-question^="hs_code:"] button',
            run: "click",
        },
        {
            content: "The verdict",
            trigger: '.o_rcep_guide_verdict[data-verdict="originating"]:contains(Nothing more is asked)',
        },
    ],
});
