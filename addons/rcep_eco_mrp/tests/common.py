"""A motor that is made of what the firm buys: bills of materials, work and suppliers' prices."""

from decimal import Decimal

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.fields import Command


class MadeCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.env["mrp.workcenter"].create(
            {"name": "Assembly", "costs_hour": 60.0, "rcep_labour_percent": 75.0, "company_id": cls.exporter.id}
        )
        # Its rule: CTH OR RVC40. It is sold at 100 yuan.
        cls.motor = cls.make_good("Curtain motor", "MOTOR", hs_code="85013100", list_price=100.0)
        cls.steel = cls.make_material("Steel sheet", "722519", "kr", 20.0)
        cls.magnet = cls.make_material("Magnet", "850511", "cn", 10.0)

    @classmethod
    def make_material(cls, name, hs_code, country, price, **values):
        """A bought material; its supplier's price is in yuan unless told otherwise."""
        seller = {
            "partner_id": cls.supplier.id,
            "price": price,
            "currency_id": cls.cny.id,
            "company_id": cls.exporter.id,
        }
        seller.update(values.pop("seller", {}))
        return cls.make_good(
            name,
            name.upper(),
            hs_code=hs_code,
            country_of_origin=cls.env.ref(f"base.{country}").id if country else False,
            seller_ids=[Command.create(seller)] if price else [],
            **values,
        )

    @classmethod
    def make_bom(cls, product, *lines, work="manufacturing", **values):
        """A bill of materials; each line is (component, quantity) and further values; one minute of one work."""
        return cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "company_id": cls.exporter.id,
                "bom_line_ids": [
                    Command.create({"product_id": component.id, "product_qty": quantity, **(more[0] if more else {})})
                    for component, quantity, *more in lines
                ],
                "operation_ids": [
                    Command.create(
                        {
                            "name": "Assembling",
                            "workcenter_id": cls.hours.id,
                            "time_mode": "manual",
                            "time_cycle_manual": 1.0,
                            "rcep_kind": work,
                        }
                    )
                ]
                if work
                else [],
                **values,
            }
        )

    def determine(self, good=None, fob=100):
        return (good or self.motor)._rcep_determine(self.exporter, Decimal(fob), self.today)[0]

    def production(self, good=None):
        return (good or self.motor)._rcep_production(self.exporter, self.today)

    def material(self, name):
        """A material of the motor, by its name."""
        return next(item for item in self.production().materials if name in item.name)


class CatalogueCommon(MadeCommon):
    """A board in a motor in a fan, all of them determined; ``stale()`` tells whose facts have changed since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chip = cls.make_material("Chip", "854231", "tw", 9.0)
        cls.relay = cls.make_material("Relay", "853641", "cn", 4.0)
        # A board that fails its rule (CTH or RVC40): its relay is of its own heading once it is one of 8537.
        cls.board = cls.make_good("Board", "BOARD", hs_code="853710", list_price=0.0, sale_ok=False)
        cls.make_bom(cls.board, (cls.chip, 1), (cls.relay, 2))
        cls.make_bom(cls.motor, (cls.board, 2), (cls.steel, 1), (cls.magnet, 1))
        cls.fan = cls.make_good("Fan", "FAN", hs_code="84145100", list_price=260.0)
        cls.make_bom(cls.fan, (cls.motor, 1), (cls.steel, 2))
        cls.goods = cls.board | cls.motor | cls.fan
        cls.settle()

    @classmethod
    def settle(cls):
        """What the end of a transaction and the job after it do."""
        cls.env.cr.precommit.run()
        verdicts = cls.env["rcep.origin"].sudo()
        while verdicts.search_count([("stale", "=", True)]):
            verdicts._recompute_batch()

    def stale(self):
        """The products whose verdicts wait, at the end of the transaction."""
        self.env.cr.precommit.run()
        return self.env["rcep.origin"].search([("stale", "=", True), ("company_id", "=", self.exporter.id)]).product_id

    def verdict_of(self, product):
        return self.env["rcep.origin"].search([("product_id", "=", product.id), ("company_id", "=", self.exporter.id)])
