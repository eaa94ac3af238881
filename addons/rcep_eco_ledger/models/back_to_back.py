"""Back-to-back certificates (Art. 3.19): goods that go on as they came, on the proof of the Party where they originate.

Their goods are not determined by our own facts: originals say what they are, and the engine decides whether a
certificate can rest on them. So a good of another Party is never certified as one of ours, nor the other way round.
"""

from decimal import Decimal

from odoo import api, fields, models
from odoo.addons.rcep_eco import link, origin
from odoo.addons.rcep_eco.cases import case_builder
from odoo.addons.rcep_eco.states import certificate_states
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.values import amounts, hs_codes
from odoo.exceptions import UserError

from ..states import received_states

# In these, an original counted when it was relied on: whether its days cover the certificate's is looked at by itself.
COUNTED = (received_states.CHECKED, "expired")


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    back_to_back = fields.Boolean(
        "Back-to-back certificate",
        help="Its goods originate in another Party, came with its certificate, and go on as they came (Art. 3.19). "
        "Boxes 14 and 17 say so.",
    )
    originals_until = fields.Date(
        "Originals hold until", compute="_compute_originals_until", help="A back-to-back certificate ends with them."
    )

    @api.depends("draw_ids.received_id.valid_until")
    def _compute_originals_until(self):
        for certificate in self:
            certificate.originals_until = min(certificate.draw_ids.received_id.mapped("valid_until"), default=False)

    @api.depends("back_to_back", "draw_ids.shipped", "draw_ids.received_id.state", "flow_stated_by_id")
    def _compute_problems(self):
        return super()._compute_problems()

    def write(self, vals):
        result = super().write(vals)
        if "back_to_back" in vals:
            self._void_flow_statement()
            for line in self.filtered("back_to_back").line_ids:
                if line.producer_id.country_id == line.company_id.country_id:
                    line.producer_id = False  # what another Party's firm made has no producer here
            self._determine_lines()
        return result

    def _originals(self):
        if not self.back_to_back:
            return super()._originals()
        lines = self.sudo().draw_ids.line_id.sorted(lambda each: (each.certificate_id.name, each.number))
        proofs = {(line.certificate_id, line.origin_party_id) for line in lines}
        return tuple(original._proof(party) for original, party in sorted(proofs, key=lambda each: each[0].name))

    def _last_day(self, day):
        """Not beyond that of the original that ends first (Art. 3.19.1(b))."""
        last = super()._last_day(day)
        if self.back_to_back and last and self.originals_until:
            return min(last, self.originals_until)
        return last

    def _goods_problems(self):
        yield from super()._goods_problems()
        if self.back_to_back:
            for line in self._goods():
                yield line._why_not_its_producer()
            return
        for draw in self.draw_ids:
            original = draw.received_id
            if original.party_id.country_id != self.company_id.country_id:
                words = self.env._(
                    "Item %(item)s is drawn from %(original)s, issued in %(party)s: tick “Back-to-back certificate”, "
                    "or take back what was drawn, for such goods are not certified as ours."
                )
                facts = {"item": draw.certificate_line_id.number, "original": original.name}
                yield words % {**facts, "party": original.party_id.display_name}


