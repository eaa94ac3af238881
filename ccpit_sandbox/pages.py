"""The issuing body's own check page, for anybody who has the address on a certificate."""

from __future__ import annotations

import http

from werkzeug.wrappers import Response

from . import clock
from .application_record import ApplicationRecord
from .rendering import page
from .wire import PROFILE

STATES = {
    "issued": ("Issued", "已签发"),
    "cancelled": ("Cancelled", "已注销"),
    "replaced": ("Replaced", "已被替代"),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def check_page(record: ApplicationRecord | None) -> Response:
    """The page of a certificate, or one sentence with 404."""
    if record is None:
        return page("check.html", http.HTTPStatus.NOT_FOUND, HEADERS, application=None)
    application = PROFILE.read_application_body(record.body)
    facts = [
        ("Certificate number", "证书编号", record.certificate_no),
        ("State", "状态", f"{' '.join(STATES[record.state])} (SPECIMEN 样本)"),
        ("Date of issue", "签发日期", clock.day_of(record.issued_at).isoformat()),
        ("Valid until", "有效期至", record.valid_until),
        ("Exporter", "出口商", " ".join((application.exporter.name_en, application.exporter.name)).strip()),
        ("Importing Party", "进口成员方", application.importing_party),
    ]
    if record.replaced_by:
        facts.append(("Replaced by", "替代证书", record.replaced_by))
    return page("check.html", http.HTTPStatus.OK, HEADERS, application=application, facts=facts)
