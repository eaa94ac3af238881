/** The page of a certificate: copies what a button names, and hands on what stands behind # in its QR code. */
(function () {
    "use strict";

    const SHOWN = 2000; // milliseconds that a button says that it has copied
    const OLD = 60_000; // milliseconds after which a state is asked for again by whoever comes back to the page
    const opened = Date.now();

    // A page that a browser has put aside may say what does not hold any more.
    const ask = (isOld) => {
        if (isOld && document.querySelector("main[data-state]")) {
            location.reload();
        }
    };
    window.addEventListener("pageshow", (event) => ask(event.persisted));
    document.addEventListener("visibilitychange", () => ask(!document.hidden && Date.now() - opened > OLD));

    document.addEventListener("click", async (event) => {
        const button = event.target.closest?.(".copy");
        if (!button || !navigator.clipboard) {
            return; // the text stays to be marked by hand
        }
        await navigator.clipboard.writeText(button.dataset.copy);
        button.classList.add("copied");
        setTimeout(() => button.classList.remove("copied"), SHOWN);
    });

    if (/^#[0-9]+$/.test(location.hash)) {
        const check = document.querySelector("a.rcep-verify-code");
        if (check) {
            check.href = `/eco/verify#${location.pathname.split("/").pop()}/${location.hash.slice(1)}`;
            check.closest("[hidden]")?.removeAttribute("hidden");
        }
        for (const language of document.querySelectorAll("nav a")) {
            language.href += location.hash; // it is not lost where another language is chosen
        }
    }
    if ("serviceWorker" in navigator) {
        navigator.serviceWorker.register("/eco/verify/worker.js", { scope: "/eco" }).catch(() => {});
    }
})();
