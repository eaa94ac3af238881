"""What the demo firm's supplier of plastics passed on: one question is answered, one waits two tiers further down."""

import datetime

from odoo import api, models
from odoo.addons.rcep_eco.values import amounts

from .range import MODULE


class RcepForwardedQuestion(models.Model):
    _inherit = "rcep.forwarded.question"

    @api.model
    def _rcep_demo_tiers(self):
        """Ask the supplier, and pass it on as its pages do."""
        company, engineer = self.env.ref(f"{MODULE}.company"), self.env.ref(f"{MODULE}.user_engineer")
        supplier, product = self.env.ref(f"{MODULE}.supplier_plastics"), self.env.ref(f"{MODULE}.material_pp")
        asking = self.env(user=engineer.id, su=False, context={"allowed_company_ids": company.ids, "lang": "en_US"})
        declaration = asking["rcep.declaration.request"]._ask(company, {supplier: product}).declaration_ids.sudo()
        none = self.browse()
        named = {"asker": "Yuyao Polymer Co., Ltd.", "email": ""}
        resin = self._pass_on(declaration, none, **named, firm="Zhenhai Petrochemical", item="Polypropylene granules")
        colour = self._pass_on(declaration, none, **named, firm="Taizhou Pigments", item="Masterbatch, black")
        named["asker"] = "Taizhou Pigments"
        self._pass_on(declaration, colour, **named, firm="Linyi Carbon", item="Carbon black")
        today = amounts.today()
        answer = {"name": "ZH-26-0418", "party_id": self.env.ref("rcep_eco.party_cn").id, "criterion": "CTC"}
        resin._answer(True, "Shen Jia", {**answer, "date_from": today, "date_to": today + datetime.timedelta(days=365)})
