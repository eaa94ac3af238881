"""What passes our checks is never refused by the platform: tried on applications made at random.

The stand-in's own desk and reviewer decide, without the wire: each application is taken in as it would be sent.
"""

import dataclasses
import datetime as dt
import itertools
import json
import uuid
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rcep_link import application as canonical
from rcep_link import customs_checks
from rcep_link.profiles import ccpit_json_1

from ccpit_sandbox import filings
from ccpit_sandbox.application_record import find
from ccpit_sandbox.applications import CONNECTED_PARTIES, Applications
from ccpit_sandbox.enterprises import Enterprise
from ccpit_sandbox.faults import Faults
from ccpit_sandbox.review import Reviewer
from ccpit_sandbox.store import Store
from ccpit_sandbox.wire import Refusal

from . import samples
from .conftest import new_uscc

PROFILE = ccpit_json_1.PROFILE
ODD_ONE = 17  # of fifty
NUMBERS = itertools.count(1)
ORDINARY = ("NINGBO LAMP CO., LTD.", "LED LAMPS", "N/M", "CTN 1-20 HAI PHONG", "Công ty Đèn", "NB2026-77", "")
ODD = ("MADE IN P.R.C.", "MADE IN JAPAN", "PRODUCT OF CHINA", "made in the people's republic of china", "灯", "Лампа",
       "A\u200bB", "A\nB", "１２３", "NB 2026", "\x07", "X" * 600)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(ORDINARY), st.sampled_from(ORDINARY + ODD),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
)  # fmt: skip
GOOD_TEXTS = st.sampled_from(ORDINARY[:5])
AMOUNTS = st.integers(0, 10**8).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(dt.date(2026, 4, 20), dt.date(2026, 5, 20))
COUNTRIES = st.sampled_from(["VN", "VN", "TH", "MY", "JP", "DE", ""])


def mostly(usual, odd=TEXTS):
    """What is usual nearly always, so that many applications pass: they have some thirty texts."""
    return st.integers(0, 49).flatmap(lambda dice: odd if dice == ODD_ONE else usual)


@st.composite
def items(draw, number, invoices):
    criterion = draw(st.sampled_from(canonical.AGREEMENTS["RCEP"]))
    is_rvc = criterion == "RVC"
    usual = st.just(Decimal("45.50")) if is_rvc else st.none()
    return canonical.Item(
        number=draw(mostly(st.just(number), st.integers(0, 9))),
        product_ref=draw(mostly(st.just("LAMP-1"))),
        hs6=draw(mostly(st.just("940511"))),
        description=draw(mostly(GOOD_TEXTS)),
        description_zh=draw(TEXTS),
        marks=draw(mostly(GOOD_TEXTS)),
        packages=canonical.Packages(
            count=draw(st.integers(0, 3)), kind=draw(mostly(st.sampled_from(["CARTON", "IN NUDE"])))
        ),
        quantity=draw(AMOUNTS),
        unit=draw(mostly(st.sampled_from(["PCS", "KG", "M²"]))),
        gross_weight=draw(st.none() | AMOUNTS),
        fob_value=draw(mostly(AMOUNTS if is_rvc else st.none(), st.none() | AMOUNTS)),
        currency=draw(mostly(st.sampled_from(["USD", "CNY", "JPY"]))),
        invoice_value=draw(AMOUNTS),
        criterion=criterion,
        modifiers=draw(st.sampled_from([(), ("ACU",), ("DMI",), ("ACU", "DMI")])),
        origin_country=draw(mostly(st.just("CN"), COUNTRIES)),
        origin_mark=draw(st.sampled_from(canonical.ORIGIN_MARKS)),
        rvc=draw(mostly(usual, st.none() | AMOUNTS)),
        producer=draw(mostly(GOOD_TEXTS)),
        invoice_number=draw(mostly(st.sampled_from(invoices) if invoices else st.just(""))),
        dossier_sha256=draw(mostly(st.just("ab" * 32))),
    )


