"""The life of a certificate: who may make which move, and that there is no other way."""

import datetime
import itertools
import types

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ... import groups
from ...models.certificate.rcep_certificate import FREE, MOVED
from ...states import actors, certificate_states
from ..common import EcoCommon, place

NOW = datetime.datetime(2026, 5, 1, 8, 0, tzinfo=datetime.timezone.utc)
EVERY_STATE = [state for state, _label in certificate_states.STATES]


@tagged("post_install", "-at_install")
class TestStates(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in ("clerk", "signer", "auditor", "engineer", "manager")}
        cls.make_platform()
        cls.certificate = cls.certify()
        cls.certificate.partner_id.country_id = cls.env.ref("base.vn")

    def put(self, state, **values):
        """Place the certificate in a state, as its history would have."""
        place(self.certificate, state=state, **values)
        return self.certificate

    def reported(self, state, sequence, **facts):
        """What the platform says, as the link reads it."""
        nothing = dict.fromkeys(
            ("certificate_no", "certificate_id", "issued_at", "valid_until", "issuer_check_url", "print_state")
        )
        nothing |= {"revision": self.certificate.revision, "content_digest": ""}
        if state == "issued":
            nothing["certificate_no"] = self.certificate.certificate_no or "26C3/1"
        return types.SimpleNamespace(**{**nothing, "state": state, "sequence": sequence, "errors": (), **facts})

    # --- people ------------------------------------------------------------------------------------------
    def test_people_make_exactly_the_moves_of_the_table(self):
        may = {
            groups.CLERK: {"clerk", "signer"},
            groups.SIGNER: {"signer"},
        }
        for (before, after), name in itertools.product(itertools.product(EVERY_STATE, EVERY_STATE), self.people):
            mover, *_others = certificate_states.MOVES.get((before, after), (None,))
            expected = None if name in may.get(mover, ()) else AccessError if mover in may else UserError
            with self.subTest(f"{name}: {before} → {after}"):
                self.put(before)
                asked = self.certificate.with_user(self.people[name])
                if expected:
                    with self.assertRaises(expected):
                        asked._move(after)
                    self.assertEqual(self.certificate.state, before)
                else:
                    asked._move(after)
                    self.assertEqual(self.certificate.state, after)

    def test_a_clerk_cannot_approve_and_learns_whom_to_ask(self):
        with self.assertRaisesRegex(
            AccessError, "is Draft: the next step is for a person of the group “Signer: .*”; ask one"
        ):
            self.certificate.with_user(self.people["clerk"]).action_approve()
        self.assertEqual(self.certificate.state, "draft")

    def test_approval_bears_the_signers_name_and_day(self):
        self.certificate.with_user(self.people["signer"]).action_approve()
        self.assertEqual(self.certificate.state, "ready")
        self.assertEqual(self.certificate.signer_id, self.people["signer"])
        self.assertEqual(self.certificate.declaration_date, self.today)

    def test_back_to_draft_takes_the_signature_off(self):
        self.certificate.with_user(self.people["signer"]).action_approve()
        self.certificate.with_user(self.people["clerk"]).action_draft()
        self.assertEqual(self.certificate.state, "draft")
        self.assertFalse(self.certificate.signer_id or self.certificate.declaration_date)

    def test_only_who_approved_may_submit(self):
        self.certificate.with_user(self.people["signer"]).action_approve()
        other = self.people["signer"].copy({"login": "other.signer"})
        with self.assertRaisesRegex(UserError, "was approved by .*, who must submit it"):
            self.certificate.with_user(other).action_submit()
        self.assertEqual(self.certificate.state, "ready")
        self.assertFalse(self.certificate.sudo().message_line_ids)

    def test_what_no_longer_originates_is_not_submitted(self):
        signer = self.certificate.with_user(self.people["signer"])
        signer.action_approve()
        self.declaration.action_revoke()
        with self.assertRaisesRegex(UserError, "the origin of .*LED lamp has changed: take it back to draft"):
            signer.action_submit()
        self.assertEqual((self.certificate.state, self.certificate.revision), ("ready", 0))

    def test_submission_fills_the_outbox_and_raises_the_revision(self):
        signer = self.certificate.with_user(self.people["signer"])
        signer.action_approve()
        signer.action_submit()
        self.assertEqual((self.certificate.state, self.certificate.revision), ("submitted", 1))
        self.assertEqual(self.certificate.environment, "sandbox")
        messages = self.env["rcep.platform.message"].search([("company_id", "=", self.exporter.id)])
        self.assertEqual(sorted(messages.mapped("kind")), ["application", "filing"])
        self.assertEqual(set(messages.mapped("state")), {"queued"})
        self.assertEqual(self.certificate.transport_state, "queued")

    def test_what_came_back_is_submitted_as_the_next_revision(self):
        signer = self.certificate.with_user(self.people["signer"])
        signer.action_approve()
        signer.action_submit()
        self.certificate._apply(self.reported("returned", 3))
        signer.action_draft()
        signer.action_approve()
        signer.action_submit()
        self.assertEqual((self.certificate.state, self.certificate.revision), ("submitted", 2))
        self.assertFalse(self.certificate.platform_errors)
        sent = self.certificate.message_line_ids.filtered(lambda message: message.kind == "application")
        self.assertEqual(sorted(sent.mapped("revision")), [1, 2])

    # --- no other way ------------------------------------------------------------------------------------
    def test_nobody_writes_what_only_a_step_may_write(self):
        values = dict.fromkeys(MOVED, False)
        for field, name in itertools.product(values, ("clerk", "signer", "manager")):
            with self.subTest(f"{name} writes {field}"), self.assertRaises(UserError):
                self.certificate.with_user(self.people[name]).write({field: values[field]})

    def test_no_context_of_a_request_opens_the_door(self):
        clerk = self.certificate.with_user(self.people["clerk"])
        for key in (True, 1, "1", "_MOVE", {}):
            with self.subTest(key), self.assertRaisesRegex(UserError, "state of .* is set by its own steps"):
                clerk.with_context(rcep_move=key).write({"state": "issued"})
        self.assertEqual(self.certificate.state, "draft")

    def test_a_certificate_cannot_be_born_issued(self):
        values = {
            "partner_id": self.customer.id,
            "importing_party_id": self.env.ref("rcep_eco.party_vn").id,
        }
        certificates = self.env["rcep.certificate"].with_user(self.people["clerk"])
        for field in ("state", "certificate_no", "environment", "signer_id", "revision", "document"):
            with (
                self.subTest(field),
                self.assertRaisesRegex(UserError, f"{field} of .* is set by its own steps"),
            ):
                certificates.create({**values, field: "issued"})
        born = certificates.with_context(default_state="issued", default_certificate_no="26C3/1").create(values)
        self.assertEqual((born.state, born.certificate_no), ("draft", False))

    def test_a_users_own_defaults_do_not_make_it_issued(self):
        self.env["ir.default"].set("rcep.certificate", "state", "issued", user_id=self.people["clerk"].id)
        certificate = self.certificate_of(self.make_invoice().with_user(self.people["clerk"]))
        self.assertEqual(certificate.state, "draft")

    def test_nobody_writes_what_the_determination_and_the_invoice_say(self):
        values = {
            "fob_value": 1e6, "invoice_value": 1e6, "verdict": "originating", "criterion": "WO", "rvc": "99",
            "hs6": "010121", "left_off": True, "number": 7, "product_id": self.freight.id, "dossier_sha256": "0" * 64,
        }  # fmt: skip
        for (field, value), name in itertools.product(values.items(), ("clerk", "signer")):
            line = self.certificate.line_ids.with_user(self.people[name])
            with (
                self.subTest(f"{name} writes {field}"),
                self.assertRaisesRegex(UserError, f"{field} of a good comes from"),
            ):
                line.write({field: value})

    def test_a_good_is_what_its_invoice_says(self):
        clerk = self.certificate.with_user(self.people["clerk"])
        sold, foreign = self.certificate.line_ids.invoice_line_id, self.make_invoice().invoice_line_ids
        self.certificate.line_ids.unlink()
        good = {"description": "LED lamp", "product_id": self.lamp.id, "quantity": sold.quantity}
        for label, values in (
            ("more than sold", {"invoice_line_id": sold.id, "quantity": 1000}),
            ("another good", {"invoice_line_id": sold.id, "product_id": self.freight.id}),
            ("another invoice", {"invoice_line_id": foreign.id}),
        ):
            refused = self.assertRaisesRegex(UserError, "is not what its invoice says|cannot be certified")
            with self.subTest(label), refused, self.cr.savepoint():
                clerk.write({"line_ids": [Command.create({**good, **values})]})
        with self.assertRaisesRegex(UserError, "fob_value of a good comes from"):
            clerk.write({"line_ids": [Command.create({**good, "invoice_line_id": sold.id, "fob_value": 1e6})]})
        clerk.write({"line_ids": [Command.create({**good, "invoice_line_id": sold.id})]})
        self.assertEqual(clerk.line_ids.fob_value, 5000.0)

    def test_a_copy_starts_anew(self):
        self.put("issued", certificate_no="26C3/1", environment="production", revision=2)
        copy = self.certificate.with_user(self.people["clerk"]).copy()
        self.assertEqual((copy.state, copy.revision), ("draft", 0))
        self.assertFalse(copy.certificate_no or copy.environment)
        self.assertNotEqual(copy.client_ref, self.certificate.client_ref)

    def test_content_is_locked_unless_draft(self):
        clerk = self.certificate.with_user(self.people["clerk"])
        for state in EVERY_STATE:
            self.put(state)
            with self.subTest(state):
                if state == "draft":
                    clerk.write({"remarks": "as a draft"})
                    clerk.line_ids.write({"marks": "M/1"})
                    continue
                for change in (
                    lambda: clerk.write({"remarks": "late"}),
                    lambda: clerk.line_ids.write({"marks": "LATE"}),
                    lambda: clerk.write({"line_ids": [Command.update(clerk.line_ids.id, {"marks": "LATE"})]}),
                    clerk.line_ids.unlink,
                ):
                    with self.assertRaisesRegex(UserError, "cannot be changed: take it back to draft first"):
                        change()
        self.assertEqual(self.certificate.remarks, "as a draft")
        self.assertEqual(self.certificate.line_ids.marks, "M/1")

    def test_a_line_cannot_move_to_another_certificate(self):
        other = self.certify()
        self.put("issued")
        with self.assertRaisesRegex(UserError, "certificate_id of a good comes from the invoice"):
            other.line_ids.with_user(self.people["clerk"]).certificate_id = self.certificate
        self.assertEqual(other.line_ids.certificate_id, other)

    def test_people_may_talk_about_a_locked_certificate(self):
        self.put("issued")
        clerk = self.certificate.with_user(self.people["clerk"])
        sentence = "Sent to the customer."
        clerk.message_post(body=sentence)
        clerk.activity_schedule("mail.mail_activity_data_todo", user_id=self.people["clerk"].id)
        self.assertEqual(self.certificate.activity_ids.user_id, self.people["clerk"])
        self.assertIn("activity_ids", FREE)

    def test_only_a_draft_that_never_left_can_be_deleted(self):
        clerk = self.certificate.with_user(self.people["clerk"])
        for state in EVERY_STATE[1:]:
            self.put(state)
            with self.subTest(state), self.assertRaisesRegex(UserError, "it is kept"):
                clerk.unlink()
        self.put("draft", revision=1)
        with self.assertRaisesRegex(UserError, "it is kept"):
            clerk.unlink()
        self.put("draft", revision=0)
        clerk.unlink()
        self.assertFalse(self.certificate.exists())

    # --- the platform ------------------------------------------------------------------------------------
    def test_the_platform_makes_exactly_its_moves(self):
        numbers = itertools.count(1)
        for before, after in itertools.product(EVERY_STATE, EVERY_STATE):
            allowed = before == after or actors.PLATFORM in certificate_states.MOVES.get((before, after), ())
            with self.subTest(f"{before} → {after}"):
                self.put(before)
                became = "applied" if allowed else "not_taken"
                self.assertEqual(self.certificate._apply(self.reported(after, next(numbers))), became)
                self.assertEqual(self.certificate.state, after if allowed else before)

    def test_what_is_sent_back_without_a_field_begins_with_its_sentence(self):
        self.put("under_review")
        error = types.SimpleNamespace(path="", code="unknown_code", message="The reviewer asks for a correction.")
        self.certificate._apply(self.reported("returned", 1, errors=[error]))
        self.assertEqual(self.certificate.platform_errors, "The reviewer asks for a correction.")

    def test_what_is_older_changes_nothing(self):
        self.put("submitted")
        self.certificate._apply(self.reported("issued", 5, certificate_no="26C3/1"))
        self.assertEqual(self.certificate._apply(self.reported("under_review", 4)), "kept")
        self.assertEqual(self.certificate._apply(self.reported("cancelled", 5)), "kept")
        self.assertEqual((self.certificate.state, self.certificate.sequence), ("issued", 5))

    def test_what_was_decided_of_an_earlier_revision_is_not_stated_of_this_one(self):
        self.put("submitted", revision=2)
        result = self.reported("issued", 7, revision=1, certificate_no="26C3/1")
        self.assertEqual(self.certificate._apply(result), "not_taken")
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), ("submitted", False))
        self.assertIn("revision 1, but this certificate is revision 2", self.certificate.message_ids[0].body)
        self.certificate._apply(self.reported("under_review", 8))
        self.assertEqual(self.certificate.state, "under_review")

    def test_a_move_that_cannot_be_is_noted_on_the_certificate(self):
        self.put("rejected")
        self.certificate._apply(self.reported("issued", 1))
        self.assertIn(
            "The platform says “Issued” while this certificate is “Rejected”", self.certificate.message_ids[0].body
        )
        self.assertEqual(self.certificate.sequence, 1)

    def test_an_issued_certificate_is_valid_for_a_year(self):
        self.put("under_review", environment="production")
        self.certificate._apply(self.reported("issued", 1, certificate_no="26C3/1", issued_at=NOW))
        self.assertEqual(self.certificate.valid_until, datetime.date(2027, 5, 1))
        self.assertEqual(self.certificate.issued_at, NOW.replace(tzinfo=None))
        self.assertEqual(self.certificate.document_name, "26C3-1.pdf")

    def test_the_public_is_shown_only_of_what_was_issued(self):
        public = {
            state: self.put(state, environment="production", valid_until=False).public_state for state in EVERY_STATE
        }
        self.assertEqual(
            {state: result for state, result in public.items() if result},
            {"issued": "valid", "cancelled": "cancelled", "replaced": "replaced"},
        )

    def test_over_any_other_connection_it_is_a_specimen(self):
        for environment in ("sandbox", "test", False):
            with self.subTest(environment):
                self.assertEqual(self.put("issued", environment=environment).public_state, "specimen")
                self.assertTrue(self.certificate.is_specimen)

    def test_after_its_last_day_it_has_expired(self):
        day = datetime.timedelta(days=1)
        last = {"environment": "production", "valid_until": self.today}
        self.assertEqual(self.put("issued", **last).public_state, "valid")
        self.assertEqual(self.put("issued", **{**last, "valid_until": self.today - day}).public_state, "expired")
