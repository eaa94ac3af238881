"""A buyer reads a producer's statement: all of it is checked, and revoked there it counts no more here."""

import base64
import datetime

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..statements.wrong import Wrong
from .common import HOME, BuyerCommon


@tagged("post_install", "-at_install")
class TestReading(BuyerCommon, HttpCase):
    def test_by_its_text_its_link_and_its_file(self):
        ways = (
            lambda statement: {"text": statement.signed_text},
            lambda statement: {"text": f" {statement.address} "},
            lambda statement: {"text": False, "file": base64.b64encode(statement.signed_text.encode())},
        )
        for way in ways:
            statement = self.signed()
            values = way(statement)
            declaration = self.take(values.pop("text"), **values)
            self.assertEqual((declaration.state, declaration.name), ("received", statement.name))
            self.assertEqual((declaration.party_id.code, declaration.criterion), ("CN", "CTC"))
            self.assertEqual(declaration.date_to, statement.date_to)
            self.assertEqual(declaration.statement_sha256, statement.sha256)
            self.assertEqual(base64.b64decode(declaration.document).decode(), statement.signed_text)

    def test_it_answers_what_was_asked_for(self):
        self.maker.email = "sales@lamps.example"
        asked = self.there["rcep.declaration.request"]._ask(self.buyer_company, {self.maker: self.material})
        declaration = asked.declaration_ids
        read = self.take(self.signed().signed_text, declaration_id=declaration.id)
        self.assertEqual((read, read.state), (declaration, "received"))

    def test_what_was_asked_of_one_is_not_answered_by_another(self):
        """Whatever the wizard is told, the declaration says of whom and for which good it is."""
        self.maker.email = "sales@lamps.example"
        other = self.there["res.partner"].create({"name": "Other", "is_company": True, "email": "o@other.example"})
        asked = self.there["rcep.declaration.request"]._ask(self.buyer_company, {other: self.material})
        with self.assertRaisesRegex(UserError, "website of Other"):
            self.take(self.signed().signed_text, declaration_id=asked.declaration_ids.id, partner_id=self.maker.id)
        self.assertEqual(asked.declaration_ids.state, "requested")

    def test_what_is_not_theirs_or_not_for_us_is_refused_by_name(self):
        text = self.signed().signed_text
        cases = (
            ({"website": False}, "website of Ningbo Bright Lamp"),
            ({"website": "https://other.example"}, "is of lamps.example"),
            ({"website": "https://lamps.example:8443"}, "is of lamps.example"),
            ({"vat": False}, "tax number of Ningbo Bright Lamp"),
            ({"vat": "91330200MA00000012"}, "somebody else's"),
        )
        for values, words in cases:
            with self.subTest(words), self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.maker.write(values)
                self.take(text)
        with self.assertRaisesRegex(UserError, "choose the right product"), self.env.cr.savepoint():
            self.material.hs_code = "850131"
            self.take(text)
        self.buyer.vat = "91330200MA0000009X"
        with self.assertRaisesRegex(UserError, "not for this company"):
            self.take(self.signed().signed_text)

    def test_another_firms_key_on_the_same_server_signs_nothing_of_this_one(self):
        self.env["rcep.signing.key"].sudo().with_company(self.buyer_company)._make(self.buyer_company)
        other = self.env["rcep.signing.key"].search([("company_id", "=", self.buyer_company.id)])
        statement = self.signed()
        self.patch(type(self.key), "_current", lambda _keys, _company: other.sudo())
        forged = self.signed()
        self.assertNotEqual(forged.key_id, statement.key_id)
        with self.assertRaisesRegex(UserError, "belongs to another firm"):
            self.take(forged.signed_text)

    def test_what_the_server_says_decides(self):
        statement = self.signed()
        host = "lamps.example"
        cases = (
            ("jwks.json", b'{"keys": []}', "does not list the key"),
            ("jwks.json", b"<html>", "something else"),
            ("jwks.json", Wrong("unreachable", host=host), "does not answer"),
            (statement.sha256, b'{"state": "in_force", "sha256": "0"}', "something else"),
            (statement.sha256, b'{"state": "revoked", "sha256": "%s"}' % statement.sha256.encode(), "has revoked"),
            (statement.sha256, b'{"state": "unknown", "sha256": "%s"}' % statement.sha256.encode(), "does not know"),
        )
        for end, answer, words in cases:
            self.answers.clear()
            self.answers[end] = answer
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.take(statement.signed_text)
        self.answers.clear()
        self.take(statement.signed_text)
        with self.assertRaisesRegex(UserError, "was read before"):
            self.take(statement.signed_text)

    def test_a_lost_key_makes_nothing_good(self):
        statement = self.signed()
        self.key.with_user(self.manager).action_lose()
        with self.assertRaisesRegex(UserError, "does not list the key"):
            self.take(statement.signed_text)

    def test_a_link_leads_to_the_suppliers_own_server_only(self):
        with self.assertRaisesRegex(UserError, "is of other.example"):
            self.take("https://other.example/rcep/statement/AAAAAAAAAAAAAAAAAAAAAA")
        for text in ("", "no", f"{HOME}/rcep/statement/AAAAAAAAAAAAAAAAAAAAAA"):
            with self.subTest(text), self.assertRaisesRegex(UserError, "no signed statement|something else"):
                self.take(text)

    # --- afterwards --------------------------------------------------------------------------------------
    def counted(self, days=0):
        on = self.today + datetime.timedelta(days=days)
        holding = self.there["rcep.supplier.declaration"]._holding(self.material, self.buyer_company, on)
        return bool(holding)

    def test_revoked_there_it_counts_no_more_here(self):
        statement = self.signed(date_from=self.today - datetime.timedelta(days=30))
        declaration = self.take(statement.signed_text)
        declaration.with_user(self.engineer).action_verify()
        self.ask()
        self.assertEqual((declaration.state, self.counted()), ("verified", True))
        statement._revoke("Another drive", self.today - datetime.timedelta(days=1))
        self.ask()
        self.assertEqual(declaration.state, "expired")
        self.assertEqual((self.counted(-1), self.counted()), (True, False))

    def test_wrong_from_the_beginning_it_counts_on_no_day(self):
        statement = self.signed(date_from=self.today - datetime.timedelta(days=30))
        declaration = self.take(statement.signed_text)
        declaration.with_user(self.engineer).action_verify()
        statement._revoke("It was another good")
        self.ask()
        self.assertEqual((declaration.state, self.counted(-1), self.counted()), ("revoked", False, False))

    def test_what_was_unknown_there_for_a_while_is_read_once_more(self):
        """Such as while the producer's server was set up anew: what is not known there counts on no day here."""
        statement = self.signed()
        declaration = self.take(statement.signed_text)
        declaration.with_user(self.engineer).action_verify()
        self.answers[statement.sha256] = b'{"state": "unknown", "sha256": "%s"}' % statement.sha256.encode()
        self.ask()
        self.assertEqual((declaration.state, self.counted()), ("revoked", False))
        self.answers.clear()
        self.assertEqual(self.take(statement.signed_text).state, "received")

    def test_a_server_that_is_silent_takes_nothing_back_and_is_a_task_after_a_week(self):
        declaration = self.take(self.signed().signed_text)
        declaration.with_user(self.engineer).action_verify()
        self.answers[declaration.statement_sha256] = Wrong("unreachable", host="lamps.example")
        self.ask()
        self.assertEqual((declaration.state, declaration.activity_ids.ids), ("verified", []))
        self.assertIn("does not answer", declaration.statement_problem_text)
        with freeze_time(datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=8)):
            self.ask()
            self.ask()
        self.assertEqual(len(declaration.activity_ids), 1)
        self.answers.clear()
        self.ask()
        self.assertFalse(declaration.statement_problem_text)
