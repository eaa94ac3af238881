"""Two users of the demo firm at the same time: ``python at_once.py CONFIGURATION DATABASE``.

Each case is tried in two ways, with two real transactions on one database. *Beside*: the second begins while the first
is not committed. *Behind*: the second has looked at the database before the first committed, and acts afterwards. The
second is called as the web client's calls are, with Odoo's own retries. One JSON line says of each what the second was
answered, and how everything stands afterwards.
"""

import base64
import importlib
import json
import os
import pathlib
import sys
import threading
import traceback

from firm_at_work import BOX, CONVERTER, HINGE, MOTOR, Firm
from odoo import Command
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

GRACE = 1.0  # seconds that the second is given to come to its end beside the first
PATIENCE = 60.0


class Second(threading.Thread):
    """The second person: a transaction of its own, which has looked at the database already."""

    def __init__(self, registry, endpoints, act):
        super().__init__(daemon=True)
        self.registry, self.endpoints, self.act = registry, endpoints, act
        self.looked, self.go = threading.Event(), threading.Event()
        self.refusal = self.fault = ""

    def run(self):
        with self.registry.cursor() as cr:
            firm = Firm(cr, self.endpoints)  # this reads: its snapshot is of now
            self.looked.set()
            self.go.wait(PATIENCE)
            try:
                retrying(lambda: self.act(firm), firm.root)
                cr.commit()
            except UserError as error:
                cr.rollback()
                self.refusal = str(error)
            except Exception:  # noqa: BLE001  whatever it is, it is no sentence: the test says so
                cr.rollback()
                self.fault = traceback.format_exc()


def both(registry, endpoints, first, second, *, behind):
    """What the second was answered, or its fault."""
    other = Second(registry, endpoints, second)
    other.start()
    other.looked.wait(PATIENCE)
    with registry.cursor() as cr:
        first(Firm(cr, endpoints))
        cr.flush()
        if not behind:
            other.go.set()
            other.join(GRACE)
        cr.commit()
    other.go.set()
    other.join(PATIENCE)
    return other.refusal, other.fault


def certificate(firm, identity, person):
    return getattr(firm, person)["rcep.certificate"].browse(identity)


def step(name, identity, person="signer"):
    """A button of a certificate."""
    return lambda firm: getattr(certificate(firm, identity, person), name)()


def certify(invoice):
    return lambda firm: firm.clerk["account.move"].browse(invoice).action_create_rcep_certificate()


def reset(invoice):
    return lambda firm: firm.clerk["account.move"].browse(invoice).button_draft()


def withdraw(identity):
    """The signer answers the question why."""

    def act(firm):
        asked = certificate(firm, identity, "signer").action_withdraw()
        model = firm.signer[asked["res_model"]].with_context(**asked["context"])
        model.create({"reason": "Not shipped"}).action_request()

    return act


def replace(identity):
    """The clerk answers the question why."""

    def act(firm):
        asked = certificate(firm, identity, "clerk").action_replace()
        model = firm.clerk[asked["res_model"]].with_context(**asked["context"])
        model.create({"kind": "amended", "reason": "A word"}).action_replace()

    return act


def draw(good, shipped):
    """The clerk ships a part of the demo firm's original on a draft."""

    def act(firm):
        original = firm.root.ref("rcep_eco_demo.received_acdc_item").id
        firm.clerk["rcep.received.draw"].create(
            {"line_id": original, "certificate_line_id": good, "shipped": shipped}
        )

    return act


def share(identity, quantity):
    """The clerk gives a buyer a share of what a certificate names."""

    def act(firm):
        of = certificate(firm, identity, "clerk")
        goods = [Command.create({"certificate_line_id": of.line_ids.id, "quantity": quantity})]
        buyer = firm.root.ref("rcep_eco_demo.buyer_da_nang").id
        firm.clerk["rcep.share"].create({"certificate_id": identity, "partner_id": buyer, "line_ids": goods})

    return act


def start(firm):
    """The manager begins a conformance run."""
    firm.manager["rcep.platform"].search([]).action_start_conformance()


def load(kind, table, **values):
    """The cost engineer loads a table."""

    def act(firm):
        file = base64.b64encode("\n".join(table).encode())
        firm.engineer["rcep.table.import"].create({"kind": kind, "file": file, "source": "Law", **values}).action_load()

    return act


def issued(identity, number):
    """The job takes over that it was issued."""

    def act(firm):
        moved = firm.root["rcep.certificate"].browse(identity)
        moved._lock()
        if moved.state == "submitted":
            moved._move("issued", "platform", certificate_no=number, sequence=moved.sequence + 1)

    return act


