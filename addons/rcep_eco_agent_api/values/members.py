"""What an agent's program is told of each record: the member of the answer, and where in the record it stands.

The border to agents' programs is made of the same tables, so that nothing is told that it does not list.
"""

import datetime
import functools

from odoo.addons.rcep_eco_agent.models.work.rcep_certificate import PACKING, SHIPMENT

AUTHORITY = {
    "number": "name",
    "principal": "company_id.name",
    "from": "valid_from",
    "until": "valid_until",
    "prepares": "may_prepare",
    "submits": "may_submit",
}
INVOICE = {
    "id": "id",
    "number": "name",
    "date": "invoice_date",
    "consignee": "partner_id.commercial_partner_id.name",
}
CERTIFICATE = {
    "id": "id",
    "reference": "name",
    "state": "state",
    "specimen": "is_specimen",
    "certificate_no": "certificate_no",
    "invoices": "invoice_numbers",
    "importing_party": "importing_party_id.code",
    "consignee": "partner_id.commercial_partner_id.name",
}
OF_SHIPMENT = {name: name for name in SHIPMENT}
ITEM = {
    "number": "number",
    "description": "description",
    "hs": "hs6",
    "verdict": "verdict",
    **{name: name for name in PACKING},
}
PAPER = {"kind": "kind", "name": "name", "state": "state"}
TABLES = {
    "rcep.authorisation": (AUTHORITY,),
    "account.move": (INVOICE,),
    "rcep.certificate": (CERTIFICATE, OF_SHIPMENT),
    "rcep.certificate.line": (ITEM,),
    "rcep.certificate.attachment": (PAPER,),
}


def of(record, table: dict) -> dict:
    """What a record says by a table; an empty field is null, a day is of ISO 8601."""
    return {member: _value(record, path) for member, path in table.items()}


def listed() -> frozenset:
    """``model.field`` of everything above, as a border names it."""
    return frozenset(
        f"{model}.{path.split('.')[0]}"
        for model, tables in TABLES.items()
        for table in tables
        for path in table.values()
    )


def _value(record, path):
    *way, name = path.split(".")
    last = functools.reduce(getattr, way, record)
    value = last[name]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return None if value is False and last._fields[name].type != "boolean" else value
