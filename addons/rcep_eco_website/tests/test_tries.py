"""At the public pages: guessing is bounded, in words; an endless address or a foreign host changes nothing."""

import doctest

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.tests.common import place
from odoo.addons.rcep_eco_website import keep_history
from odoo.tests import tagged
from odoo.tools import config

from .common import PublicCommon

NUMBERS = {"certificate_no": "26C3302B0007/99999", "invoice_no": "INV/1"}


@tagged("post_install", "-at_install")
class TestTries(PublicCommon):
    def ask(self, **numbers):
        numbers = {**NUMBERS, **numbers}
        return self.url_open("/eco", data=numbers, allow_redirects=False)

    # --- guessing ----------------------------------------------------------------------------------------
    def test_tries_in_vain_of_one_address_come_to_an_end_in_words(self):
        self.patch(rate_limits, "OF_ONE", 3)
        self.assertEqual([self.ask().status_code for _try in range(3)], [200] * 3)
        reply = self.ask()
        self.assertEqual(reply.status_code, 429)
        self.assertIn("Wait a minute, then try again", reply.text)
        self.assertTrue(0 < int(reply.headers["Retry-After"]) <= rate_limits.WINDOW)

    def test_tries_in_vain_of_everybody_come_to_an_end_too(self):
        self.patch(rate_limits, "OF_ALL", 4)
        for number in range(4):
            rate_limits.note("form", f"10.0.0.{number}")
        self.assertEqual(self.ask().status_code, 429)

    def test_who_knows_both_numbers_is_not_counted(self):
        self.issue()
        self.patch(rate_limits, "OF_ONE", 2)
        right = {"certificate_no": "26C3302B0007/00031", "invoice_no": self.certificate.invoice_ids.name}
        self.assertEqual([self.ask(**right).status_code for _try in range(4)], [303] * 4)

    def test_the_code_on_the_certificate_works_whoever_guesses(self):
        self.issue()
        self.patch(rate_limits, "OF_ALL", 0)
        self.assertEqual(self.url_open(f"/eco/{self.page.token}").status_code, 200)

    def test_the_examples_of_counting_are_true(self):
        self.assertEqual(doctest.testmod(rate_limits).failed, 0)

    def test_a_suppliers_link_is_not_guessed_either(self):
        self.patch(rate_limits, "OF_ONE", 2)
        codes = [self.url_open(f"/rcep/declare/{number}-x", allow_redirects=False).status_code for number in range(3)]
        self.assertEqual(codes[2], 429)
        self.assertNotIn(429, codes[:2])

    def test_counting_costs_no_memory(self):
        self.patch(rate_limits, "REMEMBERED", 10)
        for number in range(100):
            rate_limits.note("token", f"10.0.1.{number}")
        self.assertLessEqual(len(rate_limits._counts), 10)

    def token(self, token="a" * 22, **headers):
        return self.url_open(f"/eco/{token}", headers=headers, allow_redirects=False)

    def test_tokens_that_lead_nowhere_come_to_an_end_and_right_ones_do_not(self):
        """An officer scans a code behind the same address as somebody who guesses."""
        self.issue()
        self.patch(rate_limits, "OF_ONE", 3)
        self.assertEqual([self.token(f"{number:022d}").status_code for number in range(3)], [404] * 3)
        reply = self.token("b" * 22)
        self.assertEqual(reply.status_code, 429)
        self.assertTrue(0 < int(reply.headers["Retry-After"]) <= rate_limits.WINDOW)
        self.assertIn("Wait a minute, then try again", reply.text)
        self.assertLess(len(reply.content), 200)
        self.assertEqual(self.token(self.page.token).status_code, 200)
        self.assertEqual(self.ask().status_code, 200)  # who guesses tokens does not shut the form for others

    def test_tokens_of_everybody_come_to_an_end_too(self):
        self.patch(rate_limits, "OF_ALL", 4)
        for number in range(4):
            rate_limits.note("token", f"10.0.0.{number}")
        self.assertEqual(self.token().status_code, 429)

    def test_behind_a_proxy_each_visitor_has_an_address_of_their_own(self):
        self.patch(rate_limits, "OF_ONE", 1)
        self.addCleanup(config.options.__setitem__, "proxy_mode", config["proxy_mode"])
        config["proxy_mode"] = True

        def visitor(address):
            return self.token(**{"X-Forwarded-For": address, "X-Forwarded-Host": "127.0.0.1"}).status_code

        self.assertEqual([visitor("203.0.113.1"), visitor("203.0.113.1"), visitor("203.0.113.2")], [404, 429, 404])
        # One party has the last 64 bits of its addresses to itself.
        self.assertEqual([visitor("2001:db8::1"), visitor("2001:db8::2")], [404, 429])
        # What a visitor says of itself before the proxy does is not believed.
        self.assertEqual(visitor("198.51.100.9, 203.0.113.1"), 429)

    def test_without_a_proxy_nobody_gives_themselves_another_address(self):
        self.patch(rate_limits, "OF_ONE", 1)
        sentences = [{"X-Forwarded-For": f"203.0.113.{number}", "X-Forwarded-Host": "127.0.0.1"} for number in (1, 2)]
        self.assertEqual([self.token(**headers).status_code for headers in sentences], [404, 429])

    def test_a_suppliers_right_link_answers_whoever_guesses(self):
        self.supplier.email = "sales@lamp-works.example"
        good = self.env["product.product"].create({"name": "Bolt", "company_id": self.exporter.id})
        asked = self.env["rcep.declaration.request"]._ask(self.exporter, {self.supplier: good})
        self.patch(rate_limits, "OF_ALL", 0)
        path = f"/rcep/declare/{asked._token()}"
        self.assertEqual(self.url_open(path, allow_redirects=False).status_code, 200)
        self.assertEqual(self.url_open(f"{path}x", allow_redirects=False).status_code, 429)

    # --- addresses ---------------------------------------------------------------------------------------
    def test_an_endless_token_is_answered_in_a_few_bytes(self):
        for length in (65, 6_000, 60_000):
            reply = self.url_open(f"/eco/{'a' * length}", allow_redirects=False)
            with self.subTest(length):
                self.assertEqual(reply.status_code, 404)
                self.assertLess(len(reply.content), 200)

    def test_a_foreign_host_changes_nothing(self):
        self.issue()
        address = self.page._url()
        for path in (f"/eco/{self.page.token}", "/eco"):
            plain = self.url_open(path).text
            reply = self.url_open(path, headers={"Host": "evil.example"})
            with self.subTest(path):
                self.assertEqual(reply.status_code, 200)
                self.assertNotIn("evil.example", reply.text)
                self.assertEqual("SPECIMEN" in reply.text, "SPECIMEN" in plain)
        self.env.invalidate_all()
        self.assertEqual(self.page._url(), address)
        self.assertNotIn("evil.example", self.platform.push_url)

    def test_sitemap_and_noindex_agree(self):
        self.issue()
        shown = self.url_open("/sitemap.xml").text
        self.assertIn("/eco<", shown)
        self.assertNotIn(self.page.token, shown)
        self.assertNotIn("X-Robots-Tag", self.url_open("/eco").headers)
        self.assertEqual(self.url_open(f"/eco/{self.page.token}").headers["X-Robots-Tag"], "noindex")
        self.assertEqual(self.url_open(f"/eco/{'a' * 22}").headers["X-Robots-Tag"], "noindex")


