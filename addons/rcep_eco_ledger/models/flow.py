"""That goods were not processed here (Art. 3.19): told by the flow of stock where lots show it, or by a signer.

What stock shows against it no statement makes good. A statement is of the goods as they stand: it is void when they,
what is drawn for them or its reason change.
"""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.states import certificate_states
from odoo.exceptions import AccessError, UserError

STATED = frozenset({"flow_stated_by_id", "flow_stated_on"})


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    flow_reason = fields.Char(
        "How it is known",
        copy=False,
        help="That nothing was done to the goods in China but repacking and logistics: warehouse, papers, who looked.",
    )
    flow_stated_by_id = fields.Many2one("res.users", "Stated by", readonly=True, copy=False)
    flow_stated_on = fields.Datetime("Stated on", readonly=True, copy=False)
    flow_text = fields.Text("What stock shows", compute="_compute_flow_text")

    @api.depends("line_ids.quantity", "draw_ids.shipped")
    @api.depends_context("lang")
    def _compute_flow_text(self):
        for certificate in self:
            goods = certificate.sudo()._goods()  # moves are not shown, a sentence is
            told = [(line.number, *line._flow()) for line in goods]
            certificate.flow_text = "\n".join(f"{number}. {words}" for number, _known, words in told if words) or False

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._check_not_stated(values)
        return super().create(vals_list)

    def write(self, vals):
        self._check_not_stated(vals)
        result = super().write(vals)
        if "flow_reason" in vals:
            self._void_flow_statement()
        return result

    def _check_not_stated(self, values):
        if values.keys() & STATED and not self.env.su:
            raise UserError(self.env._("A signer's statement is made by its button, and not written."))

    def _void_flow_statement(self):
        stated = self.filtered(lambda each: each.flow_stated_by_id and each.state in certificate_states.EDITABLE)
        stated.sudo().write({"flow_stated_by_id": False, "flow_stated_on": False})  # nobody's to write
        for certificate in stated:
            certificate.message_post(
                body=certificate.env._("What a signer stated of the goods is void: they, or its reason, have changed.")
            )

    def action_state_flow(self):
        """A signer states that nothing was done to the goods here but repacking and logistics."""
        self.check_access("write")
        self.ensure_one()
        if not self.env.user.has_group(groups.SIGNER):
            raise AccessError(self.env._("Only a signer states what was done to the goods of %s: ask one.", self.name))
        if self.state not in certificate_states.EDITABLE or not self.back_to_back:
            raise UserError(self._not_from_here())
        reason = (self.flow_reason or "").strip()
        if not reason:
            raise UserError(self.env._("Enter how it is known that the goods were not processed; it goes on record."))
        self.sudo().write({"flow_stated_by_id": self.env.uid, "flow_stated_on": fields.Datetime.now()})  # as above
        words = self.env._(
            "I state that in China nothing was done to the goods of this certificate but repacking and logistics "
            "(Art. 3.19). Known by: %s"
        )
        self.message_post(body=words % reason)
        self._determine_lines()
        return True


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _flow(self):
        """Hook: what the flow of stock shows of this good.

        :return: (True: it went on as it came; False: it did not; None: stock does not show it, a sentence for people)
        """
        return None, ""

    def _known_flow(self):
        """As :meth:`_flow`; where stock does not show it, a signer's statement does."""
        untouched, words = self._flow()
        certificate = self.certificate_id
        if untouched is None and certificate.flow_stated_by_id:
            stated = self.env._("%(who)s, on %(day)s: %(reason)s")
            facts = {"who": certificate.flow_stated_by_id.name, "day": certificate.flow_stated_on.date().isoformat()}
            return True, stated % {**facts, "reason": certificate.flow_reason}
        return untouched, words
