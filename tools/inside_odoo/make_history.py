"""The demo firm's last eighteen months, by its own flow: both clocks are set back, then sixty invoices go their way.

``python make_history.py CONFIGURATION DATABASE SANDBOX CONTROL`` runs before Odoo is started. Each invoice is written
by the clerk, certified, approved and submitted by the signer, issued by the stand-in, and weeks later the importing
customs decide. The clock of this process and that of the stand-in stand at the day that is played.
"""

import dataclasses
import datetime
import sys
import time

import requests
from freezegun import api as clocks
from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tools import config

COUNT, MONTHS, A_DAY = 60, 18, 5  # certificates, over how long, so many on one day
PATIENCE, PAUSE = 60, 0.3  # seconds until a day's certificates have to be issued
TIMEOUT = 30
# Where to: the larger markets more often. Customers by their ref; the last port is where the goods arrive.
MARKETS = (
    ("CUST-VN", "HAI PHONG"), ("CUST-TH", "LAEM CHABANG"), ("CUST-VN", "CAT LAI"), ("CUST-MY", "PORT KLANG"),
    ("CUST-ID", "TANJUNG PRIOK"), ("CUST-VN", "HAI PHONG"), ("CUST-TH", "LAEM CHABANG"), ("CUST-PH", "MANILA"),
    ("CUST-MY", "PORT KLANG"), ("CUST-KH", "SIHANOUKVILLE"), ("CUST-VN", "CAT LAI"), ("CUST-LA", "VIENTIANE"),
)  # fmt: skip
# Lately every other sale goes to one market, so that customs decided enough there for a fall of its rate to be told.
LATELY, SINCE = ("CUST-VN", "CAT LAI"), 40
# What is sold: (code, quantity, price in dollars); each sale takes one or two of them.
GOODS = (("YJ-H110", 8000, 0.74), ("YJ-D45", 400, 13.2), ("YJ-M30", 360, 31.5), ("YJ-B18", 1920, 1.12))
# What customs decided, by turns: (outcome, code of the cause, duty paid in dollars, their words).
OUTCOMES = (
    *[("recognised", None, 0, "")] * 6,
    ("after_query", "not_found", 0, "Số C/O không tra cứu được trên hệ thống"),
    *[("recognised", None, 0, "")] * 5,
    ("refused", "hs", 412.5, "Mã HS trên C/O khác tờ khai"),
    *[("recognised", None, 0, "")] * 4,
    ("after_query", "signature", 0, "Seal to be confirmed by the issuing body"),
    ("not_used", None, 260.0, ""),
)
ARRIVED = 30  # days after its departure
# Goods of another Party that go on as they came, on the original that the firm received with them.
CARRIED = ("CUST-MY", "PORT KLANG", "M-4001", 2000, 2.9)
MAKER = "rcep_eco_demo.supplier_power"
KNOWN_BY = "Stood in our bonded warehouse 2 in their cartons; looked at by Wang Fang"
# Who got how many tenths of the goods of one of the last certificates; the third share was withdrawn.
SHARES = (("BUYER-VN-1", 4), ("BUYER-VN-2", 3), ("BUYER-VN-2", 2))
# A supplier says late that its motor was dearer on the day of the last sales: one of their certificates is at risk.
LATE_PRICE = ("M-3001", 3)  # code of the material, by how much


