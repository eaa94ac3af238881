import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("rcep_eco_consignee", {
    steps: () => [
        {
            content: "The page speaks Vietnamese, and names Khmer in Khmer",
            trigger: "html[lang='vi'] .rcep-declare-languages a[lang='km']:contains(ភាសាខ្មែរ)",
        },
        {
            content: "First tap: it was refused",
            trigger: ".rcep-outcome label[for='outcome_refused']:contains(bị từ chối)",
            run: "click",
        },
        {
            content: "There is more to say",
            trigger: ".rcep-outcome-more summary",
            run: "click",
        },
        {
            trigger: ".rcep-outcome-more[open] select[name='cause']",
            run: "selectByLabel Số hóa đơn khác nhau",
        },
        {
            trigger: ".rcep-outcome-more textarea[name='words']",
            run: "edit Số hóa đơn khác trên tờ khai",
        },
        {
            content: "An amount that could be two",
            trigger: ".rcep-outcome-more input[name='duty']",
            run: "edit 12,500",
        },
        {
            trigger: ".rcep-outcome button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is named, and what was typed is still there",
            trigger: ".rcep-declare .alert-danger:contains(12,500)",
        },
        {
            trigger: ".rcep-outcome-more[open] input[name='duty']",
            run: "edit 12.500.000",
        },
        {
            trigger: ".rcep-outcome-more[open] select[name='currency']",
            run: "select VND",
        },
        {
            content: "Second tap: send",
            trigger: ".rcep-outcome button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Thanked in Vietnamese, and nothing is left to answer",
            trigger: "html[lang='vi'] .rcep-declare:not(:has(form)) .alert-success:contains(Xin cảm ơn)",
        },
    ],
});

/** Go to another screen of the back end. */
function goTo(content, trigger, path) {
    return {
        content,
        trigger,
        run() {
            window.location.href = path;
        },
        expectUnloadPage: true,
    };
}

tours.add("rcep_eco_abroad_manager", {
    steps: () => [
        {
            content: "The rate by market",
            trigger: ".o_pivot th:contains(Vietnam)",
        },
        goTo("What was reported", ".o_pivot td:contains(0.0)", "/odoo/origin-outcomes"),
        {
            content: "One press makes it a check of the firm",
            trigger: ".o_list_view tr:contains(Invoice number differs) button[name='action_make_check']",
            run: "click",
        },
        goTo(
            "It is one now",
            ".o_list_view tr:contains(Invoice number differs):not(:has(button[name='action_make_check']))",
            "/odoo/origin-queries"
        ),
        {
            content: "The letter of customs",
            trigger: ".o_list_view td[name='office']:contains(Hải Phòng)",
            run: "click",
        },
        {
            content: "Beside each paper stands what is secret",
            trigger: ".o_form_view [name='paper_ids'] td[name='secret']:contains(costs)",
        },
        {
            content: "The manager confirms the list",
            trigger: ".o_form_view button[name='action_confirm']",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Only now it can leave",
            trigger: ".o_form_view button[name='action_release']",
            run: "click",
        },
        {
            content: "Answered, with its hashes",
            trigger: ".o_form_view .o_statusbar_status button[data-value='answered'].o_arrow_button_current",
        },
    ],
});
