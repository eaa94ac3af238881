"""The canonical application that a certificate makes of itself: boxes 1 to 17, and nothing of any wire.

It is made once, when the signer approves, and kept: message, print, public page and proof are made of it, so that
nothing that is renamed afterwards changes what was approved.
"""

import dataclasses
import json
from decimal import Decimal

from odoo import fields, models
from stdnum.cn import uscc

from ... import groups, link
from ...tools import languages
from ...values import amounts, box_8

TARIFF_DIGITS = (8, 10)

Application = link.application.Application


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _get_verification_url(self):
        """Hook: the public page of this certificate, for its QR code; an empty text where there is none."""
        self.ensure_one()
        return ""

    def _originals(self):
        """Hook: the originals (:class:`link.application.BackToBack`) that a back-to-back certificate rests on."""
        return ()

    application = fields.Text(
        "Approved application", readonly=True, copy=False, help="Canonical JSON, as the signer approved it."
    )

    def _application(self):
        """The canonical application as it was approved; for a draft, what it would be today.

        :return: :class:`link.application.Application`
        """
        self.ensure_one()
        return Application.from_json(json.loads(self.application)) if self.application else self._preview()

    def _approved(self, signer, day):
        """What is kept of an approval: the values of the certificate's fields."""
        # Whoever signs a certificate may not read invoices.
        declared = self.sudo()._with_changes(self.sudo()._preview(signer, day)).to_json()
        text = json.dumps(declared, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return {"signer_id": signer.id, "declaration_date": day, "application": text}

    def _preview(self, signer=None, day=None):
        """The application as it would be of the records as they stand.

        :param signer: ``res.users`` of box 15; the user, where nobody has approved it
        :param day: the date of box 15; today in China, where nobody has approved it
        """
        self.ensure_one()
        result, goods = link.application, self._goods()
        signer = signer or self.signer_id or self.env.user
        day = day or self.declaration_date or amounts.today()
        originals = self._originals()
        may_sign = self.signer_id or signer.has_group(groups.SIGNER)  # nobody else's name stands in box 15
        return Application(
            client_ref=self.client_ref,
            kind=self.kind,
            old=self._old_certificate(),
            third_party=result.ThirdParty(name=self.third_party_name, country=self.third_party_country_id.code or "")
            if self.third_party_name and self.invoice_issuer != "exporter"
            else None,
            back_to_back=originals[0] if originals else None,
            further_originals=tuple(originals[1:]),
            retroactive=bool(self.departure_date and self.departure_date < day),
            importing_party=self.importing_party_id.code,
            exporter=self.company_id._rcep_trader(),
            consignee=trader(self.partner_id),
            producer=self._producer(),
            transport=result.Transport(
                departure_date=self.departure_date or None,
                means=self.means or "",
                vessel=self.vessel or "",
                port_of_loading=self.port_loading or "",
                port_of_discharge=self.port_discharge or "",
                port_of_destination=self.port_discharge or "",
            ),
            invoices=tuple(self._invoice(invoice) for invoice in self.invoice_ids & goods.invoice_id),
            items=tuple(line._item() for line in goods),
            declaration=result.Declaration(
                place=self.company_id.rcep_place or "",
                date=day,
                signatory=(signer.rcep_name_en or signer.name) if may_sign else "",
            ),
            contract_number=self._contract_number(),
            letter_of_credit=next((credit.number for credit in self._letters_of_credit() if credit.number), ""),
            remarks=self.remarks or "",
            verify_url=self._get_verification_url(),
        )

    def _old_certificate(self):
        old = self.old_certificate_id
        if not old:
            return None
        return link.application.OldCertificate(
            number=old.certificate_no or "", reason=self.old_reason or "", issued_on=old._issued_on()
        )

    def _with_changes(self, data):
        """The application with what it changes beside the reason: the issuing body reads both."""
        if not data.old or not data.old.reason:
            return data
        changes = link.changes.text(link.changes.changes(self.old_certificate_id._application(), data))
        reason = " ".join(filter(None, (data.old.reason, changes)))
        return dataclasses.replace(data, old=dataclasses.replace(data.old, reason=reason))

    def _contract_number(self):
        """The customer's own number of the order, where the invoices name one and the same."""
        numbers = {invoice.ref for invoice in self.invoice_ids & self._goods().invoice_id if invoice.ref}
        return numbers.pop() if len(numbers) == 1 else ""

    def _producer(self):
        named = self._goods().producer_id[:1]
        firm = None
        if self.producer_statement == "named":
            ours = not named or named == self.company_id.partner_id
            firm = self.company_id._rcep_trader() if ours else trader(named)
        return link.application.Producer(statement=self.producer_statement, trader=firm)

    def _box_13(self, invoice):
        """(number, date) of the invoice that customs see: a third party's, where that is known."""
        if self.invoice_issuer == "third_party" and self.third_party_invoice:
            return self.third_party_invoice, self.third_party_invoice_date or invoice.invoice_date
        return invoice.name, invoice.invoice_date

    def _invoice(self, invoice):
        number, date = self._box_13(invoice)
        return link.application.Invoice(
            number=number,
            date=date,
            currency=invoice.currency_id.name,
            incoterm=self.incoterm or "",
            amount=money(invoice._rcep_amount(), invoice.currency_id),
        )


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _tariff_code(self):
        """The exporter's own code in full, where it goes on from the six digits of box 9; empty where it does not."""
        digits = "".join(filter(str.isdecimal, link.plain_text.half_width(self.product_id.sudo().hs_code or "")))
        return digits if len(digits) in TARIFF_DIGITS and digits.startswith(self.hs6 or "-") else ""

    def _maker(self):
        """Who made the good, as its own authorities know the firm; None for the exporter itself."""
        maker, own = self.producer_id, self.company_id.partner_id
        if not maker or maker == own:
            return self.company_id._rcep_trader()
        code = (maker.vat or "").strip()
        return dataclasses.replace(
            trader(maker), name=languages.chinese(maker).name or "", uscc=code if uscc.is_valid(code) else ""
        )

    def _item(self):
        self.ensure_one()
        currency = self.currency_id
        country, mark = self._box_11()
        return link.application.Item(
            number=self.number,
            product_ref=self.product_id._rcep_ref(),
            hs6=self.hs6 or "",
            description=self.description,
            description_zh=self.description_zh or "",
            marks=self.marks,
            packages=link.application.Packages(
                count=self.packages_count, kind=box_8.name(self.packages_kind), text=self.packages_text
            ),
            quantity=amounts.exact(self.quantity),
            unit=self.unit or "",
            gross_weight=amounts.exact(self.gross_weight) if self.gross_weight else None,
            net_weight=self._net_weight(),
            tariff_code=self._tariff_code(),
            unit_zh=languages.chinese(self.invoice_line_id.product_uom_id).name or "",
            fob_declared=money(self.fob_value, currency),
            fob_value=money(self.fob_value, currency) if self.shows_fob else None,
            currency=currency.name,
            invoice_value=money(self.invoice_value, currency),
            criterion=self.criterion,
            modifiers=tuple(self.modifiers.split()) if self.modifiers else (),
            origin_country=country,
            origin_mark=mark,
            rvc=Decimal(self.rvc) if self.shows_fob and self.rvc else None,
            producer=self.producer_id._rcep_name() if self.producer_id else "",
            maker=self._maker(),
            invoice_number=self.certificate_id._box_13(self.invoice_id)[0],
            dossier_sha256=self.dossier_sha256,
        )


def trader(partner):
    """A firm as the form names it, with its address in one line."""
    return link.application.Trader(
        name_en=partner._rcep_name(),
        address=partner._rcep_address_line(),
        country=partner.country_id.code or "",
    )


def money(amount, currency):
    """An amount with exactly the currency's decimals."""
    return amounts.exact(amount).quantize(Decimal(1).scaleb(-currency.decimal_places))