class History:
    """The firm in its database, beside a stand-in whose clock is set with ours."""

    def __init__(self, env, sandbox, control):
        self.env, self.sandbox, self.control = env, sandbox, control
        self.company = env.ref("rcep_eco_demo.company")

    def as_user(self, login):
        """The environment of a person of the firm."""
        user = self.env["res.users"].search([("login", "=", login)])
        return self.env(user=user.id, su=False, context={"allowed_company_ids": self.company.ids, "lang": "en_US",
                                                         "mail_notify_force_send": False})  # fmt: skip

    def connect(self):
        """A key, the firm enrolled at the stand-in, and what that answers."""
        platform = self.as_user("manager")["rcep.platform"].search([])
        if not platform.key_name:
            platform.action_generate_key()
        answer = requests.post(f"{self.control}/enterprises", timeout=TIMEOUT, json={
            "name": self.company.name, "uscc": self.company.rcep_uscc, "public_key_pem": platform.public_key_pem,
            "key_id": platform.key_name, "push_url": platform.push_url,
        })  # fmt: skip
        answer.raise_for_status()
        given = answer.json()
        platform.write({
            "base_url": self.sandbox, "client_id": given["client_id"], "new_secret": given["client_secret"],
            "platform_key_name": given["platform_key_id"], "platform_public_key": given["platform_public_key_pem"],
        })  # fmt: skip
        self.env.cr.commit()

    def set_clock(self, frozen, moment):
        """Both clocks to a moment, from which they run on."""
        frozen.move_to(moment)
        requests.delete(f"{self.control}/faults", timeout=TIMEOUT).raise_for_status()
        behind = moment.timestamp() - clocks.real_time()  # which is not replaced in its own module
        fault = {"kind": "clock_off", "seconds": behind}
        requests.post(f"{self.control}/faults", json=fault, timeout=TIMEOUT).raise_for_status()

    def sell(self, number):
        """The clerk's invoice and certificate; the signer approves and submits it."""
        clerk = self.as_user("clerk")
        ref, port = LATELY if number >= SINCE and not number % 2 else MARKETS[number % len(MARKETS)]
        goods = [GOODS[number % len(GOODS)], *([GOODS[(number + 1) % len(GOODS)]] if number % 3 else [])]
        certificate = self.draft(clerk, ref, port, goods, f"COSCO SHIPPING ROSE V.{number:03}S")
        return self.sign(certificate)

    def sign(self, certificate):
        """The clerk checks it, the signer approves and submits it."""
        certificate.action_check()
        signed = certificate.with_env(self.as_user("signer"))
        signed.action_approve()
        signed.action_submit()
        return certificate

    def draft(self, clerk, ref, port, goods, vessel):
        """The clerk's invoice, and the certificate that is begun of it."""
        codes = [code for code, _quantity, _price in goods]
        range_of_goods = clerk["product.product"].search([("default_code", "in", codes)])
        products = {good.default_code: good for good in range_of_goods}
        lines = [
            Command.create({"product_id": products[code].id, "quantity": quantity, "price_unit": price,
                            "tax_ids": [Command.clear()]})
            for code, quantity, price in goods
        ]  # fmt: skip
        invoice = clerk["account.move"].create({
            "move_type": "out_invoice", "partner_id": clerk["res.partner"].search([("ref", "=", ref)]).id,
            "currency_id": self.env.ref("base.USD").id, "invoice_date": fields.Date.today(),
            "invoice_incoterm_id": self.env.ref("account.incoterm_FOB").id, "invoice_line_ids": lines,
        })  # fmt: skip
        invoice.action_post()
        certificate = clerk["rcep.certificate"].browse(invoice.action_create_rcep_certificate()["res_id"])
        certificate.write({"means": "sea", "vessel": vessel, "port_loading": "NINGBO", "port_discharge": port})
        return certificate

    def carry(self):
        """Goods that came with another Party's certificate go on: drawn from it, stated by the signer, issued."""
        clerk = self.as_user("clerk")
        ref, port, *good = CARRIED
        certificate = self.draft(clerk, ref, port, [good], "WAN HAI 371 V.S118")
        certificate.flow_reason = KNOWN_BY
        certificate.action_draw_from_originals()
        certificate.line_ids.write({"producer_id": clerk.ref(MAKER).id, "packages_count": 20})
        certificate.with_env(self.as_user("signer")).action_state_flow()
        self.issue(self.sign(certificate).with_env(self.env))

    def issue(self, certificates):
        """Deliver, and follow the stand-in's events until it has issued them."""
        messages, events = self.env["rcep.platform.message"], self.env["rcep.platform.event"]
        for _each in range(int(PATIENCE / PAUSE)):
            self.env.cr.commit()
            messages._cron_deliver()
            events._cron_follow()
            events._cron_apply()
            self.env.cr.commit()
            self.env.invalidate_all()
            states = set(certificates.mapped("state"))
            if states == {"issued"}:
                return
            if states & {"returned", "rejected"}:
                raise SystemExit(f"Sent back: {certificates.mapped('platform_errors')}")
            time.sleep(PAUSE)
        raise SystemExit(f"Not issued after {PATIENCE} seconds: {states}; {messages.search([]).mapped('error')}")

    def decide(self, certificates, first):
        """What the importing customs decided, as the consignees said."""
        causes = {cause.code: cause for cause in self.env["rcep.refusal.cause"].search([])}
        for number, certificate in enumerate(certificates, start=first):
            outcome, cause, duty, words = OUTCOMES[number % len(OUTCOMES)]
            self.env["rcep.recognition"].create({
                "certificate_id": certificate.id, "outcome": outcome, "source": "consignee", "words": words,
                "cause_id": causes[cause].id if cause else False, "decided_on": fields.Date.today(),
                "duty_amount": duty, "currency_id": self.env.ref("base.USD").id,
            })  # fmt: skip
        self.env.cr.commit()

    def share_out(self, certificate):
        """The clerk says which buyer got how much of its goods."""
        clerk = self.as_user("clerk")
        for ref, tenths in SHARES:
            share = clerk["rcep.share"].create({
                "certificate_id": certificate.id, "partner_id": clerk["res.partner"].search([("ref", "=", ref)]).id,
                "line_ids": [Command.create({"certificate_line_id": line.id, "quantity": line.quantity * tenths / 10})
                             for line in certificate.line_ids],
            })  # fmt: skip
        share.action_withdraw()
        self.env.cr.commit()

    def learn_late(self, day):
        """The price of a material on a day that is past, and what rested on it is looked at again."""
        code, times = LATE_PRICE
        material = self.env["product.template"].search([("default_code", "=", code)])
        price = material.seller_ids.filtered(lambda each: each.company_id == self.company)[:1]
        price.copy({"price": price.price * times, "date_start": day, "date_end": day, "sequence": 0})
        self.env.cr.commit()
        self.env["rcep.drift"]._cron_look_again()
        self.env.cr.commit()

    def play(self, frozen, today):
        """All of it, the earliest first."""
        first = today - datetime.timedelta(days=MONTHS * 30)
        days = COUNT // A_DAY
        for at in range(days):
            day = first + datetime.timedelta(days=at * (MONTHS * 30 - 5) // days)
            self.set_clock(frozen, day)
            numbers = range(at * A_DAY, (at + 1) * A_DAY)
            certificates = self.env["rcep.certificate"].union(
                *(self.sell(number).with_env(self.env) for number in numbers)
            )
            self.issue(certificates)
            arrived = day + datetime.timedelta(days=ARRIVED)
            if arrived < today:
                frozen.move_to(arrived)
                self.decide(certificates, numbers[0])
        self.set_clock(frozen, today)
        self.carry()
        self.share_out(certificates.filtered(lambda each: each.importing_party_id.code == "VN")[-1])
        self.learn_late(day)
        self.env["rcep.market.rollout"]._cron_watch_rates()  # as each morning
        self.env.cr.commit()


def learn_types():
    """The wire's records learn the types of their fields by the true classes of dates, before these are replaced.

    They take no other class for a date; the replaced ones are made to count as what they stand for.
    """
    from odoo.addons.rcep_eco.link import record  # noqa: PLC0415 - found once the configuration is read

    waiting = record.Record.__subclasses__()
    for cls in waiting:
        if dataclasses.is_dataclass(cls):
            record.slots(cls)
        waiting += cls.__subclasses__()
    stands_for = {clocks.FakeDate: datetime.date, clocks.FakeDatetime: datetime.datetime}
    record.type = lambda value: stands_for.get(type(value), type(value))


def main():
    configuration, database, sandbox, control = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    registry = Registry(database)
    learn_types()
    now = datetime.datetime.now(datetime.timezone.utc)
    with clocks.freeze_time(now, tick=True) as frozen, registry.cursor() as cr:
        history = History(api.Environment(cr, SUPERUSER_ID, {}), sandbox, control)
        try:
            history.connect()
            history.play(frozen, now)
            cr.commit()
        finally:
            requests.delete(f"{control}/faults", timeout=TIMEOUT).raise_for_status()


if __name__ == "__main__":
    main()
