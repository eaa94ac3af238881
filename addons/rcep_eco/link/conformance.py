"""Does the cases that a platform asks an integration to pass, with made-up goods, and claims how each went.

Which step does a case stands in its profile (``rehearsal_steps``), since each platform names its cases itself; steps
share what was done before (the certificate that is issued is also cancelled). A case without a step is skipped and
said to be.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import typing
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal

from .application import Application, Declaration, Invoice, Item, Packages, Trader, Transport
from .canonical import digest
from .coded_message import CodedMessage
from .delivery import Parcel
from .errors import Conflict, LinkError, UnknownOutcome
from .filing import Filing, Material, Process
from .onboarding import Case, Claim

if typing.TYPE_CHECKING:
    from .client import Client
    from .event import Outcome

PAGES = 1000  # of the feed, read at most
QUESTIONS = 60  # asked at most until something is decided
RETURN, HOLD, LOSE_ANSWER = "return", "hold", "lose_answer"  # what a rehearsal asks of the platform by remarks


class NotShown(Exception):
    """A case did not come out as it has to."""

    def __init__(self, code: str, **facts):
        self.coded = CodedMessage(code, **facts)
        super().__init__(str(self.coded))


class Rehearsal:
    """One run over a connection.

    :param exporter: the enterprise, as it is enrolled
    :param pause: called between two questions about the same thing
    """

    def __init__(self, client: Client, exporter: Trader, pause: Callable[[], None]):
        self._client, self._exporter, self._pause = client, exporter, pause
        self._profile = client.profile
        self._mark = uuid.uuid4().hex[:8].upper()  # no two runs have an invoice number or a product in common
        self._done: dict[str, str] = {}
        self._bodies: dict[str, bytes] = {}

    def claims(self, cases: tuple[Case, ...]) -> Iterator[Claim]:
        """Do the cases in their order; the claim of each as soon as it is done."""
        for case in cases:
            began = _now()
            outcome, reference, result = self._outcome(case.id)
            yield Claim(
                case=case.id, outcome=outcome, client_ref=reference, began=began, ended=_now(),
                coded=result.to_json() if result else {},
            )

    def _outcome(self, case: str) -> tuple[str, str, CodedMessage | None]:
        step = self._profile.rehearsal_steps.get(case)
        if not step:
            return "skipped", "", CodedMessage("case_unknown")
        try:
            return "passed", getattr(self, f"do_{step}")() or "", None
        except (LinkError, NotShown) as error:
            return "failed", self._done.get(case, ""), error.coded

    # --- the steps
    def do_token(self) -> None:
        self._client.connect()

    def do_signature(self) -> None:
        self._client.events()

    def do_feed(self) -> None:
        cursor, seen = "", set()
        while cursor not in seen and len(seen) < PAGES:
            seen.add(cursor)
            page = self._client.events(cursor)
            if not page.more:
                return
            cursor = page.cursor
        raise NotShown("feed_endless")

    def do_filing_accepted(self) -> str:
        return self._once("filing_accepted", lambda: self._file(self._filing(), "accepted"))

    def do_filing_returned(self) -> str:
        bare = self._filing(materials=(), product_ref=f"{self._product}-X")
        return self._once("filing_returned", lambda: self._file(bare, "returned"))

    def do_application_issued(self) -> str:
        return self._once("application_issued", lambda: self._reach(self._send(self._application("1")), "issued"))

    def do_application_corrected(self) -> str:
        def correct():
            application = self._application("2", RETURN)
            reference = self._reach(self._send(application), "returned")
            self._send(dataclasses.replace(application, remarks=""), revision=2)
            return self._reach(reference, "issued")

        return self._once("application_corrected", correct)

    def do_duplicate(self) -> str:
        reference = self.do_application_issued()
        outcome = self._client.submit(reference, self._bodies[reference], str(uuid.uuid4()))
        if not outcome.duplicate:
            raise NotShown("no_duplicate")
        return reference

    def do_conflict(self) -> str:
        reference = self.do_application_issued()
        other = self._profile.application_body(self._application("1", client_ref=reference, remarks="OTHER"), 1, True)
        try:
            self._client.submit(reference, other, str(uuid.uuid4()))
        except Conflict:
            return reference
        raise NotShown("no_conflict")

    def do_lost_answer(self) -> str:
        def lose():
            application = self._application("3", LOSE_ANSWER)
            parcel = self._parcel(application)
            try:
                parcel.deliver(self._client)
            except UnknownOutcome:
                dataclasses.replace(parcel, ask_first=True).deliver(self._client)
                return application.client_ref
            raise NotShown("nothing_lost")

        return self._once("lost_answer", lose)

    def do_withdrawn(self) -> str:
        def withdraw():
            reference = self._send(self._application("4", HOLD))
            self._client.withdraw(reference, self._profile.reason_body("NOT NEEDED ANY MORE"), str(uuid.uuid4()))
            return self._reach(reference, "withdrawn")

        return self._once("withdrawn", withdraw)

    def do_document(self) -> str:
        reference = self.do_application_issued()
        certificate = self._client.status(reference).certificate_id
        self._client.document(certificate)
        self._client.issuer_check(certificate)
        return reference

    def do_cancelled(self) -> str:
        def cancel():
            self.do_document()  # of a certificate that is cancelled there may be none any more
            reference = self.do_application_issued()
            certificate = self._client.status(reference).certificate_id
            self._client.cancel(certificate, self._profile.reason_body("ORDER FELL THROUGH"), str(uuid.uuid4()))
            return self._reach(reference, "cancelled")

        return self._once("cancelled", cancel)

    def do_push(self) -> str:
        return self.do_application_issued()  # the platform saw whether its push was answered

    # --- what they are made of
    def _once(self, case: str, work: Callable[[], str]) -> str:
        if case not in self._done:
            self._done[case] = work()
        return self._done[case]

    def _file(self, filing: Filing, state: str) -> str:
        result = self._client.file_product(filing.client_ref, self._profile.filing_body(filing), str(uuid.uuid4()))
        self._until(lambda: self._client.filing_status(filing.client_ref), result.client_ref, state)
        return filing.client_ref

    def _send(self, application: Application, revision: int = 1) -> str:
        self.do_filing_accepted()
        self._parcel(application, revision).deliver(self._client)
        return application.client_ref

    def _parcel(self, application: Application, revision: int = 1) -> Parcel:
        self.do_filing_accepted()
        body = self._profile.application_body(application, revision, True)
        self._bodies[application.client_ref] = body
        return Parcel("application", application.client_ref, body, str(uuid.uuid4()), revision=revision)

    def _reach(self, reference: str, state: str) -> str:
        self._until(lambda: self._client.status(reference), reference, state)
        return reference

    def _until(self, ask: Callable[[], Outcome], reference: str, state: str) -> None:
        for _question in range(QUESTIONS):
            result = ask()
            if result.state == state:
                return
            self._pause()
        raise NotShown("other_state", reference=reference, state=result.state, wanted=state, questions=QUESTIONS)

    # --- made-up goods
    @property
    def _product(self) -> str:
        return f"REHEARSAL-{self._mark}"

    def _filing(self, **facts) -> Filing:
        chip = Material(
            name="LED chip", name_zh="芯片", hs6="854141", origin_country="KR", unit="PCS", unit_price=Decimal("0.1"),
            use_per_unit=Decimal(40), non_originating_value=Decimal(4),
        )  # fmt: skip
        whole = Filing(
            client_ref=str(uuid.uuid4()), product_ref=self._product, name_en="LED lamp", name_zh="LED灯", unit="PCS",
            currency="CNY", hs6="940511", ex_works=Decimal(30), fob=Decimal(32), criterion="CTC",
            materials=(chip,), processes=(Process(number=1, name_en="Assembly"),),
        )  # fmt: skip
        return dataclasses.replace(whole, **facts)

    def _application(self, number: str, asks: str = "", **facts) -> Application:
        invoice, today = f"REHEARSAL-{self._mark}-{number}", _now().date()
        item = Item(
            number=1, product_ref=self._product, hs6="940511", description="TEN (10) CARTONS OF LED LAMPS ***",
            packages=Packages(count=10, kind="CARTON", text="TEN (10) CARTONS"), quantity=Decimal(500), unit="PCS",
            currency="USD", invoice_value=Decimal(2500), criterion="CTC", invoice_number=invoice,
            producer=self._exporter.name_en, dossier_sha256=digest(self._mark.encode()),
        )  # fmt: skip
        whole = Application(
            client_ref=str(uuid.uuid4()),
            importing_party="VN",
            exporter=self._exporter,
            consignee=Trader(name_en="Rehearsal JSC", address="2 Le Loi, Ho Chi Minh City", country="VN"),
            transport=Transport(means="sea", port_of_loading="NINGBO", port_of_discharge="HO CHI MINH CITY"),
            invoices=(
                Invoice(number=invoice, date=today, currency="USD", incoterm="FOB", amount=Decimal(2500)),
            ),
            items=(item,),
            declaration=Declaration(place="NINGBO", date=today, signatory="REHEARSAL"),
            remarks=self._profile.rehearsal_remark(asks) if asks else "",
        )  # fmt: skip
        return dataclasses.replace(whole, **facts)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
