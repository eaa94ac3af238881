"""Papers of the way of goods that go through other places (Art. 3.15): listed, asked for, kept.

Goods that pass through others keep their origin where nothing but logistics is done to them there and customs there
have them under control. That is shown by customs documents of those places, or by other appropriate documents where
the importing Party's customs ask (Art. 3.15.2, 3.15.3). The exporter often gets these after the certificate, so they
are no part of what is approved.
"""

from odoo import api, fields, models
from odoo.addons.rcep_eco.states import certificate_states
from odoo.exceptions import UserError, ValidationError

# The first two show for one place that goods stayed under control there; the others are of the whole way.
OF_A_PLACE = ("customs", "non_manipulation")
KINDS = [
    ("customs", "Customs document of the place"),
    ("non_manipulation", "Non-manipulation certificate"),
    ("transport", "Bill of lading, airway bill, multimodal or combined transport document"),
    ("invoice", "Copy of the original commercial invoice"),
    ("financial", "Financial records"),
    ("other", "Other relevant document"),
]
ACTIVITY = "rcep_eco_ledger.activity_transit_paper"


class RcepTransitPaper(models.Model):
    _name = "rcep.transit.paper"
    _description = "Paper of goods in transit"
    _order = "certificate_id desc, country_id, id"

    certificate_id = fields.Many2one("rcep.certificate", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, default="customs")
    country_id = fields.Many2one("res.country", "Place", help="Through which the goods go; empty for the whole way.")
    name = fields.Char("Number", help="As the paper says.")
    day = fields.Date("Dated")
    document = fields.Binary("File", attachment=True, copy=False)
    document_name = fields.Char("File name", copy=False)
    state = fields.Selection([("wanted", "Wanted"), ("kept", "Kept")], compute="_compute_state", store=True)

    @api.depends("document")
    def _compute_state(self):
        for paper in self:
            paper.state = "kept" if paper.document else "wanted"

    @api.depends("kind", "country_id", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for paper in self:
            parts = (kinds.get(paper.kind), paper.country_id.name, paper.name)
            paper.display_name = " · ".join(part for part in parts if part)

    @api.constrains("kind", "country_id", "certificate_id")
    def _check_place(self):
        for paper in self:
            kind = dict(self._fields["kind"]._description_selection(self.env))[paper.kind]
            facts = {"kind": kind, "place": paper.country_id.name, "name": paper.certificate_id.display_name}
            if paper.kind in OF_A_PLACE and not paper.country_id:
                words = self.env._("%(kind)s of %(name)s: enter the place through which the goods go.")
                raise ValidationError(words % facts)
            ends = paper.company_id.country_id | paper.certificate_id.importing_party_id.country_id
            if paper.country_id and paper.country_id in ends:
                words = self.env._("%(place)s is where the goods of %(name)s begin or end: enter a place between.")
                raise ValidationError(words % facts)

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        papers.certificate_id._ask_for_transit_papers()
        return papers

    def write(self, vals):
        kept = self.filtered(lambda paper: paper.state == "kept")
        if kept and vals.keys() - {"name", "day"}:
            words = self.env._("“%s” is kept as it came: add another paper beside it.")
            raise UserError(words % kept[0].display_name)
        result = super().write(vals)
        self.certificate_id._ask_for_transit_papers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_wanted(self):
        for paper in self.filtered(lambda each: each.state == "kept" and each.certificate_id.state != "draft"):
            words = self.env._("“%s” belongs to what the exporter keeps for three years (Art. 3.27): it stays.")
            raise UserError(words % paper.display_name)

    def unlink(self):
        certificates = self.certificate_id
        result = super().unlink()
        certificates._ask_for_transit_papers()
        return result


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    transit_paper_ids = fields.One2many("rcep.transit.paper", "certificate_id", "Papers of the transit")
    transit_missing = fields.Text("What the transit lacks", compute="_compute_transit_missing")

    @api.depends("transit_paper_ids.state", "transit_paper_ids.country_id", "transit_paper_ids.kind")
    @api.depends_context("lang")
    def _compute_transit_missing(self):
        words = self.env._(
            "%s: no customs document and no non-manipulation certificate is kept that shows the goods under "
            "customs control there (Art. 3.15.2)."
        )
        for certificate in self:
            papers = certificate.transit_paper_ids
            shown = papers.filtered(lambda paper: paper.state == "kept" and paper.kind in OF_A_PLACE).country_id
            certificate.transit_missing = "\n".join(words % place.name for place in papers.country_id - shown) or False

    def _write_moved(self, **values):
        result = super()._write_moved(**values)
        if "state" in values:
            self.sudo().transit_paper_ids.certificate_id._ask_for_transit_papers()  # as below
        return result

    def _ask_for_transit_papers(self):
        """Once goods are certified it is a task to get what their way lacks; none once it is there."""
        # Whoever moves a certificate, or adds a paper, need not be whose task it is.
        for certificate in self.sudo():
            lacking = certificate.state in certificate_states.LIVE and certificate.state != "draft"
            if not (lacking and certificate.transit_missing):
                certificate.activity_unlink([ACTIVITY])
            elif not certificate.activity_search([ACTIVITY]):
                user = certificate._responsible()
                theirs = certificate.with_context(lang=user.lang)
                summary = theirs.env._("Get the papers of the transit, for customs may ask for them")
                theirs.activity_schedule(ACTIVITY, summary=summary, note=theirs.transit_missing, user_id=user.id)


class RcepCustomsQuery(models.Model):
    _inherit = "rcep.customs.query"

    def _papers(self):
        papers = super()._papers()
        for paper in self.certificate_id.transit_paper_ids.filtered(lambda each: each.state == "kept"):
            words = self.env._("Transit: %s", paper.display_name)
            papers[f"transit-{paper.id}"] = (words, False, lambda paper=paper: self._declaration_file(paper))
        return papers
