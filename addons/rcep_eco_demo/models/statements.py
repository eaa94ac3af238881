"""What the demo firm states to a buyer in Ningbo: one statement that its signer signed, one that waits for it."""

from odoo import api, models

from .range import MODULE


class RcepOriginStatement(models.Model):
    _inherit = "rcep.origin.statement"

    @api.model
    def _rcep_demo_statements(self):
        """Make the key and both statements, each by whose work it is."""
        company = self.env.ref(f"{MODULE}.company")
        users = {name: self.env.ref(f"{MODULE}.user_{name}") for name in ("manager", "clerk", "signer")}
        people = {name: self._as(user, company) for name, user in users.items()}
        people["manager"]["rcep.signing.key"].action_make_key()
        buyer = self.env.ref(f"{MODULE}.buyer_fittings")
        hinge, _motor = people["clerk"]["rcep.origin.statement"].create([
            {"partner_id": buyer.id, "product_id": self.env.ref(f"{MODULE}.{good}").id, "company_id": company.id}
            for good in ("good_hinge", "good_motor")
        ])  # fmt: skip
        hinge.with_env(people["signer"]).action_sign()

    def _as(self, user, company):
        return self.env(user=user.id, su=False, context={"allowed_company_ids": company.ids, "lang": "en_US"})
