"""The papers for the customer beside a certificate: commercial invoice, packing list, origin summary.

Each is made of the application and the prices that were approved with it, in the customer's language: what stands on
the form stands on them in the same words.
"""

from collections import Counter
from decimal import Decimal

from odoo import models
from odoo.tools.misc import file_path

from ... import link
from ...states import certificate_states
from ...texts.document_labels import CHARGES, CRITERIA, WORDS
from ...tools import languages, machine_fonts
from ...values import box_8

Column, Row = link.document_sheets.Column, link.document_sheets.Row
# With the letters of all languages that are written in Latin ones; Odoo brings them along.
FONTS = ("web/static/fonts/sign/NotoSans-Reg.ttf", "web/static/fonts/google/Open_Sans/Open_Sans-Bold.ttf")
DRAFT = "DRAFT — NOT ISSUED"
UNKNOWN = "–"
WEIGHT_DIGITS = 2
PLURALS = dict(box_8.PACKAGES.values())
# What is made: (how it is called in a file's name, the method that says what stands on it).
PAPERS = {
    "invoice": ("commercial-invoice", "_invoice_papers"),
    "packing": ("packing-list", "_packing_papers"),
    "origin": ("origin-summary", "_origin_papers"),
}


def fonts():
    """The fonts of all that is drawn here, with those of this machine for scripts that are not Latin."""
    return link.fonts.Fonts(*map(file_path, FONTS), others=machine_fonts.drawn())


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _paper_pdf(self, kind):
        """One of the papers in the customer's language, as bytes.

        :param kind: a key of :data:`PAPERS`
        """
        self.ensure_one()
        self._check_printable()
        # Whoever prints may not read invoices; the language is the customer's, whoever prints.
        whole = self.sudo().with_context(lang=languages.active(self.env, self.partner_id.lang))
        papers = getattr(whole, PAPERS[kind][1])()
        return link.document_sheets.draw(
            tuple(papers), whole._paper_beside(), fonts()
        )

    def _paper_name(self, kind):
        """The name of a paper's file."""
        return f"{self.document_name.removesuffix('.pdf')}-{PAPERS[kind][0]}.pdf"

    def _paper_beside(self):
        """How the certificate is checked, here and at its issuing body, and what keeps a paper from passing."""
        url = self._qr_url()
        checks = []
        if self.state in certificate_states.PUBLIC:
            number = self.certificate_no or ""
            checks.append(self._words("certificate_is", number=number))
            if url:
                checks.append(self._words("scan", url=url))
            elsewhere = "at_body" if self.issuer_check_url else "ask_body"
            checks.append(self._words(elsewhere, url=self.issuer_check_url or "", number=number))
        else:
            checks.append(self._words("none_yet"))
        checks.append(self._words("counts"))
        banner = DRAFT if self.state == "draft" else self._banner()
        sheet = self._words("sheet")
        return link.document_sheets.Beside(banner=banner, url=self._qr_text(), checks=tuple(checks), sheet=sheet)

    def _words(self, key, **facts):
        words = self.env._(WORDS[key])
        return words % facts if facts else words

    # --- what is on them ---------------------------------------------------------------------------------
    def _invoice_papers(self):
        """A commercial invoice for each invoice of the certificate."""
        sale, rows = self._sale(), self._paper_goods()
        for bill in sale.bills:
            yield self._paper(
                "invoice",
                bill.number,
                facts=self._invoice_facts(sale, bill),
                columns=self._columns(
                    ("number", 8), ("marks", 24), ("goods", 54), ("hs", 14), ("origin", 22), ("quantity", 22, True),
                    ("unit_price", 21, True), ("amount", 25, True),
                ),
                rows=[*self._invoice_rows(sale, bill, rows)],
                notes=self._invoice_notes(sale, bill),
            )  # fmt: skip

    def _invoice_facts(self, sale, bill):
        term = " ".join(filter(None, (bill.incoterm, bill.place)))
        facts = [("invoice_date", bill.date.isoformat()), ("buyer", link.form.firm(bill.buyer))]
        facts += [("customs_invoice", bill.customs_number), ("price_term", term), ("currency", bill.currency)]
        facts += [("payment_terms", bill.payment_terms), ("bank", bill.bank)]
        credits = [" ".join(filter(None, (each.number, each.bank))) for each in sale.letters_of_credit]
        return [*facts, ("letter_of_credit", "; ".join(credits))]

    def _invoice_rows(self, sale, bill, goods):
        covered = Decimal(0)
        for sold in sale.goods:
            if sold.bill != bill.number:
                continue
            box = goods[sold.number]
            price = (_price(sold), f"-{sold.discount:f} %" if sold.discount else "")
            if sold.customs_value is not None:
                price = (self._words("free"), self._words("for_customs", value=f"{sold.customs_value:,f}"))
            yield Row(((box.number,), (box.marks,), self._described(box), (box.hs6,), (box.origin, box.criterion),
                       box.quantity[:1], price, (f"{sold.amount:,f}",)))  # fmt: skip
            covered += sold.amount
        others = [other for other in sale.others if other.bill == bill.number]
        yield self._total(8, "covered", f"{covered:,f}")
        listed = [other for other in others if other.kind != link.sale_terms.ADVANCE]
        if listed:
            yield self._over(8, "not_covered")
        for other in listed:
            yield self._other_row(other)
        total = sale.total(bill.number)
        if total != bill.amount:
            yield self._total(8, "other_amounts", f"{bill.amount - total:,f}")
        yield self._total(8, "total", f"{bill.currency} {bill.amount:,f}")
        advances = sum((other.amount for other in others if other.kind == link.sale_terms.ADVANCE), Decimal(0))
        for key, amount in (("tax", bill.tax), ("advance", advances)):
            if amount:
                yield self._total(8, key, f"{amount:,f}")
        if bill.tax or advances:
            yield self._total(8, "due", f"{bill.currency} {bill.amount + bill.tax + advances:,f}")

    def _other_row(self, other):
        quantity = f"{other.quantity:f} {other.unit}" if other.quantity and other.unit else ""
        what = other.description, self.env._(CHARGES[other.kind])
        return Row((("",), (other.marks,), what, ("",), ("",), (quantity,), ("",), (f"{other.amount:,f}",)))

    def _invoice_notes(self, sale, bill):
        notes = [self._remarks_note()]
        for credit in sale.letters_of_credit:
            head = ", ".join(filter(None, (credit.number, credit.bank, str(credit.issued_on or ""))))
            notes.append((f"{self._words('letter_of_credit')} {head}", credit.wording))
        credited = tuple(
            self._words("credit_note", number=note.number, day=note.date, amount=f"{note.amount:,f} {note.currency}")
            for note in sale.credit_notes
            if note.bill == bill.number
        )
        return [*notes, (self._words("credited"), credited)]

    def _packing_papers(self):
        """One packing list of the shipment: the goods of the certificate, and what travels along without one."""
        application, sale, goods = self._application(), self._sale(), self._paper_goods()
        net = {sold.number: sold.net_weight for sold in sale.goods}
        packed = [
            _Packed(item.packages, item.gross_weight, net.get(item.number)) for item in application.items
        ]  # fmt: skip
        rows = []
        for item, each in zip(application.items, packed, strict=True):
            box = goods[item.number]
            rows.append(Row(((box.number,), (box.marks,), self._described(box), *each.cells(box.quantity[0]))))
        along = [other for other in sale.others if other.kind == link.sale_terms.LEFT_OFF]
        rows.append(self._packed_total("covered", packed))
        if along:
            rows.append(self._over(7, "travels_along"))
            for other in along:
                each = _Packed(other.packages, other.gross_weight, other.net_weight)
                quantity = f"{other.quantity:f} {other.unit}"
                rows.append(Row((("",), (other.marks,), (other.description,), *each.cells(quantity))))
                packed.append(each)
            rows.append(self._packed_total("total", packed))
        yield self._paper(
            "packing",
            self._box_13_numbers(),
            facts=[],
            columns=self._columns(
                ("number", 8), ("marks", 32), ("goods", 62), ("packages", 26, True), ("quantity", 24, True),
                ("net", 19, True), ("gross", 19, True),
            ),
            rows=rows,
            notes=[self._remarks_note()],
        )  # fmt: skip

    def _packed_total(self, key, packed):
        counts = Counter()
        for each in packed:
            if each.packages:
                counts[each.packages.kind] += each.packages.count
        whole = all(each.packages for each in packed)
        packed_in = tuple(_packages(count, kind) for kind, count in counts.items()) if whole else (UNKNOWN,)
        weights = [_weight_sum(each.net for each in packed), _weight_sum(each.gross for each in packed)]
        cells = ("",), ("",), (self._words(key),), packed_in, ("",), *((weight,) for weight in weights)
        return Row(cells, strong=True)

    def _origin_papers(self):
        """What the certificate says of origin, good by good, in words that a buyer understands."""
        result, goods = self._boxes(), self._paper_goods()
        found = {item.criterion for item in self._application().items}
        found |= {modifier for item in self._application().items for modifier in item.modifiers}
        yield self._paper(
            "origin",
            self.certificate_no or self.name,
            facts=[
                ("importing_party", result.importing_party),
                ("issued_on", f"{self._issued_on() or ''}"),
                ("valid_until", f"{self.valid_until or ''}"),
                ("producer", result.producer),
                ("ticked", ", ".join(words for is_ticked, words in result.ticks if is_ticked)),
            ],
            columns=self._columns(
                ("number", 8), ("goods", 63), ("hs", 15), ("criterion", 20), ("origin", 28), ("quantity", 24, True),
                ("box_13", 32),
            ),
            rows=[
                Row(((box.number,), self._described(box), (box.hs6,), (box.criterion,), (box.origin,),
                     box.quantity[:1], box.invoice))
                for box in goods.values()
            ],
            notes=[
                self._remarks_note(),
                (self._words("meaning"), tuple(f"{code}: {self.env._(words)}" for code, words in CRITERIA.items()
                                               if code in found)),
            ],
        )  # fmt: skip

    def _box_13_numbers(self):
        """The invoices that customs see: a third party's where box 13 names one."""
        return ", ".join(dict.fromkeys(invoice.number for invoice in self.sudo()._application().invoices))

    # --- what all of them have ---------------------------------------------------------------------------
    def _paper_goods(self):
        """Boxes 6 to 13 of each good as the form has them, by item number."""
        numbers = (item.number for item in self._application().items)
        return dict(zip(numbers, self._boxes().goods, strict=True))

    def _paper(self, kind, number, *, facts, columns, rows, notes):
        application, result = self._application(), self._boxes()
        exporter = application.exporter
        chinese = exporter.name if exporter.name != exporter.name_en else ""
        shared = [
            ("certificate", self.certificate_no or UNKNOWN),
            ("consignee", result.consignee),
            ("transport", ", ".join(filter(None, (result.vessel, application.transport.port_of_loading)))),
            ("departure", result.departure),
            ("port", result.port),
        ]
        return link.document_sheets.Paper(
            title=self._words(kind),
            number=number,
            sender=tuple(filter(None, (exporter.name_en, chinese, exporter.address,
                                       link.form.country_name(exporter.country)))),
            facts=tuple((self._words(key), value) for key, value in [*facts, *shared]),
            columns=columns,
            rows=tuple(rows),
            notes=tuple((label, lines) for label, lines in notes if lines),
        )  # fmt: skip

    def _described(self, box):
        """Box 8 as it stands on the form; for who reads Chinese, the Chinese name below it."""
        if not (self.env.lang or "").startswith("zh"):
            return (box.description,)
        named = {f"{item.number}": item.description_zh for item in self._application().items}
        return box.description, named.get(box.number, "")

    def _columns(self, *columns):
        return tuple(Column(self._words(f"column_{key}"), *more) for key, *more in columns)

    def _over(self, columns, key):
        """A line over the whole width."""
        return Row(((self._words(key),), *[("",)] * (columns - 1)), head=True)

    def _total(self, columns, key, amount):
        cells = [("",), ("",), (self._words(key),), *[("",)] * (columns - 4), (amount,)]
        return Row(tuple(cells), strong=True)

    def _remarks_note(self):
        remarks = self._boxes().remarks
        return self._words("remarks"), (remarks,) if remarks else ()


class _Packed:
    """How a good is packed, and what it weighs; what is not known is said to be so."""

    def __init__(self, packages, gross, net):
        self.packages, self.gross, self.net = packages, gross, net

    def cells(self, quantity):
        packed_in = _packages(self.packages.count, self.packages.kind) if self.packages else UNKNOWN
        return (packed_in,), (quantity,), (_weight(self.net),), (_weight(self.gross),)


def _price(sold):
    """A unit price with the decimals of its currency, or more where it has more."""
    places = max(-each.as_tuple().exponent for each in (sold.unit_price, sold.amount))
    return f"{sold.unit_price:,.{max(places, 0)}f}"


def _packages(count, kind):
    return f"{count} {PLURALS.get(kind, kind) if count > 1 else kind}" if count else kind


def _weight(kilograms):
    return UNKNOWN if kilograms is None else f"{kilograms:,.{max(-kilograms.as_tuple().exponent, WEIGHT_DIGITS)}f}"


def _weight_sum(weights):
    """The sum, unless one of them is not known: a sum without it would be wrong."""
    known = list(weights)
    return UNKNOWN if None in known else _weight(sum(known, Decimal(0)))
