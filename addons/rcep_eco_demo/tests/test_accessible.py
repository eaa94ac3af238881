"""Pages that everybody reads can be used by everybody: axe finds nothing on them (WCAG 2.2, levels A and AA).

Each page that the list of borders names is opened in a browser, in each of its states; one that is not here fails.
"""

import datetime
import importlib.util
import json
import pathlib

from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco_website.models import verification_page
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import DemoCommon

AXE = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RUN = """
(async () => {
    const found = await axe.run(document, { runOnly: { type: "tag", values: %s } });
    const words = found.violations.map((each) =>
        `${each.id}: ${each.nodes.map((node) => `${node.target} ${node.any[0]?.message || ""}`).join("; ")}`);
    if (!found.passes.length) { throw new Error("axe looked at nothing"); }
    if (words.length) { throw new Error(words.join("\\n")); }
    console.log("test successful");
})().catch((error) => console.error(error.message));
"""
# Pages of Odoo's portal, behind an account.
OF_ACCOUNTS = {
    "rcep_eco.portal_my_certificates", "rcep_eco.portal_my_certificate", "rcep_eco_agent_api.portal_program",
    "rcep_eco_agent.portal_certificate", "rcep_eco_agent.portal_requests", "rcep_eco_agent.portal_worklist",
    "rcep_eco_agent.portal_request",
}  # fmt: skip
DEAD = "x"  # no link of ours


@tagged("post_install", "-at_install")
class TestAccessible(DemoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["website"].search([]).company_id = cls.company
        cls.certificate = cls.prepare()
        cls.certificate.with_user(cls.signer).action_approve()
        place(cls.certificate, state="issued", environment="production", certificate_no="26C3302A0001/00042",
              issued_at="2026-05-01 08:00:00", valid_until=amounts.today() + datetime.timedelta(days=300),
              issuer_check_url="https://check.example/c/1")  # fmt: skip
        cls.token = cls.certificate.verification_ids.token

    def look(self, *paths, ready="document.readyState === 'complete'"):
        """Open each page and have axe look at it: the browser runs it past the page's own policy."""
        self.env.flush_all()
        verification_page.forget()
        code = AXE.read_text(encoding="utf-8") + RUN % json.dumps(TAGS)
        for path in paths:
            with self.subTest(path):
                self.browser_js(path, code, ready, timeout=60)

    def pages(self):
        """The template of each page, with what its paths are looked at by."""
        return {
            "rcep_eco_website.verification_page": self.look_at_states,
            "rcep_eco_website.verification_form": lambda: self.look("/eco?lang=en", "/eco?lang=zh", f"/eco/{'a' * 22}"),
            "rcep_eco_website.verifier": lambda: self.look("/eco/verify?lang=en", "/eco/verify?lang=th"),
            "rcep_eco_website.widget_frame": self.look_at_widget,
            "rcep_eco_website.goods_page": self.look_at_goods,
            "rcep_eco.declare_page": self.look_at_declaration,
            "rcep_eco.declare_dead": lambda: self.look(f"/rcep/declare/{DEAD}?lang=en"),
            "rcep_eco.forwarded_page": self.look_at_forwarded,
            "rcep_eco.forwarded_asked": self.look_at_forwarded,  # a part of the page
            "rcep_eco.forwarded_dead": lambda: self.look(f"/rcep/forwarded/{DEAD}?lang=en"),
            "rcep_eco.outcome_page": self.look_at_outcome,
            "rcep_eco.outcome_dead": lambda: self.look(f"/rcep/outcome/{DEAD}?lang=en"),
            "rcep_eco_ledger.share_page": self.look_at_share,
            "rcep_eco_ledger.share_dead": lambda: self.look(f"/rcep/share/{DEAD}?lang=en"),
            "rcep_eco_statement.page": self.look_at_statement,
            "rcep_eco_statement.page_unknown": lambda: self.look(f"/rcep/statement/{DEAD}?lang=en"),
        }

    def test_each_page_of_a_border_is_looked_at(self):
        listed = {template for border in self.env["rcep.borders"]._borders().values() for template in border.pages}
        self.assertEqual(listed - OF_ACCOUNTS, set(self.pages()))
        for look in dict.fromkeys(self.pages().values()):
            look()

    def look_at_states(self):
        path = f"/eco/{self.token}?lang="
        self.look(f"{path}en", f"{path}zh", f"{path}km")
        for values in ({"state": "cancelled"}, {"state": "issued", "valid_until": "2026-01-01"},
                       {"valid_until": "2027-10-01", "environment": "sandbox"}):  # fmt: skip
            place(self.certificate, **values)
            self.look(f"{path}en")

    def look_at_widget(self):
        inside = "document.querySelector('rcep-eco-verify')?.shadowRoot?.querySelector('%s')"
        self.look("/eco/widget?lang=en", ready=f"!!{inside % 'form'}")

    def look_at_goods(self):
        self.look("/eco/goods?lang=en")
        good = self.of("good_hinge")
        good.with_company(self.company).product_tmpl_id.rcep_on_website = True
        self.env["rcep.origin"]._mark_what_changed()
        self.env["rcep.origin"]._determine_all(self.company, good)
        self.assertTrue(self.env["rcep.origin"]._website_goods(self.company, "en"))
        self.look("/eco/goods?lang=en")

    def look_at_declaration(self):
        asked = self.env["rcep.declaration.request"].search([("company_id", "=", self.company.id)], limit=1)
        self.look(f"{asked._link_path}/{asked._token()}?lang=en")

    def look_at_forwarded(self):
        questions = self.env["rcep.forwarded.question"].search([])
        for state in dict.fromkeys(questions.mapped("state")):
            question = questions.filtered(lambda each, state=state: each.state == state)[0]
            self.look(f"{question._link_path}/{question._token()}?lang=en")

    def look_at_outcome(self):
        place(self.certificate, state="issued", environment="production")
        asked = self.env["rcep.recognition.request"].with_user(self.clerk)._ask(self.certificate).sudo()
        self.look(f"/rcep/outcome/{asked._token()}?lang=en", f"/rcep/outcome/{asked._token()}?lang=vi")

    def look_at_share(self):
        good = self.certificate.line_ids[:1]
        share = self.env["rcep.share"].with_user(self.clerk).create(
            {"certificate_id": self.certificate.id, "partner_id": self.of("customer_th").id,
             "line_ids": [Command.create({"certificate_line_id": good.id, "quantity": 100})]}
        )  # fmt: skip
        self.look(f"/rcep/share/{share._token()}?lang=en")

    def look_at_statement(self):
        statement = self.env["rcep.origin.statement"].search([("token", "!=", False)], limit=1)
        self.look(f"/rcep/statement/{statement.token}?lang=en")
