"""What is quoted: a motor that needs its price to originate, and a lamp that does not."""

from decimal import Decimal

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.models.origin.rcep_origin import Determined
from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.fields import Command

STEEL = origin.Material("Steel", hs="850300", value=Decimal(30), origin="KR")


class QuotationCommon(EcoCommon):
    """A motor of which 30 yuan are foreign, and the lamp, quoted to customers abroad."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # 30 yuan of it are not originating and of its own heading: 40 per cent is reached from 50 yuan.
        cls.motor = cls.make_good("Curtain motor", "MOTOR", hs_code="85030000", list_price=60.0)
        cls.forecast(cls.motor, 60)
        cls.lamp.action_rcep_determine()

    @classmethod
    def forecast(cls, good, fob, *materials):
        """The stored verdict of a good, of which no bill of materials is needed here."""
        rulebook = cls.env["rcep.rule.edition"]._on(cls.today)._rulebook()
        case = origin.Case(
            exporting_party="CN",
            good=origin.Good(hs=good.product_tmpl_id._rcep_hs6(), fob=Decimal(fob), currency="CNY"),
            date=cls.today,
            materials=materials or (STEEL,),
            processes=(origin.Process("manufacturing", "CN"),),
        )
        verdict = origin.determine(case, rulebook)
        text, sha256 = origin.sealed(case, verdict, rulebook)
        result = Determined(good.id, good.product_tmpl_id.id, Decimal(fob), verdict, text, sha256)
        cls.env["rcep.origin"]._keep(cls.exporter, cls.today, [result])
        return good.rcep_origin_id

    @classmethod
    def quote(cls, *lines, currency=None, **values):
        """A quotation, in yuan unless told otherwise; each line is (product, quantity, price) and further values."""
        prices = {"name": "Prices", "currency_id": (currency or cls.cny).id, "company_id": cls.exporter.id}
        return cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.exporter.id,
                "pricelist_id": cls.env["product.pricelist"].create(prices).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                            **(more[0] if more else {}),
                        }
                    )
                    for product, quantity, price, *more in lines
                ],
                **values,
            }
        )
