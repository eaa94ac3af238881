"""The building block *Verify a certificate* on a page of the website, and the check in its menu."""

from odoo.tests import tagged

from .common import PublicCommon


@tagged("post_install", "-at_install")
class TestBuildingBlock(PublicCommon):
    def made_page(self, content):
        """A page of the website with such a block on it."""
        self.env["website.page"].create(
            {
                "name": "Check", "url": "/our-check", "type": "qweb", "key": "rcep_eco_website.test_check",
                "is_published": True,
                "arch": f'<t t-call="website.layout"><div id="wrap" class="oe_structure">{content}</div></t>',
            }
        )  # fmt: skip
        return "/our-check"

    def test_the_block_asks_for_both_numbers_in_the_pages_language(self):
        address = self.made_page(str(self.env["ir.qweb"]._render("rcep_eco_website.s_rcep_verify")))
        ready = "!!document.querySelector('rcep-eco-verify')?.shadowRoot?.querySelector('form')"
        self.browser_js(address, """
            const words = document.querySelector("rcep-eco-verify").shadowRoot.querySelector("h2").innerText;
            console.log(words === "Verify a certificate of origin" ? "test successful" : words);
        """, ready, timeout=30)  # fmt: skip

    def test_a_page_without_the_block_loads_no_script_of_it(self):
        self.browser_js(self.made_page("<p>Lamps</p>"), """
            const found = [...document.scripts].some((each) => each.src.includes("/eco/widget.js"));
            console.log(found ? "loaded" : "test successful");
        """, "document.readyState === 'complete'", timeout=30)  # fmt: skip

    def test_editors_find_the_block_and_visitors_the_check_in_the_menu(self):
        self.authenticate("admin", "admin")
        call = {"model": "ir.ui.view", "method": "render_public_asset", "args": ["website.snippets"], "kwargs": {}}
        blocks = self.make_jsonrpc_request("/web/dataset/call_kw/ir.ui.view/render_public_asset", call)
        self.assertIn("s_rcep_verify", blocks)
        self.authenticate(None, None)
        self.assertIn('href="/eco"', self.url_open("/").text)
