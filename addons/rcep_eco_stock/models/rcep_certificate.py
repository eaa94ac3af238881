"""The shipment of a certificate as its deliveries have it: taken over, corrected by hand, differences shown."""

from typing import NamedTuple

from odoo import api, fields, models
from odoo.addons.rcep_eco.states import certificate_states
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_round

WEIGHT_DIGITS = 2


class Packed(NamedTuple):
    """What left of one good; ``quantity`` in the unit of its invoice line, ``gross_weight`` in kilograms."""

    quantity: float
    packages_count: int
    packages_kind: str
    gross_weight: float


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    picking_ids = fields.Many2many(
        "stock.picking", string="Deliveries", copy=False, groups="stock.group_stock_user", help=(
            "The deliveries by which these goods leave: vessel, departure, packages and lots come from "
            "them."
        )
    )
    deliveries = fields.Char(compute="_compute_deliveries", compute_sudo=True)
    lots_shipped = fields.Char("Lots", compute="_compute_deliveries", compute_sudo=True)
    shipment_differences = fields.Text(
        "Otherwise on the deliveries", compute="_compute_shipment_differences", compute_sudo=True
    )

    @api.depends("picking_ids")
    def _compute_deliveries(self):
        for certificate in self:
            certificate.deliveries = ", ".join(certificate.picking_ids.mapped("name")) or False
            lots = certificate.picking_ids.move_line_ids.lot_id
            certificate.lots_shipped = ", ".join(lots.mapped("name")) or False

    @api.depends(
        "picking_ids.state", "departure_date", "vessel", "line_ids.quantity", "line_ids.packages_count",
        "line_ids.packages_kind", "line_ids.gross_weight", "line_ids.marks", "line_ids.left_off", "state",
    )  # fmt: skip
    @api.depends_context("lang")
    def _compute_shipment_differences(self):
        for certificate in self:
            result = certificate._shipment_differences() if certificate.state in certificate_states.EDITABLE else []
            certificate.shipment_differences = "\n".join(result) or False

    def _shipped_head(self):
        """What the deliveries say of box 4, without what they do not tell: {field: value}."""
        done = [moment for moment in self.picking_ids.mapped("date_done") if moment]
        carriers = [carrier for picking in self.picking_ids if (carrier := picking._rcep_carrier())]
        values = {
            "departure_date": amounts.issuing_day(max(done)) if done else None,
            "vessel": ", ".join(dict.fromkeys(carriers)),
        }
        return {name: value for name, value in values.items() if value}

    def _shipped_lines(self):
        """What the deliveries say of each good: {line: {field: value}}; goods that are on none are not there."""
        marks = ", ".join(dict.fromkeys(filter(None, self.picking_ids.mapped("rcep_marks"))))
        values = {}
        for line in self._goods():
            packed = line._packed_on(self.picking_ids)
            if packed:
                values[line] = {**packed._asdict(), **({"marks": marks} if marks else {})}
        return values

    def _shipment_differences(self):
        sentences = []
        for name, value in self._shipped_head().items():
            if self[name] != value:
                sentences.append(self._shipment_difference(self, name, value))
        for line, values in self._shipped_lines().items():
            for name, value in values.items():
                if not line._is_same(name, value):
                    sentences.append(f"{line.number}. {self._shipment_difference(line, name, value)}")
        return sentences

    def _shipment_difference(self, record, name, value):
        field = record._fields[name]
        words = dict(field._description_selection(self.env)) if field.type == "selection" else {}
        return self.env._(
            "%(field)s: %(there)s on the deliveries, %(here)s here.",
            field=field._description_string(self.env),
            there=words.get(value, value),
            here=words.get(record[name], record[name]) or "–",
        )

    def action_take_shipment(self):
        """Take over what the deliveries say; how it was before stands in the chatter."""
        self.check_access("write")
        for certificate in self:
            if certificate.state not in certificate_states.EDITABLE:
                raise UserError(certificate._not_from_here())
            whole = certificate.sudo()  # whoever makes certificates may not read deliveries
            result = whole._shipment_differences()
            whole.write(whole._shipped_head())
            for line, values in whole._shipped_lines().items():
                # A quantity brings its own packages: what the delivery says of them is written after it.
                if not line._is_same("quantity", values["quantity"]):
                    line.write({"quantity": values["quantity"]})
                line.write({name: value for name, value in values.items() if name != "quantity"})
            certificate._determine_lines()
            if result:
                certificate.message_post(body="\n".join(result))
        return True

    def _packing_list(self):
        whole = self.sudo()  # as above
        lines = whole._shipped_lines()
        if not lines:
            return super()._packing_list()
        parcels = whole.picking_ids.move_line_ids.filtered(lambda each: each.state == "done")._rcep_parcels()
        weight = sum(amounts.exact(values["gross_weight"]) for values in lines.values())
        return len(parcels) or None, weight


