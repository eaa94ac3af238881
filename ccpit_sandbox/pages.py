"""The issuing body's own check page, for anybody who holds the address on a certificate."""

from __future__ import annotations

import html
import http
import pathlib
import string

from werkzeug.wrappers import Response

from . import clock
from .application_record import ApplicationRecord
from .wire import PROFILE

PAGE = string.Template(pathlib.Path(__file__).with_name("check.html").read_text(encoding="utf-8"))
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
UNKNOWN = "No certificate is known under this address. 未找到该证书。"


def check_page(record: ApplicationRecord | None) -> Response:
    """The page of a certificate, or one sentence with 404."""
    if record is None:
        return _page(f"<p>{UNKNOWN}</p>", http.HTTPStatus.NOT_FOUND)
    application = PROFILE.read_application_body(record.body)
    state_en, state_zh = STATES[record.state]
    facts = [
        ("Certificate number", "证书编号", record.certificate_no),
        ("State", "状态", f"{state_en} {state_zh} (SPECIMEN 样本)"),
        ("Date of issue", "签发日期", clock.day_of(record.issued_at).isoformat()),
        ("Valid until", "有效期至", record.valid_until),
        ("Exporter", "出口商", " ".join((application.exporter.name_en, application.exporter.name)).strip()),
        ("Importing Party", "进口成员方", application.importing_party),
    ]
    if record.replaced_by:
        facts.append(("Replaced by", "替代证书", record.replaced_by))
    goods = "".join(
        f"<tr><td>{item.number}</td><td>{html.escape(item.description)} {html.escape(item.description_zh)}</td>"
        f"<td>{html.escape(item.hs6)}</td><td>{item.quantity:f} {html.escape(item.unit)}</td></tr>"
        for item in application.items
    )
    rows = "".join(
        f"<dt>{english} <span lang='zh'>{chinese}</span></dt><dd>{html.escape(fact)}</dd>"
        for english, chinese, fact in facts
    )
    head = "".join(
        f"<th>{english} <span lang='zh'>{chinese}</span></th>"
        for english, chinese in (("Item", "项号"), ("Goods", "货物"), ("HS code", "税则号列"), ("Quantity", "数量"))
    )
    return _page(f"<dl>{rows}</dl><table><thead><tr>{head}</tr></thead><tbody>{goods}</tbody></table>")


def _page(content: str, status: int = http.HTTPStatus.OK) -> Response:
    return Response(PAGE.substitute(content=content), status, headers=HEADERS, content_type="text/html; charset=utf-8")
