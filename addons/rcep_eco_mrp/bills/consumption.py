"""What production orders really consumed, as the heart's :class:`Production` of one unit that they made.

Counted are the moves that are done: components with their lots, substitutes as what they are, scrapped components too
(they were bought), less what came back when units were taken apart; by-products bear the share of the cost that the
order gives them. A lot that an order of ours made stands in the next one as that order made it; without a lot, as the
product's bill has it. Prices are those of the day on which the order was finished.

Of an originating material no more counts than moves show, whatever was reported: it would add value that nobody has
seen in stock.

The work is that of the order's work orders that are done, at the cost that Odoo gives them.
"""

from collections import defaultdict
from functools import lru_cache

from odoo.addons.rcep_eco.cases.case_builder import ONE
from odoo.addons.rcep_eco.cases.production import Production
from odoo.addons.rcep_eco.values import amounts

from . import stock_moves
from .bills import SUBCONTRACT, ZERO, Bills, Work
from .lots import Lots
from .trees import Tree
from .units import rounded


class Consumption:
    """Some production orders of a company that are done, with everything that went into them.

    :param date: the day on which prices and declarations count
    :param ids: ids of orders
    """

    def __init__(self, env, company, date, ids):
        env.flush_all()  # moves are read as they stand in the database
        # Orders and costs are read for whoever may ask for a verdict; what they say stays in the dossier.
        self.env = env(su=True)
        self._read_orders(company, ids)
        consumed = {each.product_id for used in self.used.values() for each in used}
        products = consumed | {order.product_id for order in self.orders.values()}
        # What was chosen is the order's own; it tells what its bill says.
        chosen = self.env["mrp.production"].browse(ids).never_product_template_attribute_value_ids.ids
        self.bills = Bills(self.env, company, date, products, chosen=chosen)
        self.tree = Tree(self.bills)
        self.lots = Lots(self.bills, self._lot_ids())
        self._read_work()
        self.of = lru_cache(maxsize=None)(self._of)
        self.notes = []  # sentences of what was reported and does not count
        self._open = []

    # --- reading -----------------------------------------------------------------------------------------
    def _read_orders(self, company, ids):
        """The orders, those that made the lots in them, and so on downwards: a few queries a level."""
        self.orders, self.used, self.makers, self.doubts = {}, {}, {}, {}
        waiting = set(ids)
        while waiting:
            found = stock_moves.orders(self.env, waiting)
            used = stock_moves.used(self.env, found)
            found, used, doubts = self.env["mrp.production"]._rcep_reported(found, used)
            self.doubts.update(doubts)
            self.orders.update(found)
            self.used.update((order_id, used.get(order_id, [])) for order_id in found)
            self.makers.update(stock_moves.makers(self.env, company, self._lot_ids() - self.makers.keys()))
            waiting = {order_id for made in self.makers.values() for order_id in made} - self.orders.keys()

    def _lot_ids(self):
        return {each.lot_id for used in self.used.values() for each in used if each.lot_id}

    def _read_work(self):
        self._work_done = stock_moves.work_done(self.env, self.orders)

    # --- one order ---------------------------------------------------------------------------------------
    def planned(self, product):
        """What the product's bill says: :class:`Production`, or None where it has none."""
        return self.tree.of(product) if product.id in self.bills.bill_of else None

    def _of(self, order_id):
        """One unit of what an order made."""
        order = self.orders[order_id]
        if order.kind == SUBCONTRACT and order.product_id in self.bills.returning:
            refused = self.bills.made_outside(order.product_id) or self._made_by_another(order)
            return Production((), problems=(refused,))
        left = order.made - order.unbuilt
        if left <= 0:
            return Production((), problems=(self._nothing_left(order),))
        share, problem = self.bills.share_left(order.given, order.name)
        problems = [*self.doubts.get(order_id, ()), *([problem] if problem else ())]
        self._open.append(order_id)
        materials = tuple(self._materials(order, left, share, problems))
        self._open.pop()
        work = self._work(order, share, problems)
        sentences = tuple(dict.fromkeys(problems))
        return self.tree.put_together(order.product_id, materials, work, sentences, self._unmeasured(order))

    def _made_by_another(self, order):
        return self.env._(
            "Order %(order)s was made by %(subcontractor)s in another Party: the declaration of "
            "%(subcontractor)s decides.",
            order=order.name,
            subcontractor=self.bills.returning[order.product_id].name,
        )

    def _nothing_left(self, order):
        if order.made <= 0:
            return self.env._("Order %s finished nothing: there is nothing to determine.", order.name)
        return self.env._("All that order %s made was taken apart again: there is nothing to determine.", order.name)

    def _work(self, order, share, problems):
        if order.kind == SUBCONTRACT and self.bills.is_made(order.product_id):
            problems += filter(None, (self.bills.bought(order.product_id).problem,))  # with its fee
            return self.bills.work(order.product_id)
        return Work.of(self._work_done.get(order.id, ()), share / order.made)

    def _materials(self, order, left, share, problems):
        """What went into each unit that is left; lots of which the same is known stand together."""
        together = defaultdict(lambda: ZERO)
        for used in self.used[order.id]:
            if used.product_id in self.bills.products:  # a service is no material
                counts = self._share_shown(order, used, problems)
                for source, quantity in self._sources(used):
                    together[used.product_id, source] += quantity * counts
        for (product_id, (kind, source)), quantity in together.items():
            made = bought = None
            if not quantity:
                continue
            if kind == "order":
                made = self._made(source, problems)
                if made is None:
                    continue
            elif kind == "lot":
                bought = source
                problems += filter(None, (bought.problem,))
            elif product_id in self.tree.stuck:
                problems.append(self.bills.circle(product_id)[0])
                continue
            else:
                problems += self.tree.problems(product_id)
            yield from self.tree.materials(product_id, rounded(quantity / left), share, bought, made)

    def _share_shown(self, order, used, problems):
        """The share of what was used that counts: of what no stock move shows, nothing that would add value."""
        if not used.beyond or self.bills.is_kit(used.product_id):
            return ONE
        product = self.bills.products[used.product_id]
        unit = self.bills.units.name(product.unit_id)
        facts = {
            "order": order.name, "material": product.name, "more": f"{amounts.text(used.beyond)} {unit}".strip(),
        }  # fmt: skip
        (kind, source), _quantity = self._sources(used)[0]
        if kind == "order" or (kind == "product" and self.bills.is_made(used.product_id)):
            words = self.env._(
                "Order %(order)s: the reports say %(more)s of %(material)s more than the order's stock moves. It is "
                "made here, so what more of it adds is not known: correct the order's quantity, or have the report "
                "corrected."
            )
            problems.append(words % facts)
            return ONE
        bought = source if kind == "lot" else self.tree.bought(used.product_id)
        if not bought.originating:
            return ONE  # more of it counts against the good
        words = self.env._(
            "Order %(order)s: the reports say %(more)s of %(material)s more than the order's stock moves. It "
            "originates, and adds no value that no move shows: it is left out."
        )
        self.notes.append(words % facts)
        return (used.quantity - used.beyond) / used.quantity

    def _unmeasured(self, order):
        """What the order's bill holds in a quantity that Odoo keeps as 0, as far as the order did not consume it."""
        bill = self.bills.bill_of.get(order.product_id)
        if bill is None or bill.id != order.bill_id:
            return {}
        consumed = {used.product_id for used in self.used[order.id]}
        asked = self.tree.unmeasured(order.product_id)
        return {part: material for part, material in asked.items() if part not in consumed}

    def _sources(self, used):
        """Where a material that was used is from: [((kind, what is known of it), quantity)]."""
        makers = {
            order_id: units for order_id, units in self.makers.get(used.lot_id, {}).items() if self._made_here(order_id)
        }
        if makers:  # a lot that several orders made is of each in proportion
            whole = sum(makers.values())
            return [(("order", order_id), used.quantity * units / whole) for order_id, units in makers.items()]
        if used.lot_id and not self.bills.is_made(used.product_id):
            bought = self.lots.bought(self.bills.products[used.product_id], used.lot_id)
            if used.product_id in self.bills.returning:
                bought = self.tree.returned(used.product_id, bought)
            return [(("lot", bought), used.quantity)]
        return [(("product", None), used.quantity)]

    def _made_here(self, order_id):
        """What a subcontractor in another country made is bought: its own evidence decides."""
        order = self.orders.get(order_id)
        return bool(order) and (order.kind != SUBCONTRACT or self.bills.is_made(order.product_id))

    def _made(self, order_id, problems):
        """One unit of what another order made."""
        if order_id in self._open:
            problems.append(
                self.env._(
                    "What order %s made went into itself: correct the lots that it consumed.",
                    self.orders[order_id].name,
                )
            )
            return None
        made = self.of(order_id)
        problems += made.problems
        return made
