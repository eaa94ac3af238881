"""Whether a company serves a market with certificates: off, on trial or on, and what is still missing for it."""

from markupsafe import Markup
from odoo import api, fields, models

STATES = [("off", "Off"), ("trial", "On trial"), ("on", "On")]


class RcepMarketRollout(models.Model):
    _name = "rcep.market.rollout"
    _description = "Roll-out of a market"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "market_id, company_id"
    _rec_name = "market_id"

    market_id = fields.Many2one("rcep.market", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    state = fields.Selection(STATES, required=True, default="trial", tracking=True)
    specimen_read_on = fields.Date(
        "First specimen read on", tracking=True,
        help="The day on which a customer there had its customs read the first certificate, or a specimen of it.",
    )  # fmt: skip
    note = fields.Text()
    open_steps = fields.Integer("Steps left", compute="_compute_checklist")
    checklist = fields.Html(compute="_compute_checklist", sanitize=False)

    _market_unique = models.Constraint(
        "UNIQUE(market_id, company_id)", "This company has decided about this market already: open that decision."
    )

    @api.model
    def _of(self, market, company):
        """What a company decided about a market; empty where it decided nothing, and then the market is on."""
        return self.search([("market_id", "=", market.id), ("company_id", "=", company.id)], limit=1)

    @api.depends("specimen_read_on", "company_id", "market_id")
    @api.depends_context("lang")
    def _compute_checklist(self):
        for rollout in self:
            steps = rollout._steps()
            rollout.open_steps = sum(not done for _text, done in steps)
            rollout.checklist = Markup("<ul class='list-unstyled mb-0'>%s</ul>") % Markup().join(
                Markup("<li><i class='fa %s me-2'></i>%s</li>")
                % ("fa-check-square-o text-success" if done else "fa-square-o text-warning", text)
                for text, done in steps
            )

    def _steps(self):
        """[(what has to be so before the market is on, whether it is)]; told by the firm's own records."""
        self.ensure_one()
        company = self.company_id
        # Whoever plans a market need not be allowed to see connection, people or costs: only whether they are there.
        whole = self.sudo().env
        own = [("company_id", "=", company.id)]
        signers = whole.ref("rcep_eco.group_signer").all_user_ids.filtered(lambda user: company in user.company_ids)
        verdicts = whole["rcep.origin"].search_count([*own, ("verdict", "=", "originating")], limit=1)
        declarations = whole["rcep.supplier.declaration"].search_count([*own, ("state", "=", "verified")], limit=1)
        connection = whole["rcep.platform"].search([*own], limit=1)
        return [
            (self.env._("A connection to the issuing body's platform that answered"), bool(connection.last_contact)),
            (self.env._("A product that originates"), bool(verdicts)),
            (self.env._("A supplier's declaration that is verified"), bool(declarations)),
            (self.env._("A person who signs"), bool(signers)),
            (self.env._("An address under which customs reach the public page"), bool(connection.page_url)),
            (self.env._("A first specimen read by a customer there"), bool(self.specimen_read_on)),
        ]
