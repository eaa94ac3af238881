"""Who declares what of a certificate, and to whom it answers: the exporter in box 15, a producer to the exporter.

On which declarations it rests is kept at approval: it stays so, whatever becomes of them.
"""

from odoo import Command, api, fields, models

from ...states.declaration_states import COUNTING


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    declared_by = fields.Text(
        "Who declares", compute="_compute_declared_by",
        help="Box 15 is the exporter's; a producer that is another firm has declared to the exporter.",
    )  # fmt: skip

    cited_declaration_ids = fields.Many2many(
        "rcep.supplier.declaration", string="Declarations cited", readonly=True, copy=False, ondelete="restrict",
        help="On which its goods rested when it was approved.",
    )  # fmt: skip

    @api.depends(
        "cited_declaration_ids.state", "company_id", "line_ids.producer_id", "line_ids.product_id",
        "line_ids.left_off", "invoice_ids",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_declared_by(self):
        for certificate in self:
            certificate.declared_by = "\n".join(certificate._declared_by())

    def _approved(self, signer, day):
        cited = self._goods()._declarations()
        return {**super()._approved(signer, day), "cited_declaration_ids": [Command.set(cited.ids)]}

    def _declared_by(self):
        exporter = self.company_id.partner_id
        words = self.env._(
            "%s, the exporter, declares box 15 and answers to the issuing body and to customs for all that stands here."
        )
        yield words % exporter.display_name
        for maker, lines in self._goods().grouped(lambda line: line.producer_id or exporter).items():
            facts = {"firm": maker.display_name, "items": ", ".join(str(line.number) for line in lines)}
            if maker == exporter:
                words = self.env._("It determined the origin of items %(items)s itself.")
                yield words % facts
                continue
            words = self.env._("%(firm)s, the producer of items %(items)s, answers to the exporter for: %(cited)s.")
            cited = "; ".join(lines._cited(maker)) or self.env._("nothing that holds on this day")
            yield words % {**facts, "cited": cited}


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _declarations(self):
        """The declarations on which these goods rest, today or on the day of their invoice."""
        found = self.env["rcep.supplier.declaration"].sudo()
        for line in self:
            product = line.product_id.sudo()  # which declaration a good rests on is no secret to whoever certifies it
            found |= product._rcep_declaration(line.company_id, line.invoice_id.invoice_date)
        return found

    def _cited(self, maker):
        """The declarations of a producer on which its goods rest, each in words, without a word on costs."""
        kept = self.certificate_id.sudo().cited_declaration_ids  # as above
        found = kept.filtered(lambda each: each.product_id in self.product_id) or self._declarations()
        firm = maker.commercial_partner_id
        theirs = found.filtered(lambda declaration: declaration.partner_id.commercial_partner_id == firm)
        return [declaration._in_words() for declaration in theirs]


class RcepSupplierDeclaration(models.Model):
    _inherit = "rcep.supplier.declaration"

    def _in_words(self):
        """Its number and days."""
        facts = {"name": self.name, "first": self.date_from, "last": self.date_to}
        if self.state in COUNTING:
            return self.env._("declaration %(name)s of %(first)s to %(last)s", **facts)
        return self.env._("declaration %(name)s of %(first)s to %(last)s, which does not count any more", **facts)
