"""Measures the catalogue pass inside an Odoo process.

``python measure_catalogue.py CONFIGURATION DATABASE SCALE FAILING`` generates a catalogue of four levels (8,000 bills
and 64,000 lines for a scale of 1) in which so many per cent of the goods fail, measures both sides warm in one run,
and prints the figures as one JSON line. The database is a throw-away copy.
"""

import hashlib
import itertools
import json
import resource
import statistics
import sys
import time

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

BILLS_A_LEVEL = 2000
LEVELS = 4
LINES = 8
OWN_PARTS = 4  # lines of a bill that are made by the firm itself, above the lowest level
BOUGHT = 4000
ODOO_PRODUCTS = 50  # of the top level, for Odoo's own cost roll-up
ROUNDS = 3
ABOVE = 400  # products that stand on what changes, for the way to the board
MOST_ABOVE = 420  # products on one component
BATCH = 2000  # rows written at once
PROMISED = ("854231", "853400", "392690", "850490", "741980", "853690", "731815", "720851", "481920", "850300",
            "850440", "853710", "850131")  # the last three are of the heading of some goods, and break their rules
FAMILIES = 10  # what a good is made of is of its own family; so many tenths of the families fail, at each level
DEARER = 200  # times what it costs one level below
GOODS = ("850440", "853710", "850131", "830210", "851650", "940511", "847989", "852990")


