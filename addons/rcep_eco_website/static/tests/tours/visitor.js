import {registry} from "@web/core/registry";

/** The window is as wide as a phone, and nothing sticks out of it. */
function fits() {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth > clientWidth) {
        throw new Error(`The page is ${scrollWidth} wide on a screen of ${clientWidth}.`);
    }
}

registry.category("web_tour.tours").add("rcep_eco_visitor", {
    steps: () => [
        {
            content: "A wrong invoice number finds nothing",
            trigger: "form.rcep-form input[name='certificate_no']",
            run: "edit 26C3302B0007/00031",
        },
        {
            trigger: "form.rcep-form input[name='invoice_no']",
            run: "edit INV/2000/00001",
        },
        {
            trigger: "form.rcep-form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It says so, and keeps what was typed",
            trigger: ".alert:contains(these two numbers)",
            run: fits,
        },
        {
            content: "The number that stands in box 13",
            trigger: "form.rcep-form input[name='invoice_no']",
            run: "edit EXP-2026-0031",
        },
        {
            trigger: "form.rcep-form button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A specimen, and called so",
            trigger: ".rcep-verification[data-state='specimen'] .rcep-specimen:contains(SPECIMEN)",
            run: fits,
        },
        {
            content: "The goods and the way to the issuing body",
            trigger: ".rcep-goods .rcep-good:contains(940511)",
        },
        {
            trigger: "a[href='https://check.example/c/1']:visible",
        },
    ],
});
