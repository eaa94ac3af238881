/** A page with one of our tags on it gets the tag's script, in the editor too; every other page stays as it is. */
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const SCRIPTS = {
    "rcep-eco-verify": "/eco/widget.js",
    "rcep-eco-goods": "/rcep_eco_website/static/src/goods/goods.js",
};

class Block extends Interaction {
    static selector = Object.keys(SCRIPTS).join(", ");

    setup() {
        const page = this.el.ownerDocument;
        const src = SCRIPTS[this.el.localName];
        if (!page.querySelector(`script[src="${src}"]`)) {
            page.head.append(Object.assign(page.createElement("script"), { src }));
        }
    }
}

registry.category("public.interactions").add("rcep_eco_website.block", Block);
registry.category("public.interactions.edit").add("rcep_eco_website.block", { Interaction: Block });
