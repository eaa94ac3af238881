"""What was agreed with the customer, frozen with the application: the papers beside the certificate are made of it."""

import json
from decimal import Decimal

from odoo import fields, models

from ... import link
from ...tools import languages
from ...values import amounts, box_8
from .application import money, trader

Sale = link.sale_terms.Sale
DIGITS = Decimal("0.01")  # of a kilogram


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    sale = fields.Text(
        "Approved prices and terms", readonly=True, copy=False, help="JSON, as they were when the signer approved."
    )

    def _sale(self):
        """Prices, terms and the rest of the invoices as they were approved; for a draft, what they would be today.

        :return: :class:`link.sale_terms.Sale`
        """
        self.ensure_one()
        return Sale.from_json(json.loads(self.sale)) if self.sale else self._sale_preview()

    def _approved(self, signer, day):
        return {**super()._approved(signer, day), "sale": self.sudo()._sale_text()}  # a signer may not read invoices

    def _sale_text(self):
        declared = self._sale_preview().to_json()
        return json.dumps(declared, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def _sale_preview(self):
        goods = self._goods()
        invoices = self.invoice_ids & goods.invoice_id
        return Sale(
            bills=tuple(self._bill(invoice) for invoice in invoices),
            goods=tuple(line._sold() for line in goods),
            others=tuple(other for invoice in invoices for other in self._others(invoice)),
            credit_notes=tuple(_credit_note(invoice, note) for invoice in invoices
                               for note in invoice._rcep_credit_notes()),
            letters_of_credit=tuple(self._letters_of_credit()),
        )  # fmt: skip

    def _letters_of_credit(self):
        """Hook: what banks want to read on the papers (:class:`link.sale_terms.LetterOfCredit`)."""
        self.ensure_one()
        return []

    def _bill(self, invoice):
        shown = self._box_13(invoice)[0]
        bank = invoice.partner_bank_id
        return link.sale_terms.Bill(
            number=invoice.name,
            date=invoice.invoice_date,
            currency=invoice.currency_id.name,
            buyer=trader(invoice.partner_id),
            incoterm=self.incoterm or "",
            place=invoice.incoterm_location or "",
            payment_terms=languages.english(invoice.invoice_payment_term_id).name or "",
            bank=", ".join(filter(None, (bank.bank_id.name, bank.acc_number))),
            amount=money(invoice._rcep_amount(), invoice.currency_id),
            tax=money(invoice.amount_tax, invoice.currency_id),
            customs_number=shown if shown != invoice.name else "",
        )

    def _others(self, invoice):
        """What of an invoice is no good of the certificate: each line of it, and the rest of those that are in part."""
        lines = {line.invoice_line_id: line for line in self.line_ids}
        goods = self._goods()
        for sold in invoice.invoice_line_ids.filtered(lambda line: line.display_type == "product"):
            line = lines.get(sold)
            if line and line in goods:
                rest = sold.quantity - line.quantity
                amount = money(sold.price_subtotal, sold.currency_id) - line._charged()
                if rest > 0 or amount:
                    yield _other(sold, link.sale_terms.REST, line.description, amount, rest)
            elif line:
                yield line._left_off_other()
            else:
                yield _other(sold, sold._rcep_paper_kind(), sold._rcep_paper_words(), None, sold.quantity)


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _charged(self):
        """What the customer pays for this quantity: nothing for free goods, whatever they are worth to customs."""
        sold = self.invoice_line_id
        return money(self._gross_value() if sold.price_subtotal else 0, sold.currency_id)

    def _net_weight(self):
        net = amounts.exact(self.invoice_line_id._rcep_packed(self.quantity)["gross_weight"])
        return net.quantize(DIGITS) if net > 0 else None

    def _sold(self):
        sold = self.invoice_line_id
        return link.sale_terms.Sold(
            number=self.number,
            bill=self.invoice_id.name,
            unit_price=sold._rcep_unit_price(),
            discount=amounts.exact(sold.discount),
            amount=self._charged(),
            customs_value=None if sold.price_subtotal else money(self.customs_value, self.currency_id),
            net_weight=self._net_weight(),
        )

    def _left_off_other(self):
        """A good that travels along without a certificate, with its packages and weights."""
        sold = self.invoice_line_id
        whole = _other(sold, link.sale_terms.LEFT_OFF, self.description, None, sold.quantity).to_json()
        if not sold.quantity or self.quantity != sold.quantity:
            return link.sale_terms.Other.from_json(whole)  # how the rest is packed is not known here
        packed = {
            "marks": self.marks,
            "packages": link.application.Packages(
                count=self.packages_count, kind=box_8.name(self.packages_kind), text=self.packages_text or ""
            ).to_json(),
            "gross_weight": amounts.text(amounts.exact(self.gross_weight)) if self.gross_weight else None,
            "net_weight": None if (net := self._net_weight()) is None else f"{net:f}",
        }
        return link.sale_terms.Other.from_json({**whole, **packed})


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_unit_price(self):
        """The price of one unit before discount, without a tax that is in the price."""
        self.ensure_one()
        price, part = amounts.exact(self.price_unit), 1 - amounts.exact(self.discount) / 100
        whole = money(price * part * amounts.exact(self.quantity), self.currency_id)
        subtotal = money(self.price_subtotal, self.currency_id)
        if whole == subtotal or not self.quantity or not part:
            return price
        return (subtotal / part / amounts.exact(self.quantity)).quantize(amounts.PLACES)

    def _rcep_paper_kind(self):
        """What this line is on the papers."""
        self.ensure_one()
        if self._rcep_is_advance():
            return link.sale_terms.ADVANCE
        if self._rcep_is_good() or self.quantity < 0:
            return link.sale_terms.REST
        if self._rcep_is_discount():
            return "discount"
        return self.product_id.rcep_charge or "other"

    def _rcep_paper_words(self):
        """How the line is called in English: the product's name there, else the label itself."""
        label = (self.name or "").strip().partition("\n")[0]
        return languages.english(self.product_id).name or label or "-"


def _other(sold, kind, description, amount, quantity):
    currency = sold.currency_id
    return link.sale_terms.Other(
        bill=sold.move_id.name,
        kind=kind,
        description=description,
        quantity=amounts.exact(quantity),
        unit=sold._rcep_unit() if sold.product_uom_id else "",
        amount=money(sold.price_subtotal, currency) if amount is None else amount,
    )


def _credit_note(invoice, note):
    return link.sale_terms.CreditNote(
        bill=invoice.name, number=note.name, date=note.invoice_date or note.date,
        currency=note.currency_id.name, amount=money(note.amount_untaxed, note.currency_id),
    )  # fmt: skip
