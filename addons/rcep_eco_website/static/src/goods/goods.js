/* <rcep-eco-goods>: which goods of this website's company originate today, asked anew each time that somebody looks.

   What is shown stands in a shadow tree: an editor who saves the page saves the tag, and never a list of some day. */
(function () {
    "use strict";

    const NAME = "rcep-eco-goods";
    const PATH = "/eco/goods";
    const WAIT = 10000; // milliseconds for an answer
    const OLD = 300000; // milliseconds after which whoever comes back to the page is shown a new answer
    const STYLE = `
        :host { display: block; }
        .goods { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); }
        .good { border: 1px solid currentColor; border-radius: .5rem; overflow-wrap: anywhere; padding: .75rem 1rem; }
        p { margin: 0 0 .25rem; }
        .name { font-weight: 600; }
        .notes { font-size: .9rem; margin-top: 1rem; }
    `;

    class Goods extends HTMLElement {
        constructor() {
            super();
            const root = this.attachShadow({ mode: "open" });
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(STYLE);
            root.adoptedStyleSheets = [sheet];
            this.asked = 0; // counts questions: an answer to an earlier one is none any more
            this.again = () => this.lookAgain();
            this.showLink();
        }

        connectedCallback() {
            document.addEventListener("visibilitychange", this.again);
            window.addEventListener("pageshow", this.again);
            this.look();
        }

        disconnectedCallback() {
            document.removeEventListener("visibilitychange", this.again);
            window.removeEventListener("pageshow", this.again);
        }

        lookAgain() {
            if (document.visibilityState === "visible" && Date.now() - this.at > OLD) {
                this.look();
            }
        }

        /* The link to the page, which stands inside the tag: nothing is claimed here. */
        showLink() {
            this.shadowRoot.replaceChildren(document.createElement("slot"));
        }

        async look() {
            const mine = ++this.asked;
            this.at = Date.now();
            const list = await this.ask();
            if (mine !== this.asked) {
                return;
            }
            if (list) {
                this.shadowRoot.replaceChildren(document.importNode(list, true));
            } else {
                this.showLink();
            }
        }

        async ask() {
            const lang = this.closest("[lang]")?.lang || "";
            try {
                const options = { cache: "no-store", signal: AbortSignal.timeout(WAIT) };
                const answer = await fetch(`${PATH}?lang=${encodeURIComponent(lang)}`, options);
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                return answer.ok ? page.querySelector(".rcep-goods") : null;
            } catch {
                return null;
            }
        }
    }

    if (!customElements.get(NAME)) {
        customElements.define(NAME, Goods);
    }
})();