class RcepCertificateLine(models.Model):
    _inherit = "rcep.certificate.line"

    def _is_same(self, name, value):
        digits = {"quantity": 6, "gross_weight": WEIGHT_DIGITS}.get(name)
        return not float_compare(self[name], value, digits) if digits else self[name] == value

    def _moves_shipped(self):
        """What left of this good, on whatever delivery of its order."""
        return self.invoice_line_id.sale_line_ids.move_ids.move_line_ids.filtered(
            lambda each: each.state == "done" and each.product_id == self.product_id
        )

    def _rcep_made_here(self):
        """By the lots that were shipped; where not all are known, by whether the product was ever made here."""
        made = [
            ("state", "=", "done"),
            ("product_id", "=", self.product_id.id),
            ("company_id", "=", self.company_id.id),
            ("location_id.usage", "=", "production"),
        ]
        moves = self.env["stock.move.line"].sudo()  # whoever makes certificates may not read moves
        shipped = self.sudo()._moves_shipped()  # as above
        if shipped and all(shipped.mapped(lambda each: bool(each.lot_id))):
            lots = moves.search([*made, ("lot_id", "in", shipped.lot_id.ids)]).lot_id
            words = self.env._("Made or taken apart here: lot %s.")
            return words % ", ".join(lots.mapped("name")) if lots else super()._rcep_made_here()
        last = moves.search(made, order="date desc", limit=1)
        if last:
            words = self.env._(
                "%(product)s was made or taken apart here, last on %(day)s, and no lots tell which units were shipped: "
                "deliver by lots."
            )
            return words % {"product": self.product_id.display_name, "day": last.date.date().isoformat()}
        return super()._rcep_made_here()

    def _packed_on(self, pickings):
        """How much of this good left with deliveries, and in what (:class:`Packed`), or None."""
        sold, product = self.invoice_line_id, self.product_id
        left = sold.sale_line_ids.move_ids.move_line_ids.filtered(
            lambda each: each.state == "done" and each.picking_id in pickings and each.product_id == product
        )
        units = sum(left.mapped("quantity_product_uom"))
        if not left or units <= 0 or not product.uom_id._has_common_reference(sold.product_uom_id):
            return None
        quantity = product.uom_id._compute_quantity(units, sold.product_uom_id, round=False)
        quantity = min(quantity, sold._rcep_certifiable(self.certificate_id))
        if quantity <= 0:
            return None
        parcels = left._rcep_parcels()
        usual = sold._rcep_packed(quantity)
        kinds = [kind for kind in parcels.package_type_id.mapped("rcep_package_kind") if kind]
        weight = sum(each._rcep_gross_weight() for each in left)
        return Packed(
            quantity=quantity,
            packages_count=len(parcels) or usual["packages_count"],
            packages_kind=kinds[0] if kinds else self.packages_kind,
            gross_weight=float_round(product.product_tmpl_id._rcep_kilograms(weight), WEIGHT_DIGITS),
        )


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _rcep_parcels(self):
        """The packages in which these goods travel, the outermost ones, each once."""
        inner = self.result_package_id
        return inner.outermost_package_id | inner.filtered(lambda package: not package.outermost_package_id)

    def _rcep_gross_weight(self):
        """The weight of these goods with their share of their package, in the database's unit of weight."""
        self.ensure_one()
        own = self.quantity_product_uom * self.product_id.weight
        package = self.result_package_id
        if not package:
            return own
        together = self.picking_id.move_line_ids.filtered(lambda each: each.result_package_id == package)
        net = sum(each.quantity_product_uom * each.product_id.weight for each in together)
        share = own / net if net else 1.0 / len(together)
        whole = package.shipping_weight or net + package.package_type_id.base_weight
        return whole * share
