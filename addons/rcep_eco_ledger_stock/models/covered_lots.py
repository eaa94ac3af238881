"""Lots that a certificate received covers, by the receipts that it came with; what else was shipped is not its goods.

Art. 3.19 lets goods go on with the proof that came with them. Where stock shows that lots were shipped which came with
another original, they are not drawn from this one. Lots that no receipt binds to an original say nothing.
"""

from odoo import api, fields, models
from odoo.addons.rcep_eco_ledger.models.rcep_received_draw import GIVEN_BACK
from odoo.exceptions import UserError
from odoo.tools import float_compare


class RcepReceivedCertificate(models.Model):
    _inherit = "rcep.received.certificate"
    _check_company_auto = True

    picking_ids = fields.Many2many(
        "stock.picking", string="Receipts", copy=False, check_company=True, groups="stock.group_stock_user",
        domain="[('picking_type_code', '=', 'incoming'), ('company_id', '=', company_id)]",
        help="By which its goods came: their lots are what it covers.",
    )  # fmt: skip
    receipt_count = fields.Integer(compute="_compute_receipts", compute_sudo=True)
    lots_received = fields.Char("Lots", compute="_compute_receipts", compute_sudo=True)

    @api.depends("picking_ids.move_line_ids.lot_id", "picking_ids.state", "line_ids.product_id")
    def _compute_receipts(self):
        for record in self:
            record.receipt_count = len(record.picking_ids)
            record.lots_received = ", ".join(record.line_ids._lots_received().mapped("name")) or False

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_receipts()
        return records

    def write(self, vals):
        before = {record: record.sudo().picking_ids for record in self} if "picking_ids" in vals else {}
        result = super().write(vals)
        for record, receipts in before.items():
            record._check_receipts()
            record._note_receipts(receipts)
        return result

    def _check_receipts(self):
        wrong = self.sudo().picking_ids.filtered(lambda each: each.picking_type_code != "incoming")
        if wrong:
            words = self.env._("%s is no receipt: certificates come with what is received.")
            raise UserError(words % ", ".join(wrong.mapped("name")))

    def _note_receipts(self, before):
        now = self.sudo().picking_ids
        if now != before:
            words = self.env._("Came with receipts: %s")
            self._message_log(body=words % (", ".join(now.mapped("name")) or "–"))

    def action_open_receipts(self):
        """The receipts by which its goods came."""
        self.ensure_one()
        self.check_access("read")
        self.env["stock.picking"].check_access("read")
        return self.picking_ids._get_records_action(name=self.env._("Receipts"))


class RcepReceivedCertificateLine(models.Model):
    _inherit = "rcep.received.certificate.line"

    def _lots_received(self):
        """The lots of these items that were received with their certificates."""
        lots = self.env["stock.lot"].sudo()  # whoever makes certificates may not read stock
        for line in self.sudo():
            done = line.certificate_id.picking_ids.move_line_ids.filtered(lambda each: each.state == "done")
            lots |= done.filtered_domain([("product_id", "=", line.product_id.id)]).lot_id
        return lots

    def _shipped_of(self, orders, unit):
        """What is drawn of this item for the lines of orders, in a unit; what takes another's place counts once."""
        draws = self.draw_ids.filtered(
            lambda each: each.certificate_id.state not in GIVEN_BACK
            and each.certificate_line_id.invoice_line_id.sale_line_ids & orders
        )
        chains = {}
        for own, of in draws.grouped("certificate_id").items():
            shipped = sum(
                each.certificate_line_id.invoice_line_id.product_uom_id._compute_quantity(
                    each.shipped, unit, round=False
                )
                for each in of
            )
            first = own._first_of_chain()
            chains[first] = max(shipped, chains.get(first, 0))
        return sum(chains.values())


class RcepReceivedDraw(models.Model):
    _inherit = "rcep.received.draw"

    def _wrong(self):
        good = self.certificate_line_id
        return super()._wrong() or good._why_other_lots(good._covered_lots())


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    def _goods_problems(self):
        yield from super()._goods_problems()
        goods = self.draw_ids.certificate_line_id
        covered = goods._covered_lots()
        for good in goods:
            yield good._why_other_lots(covered)


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _covered_lots(self):
        """The lots that came with each original of these goods.

        :return: {item of an original: lots}
        """
        # Whoever makes certificates may not read stock.
        items = self.env["rcep.received.certificate.line"].sudo().search(
            [("product_id", "in", self.product_id.ids), ("company_id", "in", self.company_id.ids),
             ("certificate_id.picking_ids", "!=", False)]
        )  # fmt: skip
        return {item: item._lots_received() for item in items}

    def _why_other_lots(self, covered):
        """Why these goods are not those of the originals from which they are drawn, or an empty text.

        Of an order's lots that were shipped, those which came with other originals alone are not drawn from this one,
        whichever of the order's certificates draws.

        :param covered: as :meth:`_covered_lots`
        """
        whole = self.sudo()  # whoever makes certificates may read neither orders nor stock
        orders, unit = whole.invoice_line_id.sale_line_ids, self.product_id.uom_id
        moves = whole._moves_shipped().filtered("lot_id")
        if not moves:
            return ""
        covered = {item: lots for item, lots in covered.items() if item.product_id == self.product_id}
        ordered = sum(each.product_uom_id._compute_quantity(each.product_uom_qty, unit, round=False) for each in orders)
        ordered = max(ordered, sum(whole._moves_shipped().mapped("quantity_product_uom")))
        for item in whole.draw_ids.line_id:
            own, others = (
                moves.lot_id.browse({lot.id for each, lots in covered.items() for lot in lots
                                     if (each.certificate_id == item.certificate_id) is is_own})
                for is_own in (True, False)
            )  # fmt: skip
            elsewhere = moves.filtered(lambda each, alone=others - own: each.lot_id in alone)
            left = ordered - sum(elsewhere.mapped("quantity_product_uom"))
            drawn = item._shipped_of(orders, unit)
            if elsewhere and float_compare(drawn, left, precision_rounding=unit.rounding) > 0:
                words = self.env._(
                    "Item %(item)s: lots %(lots)s were shipped, which came with %(others)s and not with %(original)s: "
                    "draw them from the original that came with them."
                )
                lots = elsewhere.lot_id
                theirs = [each.certificate_id.name for each, known in covered.items() if known & lots]
                facts = {"item": self.number, "lots": ", ".join(lots.mapped("name"))}
                others = ", ".join(dict.fromkeys(theirs))
                return words % {**facts, "others": others, "original": item.certificate_id.name}
        return ""
