"""The duty ledger: what certificates of exported goods saved, what they may still save, and what was lost.

A row is made of an invoice, its certificates and its credit notes, and made anew when one of them changes. Amounts are
in the company's currency at the invoice's own rate. What is certain and what is to be checked are never one sum, and
of a rate that is not known there is no amount.
"""

import datetime
from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError

from ..rates.rate_lookup import MFN
from . import compared

SAVED, OPEN, LOST, NOTHING, UNKNOWN = "saved", "open", "lost", "nothing", "unknown"
KINDS = [
    (SAVED, "Saved by a certificate"),
    (OPEN, "May still be saved"),
    (LOST, "Lost"),
    (NOTHING, "Nothing to save"),
    (UNKNOWN, "Not known"),
]
DAYS = 400  # that the daily run looks back: a certificate may be issued within a year of shipment (Art. 3.17)
BATCH = 100
SOURCE = "en_US"  # the language of the sources
WORDS = ("mfn_rate", "agreement_rate", "missing", "basis")  # what is said in words


class RcepDutyLedger(models.Model):
    _name = "rcep.duty.ledger"
    _description = "Duty saved and lost"
    _order = "date desc, id desc"
    _rec_name = "product_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_id = fields.Many2one("account.move", "Invoice", required=True, readonly=True, index=True, ondelete="cascade")
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, ondelete="cascade", index="btree_not_null")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    party_id = fields.Many2one("rcep.party", "Importing Party", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True, ondelete="cascade")
    date = fields.Date(readonly=True)
    kind = fields.Selection(KINDS, readonly=True, required=True)
    customs_value = fields.Monetary(readonly=True)
    mfn_rate = fields.Char("MFN", readonly=True, translate=True)
    agreement_rate = fields.Char("Under RCEP", readonly=True, translate=True)
    amount = fields.Monetary("Duty", readonly=True, help="In the company's currency at the invoice's rate; certain.")
    amount_to_check = fields.Monetary(
        "Duty, to be checked", readonly=True, help="Of rates about which there is a doubt."
    )
    specimen_id = fields.Many2one("rcep.certificate", readonly=True, ondelete="set null")
    amount_specimen = fields.Monetary(
        "SPECIMEN: as if saved",
        readonly=True,
        help="What specimens of the sandbox would save if they were certificates, also by rates that are to be "
        "checked. Nothing of it was saved.",
    )
    missing = fields.Char("What was missing", readonly=True, translate=True)
    basis = fields.Char("Counted on", readonly=True, translate=True)

    # --- made anew ---------------------------------------------------------------------------------------
    @api.model
    def _refresh(self, invoices):
        """Make the rows of these invoices anew, their words in each installed language; what is no posted export has
        none.
        """
        self.search([("move_id", "in", invoices.ids)]).unlink()
        exported = invoices.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted" and move._rcep_party()
        )
        rows = self.with_context(lang=None).create(self.with_context(lang=None)._rows_of(exported))
        for code, _name in self.env["res.lang"].get_installed():
            if code == SOURCE:
                continue
            spoken = self.with_context(lang=code)
            for row, values in zip(rows.with_env(spoken.env), spoken._rows_of(exported), strict=True):
                row.write({name: values[name] for name in WORDS if values.get(name)})
        return rows

    def _rows_of(self, exported):
        """The values of the rows of invoices, in words of the language of this environment."""
        rows, goods = [], defaultdict(list)
        exported = exported.with_env(self.env)
        for move in exported:
            try:
                lines = move._rcep_goods()
                goods[move.invoice_date] += zip(lines, move._rcep_duty_goods(), strict=True)
            except UserError as error:  # no rate of its currency on that day: said in the row
                rows += [self._unknown(line, str(error)) for line in move._rcep_goods()]
        for date, pairs in goods.items():
            rows += self._rows(pairs, date)
        return rows

    def _rows(self, pairs, date):
        """The rows of goods of one day.

        :param pairs: [(invoice line, :class:`.duty_goods.Good`)]
        """
        agreement = self.env.ref("rcep_eco_agreements.agreement_rcep")
        codes = self._codes(pairs, date)
        keys = [
            (good.party, which, codes[line], good.company.country_id)
            for line, good in pairs
            for which in (MFN, agreement)
        ]
        rates = self.env["rcep.rate"]._rates(keys, date)
        products = self.env["product.product"].union(*(good.product for _line, good in pairs))
        found = self.env["rcep.origin"].search([("product_id", "in", products.ids)])
        verdicts = {(verdict.product_id, verdict.company_id): verdict for verdict in found}
        credited = {move: move._rcep_credited_quantities() for move in {line.move_id for line, _good in pairs}}
        specimens = self._specimens([line for line, _good in pairs])
        for line, good in pairs:
            left = line.quantity - credited[line.move_id].get(line, 0.0)
            ways = [rates[good.party, which, codes[line], good.company.country_id] for which in (MFN, agreement)]
            for certificate, quantity in self._parts(line, left):
                whole = amounts.exact(line.quantity)
                part = amounts.exact(quantity) / whole
                row = self._row(line, good, ways, part)
                row |= self._standing(good, ways, part, certificate, verdicts.get((good.product, good.company)))
                if not certificate:
                    row |= self._as_if_saved(good, ways, specimens.get(line), quantity, whole)
                yield row

    def _codes(self, pairs, date):
        """{invoice line: the code of its good at the importer}."""
        codes = {}
        by_party = defaultdict(list)
        for line, good in pairs:
            by_party[good.party].append((line, good.product))
        for party, own in by_party.items():
            products = self.env["product.product"].union(*(product for _line, product in own))
            national = self.env["rcep.national.code"]._of(products, party, date)
            for line, product in own:
                codes[line] = national[product].code if product in national else product._rcep_hs6() or ""
        return codes

    def _parts(self, line, left):
        """(certificate or an empty record, quantity) of what is left of a line after credit notes."""
        certified = self.env["rcep.certificate.line"].search(
            [
                ("invoice_line_id", "=", line.id),
                ("left_off", "=", False),
                ("certificate_id.state", "=", "issued"),
                ("certificate_id.environment", "=", "production"),
            ]
        )
        for each in certified:
            quantity = min(each.quantity, left)
            left -= quantity
            if quantity > 0:
                yield each.certificate_id, quantity
        if left > 0:
            yield self.env["rcep.certificate"], left

    def _specimens(self, lines):
        """{invoice line: lines of issued specimens that name it}, with one query for all."""
        found = self.env["rcep.certificate.line"].search(
            [
                ("invoice_line_id", "in", [line.id for line in lines]),
                ("left_off", "=", False),
                ("certificate_id.state", "=", "issued"),
                ("certificate_id.environment", "!=", "production"),
            ]
        )
        return found.grouped("invoice_line_id")

    @staticmethod
    def _as_if_saved(good, ways, lines, quantity, whole):
        """What specimens would save of a quantity that no certificate covers."""
        mfn, preferential = ways
        without, with_it = compared.duty_of(good, mfn), compared.duty_of(good, preferential)
        if not lines or without is None or with_it is None or with_it >= without:
            return {}
        part = amounts.exact(min(quantity, sum(lines.mapped("quantity")))) / whole
        return {"specimen_id": lines[:1].certificate_id.id, "amount_specimen": float((without - with_it) * part)}

    def _row(self, line, good, ways, part):
        move = line.move_id
        mfn, preferential = ways
        return {
            "company_id": move.company_id.id,
            "move_id": move.id,
            "partner_id": move.commercial_partner_id.id,
            "party_id": good.party.id,
            "product_id": good.product.id,
            "date": move.invoice_date,
            "customs_value": float(good.value * part) if good.value is not None else 0.0,
            "mfn_rate": mfn.text,
            "agreement_rate": preferential.text,
            "basis": good.basis,
        }

    def _standing(self, good, ways, part, certificate, verdict):
        """What became of the duty of a part of a line."""
        mfn, preferential = ways
        without, with_it = compared.duty_of(good, mfn), compared.duty_of(good, preferential)
        own = {"certificate_id": certificate.id}
        if without is None or with_it is None:
            return own | {"kind": UNKNOWN, "missing": " / ".join(dict.fromkeys((mfn.text, preferential.text)))}
        if with_it >= without:
            return own | {"kind": NOTHING}
        certain = mfn.is_certain and preferential.is_certain
        name = "amount" if certain else "amount_to_check"
        values = own | {name: float((without - with_it) * part)}
        if not certain:
            values["missing"] = " ".join(dict.fromkeys((*mfn.warnings, *preferential.warnings)))
        if certificate:
            return values | {"kind": SAVED}
        if verdict and verdict.stale:
            return own | {"kind": UNKNOWN, "missing": self.env._("Its origin is being recomputed")}
        if verdict and verdict.verdict == "originating":
            return values | {"kind": OPEN}
        return values | {"kind": LOST, "missing": self._why_lost(verdict)}

    def _why_lost(self, verdict):
        said = verdict and (verdict.needed or verdict.problem_shown)
        if said:
            return said
        if verdict and verdict.verdict:
            return self.env._("It does not originate by its rule")
        return self.env._("Nothing was determined of the good")

    def _unknown(self, line, why):
        move = line.move_id
        return {
            "company_id": move.company_id.id,
            "move_id": move.id,
            "partner_id": move.commercial_partner_id.id,
            "party_id": move._rcep_party().id,
            "product_id": line.product_id.id,
            "date": move.invoice_date,
            "kind": UNKNOWN,
            "missing": why,
        }

    @api.model
    def _cron_refresh(self):
        """Each day: the invoices of the last months, with today's rates and verdicts."""
        since = amounts.today() - datetime.timedelta(days=DAYS)
        moves = self.env["account.move"].search(
            [("move_type", "=", "out_invoice"), ("state", "=", "posted"), ("invoice_date", ">=", since)]
        )
        abroad = set(self.env["rcep.party"]._importers())
        moves = moves.filtered(
            lambda move: move._rcep_country().id in abroad and move._rcep_country() != move.company_id.country_id
        )
        self.env["ir.cron"]._commit_progress(remaining=len(moves))
        for start in range(0, len(moves), BATCH):
            batch = moves[start : start + BATCH]
            self._refresh(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break
