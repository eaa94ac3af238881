"""Certificates by files while Odoo and the single window's client are killed at random: both sides' books agree.

Daily at a minute's size; before a release with 60 kills and 150 certificates. Replies come late, twice, in halves, with
nonsense and with strangers' beside them.
"""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
import requests

from tests.e2e.served import PATIENCE, Person, copied
from tools.places import CHECKOUT
from tools.programs import wait_for

KILLS, COUNT = (60, 150) if os.environ.get("ECO_LONG") else (4, 8)
SEED, FAULTS = 31, 0.3
REVIEW = 0.5  # seconds of each step of the office
GOOD = "YJ-H110"
VESSEL = "BY FILES"
ASKS = ("", "", "RETURN", "", "TAKEN")  # of the office, by the remarks
FILER = {
    "filer_office": "3101", "filer_collect_at": "3101", "filer_person": "张示例",
    "filer_person_id": "330200199001010000", "filer_phone": "0574-00000000",
}  # fmt: skip
# Apart: a job's row is locked while it runs, and who waits for it is not to hold what the job waits for.
DUE = """UPDATE rcep_platform_message SET next_try = now() AT TIME ZONE 'UTC' WHERE id IN (
    SELECT id FROM rcep_platform_message WHERE state IN ('queued', 'unknown') FOR UPDATE SKIP LOCKED)"""
CALLED = """INSERT INTO ir_cron_trigger (cron_id, call_at)
    SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data WHERE module = 'rcep_eco' AND model = 'ir.cron'
       AND name IN ('ir_cron_outbox', 'ir_cron_events', 'ir_cron_apply')"""
CERTIFICATES = f"""
    SELECT certificate.client_ref, certificate.state, certificate.certificate_no, certificate.revision,
           (SELECT digest FROM rcep_platform_message AS message WHERE message.certificate_id = certificate.id
               AND message.state = 'delivered' ORDER BY message.id DESC LIMIT 1)
      FROM rcep_certificate AS certificate WHERE vessel = '{VESSEL}'"""
OPEN = "SELECT state, error_said::text FROM rcep_platform_message WHERE state NOT IN ('delivered', 'failed')"
CUSTOMER = "SELECT res_id FROM ir_model_data WHERE module = 'rcep_eco_demo' AND name = 'customer_vn'"
TAKEN = "SELECT count(*) FROM rcep_application_number WHERE is_taken"


class Window:
    """The client of the single window and its office, as a process that can be killed."""

    def __init__(self, folder):
        self.folder, self.process = folder, None

    def start(self):
        command = [sys.executable, "-m", "ccpit_sandbox.folders", "--folder", self.folder / "imp", "--data",
                   self.folder / "door", "--review-seconds", str(REVIEW), "--faults", str(FAULTS)]  # fmt: skip
        log = (self.folder / "door.log").open("a")
        self.process = subprocess.Popen([str(part) for part in command], cwd=CHECKOUT, stdout=log, stderr=log,
                                        env={**os.environ, "PYTHONPATH": str(CHECKOUT)})  # fmt: skip

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def rows(self):
        with contextlib.closing(sqlite3.connect(self.folder / "door/door.sqlite3")) as database:
            return database.execute("SELECT name, reference, number, digest, state FROM application").fetchall()

    def files(self):
        return [path.name for box in ("OutBox", "SentBox", "FailBox") for path in
                (self.folder / "imp/CooImp" / box).iterdir()]  # fmt: skip


