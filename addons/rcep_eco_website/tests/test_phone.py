"""A stranger with a phone: from the two numbers on a paper to the page that says SPECIMEN, in a real browser."""

import json

from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.tools import public_words
from odoo.tests import tagged

from .common import PublicCommon

NARROW = 360  # pixels
# Pages are opened in a frame of a page of the same site, which is as wide as a phone and stays while they change.
OPEN = """
    const frame = document.createElement("iframe");
    frame.style.cssText = "border:0;height:740px;width:%(width)spx";
    document.body.replaceChildren(frame);
    const opened = (act) => new Promise((resolve) => {
        frame.addEventListener("load", () => resolve(frame.contentDocument), {once: true});
        act();
    });
    const open = (path) => opened(() => { frame.src = path; });
    const sure = (good, words) => { if (!good) { throw new Error(words); } };
    const fits = (page) => {
        const {scrollWidth} = page.documentElement;
        sure(scrollWidth <= %(width)s, `${page.location} is ${scrollWidth} wide on a screen of %(width)s.`);
    };
"""
FIND = """
    const enter = (page, certificate, invoice) => opened(() => {
        page.getElementById("certificate_no").value = certificate;
        page.getElementById("invoice_no").value = invoice;
        page.querySelector("button[type=submit]").click();
    });
    let page = await open("/eco?lang=en");
    fits(page);
    page = await enter(page, "26C3302B0007/00031", "INV/2000/00001");
    sure(page.querySelector(".problem").textContent.includes("these two numbers"), "It does not say what is wrong.");
    sure(page.getElementById("certificate_no").value === "26C3302B0007/00031", "What was typed is lost.");
    page = await enter(page, "26c3302b0007-00031", "EXP-2026-0031");
    sure(page.querySelector("main").dataset.state === "specimen", "It is not called a specimen.");
    sure(page.querySelector(".specimen").textContent.includes("SPECIMEN"), "It is not called a specimen.");
    sure(page.querySelector(".good").textContent.includes("940511"), "The goods are missing.");
    sure(page.querySelector("a[href='https://check.example/c/1']"), "The issuing body's check is missing.");
    fits(page);
"""
# A page that a browser had put aside asks again; so does one that somebody comes back to after a while.
AGAIN = """
    let page = await open("/eco/%(token)s?lang=en");
    const back = (event) => opened(() => frame.contentWindow.dispatchEvent(event));
    page.body.dataset.old = "1";
    page = await back(new frame.contentWindow.PageTransitionEvent("pageshow", {persisted: true}));
    sure(!page.body.dataset.old, "A page that was put aside is shown as it was.");
    page.body.dataset.old = "1";
    frame.contentWindow.dispatchEvent(new frame.contentWindow.PageTransitionEvent("pageshow", {persisted: false}));
    page.dispatchEvent(new Event("visibilitychange"));
    await new Promise((again) => setTimeout(again, 500));
    sure(frame.contentDocument.body.dataset.old, "A page that was just opened is asked for again.");
    const now = frame.contentWindow.Date.now();
    frame.contentWindow.Date.now = () => now + 120000;
    page = await opened(() => page.dispatchEvent(new Event("visibilitychange")));
    sure(!page.body.dataset.old, "A page of two minutes ago is shown as it was.");
"""
WIDTHS = """
    for (const path of %(paths)s) {
        fits(await open(path));
    }
"""


@tagged("post_install", "-at_install")
class TestPhone(PublicCommon):
    def setUp(self):
        super().setUp()
        self.issue()

    def play(self, story):
        words = OPEN % {"width": NARROW} + story
        done = f"(async () => {{ {words} console.log('test successful'); }})().catch((e) => console.error(e.message))"
        self.browser_js("/robots.txt", done, "true")

    def test_a_visitor_finds_the_certificate(self):
        invoice = self.make_invoice(post=False)
        invoice.name = "EXP-2026-0031"
        invoice.action_post()
        place(self.certificate, certificate_no="26C3302B0007/00030")
        self.certificate = self.submitted(self.certificate_of(invoice))
        self.issue()
        self.play(FIND)

    def test_who_comes_back_to_a_page_sees_the_state_of_now(self):
        self.play(AGAIN % {"token": self.page.token})

    def test_nothing_sticks_out_of_a_narrow_screen_in_any_language(self):
        pages = [f"/eco/{self.page.token}", "/eco", f"/eco/{'a' * 22}", "/eco/verify"]
        paths = [f"{page}?lang={language}" for page in pages for language in public_words.LANGUAGES]
        self.play(WIDTHS % {"paths": json.dumps(paths)})
