const SHOWN = 2000; // milliseconds that a button says that it has copied

/** Copy what a button of the verification page names; without a clipboard the text stays to be marked by hand. */
document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".rcep-copy");
    if (!button || !navigator.clipboard) {
        return;
    }
    await navigator.clipboard.writeText(button.dataset.copy);
    button.classList.add("rcep-copied");
    setTimeout(() => button.classList.remove("rcep-copied"), SHOWN);
});