class Catalogue:
    """A generated catalogue of one company."""

    def __init__(self, env, scale, failing):
        self.env, self.scale, self.failing = env, scale, failing * FAMILIES // 100
        china, yuan = env.ref("base.cn"), env.ref("base.CNY")
        yuan.active = True
        self.company = env["res.company"].create(
            {"name": "Bench", "currency_id": yuan.id, "country_id": china.id, "rcep_uscc": "91330206MA2AEXAM0T"}
        )
        self.env = env(context={"allowed_company_ids": self.company.ids, "tracking_disable": True})
        houses = self.env["stock.warehouse"]  # Odoo's own overview asks for one
        if not houses.search_count([("company_id", "=", self.company.id)]):
            houses.create({"name": "Bench", "code": "B", "company_id": self.company.id})
        env.flush_all()

    def build(self):
        """Make the records by copying one of each kind; returns how many lines there are."""
        bought = self._products("part", BOUGHT * self.scale, "FALSE", PROMISED, 0)
        self._prices(bought)
        self._declarations(bought[::3])
        self.foreign = self._foreign()
        below = []
        self.levels = []
        for level in range(1, LEVELS + 1):
            sold = "TRUE" if level == LEVELS else "FALSE"
            made = self._products(f"level {level}", BILLS_A_LEVEL * self.scale, sold, GOODS, 900 * 3 ** (level - 1))
            self._bills(made, below, bought)
            self.levels.append(made)
            below = made
        self.bought = bought
        self.env.cr.execute("ANALYZE")
        self.env.cr.commit()
        self.env.invalidate_all()
        self.env.cr.execute("SELECT count(*) FROM mrp_bom_line line JOIN mrp_bom bom ON bom.id = line.bom_id "
                            "WHERE bom.company_id = %s", [self.company.id])
        return self.env.cr.fetchone()[0]

    def _copies(self, record, count, **changes):
        """So many copies of a record, column by column, with expressions of n for some; returns their ids."""
        self.env.flush_all()
        self.env.cr.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                            "AND column_name <> 'id' AND is_generated = 'NEVER'", [record._table])
        columns = [row[0] for row in self.env.cr.fetchall()]
        values = [changes.get(name) or SQL("one.%s", SQL.identifier(name)) for name in columns]
        self.env.cr.execute(SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s one, generate_series(0, %s) n WHERE one.id = %s RETURNING id",
            SQL.identifier(record._table), SQL(", ").join(map(SQL.identifier, columns)), SQL(", ").join(values),
            SQL.identifier(record._table), count - 1, record.id))
        return [row[0] for row in self.env.cr.fetchall()]

    def _products(self, name, count, sold, codes, price):
        one = self.env["product.product"].create(
            {"name": name, "type": "consu", "company_id": self.company.id, "hs_code": codes[0], "weight": 0.2,
             "sale_ok": False, "taxes_id": False, "supplier_taxes_id": False})
        templates = self._copies(
            one.product_tmpl_id, count, name=SQL("jsonb_build_object('en_US', %s || ' ' || n)", name),
            sale_ok=SQL(sold), list_price=SQL("%s + n %% 700", price),
            hs_code=SQL("(%s::text[])[1 + n %% %s]", list(codes), len(codes)))
        return self._copies_of_each(one, templates)

    def _copies_of_each(self, one, templates):
        ids = self._copies(one, len(templates), product_tmpl_id=SQL("(%s::int[])[n + 1]", templates),
                           default_code=SQL("'B' || (%s::int[])[n + 1]", templates))
        self.template_of = {**getattr(self, "template_of", {}), **dict(zip(ids, templates, strict=True))}
        return ids

    def _prices(self, bought):
        partner = self.env["res.partner"].create({"name": "Supplier", "country_id": self.env.ref("base.cn").id})
        one = self.env["product.supplierinfo"].create(
            {"partner_id": partner.id, "product_tmpl_id": self.template_of[bought[0]], "price": 1.0,
             "company_id": self.company.id, "currency_id": self.company.currency_id.id})
        self.partner = partner
        self._copies(one, len(bought), price=SQL("1 + n %% 37"), product_id=SQL("NULL::int"),
                     product_tmpl_id=SQL("(%s::int[])[n + 1]", [self.template_of[each] for each in bought]))

    def _declarations(self, bought):
        one = self.env["rcep.supplier.declaration"].create(
            {"name": "D", "partner_id": self.partner.id, "product_id": bought[0], "company_id": self.company.id,
             "party_id": self.env.ref("rcep_eco.party_cn").id, "criterion": "CTC", "date_from": "2026-01-01",
             "date_to": "2099-12-31"})
        self._copies(one, len(bought), product_id=SQL("(%s::int[])[n + 1]", bought), state=SQL("'verified'"))

    def _foreign(self):
        """For each code and level a part of that code from outside the Parties, by far the most of its good's cost.

        No rule is met with it, whatever stands below.
        """
        made = {}
        for code, level in itertools.product(GOODS, range(LEVELS)):
            part = self.env["product.product"].create(
                {"name": f"foreign {code} {level}", "type": "consu", "company_id": self.company.id,
                 "hs_code": code, "weight": 0.2, "sale_ok": False, "country_of_origin": self.env.ref("base.us").id,
                 "taxes_id": False, "supplier_taxes_id": False})
            self.env["product.supplierinfo"].create(
                {"partner_id": self.partner.id, "product_tmpl_id": part.product_tmpl_id.id,
                 "price": 1e6 * DEARER**level, "company_id": self.company.id,
                 "currency_id": self.company.currency_id.id})
            made[code, level] = part.id
            self.template_of[part.id] = part.product_tmpl_id.id
        return made

    def _part(self, index, number, below, bought, own):
        """The part in a line of a bill: of the good's own family, where the firm makes it itself."""
        if number < own:
            found = (index * 7 + number * 3) % len(below)
            return below[found - found % FAMILIES + index % FAMILIES]
        if number == LINES - 1 and index % FAMILIES < self.failing:
            return self.foreign[GOODS[index % len(GOODS)], len(self.levels)]
        return bought[(index * 11 + number * 131) % len(bought)]

    def _bills(self, made, below, bought):
        cr = self.env.cr
        one = self.env["mrp.bom"].create(
            {"product_tmpl_id": self.template_of[made[0]], "company_id": self.company.id, "product_qty": 1})
        bills = self._copies(one, len(made),
                             product_tmpl_id=SQL("(%s::int[])[n + 1]", [self.template_of[each] for each in made]))
        center = self.env["mrp.workcenter"].create(
            {"name": "Work", "costs_hour": 60, "company_id": self.company.id})
        operation = self.env["mrp.routing.workcenter"].create(
            {"name": "Assembling", "bom_id": one.id, "workcenter_id": center.id, "time_cycle_manual": 2})
        self._copies(operation, len(made), bom_id=SQL("(%s::int[])[n + 1]", bills))
        line = self.env["mrp.bom.line"].create({"bom_id": one.id, "product_id": bought[0], "product_qty": 1})
        own = OWN_PARTS if below else 0
        parts = [self._part(index, each, below, bought, own) for index in range(len(made)) for each in range(LINES)]
        self._copies(line, len(parts), bom_id=SQL("(%s::int[])[1 + n / %s]", bills, LINES),
                     product_id=SQL("(%s::int[])[n + 1]", parts), product_qty=SQL("1 + n %% 3"),
                     product_tmpl_id=SQL("(%s::int[])[n + 1]", [self.template_of[each] for each in parts]))
        operation.unlink()
        line.unlink()
        cr.execute("DELETE FROM mrp_bom WHERE id = %s", [one.id])
        self.env.invalidate_all()


