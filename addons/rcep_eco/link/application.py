"""The canonical application: what an exporter says to have a certificate of origin issued.

It covers boxes 1 to 17 of Form RCEP (Regional Comprehensive Economic Partnership, Chapter 3, Section B and
Annex 3B; facts per box in Viet Nam's Circular 32/2022/TT-BCT). Words are this suite's own: a profile turns them
into a platform's. Paths in errors count from zero: ``items.0.hs6`` is the HS code of the first item.

>>> item = Item(number=1, product_ref="LAMP-1", hs6="940511", description="TEN (10) CARTONS OF LED LAMPS ***",
...     packages=Packages(count=10, kind="CARTON"), quantity=Decimal("500"), unit="PCS",
...     currency="USD", invoice_value=Decimal("2500.00"), criterion="CTC", invoice_number="NB2026-001",
...     producer="Ningbo Lamp Co., Ltd.", dossier_sha256="0" * 64)
>>> firm = Trader(name="宁波灯具有限公司", name_en="Ningbo Lamp Co., Ltd.", address="1 Port Road, Ningbo", country="CN")
>>> application = Application(client_ref="0b6e…", importing_party="VN", exporter=firm,
...     consignee=Trader(name_en="Saigon Light JSC", address="2 Le Loi, Ho Chi Minh City", country="VN"),
...     invoices=(Invoice(number="NB2026-001", date=dt.date(2026, 5, 2), currency="USD", incoterm="FOB",
...         amount=Decimal("2500.00")),),
...     items=(item,), declaration=Declaration(place="NINGBO", date=dt.date(2026, 5, 3), signatory="Wang Fang"))
>>> Application.from_json(application.to_json()) == application
True
>>> [problem.path for problem in application.problems()]
[]
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from .record import FieldError, Record, one_of

KINDS = ("new", "amended", "reissued", "amended_reissued")
# Criteria by agreement, as its form has them: box 10 of Form RCEP (Annex 3B), box 8 of Form E (ACFTA).
AGREEMENTS = {"RCEP": ("WO", "PE", "CTC", "RVC", "CR"), "ACFTA": ("WO", "PE", "PSR", "CTH", "RVC")}
CRITERIA = tuple(dict.fromkeys(criterion for criteria in AGREEMENTS.values() for criterion in criteria))
SUB_CRITERIA = ("", "RVC", "CTC", "CR")  # by which of them a product-specific rule (PSR) was met
MODIFIERS = ("ACU", "DMI")  # cumulation and de minimis: only beside a criterion
ORIGIN_MARKS = ("", "*", "**")  # box 11, Art. 2.6.6(a) and (b)
PRODUCER_STATEMENTS = ("named", "several", "confidential", "unknown")  # box 3
MEANS = ("", "sea", "air", "rail", "road", "post")


@dataclass(frozen=True, kw_only=True)
class Trader(Record):
    """A firm: exporter (box 1), consignee (box 2) or producer (box 3); country in two letters."""

    name_en: str
    name: str = ""
    uscc: str = ""  # unified social credit code, 18 characters, of firms in China
    address: str = ""
    country: str


@dataclass(frozen=True, kw_only=True)
class Producer(Record):
    """Box 3: one named producer, several (SEE BOX 8), CONFIDENTIAL or NOT AVAILABLE."""

    statement: str = one_of(PRODUCER_STATEMENTS, default="unknown")
    trader: Trader | None = None


@dataclass(frozen=True, kw_only=True)
class Transport(Record):
    """Box 4: departure and route; before shipment only the means may be known."""

    departure_date: dt.date | None = None
    means: str = one_of(MEANS, default="")
    vessel: str = ""
    port_of_loading: str = ""
    port_of_discharge: str = ""
    port_of_destination: str = ""
    route: str = ""


@dataclass(frozen=True, kw_only=True)
class Invoice(Record):
    """Box 13: an export invoice; one shipment may have several."""

    number: str
    date: dt.date
    currency: str
    incoterm: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Packages(Record):
    """Box 8: transport packages of an item; nude cargo has the kind ``IN NUDE`` and count 0."""

    count: int
    kind: str
    text: str = ""  # as printed: TWO THOUSAND (2000) CARTONS


@dataclass(frozen=True, kw_only=True)
class Item(Record):
    """Boxes 6 to 13 of one good.

    ``fob_value`` stands only where the criterion is RVC (box 12), ``rvc`` is then its percentage with two
    decimals. ``fob_declared`` is the same of every good, for the issuing body alone: no box prints it, nor
    ``tariff_code`` (the exporter's own, of eight or ten digits), ``unit_zh``, ``net_weight`` and ``maker``.
    ``product_ref`` is the exporter's own code, the same as in the product's filing.
    ``dossier_sha256`` is the fingerprint of the sealed dossier that proves the criterion.
    """

    number: int
    product_ref: str
    hs6: str
    description: str
    description_zh: str = ""
    marks: str = "N/M"
    packages: Packages
    quantity: Decimal
    unit: str
    gross_weight: Decimal | None = None  # kilograms
    net_weight: Decimal | None = None
    tariff_code: str = ""
    unit_zh: str = ""
    fob_value: Decimal | None = None
    fob_declared: Decimal | None = None
    currency: str
    invoice_value: Decimal
    criterion: str = one_of(CRITERIA)
    sub_criterion: str = one_of(SUB_CRITERIA, default="")
    modifiers: tuple[str, ...] = one_of(MODIFIERS, default=())
    origin_country: str = "CN"
    origin_mark: str = one_of(ORIGIN_MARKS, default="")
    rvc: Decimal | None = None
    producer: str
    maker: Trader | None = None
    invoice_number: str
    dossier_sha256: str


@dataclass(frozen=True, kw_only=True)
class OldCertificate(Record):
    """The certificate that an amendment or reissue replaces, why, and what of it was what and now is."""

    number: str
    reason: str
    applied_on: dt.date | None = None
    issued_on: dt.date | None = None
    boxes: str = ""  # numbers of the boxes that change
    was: str = ""
    now: str = ""


@dataclass(frozen=True, kw_only=True)
class ThirdParty(Record):
    """Boxes 14 and 17: who issued the invoice where it is not the exporter."""

    name: str
    address: str = ""
    country: str


@dataclass(frozen=True, kw_only=True)
class BackToBack(Record):
    """Boxes 14 and 17: the original proof of origin of a back-to-back certificate (Art. 3.19)."""

    number: str
    issued_on: dt.date
    issuing_country: str
    origin_country: str
    approved_exporter: str = ""


@dataclass(frozen=True, kw_only=True)
class Declaration(Record):
    """Box 15: who declares, where and when."""

    place: str
    date: dt.date
    signatory: str


@dataclass(frozen=True, kw_only=True)
class Application(Record):
    """One application; ``client_ref`` is the certificate's own UUID for life.

    The tick boxes of box 17 follow from ``back_to_back``, ``third_party`` (given or None) and ``retroactive``. Where
    goods of several originals go with one back-to-back certificate, the others stand in ``further_originals``.
    ``verify_url`` is the page of the exporter's website behind the QR code.
    """

    client_ref: str
    agreement: str = one_of(tuple(AGREEMENTS), default="RCEP")
    kind: str = one_of(KINDS, default="new")
    old: OldCertificate | None = None
    third_party: ThirdParty | None = None
    back_to_back: BackToBack | None = None
    further_originals: tuple[BackToBack, ...] = ()
    retroactive: bool = False
    importing_party: str
    exporter: Trader
    consignee: Trader
    producer: Producer = field(default_factory=Producer)
    transport: Transport = field(default_factory=Transport)
    invoices: tuple[Invoice, ...]
    items: tuple[Item, ...]
    declaration: Declaration
    contract_number: str = ""
    letter_of_credit: str = ""
    remarks: str = ""
    verify_url: str = ""

    @property
    def originals(self) -> tuple[BackToBack, ...]:
        """The proofs of origin that it rests on where it is back-to-back; none where it is not."""
        return (self.back_to_back, *self.further_originals) if self.back_to_back else ()

    def problems(self) -> tuple[FieldError, ...]:
        """Return all that an issuing body would send back, in the order of the form; empty when none."""
        from . import rules  # noqa: PLC0415  rules read the classes above

        return rules.application_problems(self)
