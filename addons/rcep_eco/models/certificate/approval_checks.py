"""What must be right before a signer approves: everything that is wrong, at once, in sentences."""

from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, models

from ... import link
from ...link.customs_checks import ERROR
from ...states import certificate_states
from ...texts.coded_messages import translated
from ...values import amounts

# What is looked at, in the order of the form; each yields sentences.
PARTS = (
    "_replacement_problems",
    "_exporter_problems",
    "_invoice_problems",
    "_price_problems",
    "_shipment_problems",
    "_goods_problems",
    "_firm_problems",
)


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    @api.depends(
        "state",
        "company_id.rcep_uscc",
        "company_id.rcep_name_en",
        "company_id.rcep_address_en",
        "company_id.rcep_place",
        "partner_id",
        "importing_party_id",
        "invoice_ids.state",
        "departure_date",
        "incoterm",
        "freight_amount",
        "insurance_amount",
        "inland_amount",
        "duty_amount",
        "invoice_issuer",
        "third_party_invoice",
        "producer_statement",
        "third_party_name",
        "third_party_country_id",
        "remarks",
        "line_ids.problem",
        "line_ids.verdict",
        "line_ids.criterion",
        "line_ids.description",
        "line_ids.marks",
        "line_ids.packages_count",
        "line_ids.packages_kind",
        "line_ids.producer_id",
        "line_ids.fob_value",
        "line_ids.in_appendix",
        "line_ids.origin_party_id",
        "line_ids.origin_mark",
        "line_ids.left_off",
        "line_ids.quantity",
        "line_ids.customs_value",
        "line_ids.box_9",
        "line_ids.box_9_reason",
    )
    @api.depends_context("lang")
    def _compute_problems(self):
        for certificate in self:
            found = certificate._problems() if certificate.state == "draft" and certificate.id else []
            rows = Markup().join(Markup("<li>%s</li>") % sentence for sentence in found)
            certificate.problems = Markup('<ul class="mb-0 ps-3">%s</ul>') % rows if found else False

    def _problems(self):
        """Every reason why this certificate cannot be approved, as sentences in the order of the form."""
        self.ensure_one()
        whole = self.sudo()  # whoever reads or signs a certificate may not read invoices
        found = [sentence for part in PARTS for sentence in getattr(whole, part)()]
        goods = whole._goods()
        if goods and all(line.verdict == "originating" and line.dossier_sha256 for line in goods):
            application = whole._application()
            found += [self._sentence_of(each) for each in link.rules.broken(application)]
            found += [self._sentence_of_finding(each) for each in whole._lint(application, ERROR)]
            found += whole._platform_problems(application)
        return [sentence for sentence in found if sentence]

    def _platform_problems(self, application):
        """What the company's platform would not take, beside the rules of the form; nothing where there is none."""
        platform = self.env["rcep.platform"].search([("company_id", "=", self.company_id.id)], limit=1)
        if platform:
            filer = self._filer(platform, application)
            for each in platform._profile().problems(application, filer):
                yield self.env._(
                    "%(path)s: %(message)s.", path=self._path_words(each.path), message=translated(self.env, each.coded)
                )

    def _exporter_problems(self):
        company = self.company_id
        yield company._rcep_uscc_problem()
        for field in ("rcep_name_en", "rcep_address_en", "rcep_place"):
            if not company[field]:
                yield self.env._(
                    "%(company)s: “%(field)s” is empty. Enter it in the company's settings.",
                    company=company.name,
                    field=company._fields[field]._description_string(self.env),
                )

    def _invoice_problems(self):
        """What has happened to the invoices since, or was wrong with them all along."""
        for invoice in self.invoice_ids:
            refusal = invoice._rcep_refusal(certificate=self)
            yield refusal
            if refusal:
                continue
            if not self._is_as(invoice):
                yield self._not_as(invoice)
            if invoice._rcep_party() != self.importing_party_id:
                yield self.env._(
                    "%(invoice)s goes to %(country)s, but the importing Party is %(party)s: correct the one or "
                    "the other.",
                    invoice=invoice.name,
                    country=invoice._rcep_country().name,
                    party=self.importing_party_id.display_name,
                )
            if invoice not in self.line_ids.invoice_id:
                yield self.env._("None of the goods are of %s: press “Update from invoice”.", invoice.name)
            if self._differences_of(invoice):
                yield self.env._(
                    "%s has changed: press “Update from invoice” to see how, and to take it over.",
                    invoice.name,
                )

    def _shipment_problems(self):
        latest = self.departure_date and self.departure_date + relativedelta(years=certificate_states.VALIDITY_YEARS)
        if latest and latest < amounts.today():
            yield self.env._(
                "The goods left on %(day)s: a certificate is issued retroactively within a year only (Art. 3.17).",
                day=self.departure_date,
            )
        yield self._consignee_problem()
        yield self._third_party_problem()
        if self.producer_statement == "named" and len(self._producers()) > 1:
            yield self.env._(
                "The goods have several producers, but box 3 names one: choose “%s”.",
                dict(self._fields["producer_statement"]._description_selection(self.env))["several"],
            )

    def _consignee_problem(self):
        """Box 2 names a firm in the importing Party, not an address there of a firm elsewhere."""
        firm, address = self.partner_id.commercial_partner_id, self.partner_id
        if address.country_id == firm.country_id or not firm.country_id or address.rcep_name_en or (
            address.name and address.name != firm.name
        ):
            return None
        return self.env._(
            "The consignee is an address of %(firm)s, which is in %(country)s: name the firm that receives the goods "
            "in "
            "%(party)s on the delivery address (box 2).",
            firm=firm.name,
            country=firm.country_id.name,
            party=self.importing_party_id.display_name,
        )

    def _third_party_problem(self):
        """Where the bill goes to another country than the goods, customs may see a third party's invoice."""
        billed = self.invoice_ids.partner_id.commercial_partner_id.filtered(
            lambda firm: firm.country_id and firm.country_id != self.importing_party_id.country_id
        )
        if billed and not self.invoice_issuer:
            return self.env._(
                "The invoice goes to %(firm)s in %(country)s and the goods to %(party)s: say on the tab Shipment "
                "whether "
                "customs will see your own invoice or a third party's (boxes 13, 14 and 17).",
                firm=billed[0].name,
                country=billed[0].country_id.name,
                party=self.importing_party_id.display_name,
            )
        if self.invoice_issuer == "third_party" and not (self.third_party_name and self.third_party_country_id):
            return self.env._("Third-party invoicing: enter who issues the invoice, and its country (boxes 14 and 17).")
        return None

    def _producers(self):
        own = self.company_id.partner_id
        return {line.producer_id or own for line in self._goods()}

    def _goods_problems(self):
        goods = self._goods()
        if not goods:
            yield self.env._(
                "Certificate %s names no goods: put one back on, or update it from its invoice.",
                self.name,
            )
        for line in goods:
            sold = line.invoice_line_id
            if not line._is_as_invoiced() or line.unit != sold._rcep_unit():
                yield line._not_as_invoiced()
            yield line._too_much()
            yield line._verdict_problem()
            yield line._classification_problem()
            if line.packages_kind != "nude" and line.packages_count <= 0:
                yield self.env._("Item %s: the number of packages is missing (box 8).", line.number)
        for line in self.line_ids - goods:
            if not line.left_off_reason:
                yield self.env._("%s is left off: enter why, beside it.", line.description)
        for product, lines in goods.grouped("product_id").items():
            if len({line.criterion for line in lines if line.verdict == "originating"}) > 1:
                yield self.env._(
                    "%(product)s stands here by %(criteria)s, since its prices differ, but the issuing body knows a "
                    "good by one criterion: certify the prices one by one.",
                    product=product.display_name,
                    criteria=", ".join(sorted({line.criterion for line in lines})),
                )

    def _firm_problems(self):
        """Hook: what the firm itself does not let pass, in sentences."""
        return ()

    def _sentence_of(self, broken):
        """A broken rule of the form as a sentence; what stands here already is left out."""
        if broken.path.startswith("exporter."):
            return None
        return self.env._(
            "%(path)s: %(message)s.", path=self._path_words(broken.path), message=translated(self.env, broken.coded)
        )


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _verdict_problem(self):
        """Why this good cannot stand on a certificate, or None."""
        if self.problem:
            return self.env._("Item %(number)s: %(problem)s", number=self.number, problem=self.problem)
        if not self.verdict:
            return self.env._("Item %s has not been determined: press Check.", self.number)
        if self.verdict != "originating":
            return self.env._(
                "Item %(number)s, %(product)s: %(summary)s",
                number=self.number,
                product=self.product_id.display_name,
                summary=self.summary,
            )
        return self._box_11_problem()

    def _box_11_problem(self):
        """What box 11 still hangs on, or None."""
        if self.appendix == "perhaps" and not self.in_appendix:
            return self.env._(
                "Item %(number)s: the Appendix of %(party)s names %(lines)s, which begin like the good's HS code. "
                "State on the item whether the good is among them (box 11).",
                number=self.number,
                party=self.certificate_id.importing_party_id.display_name,
                lines=self.appendix_lines,
            )
        asked = {fact for fact, *_of in self.country_needs or ()}
        if "in_importer_appendix" in asked and not self.origin_country_code:
            return self.env._(
                "Item %(number)s: whether the Appendix of %(party)s names %(product)s decides box 11, and no list that "
                "is complete for its code is loaded. State on the item whether the good is among them.",
                number=self.number,
                party=self.certificate_id.importing_party_id.display_name,
                product=self.product_id.display_name,
            )
        if "added_value" in asked and not self.origin_country_code:
            return self.env._(
                "Item %(number)s: the Appendix of %(party)s names the good, so box 11 hangs on what per cent of its "
                "value its producer added (Art. 2.6.3): enter that on the supplier's declaration.",
                number=self.number,
                party=self.certificate_id.importing_party_id.display_name,
            )
        if not all(self._box_11()) and not self.origin_country_code:
            return self.env._(
                "Item %s: no single Party contributed most. Choose the Party and the mark for box 11 on the item.",
                self.number,
            )
        return None
