"""Warnings of the table of checks that somebody accepted: who, when, why, and of which text."""

import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import link
from ...states import certificate_states


class RcepCertificateAcceptance(models.Model):
    _name = "rcep.certificate.acceptance"
    _description = "Accepted warning of a certificate"
    _order = "id"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="certificate_id.company_id", store=True, index=True)
    code = fields.Char("Check", required=True, readonly=True)
    path = fields.Char("Place", required=True, readonly=True)
    found = fields.Char(readonly=True)
    limit = fields.Char(readonly=True)
    fingerprint = fields.Char(required=True, readonly=True, help="Of the warning and of the text that it is about.")
    sentence = fields.Char("Warning", compute="_compute_sentence")
    reason = fields.Char("Accepted because", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Accepted by", required=True, readonly=True)
    accepted_on = fields.Datetime(required=True, readonly=True)
    holds = fields.Boolean(
        "Still the same", compute="_compute_holds", help="Whether the text is still the one that was accepted."
    )

    @api.depends("code", "path", "found", "limit")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for acceptance in self:
            check = link.customs_checks.CHECKS.get(acceptance.code)
            acceptance.sentence = check and acceptance.certificate_id._sentence_of_finding(
                link.customs_checks.Finding(acceptance.path, check, acceptance.found or "", acceptance.limit or "")
            )

    def _compute_holds(self):
        for certificate, acceptances in self.grouped("certificate_id").items():
            now = {fingerprint for _finding, fingerprint in certificate._warnings()}
            for acceptance in acceptances:
                acceptance.holds = certificate.state != "draft" or acceptance.fingerprint in now


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    acceptance_ids = fields.One2many(
        "rcep.certificate.acceptance", "certificate_id", "Accepted warnings", readonly=True, copy=False
    )

    def _warnings(self):
        """Every warning of the table of checks, with its fingerprint: [(finding, fingerprint)]."""
        self.ensure_one()
        whole = self.sudo()  # whoever reads a certificate may not read invoices
        goods = whole._goods()
        if not goods or not all(line.verdict == "originating" and line.dossier_sha256 for line in goods):
            return []
        application = whole._application()
        return [
            (each, _fingerprint(application, each)) for each in whole._lint(application, link.customs_checks.WARNING)
        ]

    def _open_warnings(self):
        """The warnings that nobody has accepted, or whose text has changed since."""
        accepted = set(self.acceptance_ids.mapped("fingerprint"))
        return [(finding, fingerprint) for finding, fingerprint in self._warnings() if fingerprint not in accepted]

    def _check_warnings(self):
        """
        :raises UserError: where a warning stands that nobody has accepted
        """
        found = self._open_warnings()
        if found:
            head = self.env._(
                "Certificate %s has warnings. Correct them, or accept each with a reason:", self.display_name
            )
            raise UserError("\n".join([head, *(self._sentence_of_finding(each) for each, _print in found)]))

    def action_accept_warnings(self):
        """Show the warnings that nobody has accepted, each with a place for the reason."""
        self.ensure_one()
        self._check_may_accept()
        lines = [
            fields.Command.create({"fingerprint": fingerprint, "sentence": self._sentence_of_finding(finding)})
            for finding, fingerprint in self._open_warnings()
        ]
        wizard = self.env["rcep.certificate.accept"].create({"certificate_id": self.id, "line_ids": lines})
        return wizard._get_records_action(name=self.env._("Accept warnings"), target="new")

    def _check_may_accept(self):
        self.check_access("write")
        if self.state not in certificate_states.EDITABLE:
            raise UserError(self._not_from_here())

    def _accept(self, reasons):
        """Keep who accepted which warnings, and why.

        :param reasons: {fingerprint: reason}
        """
        self._check_may_accept()
        for finding, fingerprint in self._open_warnings():
            reason = reasons.get(fingerprint)
            if not reason:
                continue
            # What was accepted is kept as it was: nobody writes it by hand.
            self.env["rcep.certificate.acceptance"].sudo().create(
                {
                    "certificate_id": self.id, "code": finding.check.code, "path": finding.path,
                    "found": finding.found, "limit": finding.limit, "fingerprint": fingerprint, "reason": reason,
                    "user_id": self.env.uid, "accepted_on": fields.Datetime.now(),
                }
            )  # fmt: skip
            self.message_post(
                body=self.env._(
                    "Accepted: %(warning)s Because: %(reason)s",
                    warning=self._sentence_of_finding(finding),
                    reason=reason,
                )
            )


def _fingerprint(application, finding):
    """Changes with the warning, and with the text that it is about."""
    text = link.customs_checks.text_at(application, finding.path)
    parts = (finding.path, finding.check.code, finding.found, finding.limit, text)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
