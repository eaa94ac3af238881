"""The table of checks over a certificate: what it finds, what is on file beside it, and what can be mended."""

import json
from decimal import ROUND_DOWN, Decimal

from odoo import api, fields, models

from ... import groups, link
from ...texts import check_texts
from ...values import amounts

# Texts of the form that a certificate holds by itself, and that Normalise may bring into plain characters.
TEXTS = ("vessel", "port_loading", "port_discharge", "remarks", "third_party_name")
LINE_TEXTS = ("description", "marks")
HUNDREDTH = Decimal("0.01")  # of a kilogram


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    can_normalise = fields.Boolean(compute="_compute_can_normalise")

    def _lint(self, application, level):
        """What importing customs would not find or not take (:class:`link.customs_checks.Finding`), of one level.

        What an earlier check says in other words already is left out.
        """
        signs = self.env.user.has_group(groups.SIGNER)  # else box 15 will bear another name
        return [
            each
            for each in link.customs_checks.findings(application, self._beside())
            if each.check.level == level
            and each.check.code != "no_package"
            and not each.path.endswith(("invoice_number", "packages.text"))  # said where they are made of
            and (signs or each.path != "declaration.signatory")
        ]

    def _beside(self):
        """What is on file beside the application (:class:`link.customs_checks.Beside`)."""
        packages, weight = self._packing_list()
        return link.customs_checks.Beside(
            goods=tuple(line._on_file() for line in self._goods()),
            connected=self.importing_party_id.eco_platform,
            packages=packages,
            weight=weight,
            apart=tuple(
                (self._box_13(invoice)[0], note.name)
                for invoice in self.invoice_ids
                for note in invoice._rcep_notes_apart(self._goods().product_id)
            ),
            free=tuple(
                (self._box_13(line.invoice_id)[0], line._gross_value())
                for line in self._goods()
                if not line.invoice_line_id.price_subtotal
            ),
            wanted=tuple(
                phrase
                for credit in self._letters_of_credit()
                for phrase in (credit.number, *credit.wording)
                if phrase
            ),
        )

    def _packing_list(self):
        """Hook: (number of packages, gross weight in kilograms) of the packing list; None each where there is none."""
        self.ensure_one()
        return None, None

    def _sentence_of_finding(self, finding):
        """A finding of the table of checks, in the user's language."""
        words = self.env._(check_texts.MESSAGES[finding.check.code])
        return self.env._(
            "%(path)s: %(message)s.",
            path=self._path_words(finding.path),
            message=words % {"found": finding.found, "limit": finding.limit},
        )

    @api.depends(
        "state", "line_ids.verdict", "line_ids.description", "line_ids.marks", "line_ids.left_off", "acceptance_ids",
        "line_ids.importer_code", "line_ids.hs6", "line_ids.box_9",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_advice(self):
        for certificate in self:
            sentences = []
            if certificate.state == "draft" and certificate.id:
                sentences += [line._classification_warning() for line in certificate.sudo()._goods()]  # of its product
                sentences += [self._sentence_of_finding(each) for each, _fingerprint in certificate._open_warnings()]
            certificate.advice = "\n".join(filter(None, sentences)) or False

    @api.depends(*TEXTS, *(f"line_ids.{name}" for name in LINE_TEXTS))
    def _compute_can_normalise(self):
        for certificate in self:
            certificate.can_normalise = any(certificate._to_normalise())

    def _to_normalise(self):
        """Each record of the certificate with what its texts would be in characters that every system has."""
        for record, names in ((self, TEXTS), *((line, LINE_TEXTS) for line in self.line_ids)):
            values = {name: link.plain_text.normalised(record[name]) for name in names if record[name]}
            changed = {name: text for name, text in values.items() if text != record[name]}
            if changed:
                yield record, changed

    def action_normalise(self):
        """Bring the texts of the form into characters that every system has; what is meant stays."""
        self.check_access("write")
        for certificate in self:
            for record, changed in list(certificate._to_normalise()):
                record.write(changed)
        return True


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _on_file(self):
        """What is on file of this good, its determination and its product (:class:`link.customs_checks.GoodOnFile`)."""
        whole = self.sudo()  # the dossier is the system's; what is missing in it is no secret
        case = json.loads(whole.dossier).get("case") if whole.dossier else None
        materials = case.get("materials", ()) if case else ()
        return link.customs_checks.GoodOnFile(
            hs6=self.hs6 or "",
            criterion=self.criterion or "",
            modifiers=tuple(self.modifiers.split()) if self.modifiers else (),
            steps=len(case.get("processes", ())) if case else None,
            uncoded=tuple(each["name"] for each in materials if not link.rules.HS6.fullmatch(each.get("hs") or "")),
            net_weight=self._net_weight(),
        )

    def _net_weight(self):
        """Kilograms of the good alone, by its product; None where that says none."""
        net = amounts.exact(self.sudo().invoice_line_id._rcep_packed(self.quantity)["gross_weight"])  # no secret
        return net.quantize(HUNDREDTH, ROUND_DOWN) if net > 0 else None
