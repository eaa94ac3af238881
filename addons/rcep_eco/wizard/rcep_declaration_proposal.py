"""Which declarations to ask for first: materials on which verdicts hang, by what is bought and from whom."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..states import declaration_states
from ..values import amounts

SHOWN = 200  # lines of a proposal; the next ones come once these are asked
# What a material of these roles is, the law looks at; packing for transport and indirect materials it does not.
ROLES = ("material", "retail_packing", "accessory")


class RcepDeclarationProposal(models.TransientModel):
    _name = "rcep.declaration.proposal"
    _description = "Ask suppliers for declarations"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    source = fields.Selection(
        [("sellers", "Suppliers' price lists")], "Proposed from", required=True, default="sellers"
    )
    line_ids = fields.One2many("rcep.declaration.proposal.line", "proposal_id")
    more = fields.Integer("Lines left out")

    @api.depends("company_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Ask suppliers")

    @api.model
    def action_propose(self):
        """Open a new proposal."""
        return self.create({})._shown()

    def action_refresh(self):
        """Propose anew, from the source that is chosen now."""
        self.ensure_one()
        self.check_access("read")
        return self.create({"company_id": self.company_id.id, "source": self.source})._shown()

    def _shown(self):
        self._propose()
        return self._get_records_action(name=self.env._("Ask suppliers"), target="current")

    # --- hook for bridges --------------------------------------------------------------------------------
    def _candidates(self):
        """What suppliers supply, in a number of queries that does not depend on how much.

        :return: {(res.partner, product.product): purchase value in the company's currency, 0 where it is not known}
        """
        self.ensure_one()
        sellers = self.env["product.supplierinfo"].search(
            [("company_id", "in", (False, self.company_id.id)), ("product_tmpl_id.type", "=", "consu")]
        )
        return {
            (seller.partner_id.commercial_partner_id, product): 0.0
            for seller in sellers
            for product in seller.product_id or seller.product_tmpl_id.product_variant_ids
        }

    # --- proposing ---------------------------------------------------------------------------------------
    def _propose(self):
        candidates = self._candidates()
        products = self.env["product.product"].union(*(product for _partner, product in candidates))
        asked = self._worth_asking(products)
        dependent = asked._failing_goods_using(self.company_id)
        rows = [
            (dependent.get(product.id, 0), value, partner, product)
            for (partner, product), value in candidates.items()
            if product in asked
        ]
        rows.sort(key=lambda row: (-row[0], -row[1], row[2].id, row[3].id))
        self.more = max(len(rows) - SHOWN, 0)
        self.env["rcep.declaration.proposal.line"].create(
            [
                {
                    "proposal_id": self.id,
                    "partner_id": partner.id,
                    "product_id": product.id,
                    "verdicts": verdicts,
                    "value": value,
                    "is_selected": bool(verdicts and partner.email),
                }
                for verdicts, value, partner, product in rows[:SHOWN]
            ]
        )

    def _worth_asking(self, products):
        """Goods of the treaty that nobody has declared or is asked for, and that a Party can be the origin of."""
        today = amounts.today()
        declarations = self.env["rcep.supplier.declaration"]
        existing = declarations._holding(products, self.company_id, today)
        asked = declarations.search(
            [
                ("product_id", "in", products.ids),
                ("company_id", "=", self.company_id.id),
                ("state", "in", declaration_states.OPEN),
            ]
        )
        parties = self.env["rcep.party"].search([("in_force", "<=", today)]).country_id
        left = products - asked.product_id - products.browse().union(*existing)
        return left.filtered(
            lambda product: product.type == "consu"
            and product.hs_code
            and product.rcep_role in ROLES
            and (not product.country_of_origin or product.country_of_origin in parties)
        )

    def action_ask(self):
        """Ask for what is selected: one mail a supplier, which names all its goods."""
        self.ensure_one()
        self.check_access("write")
        chosen = self.line_ids.filtered("is_selected")
        if not chosen:
            raise UserError(self.env._("Nothing is selected: mark the lines to ask for."))
        wanted = {partner: lines.product_id for partner, lines in chosen.grouped("partner_id").items()}
        requests = self.env["rcep.declaration.request"]._ask(self.company_id, wanted)
        return requests.declaration_ids._get_records_action(name=self.env._("Asked"))


class RcepDeclarationProposalLine(models.TransientModel):
    _name = "rcep.declaration.proposal.line"
    _description = "Declaration to ask for"

    proposal_id = fields.Many2one("rcep.declaration.proposal", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="proposal_id.currency_id")
    is_selected = fields.Boolean("Ask")
    partner_id = fields.Many2one("res.partner", "Supplier", required=True, readonly=True)
    email = fields.Char(related="partner_id.email")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    verdicts = fields.Integer(readonly=True, help="Goods that hold it and do not originate.")
    value = fields.Monetary("Bought", readonly=True, help="In the last twelve months.")
