import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("rcep_eco_origin_overview", {
    steps: () => [
        {
            content: "The product leads to its overview",
            trigger: ".o_form_view button[name='action_rcep_overview']",
            run: "click",
        },
        {
            content: "It originates",
            trigger: ".o_rcep_overview .o_rcep_verdict .badge:contains(Originating)",
        },
        {
            content: "The value is drawn",
            trigger: ".o_rcep_overview .o_rcep_waterfall canvas",
        },
        {
            content: "The parts of the board are folded",
            trigger: ".o_rcep_tree:not(:has(tr:contains(Chip))) tr:contains(Board) .o_rcep_fold",
            run: "click",
        },
        {
            content: "The board counts in full, so its chip does not count by itself",
            trigger: ".o_rcep_tree tr.o_rcep_not_counted:contains(Chip) td:contains(counts as originating in full)",
        },
        {
            content: "Something that is no price",
            trigger: ".o_rcep_overview #o_rcep_price",
            run: "edit cheap",
        },
        {
            trigger: ".o_rcep_overview .o_rcep_price button",
            run: "click",
        },
        {
            content: "It is said",
            trigger: ".o_rcep_overview .o_rcep_problems:contains(is no price)",
        },
        {
            content: "A price that is too low",
            trigger: ".o_rcep_overview #o_rcep_price",
            run: "edit 60",
        },
        {
            trigger: ".o_rcep_overview .o_rcep_price button",
            run: "click",
        },
        {
            content: "At that price it does not originate, and the page says from which on it would",
            trigger: ".o_rcep_overview:not(:has(.o_rcep_problems)) .o_rcep_mending li:contains(91.67)",
        },
        {
            content: "The board is still unfolded",
            trigger: ".o_rcep_tree tr:contains(Chip)",
        },
        {
            content: "It can be printed",
            trigger: ".o_rcep_overview button[name='print']:enabled",
        },
        {
            content: "Back to what it is sold at",
            trigger: ".o_rcep_overview a:contains(Back to the list price)",
            run: "click",
        },
        {
            trigger: ".o_rcep_overview .o_rcep_verdict .badge:contains(Originating):not(:contains(Not))",
        },
    ],
});
