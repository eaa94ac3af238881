"""A producer with a key and a buyer, and a statement of the producer's lamp; both firms are in one database."""

import datetime
from unittest import mock

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, USCC, EcoCommon

HOME = "https://lamps.example"


class StatementCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("web.base.url", HOME)
        cls.buyer_company = cls.make_company("宁波商贸有限公司", OTHER_USCC)
        cls.buyer = cls.env["res.partner"].create({"name": "Ningbo Trading", "is_company": True, "vat": OTHER_USCC})
        cls.clerk, cls.signer, cls.manager = (cls.person(name) for name in ("clerk", "signer", "manager"))
        cls.env["rcep.signing.key"].with_user(cls.manager).action_make_key()
        cls.key = cls.env["rcep.signing.key"].search([("company_id", "=", cls.exporter.id)])

    @classmethod
    def draft(cls, **values):
        days = {"date_to": cls.today + datetime.timedelta(days=200)}
        values = {"partner_id": cls.buyer.id, "product_id": cls.lamp.id, **days, **values}
        return cls.env["rcep.origin.statement"].with_user(cls.clerk).create(values)

    @classmethod
    def signed(cls, **values):
        """A statement in force; one that begins earlier was signed on that day, as far as this story knows."""
        statement = cls.draft(**values)
        with mock.patch.object(type(statement), "_first_day", lambda each: each.date_from):
            statement.with_user(cls.signer).action_sign()
        return statement.with_env(cls.env)


class BuyerCommon(StatementCommon):
    """The buyer's side: its supplier on a contact, its own product, and the way to the producer's server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.at(cls.buyer_company)
        cls.engineer = cls.person("engineer", cls.buyer_company)
        cls.maker = cls.there["res.partner"].create(
            {"name": "Ningbo Bright Lamp", "is_company": True, "vat": USCC, "website": HOME}
        )
        own = {"company_id": cls.buyer_company.id, "hs_code": "940511"}
        cls.material = cls.there["product.product"].create({"name": "Lamp, bought in", **own})
        cls.answers = {}  # what the producer's server says instead, by the end of the path

    def setUp(self):
        super().setUp()
        self.answers.clear()
        self.patch(type(self.env["rcep.statement.source"]), "_bytes", lambda _source, address: self._serve(address))

    def _serve(self, address):
        """What stands behind an address of the producer, as its server would give it."""
        path = address.removeprefix(HOME)
        for end, answer in self.answers.items():
            if path.endswith(end):
                if isinstance(answer, Exception):
                    raise answer
                return answer
        return self.url_open(path).content

    def take(self, text, **values):
        wizard = self.there["rcep.statement.read"].with_user(self.engineer).create(
            {"partner_id": self.maker.id, "product_id": self.material.id, "text": text,
             "company_id": self.buyer_company.id, **values}
        )  # fmt: skip
        action = wizard.action_read()
        return self.there["rcep.supplier.declaration"].browse(action["res_id"])

    def ask(self):
        with mock.patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: float("inf")):
            self.there["rcep.supplier.declaration"]._cron_ask_status()
