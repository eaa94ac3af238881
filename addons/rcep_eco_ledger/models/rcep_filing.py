"""What is filed of goods that go on as they came: who made them where, on which original; nothing that we make."""

from decimal import Decimal

from odoo import models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tools import languages
from odoo.addons.rcep_eco.values import amounts


class RcepFiling(models.Model):
    _inherit = "rcep.filing"

    def _filing(self, line):
        if not line.certificate_id.back_to_back:
            return super()._filing(line)
        product, company, fob = self.product_id.with_company(self.company_id), self.company_id, line._unit_fob()
        items = line.draw_ids.line_id
        maker, party = items[:1].certificate_id.partner_id, items[:1].origin_party_id.code or ""
        price = min(amounts.exact(product.standard_price), fob)
        material = link.filing.Material(
            name=languages.english(product).name,
            name_zh=languages.chinese(product).name,
            hs6=line.hs6,
            origin_country=party,
            supplier=maker._rcep_name(),
            unit=languages.english(product.uom_id).name,
            unit_price=price,
            use_per_unit=Decimal(1),
            originating_value=price,
        )
        numbers = ", ".join(items.certificate_id.sorted("name").mapped("name"))
        made = link.filing.Process(
            number=1, name_en=f"Made abroad, on original {numbers}", place=maker.city or "", country=party
        )
        return link.filing.Filing(
            client_ref=self.client_ref,
            product_ref=product._rcep_ref(),
            name_en=languages.english(product).name,
            name_zh=languages.chinese(product).name,
            unit=product._rcep_unit(),
            currency=company.currency_id.name,
            hs6=line.hs6,
            criterion=line.criterion,
            ex_works=fob,
            fob=fob,
            profit=fob - price,
            rvc=Decimal(line.rvc) if line.shows_fob and line.rvc else None,
            materials=(material,),
            processes=(made,),
        )
