"""The users of a faults run: a clerk and a signer who look at each certificate and take its next step.

They remember nothing: what is to be done follows from the state that Odoo shows, so an action that a crash cut off
is simply looked at again, as a user would.
"""

import base64
import collections
import datetime
import random
from collections.abc import Callable, Iterator
from functools import partial

from tools.demo_scenario import GOODS, ScenarioError, WebUser

VESSEL = "FAULTS RUN"  # distinguishes these certificates from the demo's own
MINE = [["vessel", "=", VESSEL]]
PAPER = base64.b64encode(b"%PDF-1.7 a paper").decode()
AT_ONCE = 25  # invoices made in one call
ASKED = {"withdrawn": ("withdrawal", ("submitted", "under_review")), "cancelled": ("cancellation", ("issued",))}
STEPS = {"draft": "action_approve", "ready": "action_submit"}
LONG = datetime.timedelta(seconds=20)
ENDED = ("issued", "withdrawn", "cancelled", "replaced")
FIELDS = ("name", "state", "revision", "pending_request", "successor_ids", "old_certificate_id")


class Actors:
    """Clerk and signer of the demo firm at the web client's RPC."""

    def __init__(self, url: str, database: str, seed: int, side):
        self._where, self._seed, self._side = (url, database), seed, side
        self._known: dict[str, WebUser] = {}
        self.refused: collections.Counter[str] = collections.Counter()

    def user(self, login: str) -> WebUser:
        """A user, logged in when first needed."""
        if login not in self._known:
            self._known[login] = WebUser(*self._where, login)
        return self._known[login]

    # --- before anything breaks
    def prepare(self, count: int, progress: Callable[[int], None]) -> None:
        """Have this many certificates approved and waiting; goes on where an earlier run stopped."""
        clerk, signer = self.user("clerk"), self.user("signer")
        partner = clerk.read_one("res.partner", [["ref", "=", "CUST-VN"]], "id")["id"]
        dollars = clerk.read_one("res.currency", [["name", "=", "USD"]], "id")["id"]
        fob = clerk.read_one("account.incoterms", [["code", "=", "FOB"]], "id")["id"]
        goods = [(clerk.read_one("product.product", [["default_code", "=", code]], "id")["id"], quantity, price)
                 for code, quantity, price in GOODS]
        there = clerk.do("rcep.certificate", "search_count", [*MINE, ["old_certificate_id", "=", False]])
        for start in range(there, count, AT_ONCE):
            kinds = [goods[i % len(goods)] for i in range(start, min(start + AT_ONCE, count))]
            common = {"move_type": "out_invoice", "partner_id": partner, "currency_id": dollars,
                      "invoice_date": datetime.date.today().isoformat(),  # noqa: DTZ011  the firm's own day
                      "invoice_incoterm_id": fob}
            invoices = clerk.do("account.move", "create", [
                {**common, "invoice_line_ids": [(0, 0, {"product_id": product, "quantity": quantity,
                                                        "price_unit": price, "tax_ids": [(6, 0, [])]})]}
                for product, quantity, price in kinds])
            clerk.do("account.move", "action_post", invoices)
            made = [clerk.do("account.move", "action_create_rcep_certificate", [invoice])["res_id"]
                    for invoice in invoices]
            clerk.do("rcep.certificate", "write", made, {
                "means": "sea", "vessel": VESSEL, "port_loading": "NINGBO", "port_discharge": "HAI PHONG"})
            for number, certificate in enumerate(made, start):
                self._ask_office(certificate, number)
            progress(start + len(made))
        drafts = signer.do("rcep.certificate", "search", [*MINE, ["state", "=", "draft"], ["revision", "=", 0]])
        for start in range(0, len(drafts), AT_ONCE):
            signer.do("rcep.certificate", "action_approve", drafts[start : start + AT_ONCE])

    def _ask_office(self, certificate, number):
        """What this office is to do with it, by its remarks; some have a paper with them."""
        clerk, remarks = self.user("clerk"), self._side.remarks
        if remarks[number % len(remarks)]:
            clerk.do("rcep.certificate", "write", [certificate], {"remarks": remarks[number % len(remarks)]})
        if self._side.paper_each and number % self._side.paper_each == 0:
            clerk.do("rcep.certificate.attachment", "create", [{
                "certificate_id": certificate, "name": "invoice.pdf", "content": PAPER}])

    # --- while everything breaks
    def look(self) -> list[dict]:
        """Every certificate of the run as the clerk's list shows it."""
        return self.user("clerk").do("rcep.certificate", "search_read", MINE, FIELDS, order="id")

    def fate(self, certificate: dict) -> str:
        """The end that a certificate is to come to: drawn by the run's seed; what replaces another stays."""
        if certificate["old_certificate_id"]:
            return "issued"
        draw = random.Random(f"{self._seed}-{certificate['id']}")  # noqa: S311  (repeatable, no secret)
        fates = self._side.fates
        return draw.choices(tuple(fates), tuple(fates.values()))[0]

    def tasks(self, certificates: list[dict], may_submit: int) -> Iterator[Callable[[], None]]:
        """What is to be done now, oldest first; only the first so many are ever submitted, and what replaces them."""
        originals = [each["id"] for each in certificates if not each["old_certificate_id"]]
        too_early = set(originals[may_submit:])
        for certificate in certificates:
            if certificate["id"] in too_early:
                continue
            task = self._task(certificate, certificate["state"], self.fate(certificate))
            if task:
                yield task

    def _task(self, certificate, state, fate):
        identity, task = certificate["id"], None
        if certificate["pending_request"]:
            pass
        elif state in STEPS:
            task = partial(self.user("signer").do, "rcep.certificate", STEPS[state], [identity])
        elif state == "returned":
            task = partial(self._correct, certificate)
        elif fate in ASKED and state in ASKED[fate][1]:
            task = partial(self._ask, identity, ASKED[fate][0])
        elif fate == "replaced" and state == "issued" and not certificate["successor_ids"]:
            task = partial(self._replace, identity)
        return task

    def _correct(self, certificate):
        clerk = self.user("clerk")
        clerk.do("rcep.certificate", "action_draft", [certificate["id"]])
        remarks = f"CORRECTED {certificate['revision']}"
        clerk.do("rcep.certificate", "write", [certificate["id"]], {"remarks": remarks})

    def _ask(self, identity, kind):
        signer = self.user("signer")
        values = {"certificate_id": identity, "kind": kind, "reason": "The goods were not shipped"}
        context = {f"default_{name}": value for name, value in values.items()}
        dialogue = signer.do("rcep.certificate.request", "create", [values], context=context)
        signer.do("rcep.certificate.request", "action_request", dialogue)

    def _replace(self, identity):
        clerk = self.user("clerk")
        values = {"certificate_id": identity, "kind": "amended", "reason": "A word in box 9 was wrong"}
        context = {f"default_{name}": value for name, value in values.items()}
        dialogue = clerk.do("rcep.certificate.replace", "create", [values], context=context)
        clerk.do("rcep.certificate.replace", "action_replace", dialogue)

    def attend(self) -> None:
        """The connection manager has what was put off for long tried now, once the connection works again."""
        manager = self.user("manager")
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        paused = manager.do("rcep.platform", "search", [["paused_until", ">", str(now)]])
        for platform in paused:
            self.work(partial(manager.do, "rcep.platform", "action_test", [platform]))
        late = [["state", "in", ["queued", "unknown"]], ["next_try", ">", str(now + LONG)], ["lease_until", "=", False]]
        waiting = manager.do("rcep.platform.message", "search", late, limit=AT_ONCE)
        if waiting:
            self.work(partial(manager.do, "rcep.platform.message", "action_retry", waiting))

    def work(self, task: Callable[[], None]) -> None:
        """Do one thing; where the server refuses, count its sentence and go on, as a user would.

        :raises requests.RequestException: where nobody answers
        """
        try:
            task()
        except ScenarioError as error:
            self.refused[_kind_of(str(error))] += 1

    def is_done(self, certificates: list[dict]) -> bool:
        """Whether every certificate came to an end that its fate allows, with nothing asked for."""
        return all(
            not each["pending_request"] and each["state"] in ENDED
            and (self.fate(each) != "replaced" or each["state"] in ("replaced", "cancelled"))
            and (self.fate(each) != "cancelled" or each["state"] == "cancelled")
            for each in certificates
        )


def _kind_of(sentence):
    """A sentence without its names and numbers, so that the same refusal counts as one."""
    words = sentence.split("\n")[0].split()
    return " ".join(word for word in words if not any(letter.isdigit() for letter in word))[:120]
