"""Two agents whose authorities cover the same markets and goods: one certificate is never in two hands."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import AgentCommon


@tagged("post_install", "-at_install")
class TestSeveralAgents(AgentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.make_authority(
            name="POA-second", agent_id=cls.stranger.commercial_partner_id.id, user_ids=[Command.set(cls.stranger.ids)]
        )
        cls.second.with_user(cls.signer).action_confirm()

    def make(self):
        invoice = self.make_invoice()
        return self.env["rcep.certificate"].sudo()._agent_makes(self.authority, self.broker, invoice)

    def test_a_draft_is_the_work_of_the_agent_that_took_it_up(self):
        certificate = self.make()
        self.assertIn(certificate, self.authority._certificates())
        self.assertNotIn(certificate, self.second._certificates())
        self.assertFalse(self.second._certificate(certificate.id))

    def test_what_nobody_took_up_is_seen_by_both(self):
        for authority in (self.authority, self.second):
            self.assertIn(self.certificate, authority._certificates())

    def test_once_the_first_authority_is_over_the_other_agent_goes_on(self):
        certificate = self.make()
        self.authority.with_user(self.signer)._revoke("Another broker")
        self.assertIn(certificate, self.second._certificates())

    def test_two_authorities_of_one_firm_are_one_pair_of_hands(self):
        certificate = self.make()
        again = self.make_authority(name="POA-2026-08")
        again.with_user(self.signer).action_confirm()
        self.assertIn(certificate, again._certificates())

    def test_a_clerk_takes_a_draft_back(self):
        certificate = self.make()
        with self.assertRaises(AccessError):
            certificate.with_user(self.person("engineer")).action_take_from_agent()
        certificate.with_user(self.person("clerk")).action_take_from_agent()
        self.assertFalse(certificate.authorisation_id)
        self.assertIn(certificate, self.second._certificates())
        self.assertIn("Taken out of the hands of Beilun", certificate.message_ids[0].body)

    def test_whoever_agrees_sees_whose_authority_reaches_into_it(self):
        vietnam, thailand = (self.env.ref(f"rcep_eco.party_{code}") for code in ("vn", "th"))
        self.assertEqual(self.second.scopes_of_others, "Beilun Customs Brokers (POA-2026-07)")
        for values, shared in (
            ({"valid_from": "2031-01-01", "valid_until": "2031-12-31"}, False),
            ({"party_ids": [Command.set(vietnam.ids)]}, True),
            ({"product_ids": [Command.set(self.lamp.ids)]}, True),
        ):
            with self.subTest(values):
                third = self.make_authority(name=str(values), agent_id=self.stranger.commercial_partner_id.id,
                                            user_ids=[Command.set(self.stranger.ids)], **values)  # fmt: skip
                self.assertEqual(bool(third.scopes_of_others), shared)
        only = {"party_ids": [Command.set(vietnam.ids)]}
        first = self.make_authority(name="first", **only)
        other = self.make_authority(
            name="other", agent_id=self.stranger.commercial_partner_id.id, user_ids=[Command.set(self.stranger.ids)],
            party_ids=[Command.set(thailand.ids)],
        )  # fmt: skip
        self.assertFalse(first._reaches_into(other))
