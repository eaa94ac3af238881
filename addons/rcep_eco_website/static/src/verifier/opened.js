/* On the public page: what stands behind # is not lost on the way to the verifier, which is kept for later. */
(function () {
    "use strict";

    const open = () => {
        const link = document.querySelector("a.rcep-verify-code");
        if (link && /^#[0-9]+$/.test(location.hash)) {
            link.href = `/eco/verify#${location.pathname.split("/").pop()}/${location.hash.slice(1)}`;
            link.closest("[hidden]")?.removeAttribute("hidden");
        }
        if (document.querySelector(".rcep-verification") && "serviceWorker" in navigator) {
            navigator.serviceWorker.register("/eco/verify/worker.js", { scope: "/eco" }).catch(() => {});
        }
    };
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", open);
    } else {
        open();
    }
})();
