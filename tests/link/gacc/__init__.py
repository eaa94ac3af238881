"""Applications that say what the three sample messages say, and the samples themselves."""

import datetime as dt
import pathlib
from decimal import Decimal

from rcep_link.application import (
    Application,
    Declaration,
    Invoice,
    Item,
    OldCertificate,
    Packages,
    Producer,
    ThirdParty,
    Trader,
    Transport,
)
from rcep_link.filing_party import Filer

FOLDER = pathlib.Path(__file__).parent
USCC = "91330200MA2EXAMPL8"
EXPORTER = Trader(
    name="宁波示例电器有限公司", name_en="NINGBO EXAMPLE ELECTRIC CO., LTD.", uscc=USCC,
    address="NO.1 SAMPLE ROAD, NINGBO, CHINA", country="CN",
)  # fmt: skip
MAKER = Trader(name="宁波示例电器有限公司", name_en=EXPORTER.name_en, uscc=USCC[:10], country="CN")


def sample(name):
    """The bytes of a sample."""
    return (FOLDER / name).read_bytes()


def filer(number, **facts):
    """Who files the samples."""
    return Filer(
        number=number, enterprise_no="330200001", uscc=USCC, person="张示例", person_id="330200199001010000",
        phone="0574-00000000", office="3101", collect_at="3101", **facts,
    )  # fmt: skip


def item(number, tariff_code, zh, en, cartons, words, quantity, gross, net, value, **facts):  # noqa: PLR0917  as a row of the sample
    """A good of the samples."""
    described = f"{words} ({cartons}) CARTONS OF {en}"
    return Item(
        number=number, product_ref=f"P-{number}", hs6=tariff_code[:6], tariff_code=tariff_code, description=en,
        description_zh=zh, packages=Packages(count=cartons, kind="CARTON", text=described), quantity=Decimal(quantity),
        gross_weight=Decimal(gross), net_weight=Decimal(net), currency="USD", invoice_value=Decimal(value),
        fob_declared=Decimal(value), producer=EXPORTER.name_en, maker=MAKER, dossier_sha256="0" * 64,
        **{"unit": "PCS", "unit_zh": "个", **facts},
    )  # fmt: skip


def new_rcep():
    """Sample 1: a new certificate of type RC, two goods."""
    return Application(
        client_ref="7c1d", importing_party="VN", exporter=EXPORTER,
        consignee=Trader(name_en="EXAMPLE IMPORT JSC", address="1 EXAMPLE STREET, HAI PHONG, VIET NAM", country="VN"),
        producer=Producer(statement="named", trader=EXPORTER),
        transport=Transport(
            departure_date=dt.date(2026, 11, 25), means="sea", vessel="EXAMPLE STAR V.026S", port_of_loading="NINGBO",
            port_of_discharge="HAIPHONG", port_of_destination="HAIPHONG",
        ),
        invoices=(Invoice(number="ZX-2026-1188", date=dt.date(2026, 11, 18), currency="USD", incoterm="FOB",
                          amount=Decimal("24800.00")),),
        items=(
            item(1, "85044014", "电源适配器", "POWER ADAPTER", 480, "FOUR HUNDRED AND EIGHTY", "9600", "4320", "3840",
                 "15000.00", criterion="CTC", invoice_number="ZX-2026-1188"),
            item(2, "85366900", "插座", "SOCKET", 200, "TWO HUNDRED", "4000", "1600", "1400", "9800.00",
                 criterion="RVC", rvc=Decimal("58.5"), fob_value=Decimal("9800.00"), invoice_number="ZX-2026-1188"),
        ),
        declaration=Declaration(place="NINGBO", date=dt.date(2026, 11, 19), signatory="ZHANG SHILI"),
        contract_number="C-2026-77",
    )  # fmt: skip


def form_e_amended():
    """Sample 2: a Form E that is amended and reissued, invoiced by a third party."""
    return Application(
        client_ref="8d2e", agreement="ACFTA", kind="amended_reissued", importing_party="ID", exporter=EXPORTER,
        consignee=Trader(name_en="PT EXAMPLE INDONESIA", address="JL. CONTOH 1, JAKARTA, INDONESIA", country="ID"),
        producer=Producer(statement="confidential"),
        third_party=ThirdParty(name="EXAMPLE TRADING PTE LTD", address="1 EXAMPLE WAY, SINGAPORE", country="SG"),
        old=OldCertificate(
            number="E26MA2EXAMPL00001", reason="QUANTITY OF ITEM 1 CORRECTED\nORIGINAL LOST", boxes="9",
            was="5800 SETS", now="6000 SETS", applied_on=dt.date(2026, 11, 3), issued_on=dt.date(2026, 11, 4),
        ),
        transport=Transport(
            departure_date=dt.date(2026, 11, 5), means="sea", vessel="EXAMPLE OCEAN V.118S", port_of_loading="NINGBO",
            port_of_discharge="JAKARTA",
        ),
        retroactive=True,
        invoices=(Invoice(number="TP-2026-045", date=dt.date(2026, 11, 2), currency="USD", incoterm="FOB",
                          amount=Decimal("18600.00")),),
        items=(
            item(1, "73239300", "不锈钢餐具", "STAINLESS STEEL TABLEWARE", 300, "THREE HUNDRED", "6000", "3600", "3300",
                 "18000.00", unit="SETS", unit_zh="套", criterion="CTH", invoice_number="TP-2026-045",
                 marks="EXAMPLE\nJAKARTA\nC/NO.1-300"),
        ),
        declaration=Declaration(place="NINGBO", date=dt.date(2026, 11, 20), signatory="ZHANG SHILI"),
        remarks="THIRD PARTY INVOICING",
    )  # fmt: skip