class RcepReceivedCertificate(models.Model):
    _inherit = "rcep.received.certificate"

    def _proof(self, party):
        """As the application names it.

        :param party: where its goods originate
        """
        return link.application.BackToBack(
            number=self.name,
            issued_on=self.issued_on,
            issuing_country=self.party_id.code or "",
            origin_country=party.code or "",
            approved_exporter=self.exporter_code or "",
        )

    def _counts(self):
        """Whether it was checked, is not cancelled, and its file is the one that was checked."""
        return self.state in COUNTED and bool(self.document_sha256) and self._file_hash() == self.document_sha256

    def _counts_no_more(self):
        """What was certified on it is looked at again, and drafts are determined anew."""
        # Whoever says that an original does not count need not see what rests on it.
        draws = self.env["rcep.received.draw"].sudo().search([("received_id", "in", self.ids)])
        goods = draws.certificate_line_id
        for line in goods.filtered(lambda each: each.certificate_id.state in certificate_states.EDITABLE):
            line._determine()
        for company, lines in goods.grouped("company_id").items():
            since = min((day for day in lines.invoice_id.mapped("invoice_date") if day), default=amounts.today())
            self.env["rcep.drift"].sudo()._mark(company, lines.product_id.ids, since)  # found by the system
        return super()._counts_no_more()


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _drawn_otherwise(self):
        """What was drawn for these goods has changed: what was stated of them is void, and they are decided anew."""
        resting = self.filtered(lambda each: each.certificate_id.back_to_back)
        resting.certificate_id._void_flow_statement()
        for line in resting:
            line._determine()

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"quantity", "product_id", "invoice_line_id"}:
            self._drawn_otherwise()
        return result

    def _determined(self):
        if not self.certificate_id.back_to_back:
            return super()._determined()
        # Whoever checks or signs a certificate may not read invoices, and whoever looks at risks no originals.
        whole = self.sudo()
        try:
            facts, rulebook = whole._back_to_back()
            verdict = origin.determine_back_to_back(facts, rulebook)
        except UserError as error:
            return {**self._no_answer(), "other_verdict": False, "lots": False, "problem": str(error)}
        except origin.OriginError as error:
            problem = explanations.not_determined(self.env, whole.product_id.display_name, error)
            return {**self._no_answer(), "other_verdict": False, "lots": False, "problem": problem}
        dossier = case_builder.Dossier(origin.dossier_of(facts, verdict, rulebook), {})
        failing = [whole._not_met(step) for step in verdict.trace if step.result is False]
        return {
            **self._stored_answer_values(verdict, dossier),
            "hs6": whole._hs6(),
            "other_verdict": False,
            "lots": False,
            "problem": " ".join(failing) or False,
        }

    def _why_not_its_producer(self):
        """Box 3 names who made the good, in the Party where it originates; it was not made by us."""
        parties = self.draw_ids.line_id.origin_party_id
        if not parties or self.producer_id.country_id in parties.country_id:
            return ""
        words = self.env._(
            "Item %(item)s: its producer is a firm in %(party)s; enter it on the item, as the original names it. Box 3 "
            "can still say CONFIDENTIAL or NOT AVAILABLE."
        )
        return words % {"item": self.number, "party": ", ".join(parties.mapped("display_name"))}

    def _not_met(self, step):
        words = self.env._("Not met (Art. %(article)s): %(sentence)s")
        return words % {"article": step.article, "sentence": explanations.of_step(self.env, step)}

    def _back_to_back(self):
        """What the engine is told of this good and its originals, and the rules.

        :raises UserError: where something of it is not known, with what to do
        """
        certificate, product = self.certificate_id, self.product_id
        day = certificate.declaration_date or amounts.today()
        edition = self.env["rcep.rule.edition"]._on(day)
        fob, code = self._unit_fob(), self._hs6() or product._rcep_code()
        problem = hs_codes.problem_of(self.env, product.display_name, code)
        if not edition or problem or fob <= 0:
            no_rules = not edition and explanations.no_rules(self.env, day)
            raise UserError(no_rules or problem or explanations.no_price(self.env, product.display_name))
        if not self.draw_ids:
            words = self.env._("Nothing is drawn for %s: press “Draw from originals”, or draw it by hand.")
            raise UserError(words % product.display_name)
        untouched, shown_by = self._known_flow()
        facts = origin.BackToBack(
            exporting_party=self.company_id.country_id.code or "",
            good=origin.Good(
                hs=code,
                fob=case_builder.plain(fob),
                currency=self.company_id.currency_id.name,
                in_importer_appendix=self._is_in_appendix(),
            ),
            date=day,
            originals=tuple(line._as_original() for line in self.draw_ids.line_id.sorted("id")),
            quantity=case_builder.plain(amounts.exact(self.quantity)),
            covered=case_builder.plain(sum((amounts.exact(each.shipped) for each in self.draw_ids), Decimal(0))),
            untouched=untouched,
            shown_by=shown_by,
            importing_party=certificate.importing_party_id.code,
        )
        return facts, edition._rulebook()


class RcepReceivedCertificateLine(models.Model):
    _inherit = "rcep.received.certificate.line"

    def _as_original(self):
        """This item as the engine knows it (:class:`origin.Original`)."""
        proof, modifiers = self.certificate_id, {"ACU": self.uses_acu, "DMI": self.uses_dmi}
        return origin.Original(
            number=proof.name,
            kind=proof.kind,
            agreement=proof.agreement,
            issued_in=proof.party_id.code or "",
            issued_for=proof.importing_party_id.code or "",
            issued_on=proof.issued_on,
            valid_to=proof.valid_until,
            item=str(self.number),
            hs=self.hs6,
            party=self.origin_party_id.code or "",
            criterion=self.criterion,
            quantity=case_builder.plain(amounts.exact(self.quantity)),
            drawn=case_builder.plain(self._drawn()),
            counts=proof._counts(),
            document_sha256=proof.document_sha256 or None,
            modifiers=tuple(name for name, stands in modifiers.items() if stands),
            mark=self.origin_mark or "",
            rvc=amounts.exact(self.rvc) if self.criterion == "RVC" and self.rvc else None,
            approved_exporter=proof.exporter_code or "",
        )
