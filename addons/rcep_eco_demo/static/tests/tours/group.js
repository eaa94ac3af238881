import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("rcep_eco_group_signs", {
    steps: () => [
        {
            content: "The maker's signer reads the statement and signs it",
            trigger: ".o_form_view button[name='action_sign']",
            run: "click",
        },
        {
            content: "What signing means is said once more",
            trigger: ".modal:contains(you sign for it) .btn-primary",
            run: "click",
        },
        {
            content: "It is in force",
            trigger: ".o_statusbar_status button.o_arrow_button_current[data-value='in_force']",
        },
    ],
});

tours.add("rcep_eco_group_verifies", {
    steps: () => [
        {
            content: "The seller's own cost engineer verifies what the sister company states",
            trigger: ".o_form_view button[name='action_verify']",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status button.o_arrow_button_current[data-value='verified']",
        },
    ],
});

tours.add("rcep_eco_group_certifies", {
    steps: () => [
        {
            content: "The seller's clerk has the certificate made",
            trigger: ".o_form_view button[name='action_create_rcep_certificate']",
            run: "click",
        },
        {
            content: "The good originates by the sister's word",
            trigger: ".o_field_widget[name='line_ids'] .o_data_row td[name='verdict']:contains(Originating)",
        },
        {
            trigger: ".o_notebook .nav-link[name='shipment']",
            run: "click",
        },
        {
            content: "Who declares what stands there: the exporter, and the maker by its statement",
            trigger: ".o_field_widget[name='declared_by']:contains(宁波甬江五金):contains(SO-):contains(box 15)",
        },
    ],
});