@st.composite
def applications(draw, uscc):
    kind = draw(mostly(st.just("new"), st.sampled_from(canonical.KINDS)))
    dated = draw(st.none() | DAYS)
    declared = draw(DAYS)
    numbers = [draw(mostly(st.just(f"NB2026-{next(NUMBERS)}"))) for _each in range(draw(st.integers(1, 2)))]
    party = draw(mostly(st.sampled_from(CONNECTED_PARTIES), COUNTRIES))
    invoices = tuple(
        canonical.Invoice(
            number=number, date=draw(DAYS), currency=draw(mostly(st.sampled_from(["USD", "CNY"]))),
            incoterm=draw(mostly(st.sampled_from(["FOB", "CIF"]))), amount=draw(AMOUNTS),
        )
        for number in numbers
    )  # fmt: skip
    return canonical.Application(
        client_ref=str(uuid.uuid4()),
        kind=kind,
        old=draw(st.none() | st.builds(canonical.OldCertificate, number=GOOD_TEXTS, reason=TEXTS, issued_on=DAYS)),
        third_party=draw(st.none() | st.builds(canonical.ThirdParty, name=mostly(GOOD_TEXTS), country=COUNTRIES)),
        retroactive=draw(mostly(st.just(bool(dated and dated < declared)), st.booleans())),
        importing_party=party,
        exporter=canonical.Trader(
            name=draw(TEXTS), name_en=draw(mostly(GOOD_TEXTS)), uscc=uscc, address=draw(mostly(GOOD_TEXTS)),
            country="CN",
        ),
        consignee=canonical.Trader(
            name_en=draw(mostly(GOOD_TEXTS)), address=draw(mostly(GOOD_TEXTS)), country=draw(mostly(st.just(party)))
        ),
        producer=canonical.Producer(statement=draw(st.sampled_from(canonical.PRODUCER_STATEMENTS[1:]))),
        transport=canonical.Transport(
            departure_date=dated, means=draw(st.sampled_from(canonical.MEANS)), vessel=draw(mostly(GOOD_TEXTS)),
            port_of_loading=draw(mostly(GOOD_TEXTS)), port_of_discharge=draw(mostly(GOOD_TEXTS)),
        ),
        invoices=invoices,
        items=tuple(draw(items(number, numbers)) for number in range(1, draw(st.integers(1, 3)) + 1)),
        declaration=canonical.Declaration(
            place=draw(mostly(GOOD_TEXTS)), date=declared, signatory=draw(mostly(GOOD_TEXTS))
        ),
        remarks=draw(mostly(GOOD_TEXTS)),
        verify_url=draw(st.sampled_from(["", "https://lamps.example/eco/abc"])),
    )  # fmt: skip


class Desk:
    """The stand-in's desk and its reviewer, over a database of their own, for one enterprise."""

    def __init__(self, folder):
        self.store = Store(folder)
        self.applications = Applications(self.store, "https://check.example/", 0.0)
        self.reviewer = Reviewer(self.store, self.applications, Faults(self.store))
        self.uscc = new_uscc()
        with self.store.transaction() as database:
            database.execute(
                "INSERT INTO enterprise VALUES (1, 'C-1', ?, 'Ningbo Lamp', 'x', 'key', 'pem', '')", (self.uscc,)
            )
        self.firm = Enterprise(1, "C-1", self.uscc, "Ningbo Lamp")

    def file(self, item):
        """File the product of an item, as it is done before an application leaves."""
        rvc = item.rvc if item.criterion == "RVC" else None
        filed = samples.filing(product_ref=item.product_ref, hs6=item.hs6, criterion=item.criterion, rvc=rvc)
        filings.take(self.store, self.firm, filed.client_ref, PROFILE.filing_body(filed), 0.0)

    def refusal(self, application):
        """What the platform says against an application: at its desk, or in its review."""
        try:
            body = PROFILE.application_body(application, 1, True)
            self.applications.take(self.firm, application.client_ref, body)
        except Refusal as error:
            return error.errors or [error.code]
        with self.store.reading() as database:
            return self.reviewer.objections(find(database, 1, application.client_ref))


def passes(application):
    """Whether our checks let it leave."""
    beside = customs_checks.Beside(
        goods=tuple(
            customs_checks.GoodOnFile(item.hs6, item.criterion, item.modifiers, steps=1) for item in application.items
        ),
        connected=application.importing_party in CONNECTED_PARTIES,
    )
    errors = [each for each in customs_checks.findings(application, beside) if each.check.level == customs_checks.ERROR]
    one_criterion = len({(item.product_ref, item.criterion) for item in application.items}) == len(
        {item.product_ref for item in application.items}
    )  # said of the certificate's goods before the application is made
    return not application.problems() and not errors and one_criterion


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(tmp_path_factory.mktemp("desk"))


COUNTS = {"passed": 0, "stopped": 0}


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_passes_our_checks_is_never_refused(desk, data):
    application = data.draw(applications(desk.uscc))
    if application.kind != "new":  # whether the earlier certificate is valid is not the application's to say
        application = dataclasses.replace(application, kind="new", old=None)
    ours = passes(application)
    COUNTS["passed" if ours else "stopped"] += 1
    if ours:
        for item in application.items:
            desk.file(item)
        assert desk.refusal(application) == [], json.dumps(application.to_json(), ensure_ascii=False, indent=1)


def test_both_kinds_of_applications_were_tried():
    assert COUNTS["passed"] > 20
    assert COUNTS["stopped"] > 20
