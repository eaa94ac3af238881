"""What each element says of an application: the one place where our words become this interface's.

What no fact of ours stands behind is said empty. Where a meaning is inferred from samples and not from a text, the
line says *inferred*.
"""

from __future__ import annotations

import functools
from decimal import Decimal

from babel import Locale
from babel.core import get_global

from ... import form
from ...application import Application, Item, Trader
from ...filing_party import Filer

KINDS = {"new": "0", "amended": "1", "reissued": "2", "amended_reissued": "3"}
TYPES = {"RCEP": "RC", "ACFTA": "E"}
SUB_CRITERIA = {"": "", "RVC": "1", "CTC": "2", "CR": "3"}
TAX_RATES = {"": "0", "*": "1", "**": "2"}
# Plurals as a client has them; inferred: other kinds by their English plural.
PACKAGES = {"CARTON": "CTNS", "PALLET": "PLTS", "IN NUDE": "IN NUDE"}
REGULAR, IRREGULAR = "1", "2"
NO_MARKS = "N/M"
KILOGRAMS = "KGS"
CREDIT_CODE = 18  # characters of a unified social credit code


def certificate_type(application: Application) -> str:
    """The type of certificate: RC, E."""
    return TYPES[application.agreement]


def organisation(uscc: str) -> str:
    """The organisation code inside a unified social credit code; what is shorter is one already.

    >>> organisation("91330200MA2EXAMPL8"), organisation("MA2EXAMPL")
    ('MA2EXAMPL', 'MA2EXAMPL')
    """
    return uscc[8:17] if len(uscc) == CREDIT_CODE else uscc


@functools.cache
def country_number(code: str) -> str:
    """The number of a country in ISO 3166-1, of its two letters, empty where there is none.

    >>> country_number("VN"), country_number("CN")
    ('704', '156')
    """
    return _numbers().get(code, "")


@functools.cache
def _numbers():
    aliases = get_global("territory_aliases")
    return {names[0]: number for number, names in aliases.items() if number.isdecimal() and len(names) == 1}


def country_zh(code: str) -> str:
    """A country in Chinese."""
    return Locale("zh").territories.get(code, "")


