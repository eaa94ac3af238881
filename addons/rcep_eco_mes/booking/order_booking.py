"""An order is booked as its reports say, by the steps that a person takes in Odoo.

While they do not say all of it yet, what they say stands on the order as quantities to be produced and consumed, and
nothing moves. Once they do, its scrap is scrapped and the order is closed. Whatever Odoo then holds is compared with
what the reports say: where it differs nothing is booked, so that evidence and stock are never two things.
"""

from collections import defaultdict
from decimal import Decimal

from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco_mrp.bills import stock_moves
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from ..matching import sums
from ..reports.problem import ReportError
from .shelves import Shelves

OVER = ("done", "cancel")
CLOSE = {"skip_consumption": True, "skip_backorder": True, "skip_redirection": True}  # a report is no question


class OrderBooking:
    """One order and what its reports say.

    :param order: locked by the caller
    :param lines: of all reports that count
    """

    def __init__(self, order, lines):
        self.order, self.env = order, order.env
        self.finest = sums.finest(self.env)
        quantities = sums.by_use(lines)
        self.materials = sums.materials(quantities)
        self.made, self.beside, self.scrap = (quantities[use] for use in ("produced", "by_product", "scrap"))

    def run(self, whole):
        """Set what is said on the order; where it is all, close it.

        :param whole: whether the reports say all that the order is to make and consume
        :return: whether stock has moved as the reports say
        :raises ReportError: where that cannot be done; the caller takes back what was done of it
        """
        try:
            return self._run(whole)
        except LockError:  # somebody works on the same stock: in a moment
            raise
        except UserError as error:
            raise ReportError("booking_odoo", order=self.order.name, reason=str(error)) from error

    def _run(self, whole):
        order = self.order
        if order.state == "done":
            self._check_same("booking_done")
            return True
        if order.state == "draft":
            raise ReportError("booking_draft", order=order.name)
        if any(product == order.product_id for product, _lot in self.scrap):
            raise ReportError("booking_scrapped_good", order=order.name, product=order.product_id.display_name)
        taken = self._set_materials()
        self._set_goods()
        if not whole:
            return False
        if order.consumption == "strict" and order._get_consumption_issues():
            raise ReportError("booking_strict", order=order.name)
        self._scrap(taken)
        self._set_finished_lots()
        order.with_context(**CLOSE).button_mark_done()
        if order.state != "done":
            raise ReportError("booking_open", order=order.name)
        self._check_same("booking_differs")
        return True

    # --- what was consumed -------------------------------------------------------------------------------
    def _set_materials(self):
        """Take each material from its lots and places.

        :return: {product: [(move, :class:`shelves.Taken`)]}
        """
        moves = self.order.move_raw_ids.filtered(lambda move: move.state not in OVER)
        moves.move_line_ids.unlink()  # what was reserved, or said before
        products = self.env["product.product"].union(*(product for product, _lot in self.materials))
        shelves = Shelves(self.order, products)
        wanted = defaultdict(list)
        for (product, lot), (quantity, _scrapped) in self.materials.items():
            counted = sums.as_counted(quantity, self.finest)
            wanted[product] += shelves.take(product, lot, counted) if counted else ()
        taken = {}
        for product, parts in wanted.items():
            own = moves.filtered(lambda move, product=product: move.product_id == product)
            if parts and not own:
                own = self._add_material(product)
                moves |= own
            taken[product] = list(_shared(own, parts))
        self._write_lines(taken)
        moves.write({"manual_consumption": True, "picked": True})  # it is what was reported, whatever the bill says
        return taken

    def _add_material(self, product):
        """A component that the order did not know of, as a person adds one: nothing of it was planned."""
        values = self.order._get_move_raw_values(product, 0.0, product.uom_id)
        move = self.env["stock.move"].create(values)
        move._action_confirm(merge=False)
        return move

    def _write_lines(self, taken):
        self.env["stock.move.line"].create(
            [
                {
                    **self._line(move, part.quantity, part.lot, part.place),
                    "package_id": part.package.id,
                    "owner_id": part.owner.id,
                    "picked": True,
                }
                for parts in taken.values()
                for move, part in parts
            ]
        )

    @staticmethod
    def _line(move, quantity, lot, place):
        return {
            "move_id": move.id,
            "product_id": move.product_id.id,
            "product_uom_id": move.product_id.uom_id.id,
            "quantity": float(quantity),
            "lot_id": lot.id,
            "location_id": place.id,
            "location_dest_id": move.location_dest_id.id,
            "company_id": move.company_id.id,
        }

    def _scrap(self, taken):
        """What was scrapped of the materials goes where scrap goes, in place of into the order."""
        for (product, lot), quantity in self.scrap.items():
            left = sums.as_counted(quantity, self.finest)
            for move, part in reversed(taken[product]):
                if part.lot != lot or not left:
                    continue
                scrapped = min(left, part.quantity)
                left -= scrapped
                self._lower(move, part, scrapped)
                self.env["stock.scrap"].create(
                    {
                        "product_id": product.id,
                        "product_uom_id": product.uom_id.id,
                        "scrap_qty": float(scrapped),
                        "lot_id": lot.id,
                        "package_id": part.package.id,
                        "owner_id": part.owner.id,
                        "location_id": part.place.id,
                        "production_id": self.order.id,
                        "company_id": self.order.company_id.id,
                    }
                ).do_scrap()
        self.order.invalidate_recordset(["move_raw_ids"])  # scrap is none of them

    @staticmethod
    def _lower(move, part, quantity):
        line = move.move_line_ids.filtered(
            lambda each: (each.lot_id, each.location_id, each.package_id, each.owner_id) == part[1:]
        )[:1]
        if quantity == part.quantity:
            line.unlink()
        else:
            line.quantity = float(part.quantity - quantity)
        move.picked = True

    # --- what was made -----------------------------------------------------------------------------------
    def _set_goods(self):
        order = self.order
        made = sums.as_counted(sum(self.made.values(), Decimal(0)), self.finest)
        lots = self.env["stock.lot"].union(*(lot for (_product, lot), quantity in self.made.items() if quantity))
        if order.product_tracking == "lot" and len(lots) > 1:
            raise ReportError("booking_lots", order=order.name, lots=", ".join(lots.sorted("name").mapped("name")))
        order.lot_producing_ids = [Command.set(lots.ids)]
        order.qty_producing = order.product_id.uom_id._compute_quantity(
            float(made), order.product_uom_id, rounding_method="HALF-UP"
        )
        for move in order.move_byproduct_ids.filtered(lambda each: each.state not in OVER):
            self._set_lots(move, self.beside)

    def _set_finished_lots(self):
        goods = self.order.move_finished_ids - self.order.move_byproduct_ids
        for move in goods.filtered(lambda each: each.state not in OVER):
            self._set_lots(move, self.made)

    def _set_lots(self, move, quantities):
        move.move_line_ids.unlink()
        self.env["stock.move.line"].create(
            [
                self._line(move, sums.as_counted(quantity, self.finest), lot, move.location_id)
                for (product, lot), quantity in quantities.items()
                if product == move.product_id
            ]
        )

    # --- the same in both books --------------------------------------------------------------------------
    def _check_same(self, code):
        """Whether the order holds what its reports say.

        :raises ReportError: naming the first product of which it does not
        """
        self.env.flush_all()
        if facts := self.difference(stock_moves.used(self.env, self.order.ids)[self.order.id]):
            raise ReportError(code, **facts)

    def difference(self, used):
        """The first product of which the order, once it is done, holds something else than its reports say.

        :param used: [:class:`stock_moves.Used`] of the order
        :return: {name: text} for a sentence, or None
        """
        said, moved = self._said(), self._moved(used)
        for product_id, lot_id, use in sorted(said.keys() | moved.keys(), key=str):
            key = (product_id, lot_id, use)
            if said[key] != moved[key]:
                return {
                    "order": self.order.name,
                    "product": self.env["product.product"].browse(product_id).display_name,
                    "lot": self.env["stock.lot"].browse(lot_id).name or "",
                    "reported": amounts.text(said[key]),
                    "moved": amounts.text(moved[key]),
                }
        return None

    def _said(self):
        found = defaultdict(Decimal)
        for (product, lot), (quantity, _scrapped) in self.materials.items():
            found[product.id, lot.id, "consumed"] = sums.as_counted(quantity, self.finest)
        for quantities in (self.made, self.beside):
            for (product, lot), quantity in quantities.items():
                found[product.id, lot.id, "made"] = sums.as_counted(quantity, self.finest)
        return found

    def _moved(self, used):
        """What the order's moves hold, as its verdict reads them."""
        found = defaultdict(Decimal)
        for each in used:
            found[each.product_id, each.lot_id or False, "consumed"] = sums.as_counted(each.quantity, self.finest)
        done = self.order.move_finished_ids.filtered(lambda move: move.state == "done").move_line_ids
        for line in done:
            key = line.product_id.id, line.lot_id.id, "made"
            found[key] += sums.as_counted(Decimal(str(line.quantity_product_uom)), self.finest)
        return found


def _shared(moves, parts):
    """Parts shared among the moves of their product: each what it planned, the last what is left."""
    left = list(parts)
    for number, move in enumerate(moves):
        last = number == len(moves) - 1
        room = Decimal(str(round(move.product_qty, 6)))
        while left and (last or room > 0):
            part = left.pop(0)
            share = part.quantity if last else min(room, part.quantity)
            yield move, part.part(share)
            room -= share
            if share < part.quantity:
                left.insert(0, part.part(part.quantity - share))
