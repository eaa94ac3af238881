"""The demo firm at work: its people, an invoice of four goods to Viet Nam, and a platform as a process of its own."""

import itertools
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading

import requests
from odoo.addons.rcep_eco.tests.common import CallsPlatform
from odoo.fields import Command, Date
from odoo.tests import TransactionCase

CHECKOUT = pathlib.Path(__file__).resolve().parents[3]  # where the stand-in platform lies
PATIENCE = 20.0  # seconds
_numbers = itertools.count(1)  # a platform outlives the tests that it serves: no two invoices have one number
# Goods with quantity and price in dollars; by tariff change, by regional value twice, and by a supplier's evidence.
GOODS = (("YJ-H110", 8000, 0.74), ("YJ-D45", 400, 13.2), ("YJ-M30", 360, 31.5), ("YJ-B18", 1920, 1.12))


class DemoCommon(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.of("company")
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True, "allowed_company_ids": cls.company.ids})
        cls.clerk, cls.engineer, cls.signer, cls.manager = (
            cls.of(f"user_{name}") for name in ("clerk", "engineer", "signer", "manager")
        )

    @classmethod
    def of(cls, name):
        """A record of the demo firm by its name."""
        return cls.env.ref(f"rcep_eco_demo.{name}")

    @classmethod
    def product(cls, code):
        return cls.env["product.product"].search([("default_code", "=", code), ("company_id", "=", cls.company.id)])

    @classmethod
    def sell(cls, goods=GOODS, customer="vn"):
        """A posted invoice of the clerk."""
        invoice = (
            cls.env["account.move"]
            .with_user(cls.clerk)
            .create(
                {
                    "move_type": "out_invoice",
                    "name": f"YJ-{next(_numbers):05d}",
                    "partner_id": (cls.of(f"customer_{customer}") if isinstance(customer, str) else customer).id,
                    "currency_id": cls.env.ref("base.USD").id,
                    "invoice_date": Date.context_today(cls.clerk),
                    "invoice_incoterm_id": cls.env.ref("account.incoterm_FOB").id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": cls.product(code).id,
                                "quantity": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for code, quantity, price in goods
                    ],
                }
            )
        )
        invoice.action_post()
        return invoice

    @classmethod
    def prepare(cls, goods=GOODS, customer="vn"):
        """A draft certificate of the clerk, with its shipment."""
        action = cls.sell(goods, customer).action_create_rcep_certificate()
        certificate = cls.env["rcep.certificate"].with_user(cls.clerk).browse(action["res_id"])
        certificate.write({"means": "sea", "vessel": "COSCO SHIPPING ROSE V.032S", "port_discharge": "HAI PHONG"})
        return certificate.with_user(cls.env.user)

    @classmethod
    def submit(cls, certificate):
        """What the signer does."""
        signed = certificate.with_user(cls.signer)
        signed.action_approve()
        signed.action_submit()


class WithPlatform(CallsPlatform, DemoCommon):
    """The firm connected to a stand-in platform, which runs as long as the tests of the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.start_platform()
        cls.connection = cls.of("platform").with_user(cls.manager)
        cls.connection.action_generate_key()

    def setUp(self):
        super().setUp()
        self.enrol()  # the platform outlives each test, and remembers whom the last one enrolled

    @classmethod
    def enrol(cls):
        """The firm is known there with its key of now; what is answered is entered here."""
        result = cls.control_of("POST", "/enterprises", cls.enrolment())
        cls.connection.write(
            {
                "base_url": cls.url,
                "client_id": result["client_id"],
                "new_secret": result["client_secret"],
                "platform_key_name": result["platform_key_id"],
                "platform_public_key": result["platform_public_key_pem"],
            }
        )

    @classmethod
    def start_platform(cls):
        command = [sys.executable, "-m", "ccpit_sandbox", "--port=0", "--control-port=0", f"--data={cls.folder}"]
        command += ["--review-seconds=0.05", "--filing-seconds=0"]
        log = cls.enterClassContext((cls.folder / "log").open("w"))
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, env=environment, text=True, cwd=cls.folder
        )
        cls.addClassCleanup(cls.stop_platform, process)
        data = json.loads(process.stdout.readline())
        cls.url, cls.control = data["url"], data["control"]

    @classmethod
    def stop_platform(cls, process):
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        process.stdout.close()

    @classmethod
    def enrolment(cls):
        return {
            "name": cls.company.name,
            "uscc": cls.company.rcep_uscc,
            "public_key_pem": cls.connection.public_key_pem,
            "key_id": cls.connection.key_name,
            "push_url": "",
        }

    @classmethod
    def control_of(cls, method, path, content=None):
        """Ask the platform's control port; its answer as an object."""
        reply = requests.request(method, f"{cls.control}{path}", json=content, timeout=PATIENCE)
        reply.raise_for_status()
        return reply.json()

    def calls(self, operation):
        """How often an operation was called so far."""
        return self.control_of("GET", "/requests").get(operation, 0)

    def fault(self, operation, kind, **more):
        self.control_of("POST", "/faults", {"operation": operation, "kind": kind, **more})
        self.addCleanup(self.control_of, "DELETE", "/faults")

    def deliver(self):
        """One run of the outbox, with everything due."""
        waiting = self.env["rcep.platform.message"].search([("state", "in", ("queued", "sending", "unknown"))])
        waiting.next_try = self.env.cr.now()
        self.connection.sudo().paused_until = False
        self.run_job()

    def follow(self):
        """One run of the job that reads the feed and fetches documents."""
        self.run_job("_cron_follow", "rcep.platform.event")
        self.apply_events()

    def until(self, condition, *jobs):
        """Run the jobs until the condition holds, or fail once patience ends."""
        pause = threading.Event()
        for _try in range(int(PATIENCE / 0.1)):
            for job in jobs:
                job()
            if condition():
                return
            pause.wait(0.1)
        messages = self.env["rcep.platform.message"].search([("state", "!=", "delivered")])
        self.fail(f"this did not happen in time; {messages.mapped(lambda each: (each.kind, each.state, each.error))}")

    def issue(self, certificate):
        """Submit it and wait until it is issued."""
        self.submit(certificate)
        self.until(lambda: certificate.state == "issued", self.deliver, self.follow)
