"""A check of the firm: what customs of a market refused once stops the next approval there.

A cause knows what of ours sees it before the approval: warnings of the table of checks, which somebody could accept, or
a look at the certificate. With a check of the firm it cannot be accepted any more.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...link.customs_checks import WARNING

# By the code of a cause: the warnings that a check of the firm makes of it, and the method that looks beyond them.
SEEN_BY = {
    "not_found": (("letter_o", "digit_0", "spaces"), None),
    "hs": ((), "_other_codes"),
    "invoice": (("letter_o", "digit_0", "invoice_later"), None),
    "retroactive": (("departure_before_invoice", "departure_far"), "_no_departure"),
    "direct": ((), "_no_way"),
    "value": (("sum_of_invoice", "credit_apart", "price_term"), None),
}


class RcepFirmCheck(models.Model):
    _name = "rcep.firm.check"
    _description = "Check of the firm"
    _order = "market_id, cause_id"
    _rec_name = "cause_id"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    market_id = fields.Many2one("rcep.market", required=True, index=True, ondelete="cascade")
    cause_id = fields.Many2one("rcep.refusal.cause", required=True, ondelete="restrict")
    caught_by = fields.Text(related="cause_id.caught_by")
    active = fields.Boolean(default=True)
    note = fields.Char("Why", help="Such as the certificate that was refused.")

    _once = models.Constraint(
        "UNIQUE(company_id, market_id, cause_id)", "The firm has this check already: open that one."
    )

    @api.constrains("cause_id")
    def _check_can_be_seen(self):
        for check in self:
            if check.cause_id.code not in SEEN_BY:
                raise ValidationError(check.cause_id._not_seen())

    @api.model
    def _of(self, certificate):
        """The checks that hold for a certificate."""
        return self.search(
            [("company_id", "=", certificate.company_id.id), ("market_id", "=", certificate.market_id.id)]
        )


class RcepRefusalCause(models.Model):
    _inherit = "rcep.refusal.cause"

    def _not_seen(self):
        return self.env._(
            "Nothing of ours sees “%s” on a certificate before its approval, so it cannot become a check: note on the "
            "market what its customs ask for.",
            self.name,
        )


class RcepRecognition(models.Model):
    _inherit = "rcep.recognition"

    has_check = fields.Boolean(compute="_compute_has_check")

    @api.depends("cause_id", "market_id", "company_id")
    def _compute_has_check(self):
        checks = self.env["rcep.firm.check"].search([("company_id", "in", self.company_id.ids)])
        known = {(check.company_id, check.market_id, check.cause_id) for check in checks}
        for report in self:
            report.has_check = (report.company_id, report.market_id, report.cause_id) in known

    def action_make_check(self):
        """From now on, what caused this stops the approval of a certificate for that market."""
        self.ensure_one()
        self.check_access("read")
        checks = self.env["rcep.firm.check"]
        checks.check_access("create")
        if not self.cause_id:
            raise ValidationError(
                self.env._(
                    "The report on %s names no cause: report it anew with one.", self.certificate_id.display_name
                )
            )
        if not self.has_check:
            checks.create(
                {
                    "company_id": self.company_id.id,
                    "market_id": self.market_id.id,
                    "cause_id": self.cause_id.id,
                    "note": self.certificate_id.certificate_no,
                }
            )
            self.invalidate_recordset(["has_check"])
        return True


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _firm_codes(self):
        """The codes of warnings that the firm does not accept on this certificate."""
        causes = self.env["rcep.firm.check"].sudo()._of(self).mapped("cause_id.code")  # of its company, by its market
        return {code for cause in causes for code in SEEN_BY[cause][0]}

    def _warnings(self):
        refused = self._firm_codes()
        return [each for each in super()._warnings() if each[0].check.code not in refused]

    def _firm_problems(self):
        """What customs of this market refused once and is found on this certificate too, in sentences."""
        yield from super()._firm_problems()
        whole = self.sudo()  # whoever signs a certificate may not read invoices
        for check in whole.env["rcep.firm.check"]._of(whole):
            codes, look = SEEN_BY[check.cause_id.code]
            found = [whole._sentence_of_finding(each) for each in whole._found(codes)] if codes else []
            found += [*getattr(whole, look)()] if look else []
            for sentence in found:
                yield self.env._(
                    "%(sentence)s Customs of %(market)s refused this before (“%(cause)s”), and the firm made it a "
                    "check.",
                    sentence=sentence,
                    market=check.market_id.display_name,
                    cause=check.cause_id.name,
                )

    def _found(self, codes):
        """What the table of checks finds of some codes; nothing before the goods are determined."""
        goods = self._goods()
        if not goods or any(line.verdict != "originating" or not line.dossier_sha256 for line in goods):
            return []
        return [each for each in self._lint(self._application(), WARNING) if each.check.code in codes]

    def _other_codes(self):
        return filter(None, (line._classification_warning() for line in self._goods()))

    def _no_departure(self):
        if not self.departure_date:
            yield self.env._("The day of departure is empty: enter it on the tab Shipment (boxes 4 and 17).")

    def _no_way(self):
        if not (self.vessel and self.port_discharge):
            yield self.env._("Vessel or port of discharge is empty: enter both on the tab Shipment (box 4).")
