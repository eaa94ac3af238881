"""Production orders whose MES reports what they consumed: the reports count in place of the moves.

Reports are believed as far as they agree with the order that is done: each of its components is spoken of, and each
by-product that bears a share of its cost; what was made is what the order made, of no component less than its moves say
was consumed, and nothing waits or is unmatched. Else what the order consumed is not known. What is reported beyond the
moves counts where it is against the good.
"""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.addons.rcep_eco import groups
from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco_mrp.bills.stock_moves import Used

from .. import states
from ..booking import OrderBooking
from ..matching import sums
from ..reports.problem import ReportError


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    rcep_report_ids = fields.One2many(
        "rcep.production.report", "production_id", "Production reports", groups=groups.ENGINEER
    )
    rcep_report_count = fields.Integer("MES reports", compute="_compute_rcep_report_count", groups=groups.ENGINEER)

    def _compute_rcep_report_count(self):
        counted = self.env["rcep.production.report"]._read_group(
            [("production_id", "in", self.ids)], ["production_id"], ["__count"]
        )
        numbers = {order.id: number for order, number in counted}
        for order in self:
            order.rcep_report_count = numbers.get(order.id, 0)

    def action_rcep_reports(self):
        """Show what was reported of this order."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mes.action_production_report")
        return {**action, "domain": [("production_id", "in", self.ids)], "context": {}}

    # --- what an order consumed --------------------------------------------------------------------------
    def _rcep_reported(self, orders, used):
        orders, used, problems = super()._rcep_reported(orders, used)
        reports = self.env["rcep.production.report"].search(
            [("production_id", "in", list(orders)), ("state", "in", ("applied", *states.OPEN))]
        )
        reports |= self._rcep_just_come(orders)
        used, problems = dict(used), defaultdict(list, problems)
        by_name = {own.name: own.id for own in orders.values()}
        for order_id, own_reports in reports.grouped(
            lambda report: report.production_id.id or by_name[report.order_name]
        ).items():
            own, production = orders[order_id], self.browse(order_id)
            applied = own_reports.filtered(lambda report: report.state == "applied")
            problems[production.id] += production._rcep_open_reports(own_reports - applied)
            if not applied:
                continue
            by_use = sums.by_use(applied.line_ids)
            back = production._rcep_came_back() if own.unbuilt else {}
            moved = _before_unbuild(production, used.get(production.id, ()), back)
            problems[production.id] += production._rcep_gaps(own, moved, by_use)
            problems[production.id] += production._rcep_booked_otherwise(moved, applied)
            problems[production.id] += production._rcep_back_untold(moved, by_use, back)
            problems[production.id] += production._rcep_by_products_untold(by_use)
            used[production.id] = _as_used(production, by_use, back, moved)
        return orders, used, problems

    def _rcep_just_come(self, orders):
        """Reports that no job has looked at yet, by the number of the order that they name."""
        found = self.env["rcep.production.report"].search(
            [
                ("order_name", "in", [own.name for own in orders.values()]),
                ("state", "=", "received"),
                ("production_id", "=", False),
            ]
        )
        companies = {order.name: order.company_id for order in self.browse(orders)}
        return found.filtered(lambda report: report.company_id == companies[report.order_name])

    def _rcep_open_reports(self, waiting):
        return [
            self.env._(
                "Production report %(report)s of order %(order)s came in and is not applied yet: that is done within a "
                "minute. Then look again.",
                report=report.report_id,
                order=self.name,
            )
            if report.state == "received"
            else self.env._(
                "Production report %(report)s of order %(order)s is not applied: what it says is not known. Mend what "
                "it names and press Replay.",
                report=report.report_id,
                order=self.name,
            )
            for report in waiting
        ]

    def _rcep_gaps(self, own, moved, by_use):
        """Sentences of what the reports leave open, beside the order as it was done."""
        made = sum(by_use["produced"].values())
        if made != own.made:
            words = self.env._(
                "Order %(order)s finished %(made)s, the production reports say %(reported)s: a report is missing, or "
                "one has to be corrected."
            )
            yield words % {"order": self.name, "made": amounts.text(own.made), "reported": amounts.text(made)}
        reported, expected = sums.by_product(by_use), defaultdict(Decimal)
        for each in moved:
            expected[each.product_id] += each.quantity
        finest = sums.finest(self.env)
        components = self._rcep_components() | self.env["product.product"].browse(expected)
        yield from self._rcep_untold(components, reported)
        for product in components:
            if product.id not in reported:
                continue
            # A step that used nothing says so too: less than the moves, were it none, may be a report that is missing.
            if sums.as_counted(reported[product.id], finest) < sums.as_counted(expected[product.id], finest):
                words = self.env._(
                    "Order %(order)s: the production reports say %(reported)s of %(material)s, the order %(moved)s: a "
                    "report is missing, or the order's quantity has to be corrected."
                )
                yield words % {
                    "order": self.name,
                    "reported": amounts.text(reported[product.id]),
                    "material": product.display_name,
                    "moved": amounts.text(expected[product.id]),
                }

    def _rcep_components(self):
        return self.move_raw_ids.filtered(lambda move: move.state != "cancel").product_id

    def _rcep_untold(self, components, reported):
        """Sentences of the components that no report speaks of, be it that they were scrapped alone."""
        for product in components:
            if product.id not in reported:
                words = self.env._(
                    "No production report says what order %(order)s consumed of %(material)s: report it, with quantity "
                    "0 where none was used."
                )
                yield words % {"order": self.name, "material": product.display_name}

    def _rcep_by_products_untold(self, by_use):
        """Sentences of the by-products that bear a share of the cost, and of which the reports say less than the order.

        With their share as without it a good may look better than it is, by the one formula or by the other.
        """
        seen, finest = defaultdict(Decimal), sums.finest(self.env)
        for (product, _lot), quantity in by_use["by_product"].items():
            seen[product] += quantity
        shares = self.move_byproduct_ids.filtered(lambda move: move.state == "done" and move.cost_share)
        for product, moves in shares.grouped("product_id").items():
            made = sum((Decimal(str(line.quantity_product_uom)) for line in moves.move_line_ids), Decimal(0))
            if sums.as_counted(seen[product], finest) < sums.as_counted(made, finest):
                words = self.env._(
                    "Order %(order)s: the production reports say %(reported)s of by-product %(product)s, the order "
                    "%(made)s, and it bears a share of the cost: have it reported, or correct the order."
                )
                yield words % {
                    "order": self.name,
                    "reported": amounts.text(seen[product]),
                    "product": product.display_name,
                    "made": amounts.text(made),
                }

    # --- booking -----------------------------------------------------------------------------------------
    def _rcep_book(self):
        """Book what the reports of this order say together, as far as it is said; all of it or nothing.

        :raises ReportError: where it cannot be booked
        """
        self.ensure_one()
        self.lock_for_update()
        reports = self.rcep_report_ids
        applied = reports.filtered(lambda report: report.state == "applied")
        books = applied.filtered("books")
        if books and books != applied:
            raise ReportError("booking_mixed", order=self.name, report=(applied - books)[0].report_id)
        if self.state == "cancel":
            return
        waits = self._rcep_booking_waits(reports)
        fresh = books.filtered(lambda report: not report.booked_at)
        if OrderBooking(self, books.line_ids).run(not waits) and fresh:
            fresh._write_moved(booked_at=fields.Datetime.now())
            words = self.env._("Its quantities are those of production reports %s.")
            self.message_post(body=words % ", ".join(fresh.mapped("report_id")))

    def _rcep_booked_otherwise(self, moved, applied):
        """The sentence of what was booked otherwise than reports say, such as by a person who closed the order."""
        books = applied.filtered("books")
        facts = OrderBooking(self, books.line_ids).difference(moved) if books else None
        return [self._rcep_differs(facts)] if facts else []

    def _rcep_differs(self, facts):
        words = self.env._(
            "Order %(order)s: its reports say %(reported)s of %(product)s %(lot)s, its stock %(moved)s: correct the "
            "order's quantity, or have the report corrected."
        )
        return words % facts

    # --- what came back when units were taken apart ------------------------------------------------------
    def _rcep_came_back(self):
        """{(product id, lot id): quantity}, as moves say it: no report speaks of it."""
        theirs = [("origin_returned_move_id.raw_material_production_id", "=", self.id)]
        back = [*theirs, ("unbuild_id", "!=", False), ("state", "=", "done")]
        found = defaultdict(Decimal)
        for line in self.env["stock.move"].search(back).move_line_ids:
            found[line.product_id.id, line.lot_id.id or None] += Decimal(str(line.quantity_product_uom))
        return found

    def _rcep_back_untold(self, moved, by_use, back):
        """Sentences of what came back, and no report says that it went in."""
        said = {(product.id, lot.id or None): quantity for (product, lot), (quantity, _scrapped)
                in sums.materials(by_use).items()}  # fmt: skip
        finest, went_in = sums.finest(self.env), {(each.product_id, each.lot_id): each.quantity for each in moved}
        for key, quantity in back.items():
            reported = sums.as_counted(said.get(key, Decimal(0)), finest)
            if reported < sums.as_counted(quantity, finest):
                product, lot = self.env["product.product"].browse(key[0]), self.env["stock.lot"].browse(key[1] or ())
                names = {"order": self.name, "product": product.display_name, "lot": lot.name or ""}
                numbers = {"reported": amounts.text(reported), "moved": amounts.text(went_in[key])}
                yield self._rcep_differs({**names, **numbers})

    def _rcep_booking_waits(self, reports):
        """Why this order is not closed yet: sentences, none where its reports say all of it.

        Less of a component than was planned may be a report that is missing: then a person closes the order. Where more
        is made than was ordered as much more of each component is planned, else each unit would hold the less of it.

        :param reports: of this order
        """
        self.ensure_one()
        finest = sums.finest(self.env)
        by_use = sums.by_use(reports.filtered(lambda report: report.state == "applied" and report.books).line_ids)
        made, wanted = sum(by_use["produced"].values(), Decimal(0)), Decimal(str(self.product_uom_qty))
        sentences = self._rcep_open_reports(reports.filtered(lambda report: report.state in states.OPEN))
        if sums.as_counted(made, finest) < sums.as_counted(wanted, finest):
            words = self.env._("Order %(order)s makes %(wanted)s, its reports say %(made)s so far.")
            facts = {"order": self.name, "wanted": amounts.text(wanted), "made": amounts.text(made)}
            sentences.append(words % facts)
        planned, reported = defaultdict(Decimal), sums.by_product(by_use)
        for move in self.move_raw_ids.filtered(lambda move: move.state not in ("done", "cancel")):
            planned[move.product_id] += Decimal(str(move.product_qty))
        for product, whole in planned.items():
            quantity = sums.as_counted(whole * max(made, wanted) / wanted, finest)
            if sums.as_counted(reported[product.id], finest) < quantity:
                words = self.env._(
                    "Order %(order)s is to consume %(planned)s of %(material)s, its reports say %(reported)s so far. "
                    "Where no more is to come, close the order by hand: its quantities are those of the reports."
                )
                sentences.append(words % {
                    "order": self.name, "planned": amounts.text(quantity), "material": product.display_name,
                    "reported": amounts.text(reported[product.id]),
                })  # fmt: skip
        return sentences


def _before_unbuild(production, moved, back):
    """What moves say that an order consumed, before some of what it made was taken apart."""
    found = {(each.product_id, each.lot_id): each for each in moved}
    for key, quantity in back.items():
        each = found.get(key) or Used(production.id, *key, Decimal(0), Decimal(0))
        found[key] = each._replace(quantity=each.quantity + quantity)
    return list(found.values())


def _as_used(production, by_use, back, moved):
    """The reports' materials as the moves would have them, less what came back; how much of each no move shows.

    A good of the order that was scrapped is no material; one that went into it again is.
    """
    found, beyond = [], _beyond(by_use, moved, sums.finest(production.env))
    own = {key: (quantity, Decimal(0)) for key, quantity in by_use["consumed"].items()}
    for (product, lot), whole in sums.materials(by_use).items():
        is_own = product == production.product_id
        quantity, scrapped = own.get((product, lot), (Decimal(0), Decimal(0))) if is_own else whole
        left = quantity - back.get((product.id, lot.id or None), Decimal(0))
        if left > 0:
            more = min(beyond(product, lot, quantity), left)
            found.append(Used(production.id, product.id, lot.id or None, left, min(scrapped, left), more))
    return found


def _beyond(by_use, moved, finest):
    """How much of a product's lot is reported beyond what moves show: never more than of the product as a whole."""
    shown, shown_whole = defaultdict(Decimal), defaultdict(Decimal)
    for each in moved:
        shown[each.product_id, each.lot_id] += each.quantity
        shown_whole[each.product_id] += each.quantity
    whole = sums.by_product(by_use)

    def beyond(product, lot, quantity):
        total = whole[product.id] - shown_whole[product.id]
        if sums.as_counted(whole[product.id], finest) <= sums.as_counted(shown_whole[product.id], finest):
            return Decimal(0)  # a report may be finer
        return max(min(total, quantity - shown[product.id, lot.id or None]), Decimal(0))

    return beyond
