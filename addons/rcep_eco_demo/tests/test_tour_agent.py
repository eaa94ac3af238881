"""An agent for two principals at the screen, from an invoice to *issued*; then one of them revokes in mid-work."""

import datetime

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco.values import amounts
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import WithPlatform


@tagged("post_install", "-at_install")
class TestTourAgent(WithPlatform, HttpCase):
    def test_two_principals_from_authority_to_issued_then_revoked_in_mid_work(self):
        authority, other = self.of("authority"), self.authority_of_another_principal()
        self.assertEqual((authority.state, other.state), ("in_force", "in_force"))
        invoice, waiting = (self.sell((("YJ-H110", 8000, 0.74),), "th") for _each in range(2))
        invoice.sudo().name, waiting.sudo().name = "YJ-AGENT", "YJ-LATER"
        self.env.flush_all()
        self.start_tour("/my", "rcep_eco_agent", login="agent")
        certificate = invoice.sudo().rcep_certificate_ids
        self.assertEqual((certificate.state, certificate.vessel), ("draft", "EVER GIVEN 021W"))
        certificate.with_user(self.signer).action_approve()
        page = f"/my/eco/{authority.id}/certificate/{certificate.id}"
        self.start_tour(page, "rcep_eco_agent_submits", login="agent")
        self.assertEqual((certificate.state, certificate.signer_id), ("submitted", self.signer))
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)
        acts = self.env["rcep.authorised.act"].search([("certificate_id", "=", certificate.id)], order="id")
        self.assertEqual(acts.mapped("kind"), ["made", "changed", "asked", "submitted"])
        self.assertEqual(set(acts.authorisation_id), {authority})
        draft = waiting.with_user(self.clerk).action_create_rcep_certificate()["res_id"]
        authority.with_user(self.signer)._revoke("Another broker from today on")
        self.env.flush_all()
        self.start_tour(f"/my/eco/{authority.id}/certificate/{draft}", "rcep_eco_agent_revoked", login="agent")

    def authority_of_another_principal(self):
        company = self.env["res.company"].create(
            {"name": "宁波另家有限公司", "country_id": self.env.ref("base.cn").id, "rcep_uscc": OTHER_USCC}
        )
        other = self.env["rcep.authorisation"].create(
            {
                "name": "POA-7",
                "company_id": company.id,
                "agent_id": self.of("agent").id,
                "user_ids": [Command.set(self.of("user_agent").ids)],
                "document": self.of("authority").document,
                "valid_until": amounts.today() + datetime.timedelta(days=9),
            }
        )
        other.action_confirm()
        return other
