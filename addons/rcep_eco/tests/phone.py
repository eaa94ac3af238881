"""Pages on a phone: whether anything stands out of a screen that is 360 pixels wide."""

import json

NARROW = """(async () => {
    const phone = document.createElement("iframe");
    phone.style.width = "360px";
    phone.style.height = "640px";
    document.body.append(phone);
    for (const path of %s) {
        await new Promise((done) => {
            phone.addEventListener("load", done, { once: true });
            phone.src = path;
        });
        const page = phone.contentDocument;
        const width = page.scrollingElement.scrollWidth;
        const language = page.querySelector("[aria-current='true']")?.hreflang;
        if (!language || width > 360) {
            throw new Error(`${path}: ${language} is ${width} pixels wide`);
        }
        page.querySelectorAll("a, button, label.btn, dt, dd, p, li, h1, strong").forEach((each) => {
            const box = each.getBoundingClientRect();
            if (box.right > 361 && box.width) {
                throw new Error(`${path}: ${each.outerHTML} ends at ${box.right}`);
            }
        });
    }
    console.log("test successful");
})().catch((error) => console.error(error.message))"""


def narrow(paths):
    """What a browser has to run: each of these pages fits, and says in which language it is."""
    return NARROW % json.dumps(list(paths))