def seconds(work, rounds=ROUNDS):
    """The best of some rounds, after one that is not counted: both sides are warm."""
    work()
    best = float("inf")
    for _round in range(rounds):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def measure(env, scale, failing):
    catalogue = Catalogue(env, scale, failing)
    lines = catalogue.build()
    env = catalogue.env
    verdicts, company = env["rcep.origin"].sudo(), catalogue.company

    def read_lines():
        env.cr.execute("SELECT line.bom_id, line.product_id, line.product_qty, line.product_uom_id "
                       "FROM mrp_bom_line line JOIN mrp_bom bom ON bom.id = line.bom_id WHERE bom.company_id = %s",
                       [company.id])
        return env.cr.fetchall()

    def whole_pass():
        verdicts._determine_catalogue(company)
        env.cr.commit()

    reading = seconds(read_lines, 5)
    passed = seconds(whole_pass, ROUNDS if scale == 1 else 1)
    bills = LEVELS * BILLS_A_LEVEL * scale
    figures = {
        "lines": lines, "bills": bills, "failing_percent": failing,
        "sql_s": reading, "pass_s": passed, "pass_ratio": passed / reading,
        "product_ms": passed / bills * 1000,
        "verdicts": dict(verdicts._read_group([("company_id", "=", company.id)], ["verdict"], ["__count"])),
        # Of the pass alone: what it is compared with holds all dossiers at once.
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    limit = copy_limit(env, company)
    figures |= {"copy_limit_s": limit, "copy_limit_ratio": passed / limit, **parts_of(env, whole_pass)}
    if scale == 1 and not failing:
        figures |= against_odoo(env, catalogue, passed / bills) | one_price(env, catalogue, passed / bills)
        figures |= price_to_board(env, catalogue)
    return figures


def copy_limit(env, company):
    """Seconds of a pass that decides nothing: the same facts read, the same dossiers hashed, the same rows written."""
    from odoo.addons.rcep_eco.values import amounts  # noqa: PLC0415  Odoo finds add-ons once it is configured
    from odoo.addons.rcep_eco_mrp.bills.catalogue import Catalogue as Pass  # noqa: PLC0415  the same

    made = Pass(env, company, amounts.today())
    determined = list(made.determined())
    dossiers = [json.loads(text) for text in made.take_dossiers().values()]
    dossiers += [json.loads(each.dossier) for each in determined if each.dossier]
    verdicts, store = env["rcep.origin"].sudo(), env["rcep.dossier"].sudo()

    def copied():
        read = Pass(env, company, amounts.today()).bills
        ready, _stuck = read.in_order()
        for product_id in ready:
            read.parts(product_id)
        texts = [json.dumps(each, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for each in dossiers]
        store._keep({hashlib.sha256(text.encode()).hexdigest(): text for text in texts})
        for first in range(0, len(determined), BATCH):
            verdicts._keep(company, amounts.today(), determined[first:first + BATCH])
        env.cr.commit()

    return seconds(copied, 2)


def parts_of(env, work):
    """Seconds of a pass by what it does: read (and all that is no other part), decide, seal, write."""
    from odoo.addons.rcep_eco import origin  # noqa: PLC0415  Odoo finds add-ons once it is configured

    spent = dict.fromkeys(("decide", "seal", "write"), 0.0)

    def timed(part, call):
        def run(*args, **options):
            began = time.perf_counter()
            try:
                return call(*args, **options)
            finally:
                spent[part] += time.perf_counter() - began
        return run

    verdicts = env.registry["rcep.origin"]
    before = {name: getattr(origin, name) for name in ("determine", "determine_intermediate", "sealed")}
    keep = verdicts._keep
    try:
        for name in ("determine", "determine_intermediate"):
            setattr(origin, name, timed("decide", before[name]))
        origin.sealed = timed("seal", before["sealed"])
        verdicts._keep = timed("write", keep)
        began = time.perf_counter()
        work()
        whole = time.perf_counter() - began
    finally:
        for name, call in before.items():
            setattr(origin, name, call)
        verdicts._keep = keep
    return {f"{part}_s": value for part, value in {"read": whole - sum(spent.values()), **spent}.items()}


def against_odoo(env, catalogue, ours):
    """A product of the top level against Odoo's own cost roll-up, and the overview of it against Odoo's."""
    tops = env["product.product"].browse(catalogue.levels[-1][:ODOO_PRODUCTS])
    every = env["mrp.bom"].search([("company_id", "=", catalogue.company.id)])
    found = env["mrp.bom"]._bom_find(tops, company_id=catalogue.company.id)

    def cost(product):
        return product._compute_bom_price(found[product], boms_to_recompute=every)

    cost(tops[0])
    theirs = statistics.mean(seconds(lambda product=product: cost(product), 1) for product in tops)
    report, overview = env["report.mrp.report_bom_structure"], env["report.rcep_eco_mrp.report_origin_overview"]
    top = tops[0]
    odoo_view = seconds(lambda: report._get_report_data(found[top].id), 2)
    our_view = seconds(lambda: overview.get_data(top.id, catalogue.company.id), 2)
    return {"odoo_product_ms": theirs * 1000, "times_faster": theirs / ours,
            "odoo_overview_s": odoo_view, "overview_s": our_view, "overview_ratio": odoo_view / our_view}


def one_price(env, catalogue, share):
    """One component's price is changed: who is touched, by how many queries, how long."""
    verdicts = env["rcep.origin"].sudo()
    part = widely_used(env, catalogue)
    price = env["product.supplierinfo"].search([("product_tmpl_id", "=", part.product_tmpl_id.id)], limit=1)
    found, mine = {}, [("stale", "=", True), ("company_id", "=", catalogue.company.id)]
    for _round in range(3):
        price.price += 1
        env.flush_all()
        queries, began = env.cr.sql_log_count, time.perf_counter()
        verdicts._mark_what_changed()
        waiting = verdicts.search(mine)
        marked = len(waiting)
        verdicts._determine_all(catalogue.company, waiting.product_id)
        found = {"ancestors": marked, "ancestors_s": time.perf_counter() - began,
                "ancestors_queries": env.cr.sql_log_count - queries,
                "left_stale": verdicts.search_count(mine)}
        env.cr.commit()
    return found | {"ancestor_ratio": found["ancestors_s"] / found["ancestors"] / share}


def price_to_board(env, catalogue):
    """Seconds from the commit of prices on which so many products rest, through the job, to the board."""
    verdicts, job = env["rcep.origin"].sudo(), env.ref("rcep_eco.ir_cron_recompute")
    above, parts = set(), env["product.product"]
    for part in env["product.product"].browse(catalogue.bought[::97]):
        parts |= part
        above.update(part._rcep_ids_above(catalogue.company))
        if len(above) >= ABOVE:
            break
    prices = env["product.supplierinfo"].search([("product_tmpl_id", "in", parts.product_tmpl_id.ids)])
    job.method_direct_trigger()  # what waited before is not counted
    env.cr.commit()
    for price in prices:
        price.price += 1
    began = time.perf_counter()
    env.cr.commit()
    job.method_direct_trigger()
    env.cr.commit()  # what the job committed is seen from here on
    verdicts.get_board(catalogue.company.id)
    elapsed = time.perf_counter() - began
    left = verdicts.search_count([("stale", "=", True), ("company_id", "=", catalogue.company.id)])
    return {"board_products": len(above), "to_board_s": elapsed, "left_for_board": left}


def widely_used(env, catalogue):
    """Of some bought parts the one that most products stand on, up to about four hundred."""
    parts = env["product.product"].browse(catalogue.bought[::41])
    above = {part: len(part._rcep_ids_above(catalogue.company)) for part in parts}
    return max((part for part in parts if above[part] <= MOST_ABOVE), key=above.get)


def main():
    configuration, database, scale, failing = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        figures = measure(api.Environment(cr, SUPERUSER_ID, {}), int(scale), int(failing))
        cr.rollback()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
