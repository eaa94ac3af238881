"""An exporter, its agent of two people, and an authority in force."""

import base64
import datetime

from odoo.addons.rcep_eco.tests.common import OutboxCommon
from odoo.fields import Command
from odoo.tests import new_test_user


class AgentCommon(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.env["res.partner"].create(
            {"name": "Beilun Customs Brokers", "is_company": True, "vat": "91330206MA2AGENT18"}
        )
        cls.broker = cls.make_broker("wang.broker", cls.agent)
        cls.stranger = cls.make_broker(
            "chen.broker", cls.env["res.partner"].create({"name": "Other Brokers", "is_company": True})
        )
        cls.authority = cls.make_authority()
        cls.authority.with_user(cls.signer).action_confirm()

    @classmethod
    def make_broker(cls, login, firm):
        user = new_test_user(cls.env, login, "base.group_portal", password=login, lang="en_US")
        user.partner_id.parent_id = firm
        return user

    @classmethod
    def make_authority(cls, **values):
        return cls.env["rcep.authorisation"].create(
            {
                "name": "POA-2026-07",
                "company_id": cls.exporter.id,
                "agent_id": cls.agent.id,
                "user_ids": [Command.set(cls.broker.ids)],
                "document": base64.b64encode(b"%PDF power of attorney"),
                "document_name": "poa.pdf",
                "valid_from": cls.today - datetime.timedelta(days=10),
                "valid_until": cls.today + datetime.timedelta(days=100),
                "may_submit": True,
                **values,
            }
        )
