import {registry} from "@web/core/registry";

const ADDRESS = "https://anna.example/eco/AbCdEfGhIjKlMnOpQrStUv";
const IN_PICTURE = `${ADDRESS}#1`;
const IN_PDF = `${ADDRESS}#2`;
const FIELD = ".o_field_rcep_scanned_code";

/* As a person chooses a file; the tour's own step cannot open the browser's window. */
async function choose(address, name, type) {
    const content = await (await fetch(address)).blob();
    const chosen = new DataTransfer();
    chosen.items.add(new File([content], name, {type}));
    const input = document.querySelector(`${FIELD} input[type='file']`);
    input.files = chosen.files;
    input.dispatchEvent(new Event("change"));
}

registry.category("web_tour.tours").add("rcep_eco_scanned_code", {
    steps: () => [
        {
            content: "A picture without a code is refused in words",
            trigger: `${FIELD} button[title*='picture']`,
            run: () => choose("/web/static/img/logo.png", "logo.png", "image/png"),
        },
        {
            content: "The camera is offered, and a picture of the code fills it in",
            trigger: `body:has(.o_notification:contains(logo.png)) ${FIELD} button[title*='camera']`,
            run: () => choose("/rcep_eco_ledger/code.png", "code.png", "image/png"),
        },
        {
            content: "So does a PDF with the code on its second page",
            trigger: `${FIELD} input:value(${IN_PICTURE})`,
            run: () => choose("/rcep_eco_ledger/paper.pdf", "paper.pdf", "application/pdf"),
        },
        {
            trigger: `.modal:has(${FIELD} input:value(${IN_PDF})) button[special='cancel']`,
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});