@tagged("post_install", "-at_install")
class TestPagesStay(PublicCommon):
    """Pages, tokens and the form outlive the website's module and the database's own secret."""

    def test_a_page_that_was_taken_away_comes_back_under_its_token(self):
        self.issue()
        token = self.page.token
        self.page.unlink()  # as uninstalling the website does with all of them
        self.assertEqual(self.url_open(f"/eco/{token}").status_code, 404)
        self.env["rcep.certificate"]._give_pages_again()
        again = self.certificate.verification_ids
        self.assertEqual((again.token, again.state), (token, "specimen"))
        self.assertIn("26C3302B0007/00031", self.url_open(f"/eco/{token}").text)

    def test_a_certificate_from_before_the_website_gets_a_page(self):
        self.issue()
        self.page.unlink()
        place(self.certificate, page_token=False)
        self.env["rcep.certificate"]._give_pages_again()
        self.assertEqual(self.certificate.verification_ids.state, "specimen")
        self.assertEqual(self.certificate.page_token, self.certificate.verification_ids.token)

    def test_drafts_get_none(self):
        draft = self.certify()
        self.env["rcep.certificate"]._give_pages_again()
        self.assertFalse(draft.verification_ids)

    def test_the_form_answers_in_a_duplicate_with_secrets_of_its_own(self):
        self.issue()
        self.env["ir.config_parameter"].set_param("database.secret", "of-a-duplicate")
        self.env["ir.config_parameter"].set_param("database.uuid", "of-a-duplicate")
        number = self.certificate.invoice_ids.name
        found = self.env["rcep.verification"]._of_numbers("26C3302B0007/00031", number)
        self.assertEqual(found, self.page)
        self.assertEqual(self.url_open(f"/eco/{self.page.token}").status_code, 200)

    def test_the_module_of_certificates_is_not_taken_from_over_them(self):
        module = self.env["ir.module.module"].search([("name", "=", "rcep_eco")])
        with self.assertRaisesRegex(Exception, "they would go with this module"):
            module.button_uninstall()
        self.assertEqual(module.state, "installed")

    def test_who_read_the_proof_stays_with_the_certificate_where_the_website_is_taken_away(self):
        self.env["rcep.data.read"]._note(self.platform, self.certificate, ["materials"])
        keep_history(self.env)
        self.assertIn("was read by the platform 1 times", str(self.certificate.message_ids[:1].body))
