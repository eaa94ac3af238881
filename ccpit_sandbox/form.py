"""The specimen of Form RCEP that the sandbox issues: the link's own print, surrounded by what keeps it from passing."""

from __future__ import annotations

import datetime as dt

from rcep_link import form_sheets
from rcep_link.application import Application
from rcep_link.form import ISSUED_IN, boxes

SPECIMEN = "SPECIMEN — NOT VALID"
ENDED = {"cancelled": "CANCELLED", "replaced": "REPLACED"}


def draw(application: Application, number: str, day: dt.date, check_url: str, *, state: str = "issued") -> bytes:
    """The unsigned PDF of a certificate; ``number`` and ``day`` are those of its issue."""
    banner = f"SPECIMEN — {ENDED[state]} — NOT VALID" if state in ENDED else SPECIMEN
    certified = (day.isoformat(), SPECIMEN, "Signed electronically by the sandbox.", f"Check: {check_url}")
    around = form_sheets.Surroundings(
        number=number, issued_in=ISSUED_IN, certified=certified, banner=banner,
        note="issued by a sandbox; it proves nothing",
    )  # fmt: skip
    return form_sheets.draw(boxes(application), around)
