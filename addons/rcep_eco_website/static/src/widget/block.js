/* A page with our tag on it gets the tag's script; every other page stays as it is. */
(function () {
    "use strict";

    const load = () => {
        if (document.querySelector("rcep-eco-verify")) {
            document.head.append(Object.assign(document.createElement("script"), { src: "/eco/widget.js" }));
        }
    };
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", load);
    } else {
        load();
    }
})();