class Firm:
    """The demo firm, connected by folders; whatever a kill cuts off is done again."""

    def __init__(self, place, window):
        self.place, self.window = place, window

    def serve(self):
        self.place.serve(jobs=2, RCEP_ECO_FOLDERS=str(self.window.folder))

    def people(self):
        return {login: Person(self.place, login) for login in ("manager", "clerk", "signer")}

    def connect(self):
        manager = Person(self.place, "manager")
        (platform,) = manager.call("rcep.platform", "search", [])
        manager.call("rcep.platform", "write", [platform], {
            "profile": "gacc-xml-2022", "environment": "test", "folder": str(self.window.folder / "imp"),
            "connect_timeout": 1, "read_timeout": 2, **FILER})  # fmt: skip

    def prepare(self, count):
        clerk = Person(self.place, "clerk")
        product = clerk.call("product.product", "search", [["default_code", "=", GOOD]])[0]
        fob, usd = (clerk.call(model, "search", [[field, "=", code]])[0] for model, field, code in (
            ("account.incoterms", "code", "FOB"), ("res.currency", "name", "USD")))  # fmt: skip
        customer = int(self.place.sql(CUSTOMER)[0][0])
        for number in range(count):
            line = {"product_id": product, "quantity": 8000, "price_unit": 0.74, "tax_ids": [[5, 0, 0]]}
            invoice = clerk.call("account.move", "create", {
                "move_type": "out_invoice", "partner_id": customer, "currency_id": usd,
                "invoice_date": time.strftime("%Y-%m-%d"), "invoice_incoterm_id": fob,
                "invoice_line_ids": [[0, 0, line]]})  # fmt: skip
            clerk.call("account.move", "action_post", [invoice])
            certificate = clerk.call("account.move", "action_create_rcep_certificate", [invoice])["res_id"]
            clerk.call("rcep.certificate", "write", [certificate], {
                "vessel": VESSEL, "remarks": ASKS[number % len(ASKS)], "means": "sea",
                "port_discharge": "HAI PHONG"})  # fmt: skip

    def work(self, people, batch):
        """One round of everybody's tasks; whether nothing is left."""
        signer, clerk = people["signer"], people["clerk"]
        ours = signer.call("rcep.certificate", "search_read", [["vessel", "=", VESSEL]], ["state"])
        by_state = {}
        for each in ours:
            by_state.setdefault(each["state"], []).append(each["id"])
        for certificate in by_state.get("returned", []):
            clerk.call("rcep.certificate", "action_draft", [certificate])
        for certificate in by_state.get("draft", [])[:batch]:
            signer.call("rcep.certificate", "action_approve", [certificate])
        for certificate in by_state.get("ready", [])[:batch]:
            signer.call("rcep.certificate", "action_submit", [certificate])
        self.nudge()
        return set(by_state) == {"issued"}

    def nudge(self):
        self.place.sql(DUE)
        self.place.sql(CALLED)
        self.place.workplace.server.sql(f"SELECT pg_notify('cron_trigger', '{self.place.name}')")


@pytest.fixture(scope="module")
def firm():
    with copied("folders") as place:
        (place.folder / "imp").mkdir()
        window = Window(place.folder)
        window.start()
        firm = Firm(place, window)
        try:
            firm.serve()
            firm.connect()
            firm.prepare(COUNT)
            yield firm
        finally:
            window.kill()


def test_the_books_agree_whatever_was_killed(firm):
    dice, kills, began = random.Random(SEED), 0, time.monotonic()
    people, issued = firm.people(), False
    patience = PATIENCE * 5 + KILLS * 20
    while not issued or kills < KILLS:
        assert time.monotonic() - began < patience, _where(firm)
        try:
            issued = firm.work(people, batch=max(2, COUNT // 10))
        except (requests.RequestException, AssertionError) as error:
            if isinstance(error, AssertionError) and "LockError" not in str(error) and "UserError" not in str(error):
                raise
        if kills < KILLS:
            time.sleep(dice.uniform(0, 1.5))  # a kill comes at any moment
            kills += 1
            if dice.random() < 0.5:
                firm.window.kill()
                firm.window.start()
            else:
                firm.place.kill()
                firm.serve()
                people = firm.people()
    assert wait_for(lambda: not _nudged(firm), PATIENCE), _where(firm)
    assert _differences(firm) == []


def _nudged(firm):
    firm.nudge()
    time.sleep(REVIEW)
    return firm.place.sql(OPEN)


def _where(firm):
    states = firm.place.sql("SELECT state, count(*) FROM rcep_certificate GROUP BY state")
    messages = firm.place.sql("SELECT state, error_said::text, count(*) FROM rcep_platform_message GROUP BY 1, 2")
    return json.dumps([states, messages, [row[4] for row in firm.window.rows()]])[-3000:]


def _differences(firm):
    """What Odoo's books and the office's do not say alike, in words."""
    found, rows = [], firm.window.rows()
    certificates = firm.place.sql(CERTIFICATES)
    if len(certificates) != COUNT:
        found.append(f"{len(certificates)} certificates instead of {COUNT}")
    for reference, state, number, revision, digest in certificates:
        theirs = [row for row in rows if row[1] == reference]
        issued = [row for row in theirs if row[4] == "issued"]
        if len(issued) != 1 or [row for row in theirs if row[4] in ("received", "under_review")]:
            found.append(f"{reference}: the office has {[row[4] for row in theirs]}")
        elif (state, number, digest) != ("issued", issued[0][2], issued[0][3]):
            found.append(f"{reference}: {state} {number} here, {issued[0][2]} there")
        if len(theirs) != int(revision):
            found.append(f"{reference}: {revision} revisions here, {len(theirs)} there")
    names = [row[0] for row in rows]
    if sorted(firm.window.files()) != sorted(names):
        found.append("the folders hold other files than the office took")
    numbers = [row[2] for row in rows if row[4] == "issued"]
    if len(set(numbers)) != len(numbers):
        found.append("a number was issued twice")
    taken, wanted = int(firm.place.sql(TAKEN)[0][0]), sum(ASKS[n % len(ASKS)] == "TAKEN" for n in range(COUNT))
    if taken != wanted:
        found.append(f"{taken} numbers were another's instead of {wanted}")
    return found
