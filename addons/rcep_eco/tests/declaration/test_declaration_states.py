"""The life of a supplier's declaration: which moves there are, who makes them, and what they do to verdicts."""

import datetime
import itertools
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ... import groups
from ...states import actors
from ...states import declaration_states as states
from ..common import EcoCommon

ACTIONS = {
    "received": "action_receive",
    "verified": "action_verify",
    "refused": "action_refuse",
    "revoked": "action_revoke",
}


class DeclarationCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer = cls.person("engineer", email="engineer@bright-lamp.example")
        cls.supplier.email = "origin@lamp-works.example"
        cls.socket = cls.make_good("Socket", "SOCKET", hs_code="853661")
        cls.china = cls.env.ref("rcep_eco.party_cn")

    @classmethod
    def ask(cls, *products, supplier=None):
        """What the cost engineer does: ask the supplier for these products."""
        wanted = {supplier or cls.supplier: cls.env["product.product"].union(*products)}
        requests = cls.env["rcep.declaration.request"].with_user(cls.engineer)
        return requests._ask(cls.exporter, wanted).with_user(cls.env.user)

    def propose(self, **values):
        """What the cost engineer sees who wants to ask suppliers."""
        proposals = self.env["rcep.declaration.proposal"].with_user(self.engineer).with_company(self.exporter)
        proposal = proposals.create(values)
        proposal._propose()
        return proposal

    def queries_of_proposal(self, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.propose(**values)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @classmethod
    def facts(cls, **values):
        """A complete declaration, as a supplier gives it."""
        return {
            "name": "S-1", "party_id": cls.china.id, "criterion": "CTC", "date_from": cls.today,
            "date_to": cls.today + datetime.timedelta(days=200), **values,
        }  # fmt: skip

    def in_state(self, state, **values):
        """A declaration that came to a state by allowed moves."""
        part = self.make_good("Part", "PART")
        declaration = self.ask(part).declaration_ids.filtered(lambda each: each.product_id == part)
        if state == "requested":
            return declaration
        declaration.write({**self.facts(), "reason": "for the test", **values})
        path = {"refused": ["refused"], "revoked": ["revoked"], "received": ["received"]}.get(
            state, ["received", "verified"]
        )
        for step in path:
            getattr(declaration, ACTIONS[step])()
        if state == "expired":
            declaration._move("expired", actors.CALENDAR)
        return declaration

    def mails(self, partner=None):
        """The mails that wait or left, to a partner or to anyone."""
        domain = [("recipient_ids", "in", partner.ids)] if partner else []
        return self.env["mail.mail"].search(domain, order="id")


@tagged("post_install", "-at_install")
class TestDeclarationStates(DeclarationCommon):
    def test_every_move_of_the_table_and_no_other_is_possible(self):
        for before, after in itertools.product(dict(states.STATES), ACTIONS):
            allowed = groups.ENGINEER in states.MOVES.get((before, after), ())
            with self.subTest(f"{before} to {after}"), self.env.cr.savepoint():
                declaration = self.in_state(before)
                if before in states.EDITABLE:
                    declaration.write(self.facts())
                if before in states.REASONED:
                    declaration.reason = "no seal"
                move = getattr(declaration.with_user(self.engineer), ACTIONS[after])
                if allowed:
                    move()
                    self.assertEqual(declaration.state, after)
                    continue
                with self.assertRaisesRegex(UserError, "not possible from there"):
                    move()
                self.assertEqual(declaration.state, before)

    def test_what_was_verified_is_refused_with_a_reason_where_it_turns_out_wrong(self):
        """The engineer finds out later that the seal is none: the declaration no longer counts, on any day."""
        declaration = self.in_state("verified", reason=False).with_user(self.engineer)
        part = declaration.product_id
        self.assertTrue(part._rcep_declaration(self.exporter, self.today))
        with self.assertRaisesRegex(UserError, "Say why declaration S-1 is refused"):
            declaration.action_refuse()
        with self.assertRaisesRegex(UserError, "is Verified and cannot be changed"):
            declaration.write({"reason": "The seal is none", "date_to": self.today})
        declaration.reason = "The seal is none"
        declaration.action_refuse()
        self.assertEqual((declaration.state, declaration.reason), ("refused", "The seal is none"))
        self.assertFalse(part._rcep_declaration(self.exporter, self.today))
        with self.assertRaisesRegex(UserError, "is Refused and cannot be changed"):
            declaration.reason = "Something else"
        declaration.action_ask_again()
        self.assertEqual(part.rcep_declaration_ids.mapped("state").count("requested"), 1)

    def test_nobody_ends_what_the_calendar_ends(self):
        for before in dict(states.STATES):
            with self.subTest(before), self.assertRaisesRegex(UserError, "not possible from there"):
                self.in_state(before)._move("expired")

    def test_no_request_writes_a_state(self):
        declaration = self.in_state("requested").with_user(self.engineer)
        for values in ({"state": "verified"}, {"answered_by": "me"}, {"request_id": False}, {"warned_on": False}):
            with self.subTest(str(values)), self.assertRaisesRegex(UserError, "set by its own steps"):
                declaration.write(values)
        new = {**self.facts(), "partner_id": self.supplier.id, "product_id": self.socket.id}
        with self.assertRaisesRegex(UserError, "set by its own steps"):
            declaration.create({**new, "state": "verified"})
        self.assertEqual(declaration.with_context(default_state="verified").create(new).state, "received")

    def test_only_a_cost_engineer_moves_it(self):
        for name in ("auditor", "clerk", "signer", "manager", "employee"):
            user = self.person(name)
            for action in ("action_receive", "action_verify", "action_refuse", "action_revoke", "action_ask_again"):
                with self.subTest(f"{name}: {action}"), self.assertRaises(AccessError):
                    getattr(self.declaration.with_user(user), action)()

    def test_a_request_holds_nothing_and_an_answer_everything(self):
        declaration = self.in_state("requested")
        self.assertFalse(declaration.name or declaration.party_id or declaration.date_to)
        self.assertIn("Request for [PART] Part", declaration.display_name)
        with self.assertRaisesRegex(
            ValidationError,
            r"Yuyao Lamp Works for \[PART\] Part is not complete: enter Reference, Originates in, Criterion, "
            "Valid from, Valid to",
        ):
            declaration.action_receive()

    def test_a_refusal_needs_its_reason(self):
        declaration = self.in_state("received", reason=False)
        with self.assertRaisesRegex(UserError, "Say why declaration S-1 is refused"):
            declaration.action_refuse()

    def test_what_is_decided_is_neither_changed_nor_deleted(self):
        for state in ("verified", "refused", "expired", "revoked"):
            declaration = self.in_state(state)
            with self.subTest(state):
                with self.assertRaisesRegex(UserError, "cannot be changed"):
                    declaration.write({"party_id": self.china.id})
                with self.assertRaisesRegex(UserError, "it is kept"):
                    declaration.unlink()

    def test_verdicts_are_reported_of_what_counts_and_of_nothing_else(self):
        sentences = []
        hook = "odoo.addons.rcep_eco.models.origin.product.ProductProduct._rcep_facts_changed"
        with patch(hook, lambda products, company=None, since=None: company and sentences.append((products, company))):
            declaration = self.in_state("received")
            self.assertFalse(sentences)
            declaration.action_verify()
            declaration.action_revoke()
            self.in_state("verified")._move("expired", actors.CALENDAR)
            self.in_state("refused")
        self.assertEqual([company for _product, company in sentences], [self.exporter] * 4)
        self.assertEqual(sentences[0][0], declaration.product_id)

    def test_the_verdict_before_and_the_moment_of_change_are_kept(self):
        self.lamp.action_rcep_determine()
        verdict = self.lamp.rcep_origin_id
        self.assertFalse(verdict.verdict_before)
        before = verdict.changed_on
        self.lamp.action_rcep_determine()
        self.assertEqual(verdict.changed_on, before)
        self.declaration.action_revoke()
        self.declare(self.lamp, "RVC", rvc=30.0, name="D-2")
        self.lamp.action_rcep_determine()
        self.assertEqual((verdict.verdict_before, verdict.verdict), ("originating", "not_originating"))
        self.assertTrue(verdict.changed_on)

    # --- the calendar ------------------------------------------------------------------------------------
    def run_calendar(self):
        self.run_job("_cron_expire", "rcep.supplier.declaration")
        self.env.invalidate_all()

    def test_what_is_over_expires_and_still_counts_for_its_own_days(self):
        yesterday = self.today - datetime.timedelta(days=1)
        lamp = self.make_good("Desk lamp", "DESK", hs_code="940521")
        declaration = self.declare(lamp, date_to=yesterday)
        unread = self.declare(lamp, verified=False, date_to=yesterday, name="D-3")
        self.run_calendar()
        self.assertEqual((declaration.state, unread.state, self.declaration.state), ("expired", "received", "verified"))
        holding = self.env["rcep.supplier.declaration"]._holding
        self.assertEqual(holding(lamp, self.exporter, yesterday), {lamp: declaration})
        self.assertFalse(holding(lamp, self.exporter, self.today))

    def test_what_ends_soon_is_reported_once_to_who_is_responsible(self):
        self.exporter.rcep_origin_user_id = self.engineer
        soon = self.declare(self.socket, date_to=self.today + datetime.timedelta(days=30))
        for _day in range(2):
            self.run_calendar()
        self.assertEqual(soon.activity_ids.user_id, self.engineer)
        self.assertEqual((len(soon.activity_ids), soon.activity_ids.date_deadline), (1, soon.date_to))
        self.assertFalse(self.declaration.activity_ids)
        soon.action_revoke()
        self.assertFalse(soon.activity_ids)

    def test_many_end_in_batches(self):
        goods = [self.make_good(f"Part {number}", f"P-{number}") for number in range(5)]
        yesterday = self.today - datetime.timedelta(days=1)
        over = self.declaration.union(*(self.declare(good, date_to=yesterday) for good in goods)) - self.declaration
        with patch("odoo.addons.rcep_eco.models.declaration.declaration_calendar.BATCH", 2):
            self.run_calendar()
        self.assertEqual(set(over.mapped("state")), {"expired"})
