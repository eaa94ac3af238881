"""A firm states that its good originates: determined at that moment, signed, published, taken back by itself."""

import datetime
import json
from unittest import mock

from odoo.addons.rcep_eco.controllers import rate_limits
from odoo.addons.rcep_eco.tests.outside_page import check_each_language, check_english_beside, said
from odoo.addons.rcep_eco.tests.phone import narrow
from odoo.addons.rcep_eco.tools import public_words
from odoo.exceptions import UserError, ValidationError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import HttpCase, tagged

from ..controllers.statement_pages import ROOM
from ..statements import jose
from .common import StatementCommon


@tagged("post_install", "-at_install")
class TestStatement(StatementCommon, HttpCase):
    def watch(self):
        with mock.patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: float("inf")):
            self.env["rcep.origin.statement"]._cron_watch()

    # --- signed ------------------------------------------------------------------------------------------
    def test_it_says_what_was_determined_and_no_cost(self):
        statement = self.signed()
        self.assertEqual((statement.state, statement.signer_id, statement.party_code), ("in_force", self.signer, "CN"))
        signed = jose.read(statement.signed_text)
        self.assertTrue(signed.is_of(jose.key_of(self.key.public_jwk)))
        self.assertEqual(signed.claims["origin"]["hs6"], "940511")
        self.assertEqual(signed.claims["origin"]["dossier_sha256"], statement.dossier_sha256)
        self.assertNotIn("50", json.dumps(signed.claims["origin"]["product_name"]))
        for name in ("fob", "price", "rvc", "material", "cost", "value"):
            self.assertNotIn(f'"{name}"', json.dumps(signed.claims))

    def test_what_does_not_originate_is_not_signed(self):
        self.declaration.action_revoke()
        statement = self.draft()
        with self.assertRaisesRegex(UserError, "nothing is signed|declaration"):
            statement.with_user(self.signer).action_sign()
        self.assertEqual((statement.state, statement.signed_text), ("draft", False))

    def test_what_is_missing_is_named(self):
        self.buyer.vat = False
        with self.assertRaisesRegex(UserError, "tax number of Ningbo Trading"):
            self.signed()
        self.buyer.vat = "91330200MA00000012"
        with self.assertRaisesRegex(UserError, "is over already"):
            self.signed(date_from="2026-01-02", date_to="2026-01-03")
        with self.assertRaisesRegex(ValidationError, "longer than a year"):
            self.draft(date_to=self.today + datetime.timedelta(days=400))
        self.key.with_user(self.manager).action_lose()
        with self.assertRaisesRegex(UserError, "Signing keys"):
            self.signed()

    def test_a_company_states_nothing_of_anothers_good(self):
        theirs = self.env["product.product"].create({"name": "Theirs", "company_id": self.buyer_company.id})
        both = self.clerk
        both.company_ids += self.buyer_company
        statements = self.env["rcep.origin.statement"].with_user(both).with_context(
            allowed_company_ids=[self.exporter.id, self.buyer_company.id]
        )
        with self.assertRaisesRegex(UserError, "Theirs"):
            statements.create({"partner_id": self.buyer.id, "product_id": theirs.id})

    def test_nothing_is_signed_where_buyers_could_not_believe_the_keys(self):
        self.env["ir.config_parameter"].set_param("web.base.url", "http://lamps.example")
        with self.assertRaisesRegex(UserError, "https://"):
            self.signed()

    def test_a_clerk_signs_nothing_and_what_was_signed_stays(self):
        with self.assertRaises(UserError):
            self.draft().with_user(self.clerk).action_sign()
        statement = self.signed().with_user(self.clerk)
        for values in ({"date_to": self.today}, {"partner_id": self.customer.id}, {"fob": 1.0}, {"state": "draft"},
                       {"signed_text": "x"}, {"sha256": "x"}):  # fmt: skip
            with self.subTest(values), self.assertRaises(UserError):
                statement.write(values)
        with self.assertRaisesRegex(UserError, "it is kept"):
            statement.unlink()

    def test_it_is_copied_as_a_draft(self):
        copy = self.signed().with_user(self.clerk).copy()
        self.assertEqual((copy.state, copy.name, copy.verdict, copy.sha256), ("draft", False, False, False))
        self.assertEqual((copy.partner_id, copy.product_id), (self.buyer, self.lamp))

    def test_it_says_nothing_of_days_before_it_was_determined(self):
        statement = self.draft(date_from=self.today - datetime.timedelta(days=90))
        statement.with_user(self.signer).action_sign()
        self.assertEqual(statement.date_from, self.today)
        self.assertEqual(
            jose.read(statement.signed_text).claims["origin"]["valid_from"], self.today.isoformat()
        )

    # --- by itself ---------------------------------------------------------------------------------------
    def test_it_is_taken_back_once_the_good_does_not_originate(self):
        statement = self.signed(date_from=self.today - datetime.timedelta(days=30))
        self.watch()
        self.assertEqual(statement.state, "in_force")
        self.declaration.action_revoke()
        self.watch()
        self.assertEqual((statement.state, statement.holds_until), ("revoked", self.today - datetime.timedelta(days=1)))
        self.assertEqual(statement.activity_ids.user_id, self.signer)

    def test_it_is_taken_back_where_it_would_say_something_else(self):
        statement = self.signed()
        self.lamp.hs_code = "94052100"
        self.watch()
        self.assertEqual(statement.state, "revoked")
        self.assertFalse(statement.holds_until)  # it began today

    def test_it_ends_by_its_day(self):
        statement = self.signed(date_to=self.today)
        with mock.patch("odoo.addons.rcep_eco_statement.models.statement_watch.amounts.today",
                        lambda: self.today + datetime.timedelta(days=1)):  # fmt: skip
            self.watch()
        self.assertEqual(statement.state, "ended")

    def test_a_signer_says_from_when_it_does_not_hold(self):
        statement = self.signed(date_from=self.today - datetime.timedelta(days=30))
        wizard = self.env["rcep.origin.statement.revoke"].with_user(self.signer)
        with self.assertRaisesRegex(UserError, "today at the latest"):
            wizard.create(
                {"statement_id": statement.id, "reason": "x", "holds_until": self.today + datetime.timedelta(days=1)}
            ).action_revoke()
        wizard.create({"statement_id": statement.id, "reason": "Another drive", "since": "never"}).action_revoke()
        self.assertEqual((statement.state, statement.holds_until), ("revoked", False))

    # --- keys --------------------------------------------------------------------------------------------
    def test_a_new_key_retires_the_other_and_a_lost_one_is_listed_no_more(self):
        old = self.key
        self.signed()
        self.env["rcep.signing.key"].with_user(self.manager).action_make_key()
        self.assertEqual(old.state, "retired")
        listed = {each["kid"]: each for each in self.env["rcep.signing.key"]._published()["keys"]}
        self.assertIn("exp", listed[old.name])
        self.assertEqual(listed[old.name]["sub"], self.exporter.rcep_uscc)
        old.with_user(self.manager).action_lose()
        self.assertNotIn(old.name, {each["kid"] for each in self.env["rcep.signing.key"]._published()["keys"]})
        statement = self.env["rcep.origin.statement"].search([("key_id", "=", old.id)])
        self.assertEqual((statement.state, statement._status()["held_until"]), ("revoked", None))

    def test_a_copy_of_the_database_signs_nothing(self):
        self.env.flush_all()
        self.env.cr.execute("\n".join(get_neutralization_queries(["rcep_eco", "rcep_eco_statement"])))
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Signing keys"):
            self.signed()
        self.assertFalse(self.key.sudo().private_key_id)

    # --- public ------------------------------------------------------------------------------------------
    def test_the_keys_are_there_for_everybody(self):
        answer = self.url_open("/.well-known/rcep-eco/jwks.json")
        self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")
        (jwk,) = [each for each in answer.json()["keys"] if each["kid"] == self.key.name]
        self.assertEqual(set(jwk), {"kty", "crv", "x", "y", "kid", "use", "alg", "sub", "nbf"})

    def test_its_page_and_text_and_status(self):
        statement = self.signed()
        path = statement.address.partition("example")[2]
        page = self.url_open(f"{path}?lang=en")
        self.assertIn("In force", page.text)
        self.assertNotIn("50.0", page.text)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertEqual(self.url_open(f"{path}.jws").text, statement.signed_text)
        status = self.url_open(f"/rcep/statement/status/{statement.sha256}").json()
        self.assertEqual(status["state"], "in_force")
        statement._revoke("x", self.today)
        status = self.url_open(f"/rcep/statement/status/{statement.sha256}").json()
        self.assertEqual((status["state"], status["held_until"]), ("revoked", self.today.isoformat()))
        self.assertIn("Revoked", self.url_open(f"{path}?lang=en").text)

    # --- nine languages ----------------------------------------------------------------------------------
    def paths(self):
        """The pages of a statement, and of a link that names none."""
        # Links that name none are opened more often here than anybody may.
        self.patch(rate_limits, "may_try", lambda kind, caller: True)
        self.patch(rate_limits, "note", lambda kind, caller: None)
        statement = self.signed(date_from=self.today - datetime.timedelta(days=30))
        return statement, statement.address.partition("example")[2], "/rcep/statement/AAAAAAAAAAAAAAAAAAAAAA"

    def test_each_language_says_all_of_it(self):
        for path in self.paths()[1:]:
            check_each_language(self, ROOM, path)

    def test_how_it_stands_is_in_english_beside_words_that_nobody_has_confirmed(self):
        statement, path, _unknown = self.paths()
        for key in ("in_force", "statement"):
            check_english_beside(self, ROOM, path, key)
        statement._revoke("x", self.today)
        self.env.flush_all()
        text = said(self.url_open(f"{path}?lang=th"))
        for language in ("th", "en"):
            words = ROOM.words(language)
            held = words["held_until"] % {"day": self.today.isoformat()}
            self.assertIn(f"{words['revoked']} {held}", text)

    def test_the_country_is_named_in_the_readers_language(self):
        path = self.paths()[1]
        for language, name in (("en", "China"), ("vi", "Trung Quốc"), ("lo", "ຈີນ"), ("zh", "中国")):
            self.assertIn(name, said(self.url_open(f"{path}?lang={language}")), language)

    def test_nothing_overflows_a_phone_in_any_language(self):
        paths = [f"{path}?lang={language}" for path in self.paths()[1:] for language in public_words.LANGUAGES]
        self.env.flush_all()
        self.browser_js("/rcep/statement/none", narrow(paths), timeout=120)

    def test_whoever_guesses_learns_nothing(self):
        draft = self.draft()
        for path in ("/rcep/statement/AAAAAAAAAAAAAAAAAAAAAA", "/rcep/statement/x", "/rcep/statement/False"):
            answer = self.url_open(f"{path}?lang=en")
            self.assertEqual(answer.status_code, 404, path)
            self.assertIn("no statement", answer.text)
        for value in ("0" * 64, "x", "False"):
            self.assertEqual(self.url_open(f"/rcep/statement/status/{value}").json()["state"], "unknown")
        self.assertEqual(self.url_open("/rcep/statement/False.jws").status_code, 404)
        self.assertFalse(draft.sudo().token)
