"""The platform's door: only who holds a key that is known moves a certificate, each event once, in its order."""

import json

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PUSH, PublicCommon


@tagged("post_install", "-at_install")
class TestPush(PublicCommon):
    def events(self):
        return self.env["rcep.platform.event"].search([("client_ref", "=", self.certificate.client_ref)])

    def assert_refused(self, reply, status, code):
        self.assertEqual((reply.status_code, reply.json()["code"]), (status, code))
        self.assertFalse(self.events())
        self.assertEqual((self.certificate.state, self.certificate.sequence), ("submitted", 0))

    # --- accepted ----------------------------------------------------------------------------------------
    def test_a_signed_event_is_kept_and_applied(self):
        reply = self.push(self.event())
        self.assertEqual((reply.status_code, reply.json()["code"]), (202, "accepted"))
        self.assertEqual((self.certificate.state, self.events().handling), ("submitted", "waiting"))
        self.apply_events()
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), ("issued", "26C3302B0007/00031"))
        event = self.events()
        self.assertEqual((event.source, event.sequence, event.handling), ("push", 5, "applied"))
        self.assertEqual((event.platform_id, event.certificate_id), (self.platform, self.certificate))
        self.assertEqual(json.loads(event.raw), json.loads(self.event()))

    def test_what_is_pushed_wakes_the_job_that_applies_it(self):
        cron = self.env.ref("rcep_eco.ir_cron_apply")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.push(self.event())
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_what_was_applied_is_public_at_once(self):
        self.push(self.event())
        self.apply_events()
        reply = self.url_open(f"/eco/{self.page.token}")
        self.assertEqual(reply.status_code, 200)
        self.assertIn('data-state="specimen"', reply.text)

    def test_the_same_event_again_is_known_and_changes_nothing(self):
        self.push(self.event())
        self.apply_events()
        published = self.page.published_at
        reply = self.push(self.event())
        self.assertEqual((reply.status_code, reply.json()["code"]), (200, "duplicate"))
        self.apply_events()
        self.assertEqual(len(self.events()), 1)
        self.assertEqual(self.page.published_at, published)

    def test_an_older_event_is_kept_but_not_applied(self):
        self.push(self.event())
        self.apply_events()
        reply = self.push(self.event("REVIEWING", 2))
        self.assertEqual(reply.status_code, 202)
        self.apply_events()
        self.assertEqual((self.certificate.state, self.certificate.sequence), ("issued", 5))
        self.assertEqual(self.events().mapped("handling"), ["kept", "applied"])

    def test_of_several_that_wait_the_newest_counts_in_whatever_order_they_came(self):
        for number, state in ((5, "ISSUED"), (2, "REVIEWING"), (6, "CANCELLED"), (1, "RECEIVED")):
            self.push(self.event(state, number))
        self.apply_events()
        self.assertEqual((self.certificate.state, self.certificate.sequence), ("cancelled", 6))
        self.assertEqual(self.certificate.certificate_no, "26C3302B0007/00031")
        self.assertEqual(sorted(self.events().mapped("handling")), ["applied", "kept", "kept", "kept"])

    def test_what_was_sent_back_stands_on_the_certificate_in_sentences(self):
        errors = [{"path": "/application/goods/0/mark", "code": "marks_abroad", "message": "MADE IN KOREA"}]
        self.push(self.event("RETURNED", 3, errors=errors))
        self.apply_events()
        self.assertEqual(self.certificate.state, "returned")
        self.assertIn("Item 1", self.certificate.platform_errors)
        self.assertIn("Correct the marks in box 7", self.certificate.platform_errors)

    def test_an_event_for_an_unknown_reference_is_kept_for_whoever_asks(self):
        reply = self.push(self.event(client_ref="00000000-0000-4000-8000-000000000000"))
        self.assertEqual(reply.status_code, 202)
        stored = self.env["rcep.platform.event"].search([("client_ref", "=", "00000000-0000-4000-8000-000000000000")])
        self.assertEqual((stored.handling, stored.certificate_id.id), ("foreign", False))

    def test_the_document_is_fetched_after_an_issue(self):
        cron = self.env.ref("rcep_eco.ir_cron_events")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.push(self.event())
        self.apply_events()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before + 1)

    # --- refused -----------------------------------------------------------------------------------------
    def test_an_altered_body(self):
        altered = self.event(certificate_no="26C3302B0007/66666")
        self.assert_refused(self.push(self.event(), sent=altered), 401, "bad_signature")

    def test_a_signature_of_yesterday(self):
        self.assert_refused(self.push(self.event(), late=3600), 401, "bad_signature")

    def test_a_signature_from_the_future(self):
        self.assert_refused(self.push(self.event(), late=-3600), 401, "bad_signature")

    def test_an_unknown_key(self):
        stranger = link.signatures.LocalSigner.generate("platform-2")
        self.assert_refused(self.push(self.event(), key=stranger), 401, "bad_signature")

    def test_another_key_under_a_known_name(self):
        forger = link.signatures.LocalSigner.generate(self.key.key_id)
        self.assert_refused(self.push(self.event(), key=forger), 401, "bad_signature")

    def test_our_own_key_is_not_the_platforms(self):
        self.platform.platform_public_key = False
        self.assert_refused(self.push(self.event()), 401, "bad_signature")

    def test_no_signature_at_all(self):
        headers = {"Content-Type": "application/json"}
        self.assert_refused(self.url_open(PUSH, data=self.event(), headers=headers), 401, "bad_signature")

    def test_a_signature_for_another_address(self):
        body = self.event()
        self.assert_refused(self.push(body, **{"Signature-Input": "nonsense"}), 401, "bad_signature")

    def test_a_body_of_more_than_a_megabyte(self):
        body = self.event(note="x" * (1024 * 1024))
        self.assert_refused(self.push(body), 413, "too_long")

    def test_a_body_that_cannot_be_read(self):
        for body in (b"", b"not json", b"[]", b"{}", self.event(state="PERHAPS"), self.event(sequence="five")):
            with self.subTest(body[:20]):
                self.assert_refused(self.push(body), 400, "unreadable")

    def test_reading_the_door_is_not_possible(self):
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(PUSH).status_code, 405)

    # --- companies ---------------------------------------------------------------------------------------
    def test_the_key_of_one_companys_platform_cannot_move_anothers_certificate(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        key = link.signatures.LocalSigner.generate("platform-b")
        theirs = self.make_platform(other, platform_key_name=key.key_id, platform_public_key=key.public_pem().decode())
        reply = self.push(self.event("REFUSED"), key=key)
        self.assertEqual(reply.status_code, 202)
        self.assertEqual((self.certificate.state, self.certificate.sequence), ("submitted", 0))
        stored = self.events()
        self.assertEqual((stored.platform_id, stored.company_id, stored.handling), (theirs, other, "foreign"))
        self.assertFalse(stored.certificate_id)

    def test_one_platform_of_two_companies_moves_each_ones_own(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        theirs = self.make_platform(
            other, platform_key_name=self.key.key_id, platform_public_key=self.key.public_pem().decode()
        )
        self.push(self.event())
        self.apply_events()
        self.assertEqual(self.certificate.state, "issued")
        self.assertEqual(self.events().platform_id, self.platform)
        self.assertFalse(self.env["rcep.platform.event"].search([("platform_id", "=", theirs.id)]))

    def test_what_the_platform_says_without_sense_is_a_task_of_who_keeps_the_connection(self):
        for body in (self.event("DANCING"), b"[]", self.event(certificate_no="<b>1</b>")):
            self.assert_refused(self.push(body), 400, "unreadable")
        task = self.platform.activity_ids
        self.assertEqual(len(task), 1)
        self.assertIn("DANCING", str(task.note))
