"""What the demo firm has from another ERP: a sheet taken over, one that was refused, an invoice to certify."""

import json

from odoo import api, models
from odoo.addons.rcep_eco.values import amounts

from .range import MODULE

KEY = "ERP of the trading office"
ITEMS = (
    "code,name,hs_code,unit,country_of_origin,weight_kg,sold\r\n"
    "M-2101,Cable grommet 20 mm,401693,C62,CN,0.01,no\r\n"
    "M-2102,Mounting bracket of steel,83024100,C62,CN,0.12,no\r\n"
)
WRONG = "code,name,hs_code,unit\r\nM-2103,Felt pad 18 mm,560290,SHEET\r\nM-2104,Spring clip,7320,C62\r\n"
INVOICE = {
    "number": "TO-2611/018",
    "currency": "USD",
    "incoterm": "FOB",
    "place": "NINGBO",
    "order": "PO-HP-7731",
    "total": "7616.00",
    "customer": {"code": "CUST-VN", "country": "VN"},
    "shipment": {"means": "sea", "vessel": "EVER BRIGHT V.026", "port_of_loading": "NINGBO",
                 "port_of_discharge": "HAI PHONG"},
    "lines": [
        {"item": "YJ-H110", "quantity": "6400", "unit": "C62", "amount": "4736.00"},
        {"item": "YJ-D45", "quantity": "200", "unit": "C62", "amount": "2880.00"},
    ],
}  # fmt: skip


class RcepErpInvoice(models.Model):
    _inherit = "rcep.erp.invoice"

    @api.model
    def _rcep_demo_elsewhere(self):
        """Make the key and what came by it."""
        company = self.env.ref(f"{MODULE}.company")
        engineer, manager = (self.env.ref(f"{MODULE}.user_{name}") for name in ("engineer", "manager"))
        keys = self.env(user=manager.id, su=False, context={"allowed_company_ids": company.ids})["rcep.integration.key"]
        key = keys.create({
            "name": KEY, "may_read_changes": True, "may_write_master_data": True, "may_hand_in_invoices": True,
            "acts_as_id": engineer.id,
        })  # fmt: skip
        key.action_give()
        sheets = key._as_system("rcep.sheet")
        sheet, plan = sheets._keep(engineer, company, "items", ITEMS.encode(), "utf-8", key=key)
        sheet._apply(plan, engineer)
        sheets._keep(engineer, company, "items", WRONG.encode(), "utf-8", key=key)
        invoices = key._as_system("rcep.erp.invoice")
        invoice = {**INVOICE, "date": str(amounts.today())}
        forgotten = {**invoice, "number": "TO-2611/019", "lines": invoice["lines"][:1]}
        for each in (forgotten, invoice):
            invoices._hand_in(key, json.dumps(each, indent=1).encode())