def prepare(firm):
    """Everything that the cases need, each of its own."""

    def invoice(*goods):
        draft = firm.draft(*goods)
        of = draft.invoice_ids
        draft.unlink()
        firm.cr.commit()
        return of.id

    def of(state, *goods):
        made = firm.draft(*goods)
        steps = {"draft": (), "ready": ("action_approve",), "submitted": ("action_approve", "action_submit")}[state]
        firm.sign(made, *steps)
        return made.id

    return invoice, of


def of_distributors(firm, way, of):
    """As :func:`cases`: what is never given away twice."""
    # 12,000 came with the original; two shipments want three quarters of them each.
    original = firm.root.ref("rcep_eco_demo.received_acdc_item")
    original.draw_ids.sudo().unlink()
    goods = [firm.draft((CONVERTER[0], 9000, CONVERTER[2])).line_ids.id for _each in range(2)]
    yield ("draw and draw", way, draw(goods[0], 9000), draw(goods[1], 9000),
           lambda each: each.root.ref("rcep_eco_demo.received_acdc_item").drawn)  # fmt: skip
    one = of("submitted", HINGE)
    issued(one, f"S-{one}")(firm)
    yield ("share and share", way, share(one, 5000), share(one, 5000),
           lambda each: sum(each.root["rcep.certificate"].browse(one).share_ids.line_ids.mapped("quantity")))


def apply(number):
    """The job compares one production report, and books it."""
    return lambda firm: firm.root["rcep.production.report"].search([("report_id", "=", number)])._apply()


def take_in(identity, name):
    """The job takes one file out of a folder of an MES."""

    def act(firm):
        folder = firm.root["rcep.report.folder"].browse(identity)
        tray = folder._tray()
        claimed = tray.claim(name)
        taken = claimed and folder._take(tray, claimed)
        if taken:
            tray.shelve(claimed, *taken)

    return act


def of_shop_floor(firm, way):
    """As :func:`cases`: what an MES says is booked once, and taken in once."""
    order, material = _order(firm)
    halves = [_report(f"HALF-{order.name}-{number}", order, material) for number in (1, 2)]
    reports = importlib.import_module("odoo.addons.rcep_eco_mes.reports")
    for half in halves:
        firm.root["rcep.production.report"]._receive(firm.company, reports.canonical.read(half), half, "http", True)

    def stands(each):
        for half in halves:
            apply(half["report_id"])(each)
        lies = [("product_id", "=", material.id), ("location_id.usage", "=", "internal")]
        there = each.root["stock.quant"].search(lies)
        return [each.root["mrp.production"].browse(order.id).state, sum(there.mapped("quantity"))]

    yield "book and book", way, apply(halves[0]["report_id"]), apply(halves[1]["report_id"]), stands
    place = pathlib.Path(os.environ["RCEP_ECO_FOLDERS"]) / order.name.replace("/", "-")
    place.mkdir()
    folder = firm.manager["rcep.report.folder"].create({"name": order.name, "folder": str(place)})
    shared = [_report(f"FILE-{order.name}-{number}", order, material) for number in range(3)]
    for name, own in (("one.json", shared[:2]), ("two.json", shared[1:])):  # one report lies in both
        (place / name).write_text(json.dumps(own))
        os.utime(place / name, (0, 0))

    def kept(each):
        each.root["rcep.report.folder"]._cron_read()
        came = each.root["rcep.production.report"].search_count([("report_id", "like", f"FILE-{order.name}-")])
        return [came, *(len(list((place / part).iterdir())) for part in ("taking", "done", "refused"))]

    yield "file and file", way, take_in(folder.id, "one.json"), take_in(folder.id, "two.json"), kept


def _order(firm):
    """An order of ten, and its one material, of which twenty lie there."""
    products = firm.root["product.product"]
    stored = {"type": "consu", "is_storable": True, "company_id": firm.company.id}
    good, material = products.create([{**stored, "name": name} for name in ("Made of one", "The one")])
    for product in good + material:
        product.default_code = f"ONCE-{product.id}"
    bill = firm.root["mrp.bom"].create({
        "product_tmpl_id": good.product_tmpl_id.id, "company_id": firm.company.id,
        "bom_line_ids": [Command.create({"product_id": material.id, "product_qty": 1})]})
    order = firm.root["mrp.production"].create({"product_id": good.id, "bom_id": bill.id, "product_qty": 10})
    order.action_confirm()
    firm.root["stock.quant"]._update_available_quantity(material, order.location_src_id, 20)
    return order, material


