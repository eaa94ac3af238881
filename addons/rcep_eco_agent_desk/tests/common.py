"""A principal's system as an agent's desk sees it: answers by address, in the place of the wire."""

import json

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import EcoCommon

KEY = f"eco_{'0123456789ab'}_{'k' * 43}"
AUTHORITY = {"number": "POA-7", "principal": "Haichuan", "from": "2026-01-01", "until": "2099-12-31", "prepares": True,
             "submits": True}  # fmt: skip


def piece(number=31, **values):
    return {"id": number, "reference": f"ECO/2026/{number:05}", "state": "draft", "specimen": False,
            "certificate_no": None, "invoices": "INV/7", "importing_party": "VN", "consignee": "Saigon Motors",
            "until": "2099-01-04", "next": ["fill", "ask"],
            "page": f"/my/eco/3/certificate/{number}", **values}  # fmt: skip


class DeskCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.manager = cls.person("clerk", login="desk.clerk"), cls.person("manager", login="desk.manager")
        cls.principal = cls.make_principal()

    @classmethod
    def make_principal(cls, **values):
        wanted = {"name": "Haichuan", "address": "https://haichuan.example", "new_secret": KEY,
                  "user_id": cls.clerk.id, "company_id": cls.exporter.id, **values}  # fmt: skip
        return cls.env["rcep.principal"].with_user(cls.manager).create(wanted).with_env(cls.env)

    def setUp(self):
        super().setUp()
        self.asked, self.replies = [], {}
        self.patch(link.exchange, "ask", self.answer)

    def answer(self, method, address, headers, **_more):
        path = address.removeprefix("https://haichuan.example/eco/agent/v1")
        self.asked.append((method, path, headers))
        reply = self.replies.get((method, path))
        if reply is None:
            raise link.exchange.NoReply
        return reply

    def says(self, status, content=None, method="GET", path="/work", **headers):
        body = content if isinstance(content, bytes) else json.dumps(content or {}).encode()
        self.replies[method, path] = link.exchange.Reply(status, headers, body)

    def has_work(self, *certificates, invoices=(), issued=(), **headers):
        content = {"authority": AUTHORITY, "invoices": list(invoices), "certificates": list(certificates),
                   "issued": list(issued)}  # fmt: skip
        self.says(200, content, **headers)

    def ask(self):
        self.principal.with_user(self.clerk).action_ask()
        self.principal.invalidate_recordset()
        return self.principal.work_ids
