"""An authority from its proposal to its end: who may do what with it, and that nothing works a minute after it."""

import datetime

from freezegun import freeze_time
from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..states import authorisation_states
from .common import AgentCommon


@tagged("post_install", "-at_install")
class TestAuthority(AgentCommon):
    def test_only_a_signer_brings_it_into_force_and_takes_it_back(self):
        proposed = self.make_authority(name="POA-2")
        for name in ("clerk", "auditor", "engineer", "manager"):
            with self.subTest(name), self.assertRaises(AccessError):
                proposed.with_user(self.person(name)).action_confirm()
        proposed.with_user(self.signer).action_confirm()
        self.assertEqual((proposed.state, proposed.confirmed_by_id), ("in_force", self.signer))
        with self.assertRaises(AccessError):
            proposed.with_user(self.person("clerk", login="second.clerk"))._revoke("no")
        proposed.with_user(self.signer)._revoke("The contract has ended")
        self.assertEqual((proposed.state, proposed.revoked_reason), ("revoked", "The contract has ended"))

    def test_what_it_lacks_is_said_in_one_sentence(self):
        for values, words in (
            ({"document": False}, "has no document"),
            ({"user_ids": [Command.clear()]}, "names nobody"),
            ({"valid_from": "2025-01-01", "valid_until": "2025-02-01"}, "ended on 2025-02-01"),
        ):
            with self.subTest(words):
                proposed = self.make_authority(name=words, **values)
                with self.assertRaisesRegex(UserError, words):
                    proposed.with_user(self.signer).action_confirm()

    def test_what_was_agreed_is_not_changed_afterwards(self):
        clerk = self.person("clerk")
        for values in ({"valid_until": "2099-01-01"}, {"may_submit": False}, {"user_ids": [Command.clear()]}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "as it was signed"):
                self.authority.with_user(clerk).write(values)
        for values in ({"state": "proposed"}, {"company_id": 1}, {"confirmed_by_id": clerk.id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "set by its own steps"):
                self.authority.with_user(clerk).write(values)
        with self.assertRaisesRegex(UserError, "is kept"):
            self.authority.with_user(clerk).unlink()

    def test_only_people_of_the_agents_own_firm_act(self):
        with self.assertRaisesRegex(ValidationError, "not of Beilun"):
            self.make_authority(name="POA-3", user_ids=[Command.set(self.stranger.ids)])
        with self.assertRaisesRegex(ValidationError, "internal user"):
            self.make_authority(name="POA-4", user_ids=[Command.set(self.person("clerk").ids)])
        with self.assertRaisesRegex(ValidationError, "own agent"):
            self.make_authority(name="POA-5", agent_id=self.exporter.partner_id.id, user_ids=[])

    def test_whoever_leaves_the_firm_acts_no_more(self):
        self.assertEqual(self.authority._of_user(self.broker), self.authority)
        self.broker.partner_id.parent_id = self.stranger.partner_id.parent_id
        self.assertFalse(self.authority._of_user(self.broker))
        with self.assertRaises(AccessError):
            self.authority._check(self.broker, "prepare")

    def test_nothing_works_a_minute_after_its_last_day_in_china(self):
        last = self.authority.valid_until
        for moment, works in (
            (f"{last}T15:59:00+00:00", True),  # 23:59 in China
            (f"{last}T16:00:00+00:00", False),
            (f"{self.authority.valid_from - datetime.timedelta(days=1)}T15:59:00+00:00", False),
        ):
            with self.subTest(moment), freeze_time(moment):
                self.assertEqual(bool(self.authority._of_user(self.broker)), works)
                for what in ("prepare", "submit"):
                    if works:
                        self.authority._check(self.broker, what)
                    else:
                        with self.assertRaisesRegex(AccessError, "nothing can be done"):
                            self.authority._check(self.broker, what)

    def test_the_day_after_it_has_ended_and_before_somebody_was_reminded(self):
        with freeze_time(self.authority.valid_until - datetime.timedelta(days=20)):
            self.authority._cron_calendar()
            self.authority._cron_calendar()
            self.assertEqual(len(self.authority.activity_ids), 1)
            self.assertEqual(self.authority.activity_ids.user_id, self.signer)
        with freeze_time(self.authority.valid_until + datetime.timedelta(days=1)):
            self.authority._cron_calendar()
        self.assertEqual((self.authority.state, len(self.authority.activity_ids)), ("ended", 0))

    def test_every_state_leads_to_an_end_and_no_end_leads_on(self):
        after = {move[1] for move in authorisation_states.MOVES}
        states = {state for state, _name in authorisation_states.STATES}
        ends = states - {before for before, _after in authorisation_states.MOVES}
        self.assertEqual(ends, {"ended", "revoked"})
        self.assertLessEqual(ends, after)

    def test_each_limit_of_its_scope_holds(self):
        invoice = self.certificate.invoice_ids
        party, other = self.certificate.importing_party_id, self.env.ref("rcep_eco.party_jp")
        for values, covers in (
            ({}, True),
            ({"party_ids": [Command.set(party.ids)]}, True),
            ({"party_ids": [Command.set(other.ids)]}, False),
            ({"product_ids": [Command.set(self.lamp.ids)]}, True),
            ({"product_ids": [Command.set(self.make_good("Fan", "FAN").ids)]}, False),
            ({"most_value": 1.0}, False),
            ({"most_value": 10**9}, True),
        ):
            with self.subTest(values):
                authority = self.make_authority(name=str(values), **values)
                self.assertEqual(authority._covers(invoice), covers)
        company = self.make_company("另家", OTHER_USCC)
        elsewhere = self.make_authority(name="other company", company_id=company.id)
        self.assertFalse(elsewhere._covers(invoice))
