"""A trial of this profile in which nothing leaves: an office has no place for made-up goods.

What a firm can be shown before its first real certificate is that its folders are there, that messages are written as
the table says and read back equal, that bad ones are refused, and that replies are read as they are meant.
"""

from __future__ import annotations

import base64
import csv
import dataclasses
import datetime as dt
import functools
import pathlib
import re

from lxml import etree

from ...application import OldCertificate, Packages, Producer
from ...attachment import Attachment
from ...conformance import NotShown, Rehearsal
from ...errors import Unreadable
from ...filing_party import Filer
from ...onboarding import Case
from . import reader, writer

TABLE = pathlib.Path(__file__).with_suffix(".csv")
SERIAL = "0001"
RECEIPTS = (("1", "", "submitted"), ("6", "2", "under_review"), ("6", "3", "returned"), ("6", "5", "issued"),
            ("2", "", "returned"))  # fmt: skip
NO_SENSE = (b"<Receipt><CertNo>RC26", b"<Letter/>", b"<a>" * 20 + b"</a>" * 20, b"<!DOCTYPE x []><Receipt/>", b"")
NUMBER = re.compile(r"[A-Z]{1,2}\d{2}[0-9A-Z]{9}\d{4}")


@functools.cache
def cases() -> tuple[Case, ...]:
    """The cases of this profile, from their table."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return tuple(Case(**row) for row in csv.DictReader(rows))


class Trial(Rehearsal):
    """One trial over a connection; the filer is the firm's own, the goods are made up."""

    def do_folders(self) -> None:
        self._client.connect()

    def do_application(self) -> None:
        self._reads_back(self._complete())

    def do_amended(self) -> None:
        old = OldCertificate(
            number=self._number, reason="A WORD WAS WRONG", boxes="8", was="LAMP", now="LAMPS", applied_on=self._today,
            issued_on=self._today,
        )  # fmt: skip
        declared = dataclasses.replace(self._complete(), kind="amended", old=old)
        self._reads_back(declared)
        change = writer.nodes(declared, self._filer)["change"][0].values
        self._show(change["OldCertNo"] == self._number and change["ModReason"] == old.reason, "old")

    def do_attachment(self) -> None:
        for kind in writer.FILE_TYPES:
            paper = Attachment(kind=kind, name="TRIAL.pdf", content=b"%PDF-1.7 trial")
            root = etree.fromstring(writer.write_file(self._complete(), self._filer, paper))
            content = base64.b64decode(root.findtext("FileContent"))
            self._show(content == paper.content, kind)

    def do_refused(self) -> None:
        declared = self._complete()
        good = declared.items[0]
        for facts in (
            {"description_zh": "灯" * 401},
            {"description": "LAMP \U0001f600"},
            {"maker": dataclasses.replace(self._exporter, uscc="")},
            {"tariff_code": "", "hs6": ""},
        ):
            bad = dataclasses.replace(declared, items=(dataclasses.replace(good, **facts),))
            if not any(writer.broken(bad, self._filer)):
                raise NotShown("trial_taken", what=", ".join(facts))

    def do_number(self) -> None:
        self._show(NUMBER.fullmatch(self._number) is not None, self._number)

    def do_receipts(self) -> None:
        for channel, kind, state in RECEIPTS:
            result = f"<RepType>{kind}</RepType><RspGenTime>2026-11-19 11:00:00</RspGenTime>"
            verdict = f"<CusRespData>{result}</CusRespData>"
            reply = (
                f"<Receipt><CertNo>{self._number}</CertNo><ReceiveTime>2026-11-19 10:00:05</ReceiveTime>"
                f"<Channel>{channel}</Channel>{verdict if kind else ''}</Receipt>"
            )
            self._show(reader.read(reply.encode()).state == state, state)

    def do_no_sense(self) -> None:
        for reply in NO_SENSE:
            try:
                reader.read(reply)
            except Unreadable:
                continue
            raise NotShown("trial_taken", what=reply[:20].decode())

    # --- what they are made of
    @property
    def _today(self) -> dt.date:
        return dt.datetime.now(reader.CHINA).date()

    @property
    def _number(self) -> str:
        return f"{self._profile.series(self._complete(), self._exporter.uscc, self._today)}{SERIAL}"

    @property
    def _filer(self) -> Filer:
        return dataclasses.replace(self._client.filer, number=self._number)

    def _complete(self):
        """The made-up application with what this interface asks for beside."""
        result = self._application("1")
        item = dataclasses.replace(
            result.items[0], tariff_code="94051190", description_zh="LED灯", unit_zh="个", maker=self._exporter,
            packages=Packages(count=10, kind="CARTON", text="TEN (10) CARTONS OF LED LAMPS"), description="LED LAMPS",
            gross_weight=result.items[0].quantity, net_weight=result.items[0].quantity,
            fob_declared=result.items[0].invoice_value,
        )  # fmt: skip
        transport = dataclasses.replace(
            result.transport, departure_date=self._today, vessel="TRIAL", port_of_destination="HO CHI MINH CITY"
        )
        producer = Producer(statement="named", trader=self._exporter)
        return dataclasses.replace(
            result, items=(item,), transport=transport, producer=producer, contract_number="TRIAL"
        )

    def _reads_back(self, declared):
        """Written, every element says what it was made of; and the interface takes it."""
        wrong = [each.path for each in writer.broken(declared, self._filer)]
        self._show(not wrong, ", ".join(wrong))
        root = etree.fromstring(writer.write(declared, self._filer))
        for group in writer.nodes(declared, self._filer).values():
            for node in group:
                found = next(each for each in root.iter() if reader.local(each) == node.tag)
                read = {reader.local(each): each.text or "" for each in found}
                for name, text in read.items():
                    self._show(text == writer.written(node.values.get(name, "")), name)

    @staticmethod
    def _show(is_so: bool, what: str):
        if not is_so:
            raise NotShown("trial_other", what=what)
