"""How the customs of an importing Party take a certificate: practice and no law, as of a day and from a source.

A market is a row for each Party but the exporting one. What it says steers the certificate: whether a paper original is
signed and sent after issue, what the importer has to type, in which language, and what its customs refuse most.
"""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

STAGES = [
    ("enforced", "Enforced: the electronic certificate is expected"),
    ("accepts", "Accepts the electronic certificate"),
    ("paper_too", "Paper as well"),
    ("not_yet", "Not yet: the ordinary certificate"),
]
SELF_PRINTED, HAND_SIGNED = "self_printed", "hand_signed"
PRINT_MODES = [
    (SELF_PRINTED, "Self-printed, with electronic seal and signature"),
    (HAND_SIGNED, "Original signed and stamped by hand, sent to the importer"),
]
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")  # BCP 47, as far as countries need it


class RcepParty(models.Model):
    _inherit = "rcep.party"

    market_ids = fields.One2many("rcep.market", "party_id")


class RcepMarket(models.Model):
    _name = "rcep.market"
    _description = "Market: how an importing Party's customs take certificates"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "stage, party_id"
    _rec_name = "party_id"

    party_id = fields.Many2one("rcep.party", required=True, ondelete="cascade", index=True)
    code = fields.Char(related="party_id.code")
    eco_platform = fields.Boolean(related="party_id.eco_platform")
    active = fields.Boolean(default=True)
    stage = fields.Selection(STAGES, required=True, default="not_yet", tracking=True)
    stage_from = fields.Date("Stage since", tracking=True)
    print_mode = fields.Selection(
        PRINT_MODES,
        "Paper",
        tracking=True,
        help="Whether what you print yourselves is taken, or an original signed by hand has to be sent after issue.",
    )
    print_from = fields.Date("Paper since", tracking=True)
    customs_system = fields.Char(tracking=True)
    single_window = fields.Char(tracking=True)
    channel = fields.Text("How it takes the certificate", translate=True)
    importer_types = fields.Text("What the importer types", translate=True)
    reference_hint = fields.Char("Form of the number", translate=True)
    privilege_code = fields.Char(
        "Privilege code", translate=True, help="The code with which the importer claims the rate."
    )
    languages = fields.Char(help="Tags as vi-VN, separated by spaces; the first is that of the page and of the mail.")
    data_exchange = fields.Char("Data exchange with China", translate=True)
    check_sites = fields.Text("Where its officers look", translate=True)
    refusal_causes = fields.Text("What it refuses most", translate=True)
    open_questions = fields.Text(translate=True)
    source = fields.Text(required=True, tracking=True)
    as_of = fields.Date(required=True, tracking=True, help="The day on which this was found so.")
    rollout_ids = fields.One2many("rcep.market.rollout", "market_id", "Roll-out")
    rollout_id = fields.Many2one(
        "rcep.market.rollout", "Our roll-out", compute="_compute_rollout_id", search="_search_rollout_id"
    )
    rollout_state = fields.Selection(related="rollout_id.state", string="For this company")

    _party_unique = models.Constraint("UNIQUE(party_id)", "This Party has its market already: open that one.")

    @api.depends("rollout_ids.company_id")
    @api.depends_context("company")
    def _compute_rollout_id(self):
        for market in self:
            market.rollout_id = market.rollout_ids.filtered(lambda each: each.company_id == self.env.company)[:1]

    def _search_rollout_id(self, operator, value):
        ours = Domain("company_id", "=", self.env.company.id) & Domain("id", operator, value)
        return Domain("rollout_ids", "any", ours)

    @api.constrains("languages")
    def _check_languages(self):
        for market in self:
            for tag in (market.languages or "").split():
                if not LANGUAGE_TAG.fullmatch(tag):
                    raise ValidationError(
                        self.env._(
                            "“%(tag)s” of the market %(market)s is no language: write tags as vi-VN, separated by "
                            "spaces.",
                            tag=tag,
                            market=market.display_name,
                        )
                    )

    def _takes_eco(self, date):
        """Whether the customs there take the electronic certificate on a day."""
        return self.stage not in (False, "not_yet") and (not self.stage_from or self.stage_from <= date)

    @api.constrains("stage", "languages")
    def _check_is_complete(self):
        for market in self:
            if market.stage in ("enforced", "accepts") and not market.languages:
                raise ValidationError(
                    self.env._(
                        "The market %s takes electronic certificates and has no language: enter that of its customs, "
                        "such as vi-VN.",
                        market.display_name,
                    )
                )

    @api.model
    def _of_party(self, party):
        """The market of a Party, or an empty record where nobody has entered one."""
        return party.market_ids[:1]

    def _is_off(self, company):
        """Whether a company has said that it does not serve this market."""
        self.ensure_one()
        return self.rollout_ids.filtered(lambda each: each.company_id == company).state == "off"

    def action_rollout(self):
        """Open what this company has decided for the market, and what is still missing."""
        self.ensure_one()
        self.check_access("read")
        rollout = self.env["rcep.market.rollout"]._of(self, self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Roll-out in %s", self.display_name),
            "res_model": "rcep.market.rollout",
            "view_mode": "form",
            "res_id": rollout.id,
            "context": {"default_market_id": self.id},
        }
