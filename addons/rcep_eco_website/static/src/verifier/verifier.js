/* The page: what is asked, what is shown. Three things stand apart: who signed, what to compare, what state it has. */
(function () {
    "use strict";

    const page = document.querySelector(".rcep-verifier");
    const data = JSON.parse(document.getElementById("rcep-verifier-data").textContent);
    const KEPT = "rcep-verifier-keys";
    const LISTS = "rcep-verifier-lists";
    const TOKEN = /^[A-Za-z0-9_-]{22}$/;
    const WAIT = 5000; // milliseconds for an answer, before it counts as no network
    const FACTS = ["number", "agreement", "issued_on", "valid_until", "importing_party", "invoices", "goods"];
    let words = data.words.en;
    let shown = null; // what was checked last, to be said again in another language

    const part = (name) => page.querySelector(`[data-part="${name}"]`);
    const fill = (text, facts) => text.replace(/%\((\w+)\)s/g, (_all, name) => facts[name]);
    const dated = (days) => new Date(days * 864e5).toISOString().slice(0, 10);
    const moment = (seconds) => `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;

    // --- language ------------------------------------------------------------------------------------------
    function speak(code) {
        words = { ...data.words.en, ...data.words[code] };
        document.documentElement.lang = data.tags[code] || code;
        document.title = words.title;
        page.querySelectorAll("[data-word]").forEach((element) => {
            element.textContent = words[element.dataset.word];
        });
        page.querySelectorAll("nav button").forEach((button) => {
            button.setAttribute("aria-pressed", String(button.value === code));
        });
        if (shown) {
            show(shown);
        }
    }

    function language() {
        const asked = new URLSearchParams(location.search).get("lang");
        const known = [asked, ...navigator.languages].map((tag) => {
            const name = (tag || "").toLowerCase().split("-")[0];
            return data.other_names[name] || name;
        });
        return known.find((code) => code in data.words) || "en";
    }

    // --- what is known -------------------------------------------------------------------------------------
    async function asked(address) {
        const answer = await fetch(address, { signal: AbortSignal.timeout(WAIT), credentials: "omit", cache: "no-cache" });
        return { status: answer.status, body: answer.ok ? await answer.json() : null };
    }

    function kept(name) {
        try {
            return JSON.parse(localStorage.getItem(name)) || {};
        } catch {
            return {}; // a browser that keeps nothing for this page
        }
    }

    function keep(name, value) {
        try {
            localStorage.setItem(name, JSON.stringify(value));
        } catch {
            // It is asked for again, then.
        }
    }

    async function keys() {
        try {
            const { body } = await asked(`${data.base}/.well-known/rcep-eco/jwks.json`);
            if (body) {
                // A server may hold other firms, too: each site answers for its own.
                const now = { keys: body.keys.filter((key) => key.sub in data.names), on: new Date().toISOString().slice(0, 10) };
                keep(KEPT, now);
                return now;
            }
        } catch {
            // No network: what was known before is used, and its day is said.
        }
        const before = kept(KEPT);
        return before.on > data.keys_on ? before : { keys: data.keys, on: data.keys_on };
    }

    /* The newest list that this firm has signed, of those that are known here; null where there is none. */
    async function list(firm, known) {
        const texts = [data.lists[firm], kept(LISTS)[firm]];
        try {
            const { body } = await asked(`${data.base}/eco/verify/lists.json`);
            if (body) {
                keep(LISTS, body);
                texts.push(body[firm]);
            }
        } catch {
            // No network: what was kept is used, and its day is said.
        }
        const lists = await Promise.all(
            texts.filter(Boolean).map((text) => window.rcepCode.readList(text, known.keys).catch(() => null))
        );
        return lists.filter(Boolean).sort((one, other) => other.madeAt - one.madeAt)[0] || null;
    }

    async function live(token) {
        if (!token) {
            return null;
        }
        try {
            const answer = await asked(`${data.base}/eco/${token}.json?via=verifier`);
            return answer.status === 404 || answer.body ? answer : null;
        } catch {
            return null;
        }
    }

    // --- checking ------------------------------------------------------------------------------------------
    /* The token and the digits of what was scanned or pasted. Another site's address is never asked. */
    function parts(text) {
        const [before, digits = ""] = text.trim().replace(/\s+/g, "").split("#");
        if (/^[0-9]+$/.test(before) && !digits) {
            return { token: "", digits: before };
        }
        if (!before && digits.includes("/")) {
            const [token, rest] = digits.split("/");
            return { token: TOKEN.test(token) ? token : "", digits: rest };
        }
        const token = before.split("/").pop();
        const ours = before.startsWith(`${data.base}/eco/`) || before === "";
        return { token: ours && TOKEN.test(token) ? token : "", digits, isAddress: /^https?:/.test(before) };
    }

    async function check(text) {
        const { token, digits, isAddress } = parts(text);
        show({ reading: true });
        if (!digits) {
            show({ problem: isAddress ? "no_proof" : "unreadable" });
            return;
        }
        let message;
        try {
            message = window.rcepCode.read(digits);
        } catch {
            show({ problem: "unreadable" });
            return;
        }
        const [known, now] = await Promise.all([keys(), live(token)]);
        const found = await window.rcepCode.keyOf(message, known.keys);
        const ended = found && found.jwk ? await list(found.jwk.sub, known) : null;
        show({ claims: message.claims, found, known, now, token, ended });
    }

    // --- showing -------------------------------------------------------------------------------------------
    function row(list, name, value) {
        const term = document.createElement("dt");
        const text = document.createElement("dd");
        term.textContent = words[name] || name;
        text.textContent = value;
        list.append(term, text);
    }

    function said(name, text, kind = "") {
        const element = part(name);
        element.textContent = text;
        element.className = `said ${kind}`;
    }

    function goods(list) {
        return list
            .map((each) => (Array.isArray(each) ? each.join(" ") : fill(words.more, { count: each })))
            .join("; ");
    }

    function value(name, claim) {
        return { issued_on: dated, valid_until: dated, goods, invoices: (all) => all.join(", ") }[name]?.(claim) ?? String(claim);
    }

    function show(result) {
        shown = result;
        part("reading").hidden = !result.reading;
        part("problem").hidden = !result.problem;
        part("problem").textContent = result.problem ? words[result.problem] : "";
        part("result").hidden = !result.claims;
        part("specimen").hidden = !(result.claims && (result.claims.specimen || result.now?.body?.state === "specimen"));
        if (result.claims) {
            showSigned(result);
            showFacts(result);
            showState(result);
        }
    }

    function isGood({ found }) {
        return Boolean(found && found.jwk);
    }

    function showSigned(result) {
        const { claims, found, known } = result;
        const good = isGood(result);
        said("signed", words[good ? "good" : found ? "bad" : "unknown_key"], good ? "good" : "bad");
        const list = part("signer");
        list.replaceChildren();
        if (good) {
            row(list, "exporter", data.names[found.jwk.sub] || claims.exporter || "");
            row(list, "credit_code", found.jwk.sub);
            row(list, "key", found.jwk.kid);
            row(list, "signed_on", moment(claims.made_at));
        }
        part("keys").textContent = `${fill(words.keys_of, { day: known.on })} ${words.exporters}`;
    }

    function showFacts(result) {
        // What nobody signed is not shown: it would be compared, and believed.
        part("facts").hidden = !isGood(result);
        const list = part("claims");
        list.replaceChildren();
        for (const name of FACTS) {
            if (result.claims[name] !== undefined) {
                row(list, name, value(name, result.claims[name]));
            }
        }
    }

    function showState(result) {
        const { claims, now, token } = result;
        const good = isGood(result);
        part("state").hidden = !good && !now;
        part("open").hidden = !token;
        part("open").href = token ? `${data.base}/eco/${token}` : "";
        if (now && !now.body) {
            said("known", words.live_unknown, "bad");
            return;
        }
        if (now) {
            const { state, digest } = now.body;
            const same = good && claims.digest && digest === base64url(claims.digest);
            const sentence = fill(words.live, { state: words[state] });
            said("known", same ? sentence : `${sentence}. ${words.live_differs}`, same && state === "valid" ? "good" : "bad");
            return;
        }
        const { ended } = result;
        const listed = ended && ended.madeAt >= claims.made_at && claims.index !== undefined;
        const day = moment(listed ? ended.madeAt : claims.made_at);
        const no = (listed && ended.stateOf(claims.index)) || claims.state;
        const over = claims.valid_until !== undefined && claims.valid_until < Math.floor(Date.now() / 864e5);
        const sentences = [
            claims.specimen && words.specimen,
            no ? `${words[no]} (${day})` : fill(words[listed ? "listed" : "offline"], { day }),
            over && !no && words.past,
        ];
        said("known", sentences.filter(Boolean).join(" "), claims.specimen || no || over ? "bad" : "");
    }

    function base64url(bytes) {
        return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    }

    // --- asking --------------------------------------------------------------------------------------------
    let camera = null;

    function stopCamera() {
        camera?.stop();
        camera = null;
        part("video").hidden = part("stop").hidden = true;
        part("camera").hidden = false;
    }

    async function startCamera() {
        try {
            camera = await window.rcepPicture.ofCamera(part("video"), data.library);
        } catch {
            show({ problem: "no_camera" });
            return;
        }
        part("video").hidden = part("stop").hidden = false;
        part("camera").hidden = true;
        const text = await camera.text;
        stopCamera();
        if (text) {
            part("text").value = text;
            await check(text);
        }
    }

    async function readPicture(event) {
        const [file] = event.target.files;
        event.target.value = "";
        if (!file) {
            return;
        }
        show({ reading: true });
        let text = "";
        try {
            text = await window.rcepPicture.ofFile(file, data.library);
        } catch {
            text = ""; // no picture at all
        }
        part("text").value = text;
        if (text) {
            await check(text);
        } else {
            show({ problem: "no_code" });
        }
    }

    keys().then((known) => Object.keys(data.names).forEach((firm) => list(firm, known))); // kept for later
    page.querySelectorAll("nav button").forEach((button) => button.addEventListener("click", () => speak(button.value)));
    part("camera").addEventListener("click", startCamera);
    part("stop").addEventListener("click", stopCamera);
    part("picture").addEventListener("change", readPicture);
    part("form").addEventListener("submit", (event) => {
        event.preventDefault();
        check(part("text").value);
    });
    part("camera").hidden = !navigator.mediaDevices?.getUserMedia;
    speak(language());
    // An address that was opened without a network is this page: what stands behind # is checked at once.
    const opened = location.pathname.split("/").pop();
    if (location.hash.length > 1) {
        const text = TOKEN.test(opened) ? `${data.base}/eco/${opened}${location.hash}` : location.hash;
        part("text").value = text;
        check(text);
    }
    if (data.worker && "serviceWorker" in navigator) {
        navigator.serviceWorker.register(data.worker, { scope: "/eco" }).catch(() => {}); // it works without, with a network
    }
})();
