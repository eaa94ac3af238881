"""The firm and a real platform: issued, sent back, refused, silent, and never twice."""

import base64
import contextlib
import sqlite3
import uuid

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import tagged

from .common import GOODS, WithPlatform


@tagged("post_install", "-at_install")
class TestPlatform(WithPlatform):
    def messages(self, certificate):
        return self.env["rcep.platform.message"].search([("certificate_id", "=", certificate.id)])

    # --- it goes well ------------------------------------------------------------------------------------
    def test_from_the_outbox_to_the_signed_document(self):
        certificate = self.prepare()
        self.issue(certificate)
        self.assertTrue(certificate.certificate_no and certificate.certificate_ref and certificate.issued_at)
        self.assertEqual(certificate.public_state, "specimen")
        self.until(lambda: certificate.document, self.follow)
        self.assertTrue(base64.b64decode(certificate.document).startswith(b"%PDF-"))
        filings = self.env["rcep.filing"].search([("company_id", "=", self.company.id)])
        self.assertEqual(set(filings.mapped("state")), {"accepted"})
        self.assertEqual(len(filings), 4)
        self.assertEqual(set(self.messages(certificate).mapped("state")), {"delivered"})

    def test_goods_that_are_filed_are_not_filed_again(self):
        self.issue(self.prepare())
        before = self.calls("file_product")
        self.issue(self.prepare())
        self.assertEqual(self.calls("file_product"), before)

    def test_the_connection_is_tested_by_its_manager(self):
        action = self.connection.action_test()
        self.assertEqual(action["params"]["type"], "success")
        self.assertTrue(self.connection.last_contact)

    def test_events_are_read_once(self):
        certificate = self.prepare()
        self.issue(certificate)
        count = self.env["rcep.platform.event"].search_count([("certificate_id", "=", certificate.id)])
        self.follow()
        self.assertEqual(self.env["rcep.platform.event"].search_count([("certificate_id", "=", certificate.id)]), count)

    # --- it is sent back or refused ----------------------------------------------------------------------
    def test_sent_back_corrected_and_issued(self):
        certificate = self.prepare(GOODS[:1])
        self.control_of("POST", "/faults", {"kind": "return_for_review"})
        self.addCleanup(self.control_of, "DELETE", "/faults")
        self.submit(certificate)
        self.until(lambda: certificate.state == "returned", self.deliver, self.follow)
        self.assertTrue(certificate.platform_errors)
        certificate.with_user(self.clerk).action_draft()
        certificate.with_user(self.clerk).remarks = "CORRECTED"
        self.issue(certificate)
        self.assertEqual(certificate.revision, 2)
        self.assertFalse(certificate.platform_errors)

    def test_an_invoice_that_was_certified_before_is_sent_back_by_the_reviewer(self):
        first = self.prepare(GOODS[:1])
        self.issue(first)
        place(first, state="withdrawn")  # as a firm's records may have it that missed the issue
        action = first.invoice_ids.with_user(self.clerk).action_create_rcep_certificate()
        second = first.browse(action["res_id"])
        self.submit(second)
        self.until(lambda: second.state == "returned", self.deliver, self.follow)
        for result in ("Invoice 1, number", "Read the reviewer's words", first.invoice_ids.name):
            self.assertIn(result, second.platform_errors)

    def osaka(self):
        """A customer in a Party of which our table says wrongly that it is on the platform."""
        self.env.ref("rcep_eco.party_jp").eco_platform = True
        return self.of("customer_vn").copy({"country_id": self.env.ref("base.jp").id, "name": "Osaka Hardware K.K."})

    def test_a_party_without_electronic_certificates_is_refused_in_words(self):
        certificate = self.prepare(GOODS[:1], self.osaka())
        self.submit(certificate)
        self.until(lambda: certificate.state == "returned", self.deliver)
        self.assertIn("The importing Party does not take part in electronic certificates.", certificate.platform_errors)

    def test_one_bad_certificate_of_three_keeps_no_other(self):
        good, other = (self.prepare(GOODS[:1]) for _each in range(2))
        bad = self.prepare(GOODS[:1], self.osaka())
        for certificate in (good, bad, other):
            self.submit(certificate)
        self.until(lambda: good.state == other.state == "issued", self.deliver, self.follow)
        self.assertEqual(bad.state, "returned")

    def test_what_the_reviewer_refuses_says_why(self):
        certificate = self.prepare(GOODS[:1])
        self.control_of("POST", "/faults", {"kind": "refuse"})
        self.addCleanup(self.control_of, "DELETE", "/faults")
        self.submit(certificate)
        self.until(lambda: certificate.state == "rejected", self.deliver, self.follow)
        self.assertIn("The reviewer refuses the application.", certificate.platform_errors)

    # --- the rest of its life ----------------------------------------------------------------------------
    def ask(self, certificate, action, **values):
        """What the signer says in the dialogue; the dialogue's record."""
        dialogue = getattr(certificate.with_user(self.signer), action)()
        model = self.env[dialogue["res_model"]].with_user(self.signer).with_context(**dialogue["context"])
        return model.create({"reason": "The goods were never shipped", **values})

    def test_an_issued_certificate_is_cancelled_there_and_here(self):
        certificate = self.prepare(GOODS[:1])
        self.issue(certificate)
        self.ask(certificate, "action_cancel").action_request()
        self.fault("cancel", "drop_reply")
        self.deliver()
        cancelled = self.calls("cancel")
        self.until(lambda: certificate.state == "cancelled", self.deliver)
        self.assertEqual(self.calls("cancel"), cancelled)
        self.assertFalse(certificate.pending_request)

    def test_what_was_sent_back_is_withdrawn_there_and_here(self):
        certificate = self.prepare(GOODS[:1])
        self.control_of("POST", "/faults", {"kind": "return_for_review"})
        self.addCleanup(self.control_of, "DELETE", "/faults")
        self.submit(certificate)
        self.until(lambda: certificate.state == "returned", self.deliver, self.follow)
        self.ask(certificate, "action_withdraw").action_request()
        self.until(lambda: certificate.state == "withdrawn", self.deliver)

    def test_what_the_platform_refused_at_once_is_withdrawn_here(self):
        certificate = self.prepare(GOODS[:1], self.osaka())
        self.submit(certificate)
        self.until(lambda: certificate.state == "returned", self.deliver)
        self.ask(certificate, "action_withdraw").action_request()
        self.until(lambda: certificate.state == "withdrawn", self.deliver)

    def test_a_corrected_certificate_takes_the_place_of_the_issued_one(self):
        old = self.prepare(GOODS[:1])
        self.issue(old)
        facts = {"wrong": "text", "at_hand": "yes", "presented": "no"}
        action = self.ask(old, "action_replace", **facts).action_replace()
        new = old.browse(action["res_id"])
        new.with_user(self.clerk).remarks = "CORRECTED"
        self.issue(new)
        self.until(lambda: old.state == "replaced", self.follow)
        self.assertEqual(old.successor_ids, new)

    def test_a_night_compares_and_finds_no_difference(self):
        self.issue(self.prepare(GOODS[:1]))
        self.run_job("_cron_reconcile", "rcep.platform")
        counts = self.connection.reconciled
        self.assertGreater(counts["same"], 0)
        self.assertEqual((counts["reported"], counts["unanswered"]), (0, 0))

    # --- keys --------------------------------------------------------------------------------------------
    def test_a_key_that_the_platform_does_not_know(self):
        self.connection.action_generate_key()
        result = self.connection.action_test()["params"]["message"]
        self.assertIn(self.company.name, result)
        self.assertIn("The platform did not accept who is asking", result)
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        self.deliver()
        self.assertIn("did not accept who is asking", self.connection.last_error)
        self.assertFalse(certificate.certificate_no)

    def test_a_wrong_secret(self):
        self.connection.new_secret = "wrong"
        result = self.connection.action_test()["params"]["message"]
        self.assertIn("could not connect. The platform did not accept who is asking", result)

    def test_a_key_that_changes_while_a_message_is_under_way(self):
        """What went out under the old key is asked for under the new one, and not sent again."""
        self.issue(self.prepare(GOODS[:1]))  # the good is filed now
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        before = self.calls("submit")
        self.fault("submit", "drop_reply")
        self.deliver()
        self.assertEqual(self.messages(certificate).state, "unknown")
        self.connection.action_generate_key()
        self.deliver()  # the platform does not know the new key yet
        self.assertEqual((self.messages(certificate).state, certificate.state), ("unknown", "submitted"))
        self.assertIn("did not accept who is asking", self.connection.last_error)
        self.enrol()
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)
        self.assertEqual(self.calls("submit"), before + 1)

    def test_two_companies_each_under_its_own_key(self):
        other = self.env["res.company"].create(
            {"name": "宁波第二工厂", "rcep_uscc": "91330200MA2AE4FJ45", "country_id": self.env.ref("base.cn").id}
        )
        connection = self.connection.sudo().copy({"company_id": other.id})
        connection.action_generate_key()
        result = connection._client().enrol(
            link.onboarding.Enrolment(
                name=other.name,
                uscc=other.rcep_uscc,
                key_id=connection.key_name,
                public_key_pem=connection.public_key_pem,
            )
        )
        connection.write({"client_id": result.client_id, "new_secret": result.client_secret})
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        filing = self.env["rcep.filing"].search([("company_id", "=", self.company.id)], limit=1)
        theirs = filing.copy({"platform_id": connection.id, "client_ref": str(uuid.uuid4())})
        body = filing.message_line_ids.sorted("id")[-1:].body.replace(filing.client_ref, theirs.client_ref)
        theirs.content_digest = link.canonical.digest(body.encode())
        self.env["rcep.platform.message"]._put(connection, "filing", body.encode(), filing=theirs)
        self.until(lambda: certificate.state == "issued" and theirs.state == "accepted", self.deliver, self.follow)
        with contextlib.closing(sqlite3.connect(self.folder / "platform.sqlite3")) as database:
            owners = dict(database.execute("SELECT client_ref, enterprise_id FROM filing"))
        self.assertNotEqual(owners[theirs.client_ref], owners[filing.client_ref])

    # --- trouble on the way ------------------------------------------------------------------------------
    def test_an_answer_that_is_lost_is_asked_for_and_nothing_is_sent_twice(self):
        self.issue(self.prepare(GOODS[:1]))  # the good is filed now
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        before = self.calls("submit")
        self.fault("submit", "drop_reply")
        self.deliver()
        message = self.messages(certificate)
        self.assertEqual(message.state, "unknown")
        self.assertIn("It may have arrived", message.error)
        self.deliver()
        self.assertEqual((message.state, self.calls("submit")), ("delivered", before + 1))
        self.until(lambda: certificate.state == "issued", self.follow)

    def test_a_clock_that_is_ten_minutes_off_is_named_and_loses_nothing(self):
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        self.control_of("POST", "/faults", {"kind": "clock_off", "seconds": 600})
        self.addCleanup(self.control_of, "DELETE", "/faults")
        self.deliver()
        self.assertRegex(self.connection.last_error, "seconds (behind|ahead of) .*clock")
        self.assertEqual(set(self.messages(certificate).mapped("state")), {"queued"})
        self.assertEqual(certificate.state, "submitted")
        self.control_of("DELETE", "/faults")
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)

    def test_a_busy_platform_is_left_alone_for_as_long_as_it_asks(self):
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        self.fault("file_product", "busy", seconds=120)
        now = self.env.cr.now()
        self.deliver()
        filing = self.env["rcep.platform.message"].search([("kind", "=", "filing"), ("state", "=", "queued")])
        self.assertGreaterEqual((filing.next_try - now).total_seconds(), 120)
        self.assertIn("busy", filing.error)
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)

    def test_an_error_of_the_platforms_own_is_asked_for_before_it_is_sent_again(self):
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        self.fault("file_product", "error_500")
        self.deliver()
        filing = self.env["rcep.platform.message"].search([("kind", "=", "filing"), ("state", "!=", "delivered")])
        self.assertEqual(filing.state, "unknown")
        asked = self.calls("filing_status")
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)
        self.assertGreater(self.calls("filing_status"), asked)

    def test_a_feed_in_trouble_loses_no_event(self):
        certificate = self.prepare(GOODS[:1])
        self.submit(certificate)
        self.fault("events", "error_500")
        self.follow()
        self.assertIn("error of its own", self.connection.last_error)
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)
        self.assertFalse(self.connection.last_error)