def _report(number, order, material):
    """That half of an order is done."""
    half = [{"use": use, "product": product.default_code, "quantity": "5", "uom": "C62"}
            for use, product in (("produced", order.product_id), ("consumed", material))]
    return {"report_id": number, "kind": "report", "order": order.name, "produced_at": "2026-11-20T09:30:00+08:00",
            "items": half}


def cases(firm):
    """(name, first, second, how it stands afterwards)"""
    invoice, of = prepare(firm)

    def count(identity):
        return lambda each: len(each.root["account.move"].browse(identity).rcep_certificate_ids)

    def state(identity):
        def stands(each):
            made = each.root["rcep.certificate"].browse(identity)
            return [made.state, made.invoice_ids.state, sorted(made.message_line_ids.mapped("kind"))]

        return stands

    for way in (False, True):
        one = invoice(HINGE)
        yield "certify and certify", way, certify(one), certify(one), count(one)
        one = invoice(HINGE)
        yield "certify and reset", way, certify(one), reset(one), lambda each, one=one: [
            each.root["account.move"].browse(one).state, count(one)(each)]  # fmt: skip
        one = of("draft", HINGE)
        yield "approve and approve", way, step("action_approve", one), step("action_approve", one), state(one)
        one = of("ready", HINGE)
        yield "submit and submit", way, step("action_submit", one), step("action_submit", one), state(one)
        one = of("ready", HINGE)
        yield "submit and back to draft", way, step("action_submit", one), step("action_draft", one), state(one)
        one = of("draft", HINGE)
        goods = firm.root["rcep.certificate"].browse(one).invoice_ids.id
        yield "approve and reset", way, step("action_approve", one), reset(goods), state(one)
        one = of("draft", HINGE)
        goods = firm.root["rcep.certificate"].browse(one).invoice_ids.id
        yield "reset and approve", way, reset(goods), step("action_approve", one), state(one)
        one = of("submitted", HINGE)
        yield "withdraw and issued", way, withdraw(one), issued(one, f"N-{one}"), state(one)
        one = of("submitted", HINGE)
        yield "issued and withdraw", way, issued(one, f"N-{one}"), withdraw(one), state(one)
        good = (MOTOR, BOX)[way]
        one, two = of("ready", good), of("ready", good)

        def filings(each, good=good):
            return each.root["rcep.filing"].search_count([("product_id", "=", each.product(good[0]).id)])

        yield "first filing twice", way, step("action_submit", one), step("action_submit", two), filings
        one = of("submitted", HINGE)
        yield "withdraw and withdraw", way, withdraw(one), withdraw(one), state(one)
        one = of("submitted", HINGE)
        issued(one, f"R-{one}")(firm)

        def successors(each, one=one):
            return len(each.root["rcep.certificate"].browse(one).successor_ids)

        yield "replace and replace", way, replace(one), replace(one), successors
        korea = firm.root.ref("rcep_eco.party_kr")
        firm.root["rcep.tariff.differential"].search([("party_id", "=", korea.id)]).unlink()

        def codes(each, party=korea.id):
            return each.root["rcep.tariff.differential"].search([("party_id", "=", party)]).mapped("code")

        yield ("load and load", way, load("differentials", ("code", "01012110"), party_id=korea.id),
               load("differentials", ("code", "02011000"), party_id=korea.id), codes)
        day = ("2031-01-01", "2032-01-01")[way]
        ours, theirs = (f"{name} of {day}" for name in ("Ours", "Theirs"))

        def valid(each, day=day):
            known = each.root["rcep.rule.edition"].search([("valid_from", "<=", day)])
            return len(known.filtered(lambda edition: not edition.valid_to or str(edition.valid_to) >= day))

        yield ("edition and edition", way, load("rules", ("hs_code,rule", "01,WO"), edition_name=ours, valid_from=day),
               load("rules", ("hs_code,rule", "01,CC"), edition_name=theirs, valid_from=day), valid)
        yield from of_distributors(firm, way, of)
        yield from of_shop_floor(firm, way)
        firm.root["rcep.conformance.run"].search([]).unlink()
        yield "run and run", way, start, start, lambda each: each.root["rcep.conformance.run"].search_count([])


def main():
    configuration, database, endpoints = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=critical"])
    registry, endpoints, found = Registry(database), json.loads(endpoints), []
    with registry.cursor() as cr:
        firm = Firm(cr, endpoints)
        firm.connect()
        cr.commit()
        for name, way, first, second, stands in cases(firm):
            cr.commit()
            said, fault = both(registry, endpoints, first, second, behind=way)
            cr.rollback()
            firm.root.invalidate_all()
            found.append({"case": name, "behind": way, "said": said, "fault": fault, "stands": stands(firm)})
            cr.commit()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