def number(value: Decimal | int | None) -> str:
    """A number as it is written: no exponent, no separator."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def day(value) -> str:
    return value.isoformat() if value else ""


def flag(*, is_set: bool, yes="1", no="0") -> str:
    return yes if is_set else no


def lines(*parts: str) -> str:
    """Lines of one text: trimmed, the empty ones left out."""
    rows = [row.strip() for part in parts for row in part.splitlines()]
    return "\n".join(filter(None, rows))


def firm(trader: Trader) -> str:
    """A firm with its address; its country is said where the address does not end with it."""
    country = form.country_name(trader.country)
    address = trader.address.strip()
    if not address.upper().rstrip(".").endswith(country):
        address = ", ".join(filter(None, (address, country)))
    return lines(trader.name_en, address)


def head(declared: Application, filer: Filer) -> dict[str, str]:
    """CertificateHead."""
    transport, invoice = declared.transport, declared.invoices[0]  # inferred: of several invoices the first stands here
    fobs = [item.fob_declared for item in declared.items]
    return {
        "CertNo": filer.number,
        "ApplyType": "1",  # it is declared, not only saved
        "CertStatus": KINDS[declared.kind],
        "CertType": certificate_type(declared),
        "EntMgrNo": filer.enterprise_no,
        "CiqRegNo": declared.exporter.uscc,
        "AplRegNo": filer.uscc or declared.exporter.uscc,
        "EtpsName": declared.exporter.name,
        "ApplName": filer.person,
        "Applicant": filer.person_id,
        "ApplTel": filer.phone,
        "OrgCode": filer.office,
        "FetchPlace": filer.collect_at or filer.office,
        "AplAdd": f"{declared.declaration.place}, {form.country_name(declared.exporter.country)}",
        "InvDate": day(invoice.date),
        "InvNo": invoice.number,
        "AplDate": day(declared.declaration.date),
        "DestCountry": form.country_name(declared.importing_party),
        "DestCountryCode": country_number(declared.importing_party),
        "DestCountryName": country_zh(declared.importing_party),
        "Exporter": firm(declared.exporter),
        "Consignee": firm(declared.consignee),
        "Mark": lines(*dict.fromkeys(item.marks for item in declared.items)) or NO_MARKS,
        "LoadPort": transport.port_of_loading,
        "UnloadPort": transport.port_of_discharge,
        "TransMeans": form.BY_MEANS[transport.means] if transport.means else "",
        "TransName": transport.vessel,
        "DestPort": transport.port_of_destination,
        "TransDetails": lines(transport.route or _route(transport)),
        "IntendExpDate": day(transport.departure_date),
        "TradeModeCode": filer.trade_mode,
        "FOBValue": number(sum(fobs, Decimal(0))) if None not in fobs else "",
        "TotalAmt": number(sum((each.amount for each in declared.invoices), Decimal(0))),
        "ContractNo": declared.contract_number,
        "LcNo": declared.letter_of_credit,
        "PriceTerms": invoice.incoterm,
        "Curr": invoice.currency,
        "Remark": lines(declared.remarks),
        "ProducerSertFlag": flag(is_set=declared.producer.statement == "confidential", yes="Y", no="N"),
        "ExhibitFlag": "0",
        "ThirdPartyInvFlag": flag(is_set=declared.third_party is not None),
        "PredictFlag": flag(
            is_set=bool(transport.departure_date and transport.departure_date > declared.declaration.date)
        ),
        "EtpsConcEr": filer.person,
        "EtpsTel": filer.phone,
    }


def _route(transport):
    parts = (("FROM", transport.port_of_loading), ("TO", transport.port_of_discharge))
    places = " ".join(f"{word} {place}" for word, place in parts if place)
    return f"{places} {form.BY_MEANS[transport.means]}" if places and transport.means else places


def goods(declared: Application, item: Item, filer: Filer) -> dict[str, str]:
    """One of CertificateList's Goods."""
    kind = item.packages.kind.upper()
    maker = item.maker or declared.exporter
    rcep = declared.agreement == "RCEP"
    return {
        "GoodsItemFlag": "N",
        "GNo": number(item.number),
        "HSCode": item.tariff_code or item.hs6,
        "GoodsName": item.description_zh,
        "GoodsNameE": item.description,
        "PackQty": number(item.packages.count),
        "PackUnit": PACKAGES.get(kind, f"{kind}S"),
        "GoodsQty": number(item.quantity),
        "GoodsUnitE": item.unit,
        "GoodsUnit": item.unit_zh,
        "GrossWt": number(item.gross_weight),
        "NetWt": number(item.net_weight),
        "WtUnit": KILOGRAMS if item.gross_weight is not None or item.net_weight is not None else "",
        "InvValue": number(item.invoice_value),
        "FOBValue": number(item.fob_declared),
        # Inferred: what is imported is what the regional value content leaves of a hundred.
        "ICompPrpr": number(100 - item.rvc) if rcep and item.rvc is not None else "",
        "OriCriteria": item.criterion,
        "OriCriteriaRef": number(item.rvc) if not rcep and item.criterion != "PSR" else "",
        "CiqRegNo": organisation(maker.uscc),
        "PrdcEtpsName": maker.name or maker.name_en,
        "PrdcEtpsConcEr": filer.person,
        "PrdcEtpsTel": filer.phone,
        "ProducerSertFlag": "N",
        "GoodsDesc": lines(item.packages.text or item.description),
        "OriCriteriaSub": SUB_CRITERIA[item.sub_criterion],
        "GoodsOriginCountry": country_number(item.origin_country) if rcep else "",
        "GoodsOriginCountryEn": form.country_name(item.origin_country) if rcep else "",
        "GoodsTaxRate": TAX_RATES[item.origin_mark] if rcep else "",
        "InvNo": item.invoice_number,
        "PackType": IRREGULAR if kind == "IN NUDE" else REGULAR,  # inferred
    }


def change(declared: Application) -> dict[str, str]:
    """ModCertificate, of what takes the place of an earlier certificate."""
    old = declared.old
    return {
        "OldCertNo": old.number,
        "ModReason": lines(old.reason),
        "ModColm": old.boxes,
        "OldSituDesc": lines(old.was),
        "ModSituDesc": lines(old.now),
        "OldDeclDate": day(old.applied_on),
        "OldIssueDate": day(old.issued_on),
    }


def third_party(declared: Application) -> dict[str, str]:
    """One of NonpartyCorpList's NonpartyCorp."""
    third = declared.third_party
    return {
        "SortNo": "1",
        "EntName": lines(third.name),
        "EntAddr": lines(third.address),
        "EntCountryCode": country_number(third.country),
        "EntCountryName": form.country_name(third.country),
    }


def invoice(declared: Application, place: int, filer: Filer) -> dict[str, str]:
    """One of OriInvs' OriInv; these stand in certificates of type RC only."""
    each = declared.invoices[place]
    return {
        "CertNo": filer.number,
        "InvNo": each.number,
        "ContractNo": declared.contract_number,
        "LcNo": declared.letter_of_credit,
        "Value": number(each.amount),
        "Curr": each.currency,
        "PriceClause": each.incoterm,
        "InvDate": day(each.date),
    }
