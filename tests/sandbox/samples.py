"""One enterprise, one product and one application that a platform takes; tests change what they are about."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

from rcep_link.application import Application, Declaration, Invoice, Item, Packages, Trader, Transport
from rcep_link.filing import Filing, Material, Process

USCC = "91330200MA2AE4FJ45"


def filing(**facts) -> Filing:
    """A filing of lamps made of imported chips."""
    chip = Material(
        name="LED chip", name_zh="芯片", hs6="854141", origin_country="KR", unit="PCS", unit_price=Decimal("0.1"),
        use_per_unit=Decimal("40"), non_originating_value=Decimal("4.00"),
    )  # fmt: skip
    lamp = Filing(
        client_ref=str(uuid.uuid4()), product_ref="LAMP-1", name_en="LED lamp", name_zh="LED灯", unit="PCS",
        currency="CNY", hs6="940511", ex_works=Decimal("30.00"), fob=Decimal("32.00"), criterion="CTC",
        materials=(chip,), processes=(Process(number=1, name_en="Assembly"),),
    )  # fmt: skip
    return dataclasses.replace(lamp, **facts)


def application(invoice: str = "NB2026-001", **facts) -> Application:
    """An application for five hundred lamps to Viet Nam."""
    item = Item(
        number=1, product_ref="LAMP-1", hs6="940511", description="LED LAMPS ***", description_zh="LED灯",
        packages=Packages(count=10, kind="CARTON", text="TEN (10) CARTONS"), quantity=Decimal("500"), unit="PCS",
        currency="USD", invoice_value=Decimal("2500.00"), criterion="CTC", invoice_number=invoice,
        producer="Ningbo Lamp Co., Ltd.", dossier_sha256="0" * 64,
    )  # fmt: skip
    whole = Application(
        client_ref=str(uuid.uuid4()),
        importing_party="VN",
        exporter=Trader(
            name="宁波灯具有限公司", name_en="Ningbo Lamp Co., Ltd.", address="1 Port Road, Ningbo", country="CN",
            uscc=USCC,
        ),
        consignee=Trader(name_en="Saigon Light JSC", address="2 Le Loi, Ho Chi Minh City", country="VN"),
        transport=Transport(means="sea", port_of_loading="NINGBO", port_of_discharge="HO CHI MINH CITY"),
        invoices=(
            Invoice(
                number=invoice, date=dt.date(2026, 5, 2), currency="USD", incoterm="FOB", amount=Decimal("2500.00")
            ),
        ),
        items=(item,),
        declaration=Declaration(place="NINGBO", date=dt.date(2026, 5, 3), signatory="Wang Fang"),
    )  # fmt: skip
    return dataclasses.replace(whole, **facts)
