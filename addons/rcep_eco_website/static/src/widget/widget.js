/* <rcep-eco-verify>: what this exporter's website publishes of a certificate, on any page that asks for it.

   It keeps nothing, sends no cookie, runs no text and writes no style into the page: a page with a strict policy
   allows this script's own server in script-src and connect-src, and nothing else. */
(function () {
    "use strict";

    const WORDS = /*words*/ {};
    const COUNTRIES = /*countries*/ {}; // the Parties: browsers lack their names in some of our languages
    const TAGS = /*tags*/ {};
    const OTHER_NAMES = /*names*/ {}; // of languages, by which browsers know them
    const NAME = "rcep-eco-verify";
    const SITE = new URL(document.currentScript?.src || location.href).origin; // who serves the script answers for it
    const TOKEN = /^(?:.*\/eco\/)?([A-Za-z0-9_-]{22})(?:[#?].*)?$/;
    const WAIT = 10000; // milliseconds for an answer
    const OLD = 300000; // milliseconds after which a state is asked for again when the page is looked at
    const STATES = ["valid", "expired", "cancelled", "replaced"];
    const STYLE = `
        :host { color: #1c2330; display: block; font: 16px/1.5 system-ui, "Noto Sans", sans-serif; max-width: 40rem; }
        :host([hidden]) { display: none; }
        * { box-sizing: border-box; }
        section { background: #fff; border: 1px solid #d5d9e0; border-radius: .6rem; overflow-wrap: anywhere; padding: 1rem; }
        h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
        p { margin: 0 0 .75rem; }
        form { display: grid; gap: .25rem; }
        input { border: 1px solid #8b93a1; border-radius: .4rem; color: inherit; background: #fff; font: inherit; margin-bottom: .5rem; padding: .5rem; width: 100%; }
        button, .check { background: #1a5276; border: 0; border-radius: .4rem; color: #fff; cursor: pointer; display: inline-block; font: inherit; padding: .6rem 1rem; text-decoration: none; }
        button.quiet { background: #fff; border: 1px solid #1a5276; color: #1a5276; }
        :focus-visible { outline: 3px solid #b36b00; outline-offset: 2px; }
        a { color: #0b5394; }
        dl { display: grid; gap: .15rem 1rem; grid-template-columns: minmax(7rem, 12rem) 1fr; margin: 0 0 .75rem; }
        dt, .note { color: #566070; }
        dd { margin: 0; }
        ol { margin: 0 0 .75rem; padding-left: 1.5rem; }
        .note { font-size: .9rem; }
        .state { font-size: 1.2rem; font-weight: 600; }
        .valid { color: #0b6b3a; }
        .bad { color: #a4001d; }
        .specimen { background: #a4001d; border-radius: .4rem; color: #fff; font-weight: 700; padding: .6rem; text-align: center; }
        .issuer { border-top: 1px solid #d5d9e0; margin-top: 1rem; padding-top: 1rem; }
        .issuer p:last-child { margin: 0; }
        @media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .35rem; } }
    `;

    const fill = (text, facts) => text.replace(/%\((\w+)\)s/g, (_all, name) => facts[name]);
    const moment = (date) => `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

    function make(name, text, values = {}) {
        const element = document.createElement(name);
        element.textContent = text ?? "";
        return Object.assign(element, values);
    }

    function known(tag) {
        const name = (tag || "").toLowerCase().split(/[-_]/)[0];
        const code = OTHER_NAMES[name] || name;
        return code in WORDS ? code : "";
    }

    function web(address) {
        return /^https?:\/\//i.test(address || "") ? address : ""; // no other scheme leads anywhere
    }

    /* What came back: {status, body}, or nothing where nobody answered in time. */
    async function ask(path, options = {}) {
        try {
            const answer = await fetch(`${SITE}${path}`, {
                ...options, cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", redirect: "error",
                signal: AbortSignal.timeout(WAIT),
            });
            const left = Number(answer.headers.get("Retry-After")) || 60;
            return { status: answer.status, left, body: answer.ok ? await answer.json() : null };
        } catch {
            return null;
        }
    }

    class Verify extends HTMLElement {
        static observedAttributes = ["token", "lang"];

        constructor() {
            super();
            const root = this.attachShadow({ mode: "open" });
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(STYLE);
            root.adoptedStyleSheets = [sheet];
            this.section = root.appendChild(make("section"));
            this.asked = 0; // counts questions: an answer to an earlier one is none any more
            this.numbers = null; // what was typed
            this.shown = { kind: "form" };
            this.again = () => this.lookAgain();
        }

        connectedCallback() {
            document.addEventListener("visibilitychange", this.again);
            window.addEventListener("pageshow", this.again);
            this.start();
        }

        disconnectedCallback() {
            document.removeEventListener("visibilitychange", this.again);
            window.removeEventListener("pageshow", this.again);
        }

        attributeChangedCallback(name) {
            if (this.isConnected && this.started) {
                name === "token" ? this.start() : this.show(this.shown);
            }
        }

        start() {
            this.started = true;
            this.asked++;
            if (!this.hasAttribute("token")) {
                this.show({ kind: "form" });
                return;
            }
            const [, token] = this.getAttribute("token").trim().match(TOKEN) || [];
            if (token) {
                this.look(token);
            } else {
                this.show({ kind: "said", word: "live_unknown" }); // as what is unknown
            }
        }

        /* A state that stood here for a while says nothing about now. */
        lookAgain() {
            const { kind, token, at } = this.shown;
            if (document.visibilityState === "visible" && kind === "record" && Date.now() - at > OLD) {
                this.look(token);
            }
        }

        async answerTo(path, options) {
            const mine = ++this.asked;
            this.show({ kind: "asking" });
            const answer = await ask(path, options);
            return mine === this.asked ? { answer } : null;
        }

        async look(token) {
            const path = `/eco/${token}.json?via=widget`;
            const got = await this.answerTo(path);
            if (got) {
                this.take(got.answer, "live_unknown", token, got.answer?.body, () => this.look(token));
            }
        }

        async lookUp(numbers) {
            this.numbers = numbers;
            const headers = { "Content-Type": "application/json" };
            const got = await this.answerTo("/eco/look-up.json", { method: "POST", headers, body: JSON.stringify(numbers) });
            if (got) {
                const { answer } = got;
                this.take(answer, "not_found", answer?.body?.token, answer?.body?.record, () => this.lookUp(numbers));
            }
        }

        take(answer, unknown, token, record, again) {
            if (record?.facts) {
                this.show({ kind: "record", token, record, at: Date.now() });
            } else if (answer?.status === 429) {
                this.show({ kind: "said", word: "too_many", facts: { seconds: answer.left }, again });
            } else if (answer?.status === 404) {
                this.show({ kind: "said", word: unknown, again: this.numbers ? null : again });
            } else {
                this.show({ kind: "said", word: "no_answer", again });
            }
        }

        // --- shown ---------------------------------------------------------------------------------------------
        language() {
            const near = this.closest("[lang]")?.lang;
            return [this.getAttribute("lang"), near, ...navigator.languages].map(known).find(Boolean) || "en";
        }

        show(shown) {
            this.shown = shown;
            const code = this.language();
            this.words = { ...WORDS.en, ...WORDS[code] };
            this.code = code;
            this.section.lang = TAGS[code] || code;
            this.section.replaceChildren(make("h2", this.words.title), ...this[`${shown.kind}Parts`](shown));
        }

        formParts() {
            const { words } = this;
            const form = make("form");
            for (const [name, word, example] of [["certificate_no", "number", "26C3302A0001/00042"], ["invoice_no", "invoice", ""]]) {
                const field = make("input", "", {
                    id: name, name, required: true, maxLength: 80, autocomplete: "off", placeholder: example,
                    spellcheck: false, value: this.numbers?.[name] || "",
                });
                form.append(make("label", words[word], { htmlFor: name }), field);
            }
            form.append(make("button", words.ask, { type: "submit" }));
            form.addEventListener("submit", (event) => {
                event.preventDefault();
                this.lookUp(Object.fromEntries(new FormData(form)));
            });
            return [make("p", words.both, { className: "note" }), form];
        }

        askingParts() {
            return [make("p", this.words.asking, { role: "status" })];
        }

        saidParts({ word, facts = {}, again }) {
            const parts = [make("p", fill(this.words[word], facts), { role: "alert", className: "bad said" })];
            if (again) {
                const button = make("button", this.words.again, { type: "button", className: "quiet" });
                button.addEventListener("click", again);
                parts.push(button);
            }
            parts.push(...this.issuerParts());
            return this.hasAttribute("token") ? parts : [...parts.slice(0, again ? 2 : 1), ...this.formParts()];
        }

        recordParts({ record, token, at }) {
            const { words } = this;
            const { state, facts } = record;
            const isSpecimen = !STATES.includes(state); // what we do not know is not valid
            const parts = [make("p", isSpecimen ? words.not_valid : words[state], { className: `state ${state === "valid" ? "valid" : "bad"}`, role: "status" })];
            if (isSpecimen) {
                parts.unshift(make("p", words.specimen, { className: "specimen", role: "alert" }));
                if (STATES.includes(record.would_read)) {
                    parts.push(make("p", fill(words.would_read, { state: words[record.would_read] })));
                }
            }
            parts.push(make("p", fill(words.said_by, { time: moment(new Date(at)) }), { className: "note" }));
            const list = make("dl");
            const row = (word, value) => value && list.append(make("dt", words[word]), make("dd", value));
            row("number", facts.certificate_no);
            row("exporter", [facts.exporter, facts.exporter_zh].filter(Boolean).join(" · "));
            row("issued_on", facts.issued_on);
            row("valid_until", facts.valid_until);
            row("importing_party", this.country(facts.importing_party));
            const goods = make("ol");
            for (const good of facts.goods || []) {
                const [code, ...mark] = (good.origin || "").split(" ");
                const origin = [this.country(code), ...mark].join(" ").trim();
                const says = [`HS ${good.hs6}`, good.quantity, `${words.criterion} ${good.criterion}`, `${words.origin} ${origin}`];
                const item = make("li", "", { value: good.number });
                item.append(make("div", good.description), make("div", says.join(" · "), { className: "note" }));
                goods.append(item);
            }
            parts.push(list, goods);
            if (facts.paper_original && state === "valid") {
                parts.push(make("p", words.paper_original));
            }
            const page = make("p");
            page.append(this.link(`${SITE}/eco/${token}`, words.open_page));
            parts.push(page, make("p", fill(words.checked, { time: moment(new Date(record.checked_at)) }), { className: "note" }));
            return [...parts, ...this.issuerParts(web(facts.issuer_check_url))];
        }

        /* What the exporter's website says is one thing; what the issuing body answers decides. */
        issuerParts(address) {
            const box = make("div", "", { className: "issuer" });
            box.append(make("p", this.words.issuer));
            if (address) {
                const line = make("p");
                line.append(Object.assign(this.link(address, this.words.check), { className: "check" }));
                box.append(line);
            }
            return [box];
        }

        link(address, text) {
            return make("a", text, { href: address, target: "_blank", rel: "noopener noreferrer" });
        }

        country(text) {
            return COUNTRIES[this.code][text] || text || "";
        }
    }

    if (!customElements.get(NAME)) {
        customElements.define(NAME, Verify);
    }
})();
