"""Takes files out of each *OutBox*, judges them, and puts replies into *InBox*; what was decided is on the disk first.

A file is judged once by its name, whatever happens to this process: its row and the replies to it are written in one
transaction, then the file is moved, then the replies are written. So a kill anywhere is made up for at the next step.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import pathlib
import random
import re
import sqlite3
import time
import uuid
from xml.sax.saxutils import escape

from lxml import etree

from . import schema

LOG = logging.getLogger(__name__)
APPLICATIONS, ATTACHMENTS = "CooImp", "CooFile"
BOXES = ("OutBox", "SentBox", "FailBox", "InBox")
ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?(\w+)'")
NAME = re.compile(r"(.+)-\d+\.xml")
CHINA = dt.timezone(dt.timedelta(hours=8))
RETURN, TAKEN = "RETURN", "TAKEN"  # in the remarks of an application: have it sent back, or its number refused, once
LIVE = ("received", "under_review", "issued")
FAULTS = ("late", "doubled", "half", "foreign", "odd")
ODD = b'<!DOCTYPE x [<!ENTITY a "b">]><Receipt><CertNo>&a;</CertNo></Receipt>'
TABLES = """
    CREATE TABLE IF NOT EXISTS application (
        name TEXT PRIMARY KEY, reference TEXT NOT NULL, number TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL,
        due REAL NOT NULL, remarks TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS attachment (
        name TEXT PRIMARY KEY, number TEXT NOT NULL, file_name TEXT NOT NULL, digest TEXT NOT NULL,
        state TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS reply (
        file TEXT PRIMARY KEY, folder TEXT NOT NULL, body BLOB NOT NULL, due REAL NOT NULL,
        written INTEGER NOT NULL DEFAULT 0)"""


class Door:
    """One firm's folders.

    :param review_seconds: how long each step of the office takes
    :param faults: share of replies, 0 to 1, that come late, twice, in halves, with a stranger's or with nonsense
    """

    def __init__(self, root: pathlib.Path, data: pathlib.Path, review_seconds: float = 1.0, faults: float = 0.0,
                 seed: int = 0):  # fmt: skip
        self.boxes = {box: root / APPLICATIONS / box for box in BOXES}
        self.papers = {box: root / ATTACHMENTS / box for box in BOXES}
        for box in (*self.boxes.values(), *self.papers.values()):
            box.mkdir(parents=True, exist_ok=True)
        data.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(data / "door.sqlite3", isolation_level=None)
        self.database.executescript(f"PRAGMA synchronous = FULL; {TABLES}")
        self._review_seconds, self._faults, self._dice = review_seconds, faults, random.Random(seed)  # noqa: S311  a dice for faults
        self._schema, self._paper_schema = schema.made(), schema.made_of_attachment()

    def step(self) -> None:
        """One look at everything."""
        self._take()
        self._review()
        self._write()

    # --- the client
    def _take(self):
        for path in sorted(self.boxes["OutBox"].glob("*.xml")):
            if path.name.startswith("."):
                continue
            row = self._row(path.name) or self._judge(path)
            path.rename(self.boxes["FailBox" if row[0] == "failed" else "SentBox"] / path.name)
        for path in sorted(self.papers["OutBox"].glob("*.xml")):
            if not path.name.startswith("."):
                state = self._paper_state(path.name) or self._judge_paper(path)
                path.rename(self.papers["FailBox" if state == "failed" else "SentBox"] / path.name)

    def _row(self, name):
        return self.database.execute("SELECT state FROM application WHERE name = ?", [name]).fetchone()

    def _judge(self, path):
        body = path.read_bytes()
        wrong, number, remarks = self._wrong(body)
        reference = NAME.fullmatch(path.name)
        row = [path.name, reference[1] if reference else path.name, number, hashlib.sha256(body).hexdigest()]
        if wrong:
            self._keep([*row, "failed", remarks], f"Failed_{path.stem}", _receipt(number, "2", note=wrong))
            return ("failed",)
        taken = self._is_taken(row[1], number, remarks)
        self._keep([*row, "refused" if taken else "received", remarks], f"Successed_{path.stem}", _accepted(number))
        if taken:
            self.database.execute("BEGIN")
            self._reply(_receipt(number, "2", note=taken))
            self.database.execute("COMMIT")
        return ("refused" if taken else "received",)

    def _paper_state(self, name):
        found = self.database.execute("SELECT state FROM attachment WHERE name = ?", [name]).fetchone()
        return found and found[0]

    def _judge_paper(self, path):
        """Take an attachment whose form is right and whose certificate was applied for."""
        body = path.read_bytes()
        wrong, texts = _judged(self._paper_schema, body)
        number, file_name = texts.get("CertNo") or "?", texts.get("FileName", "")
        known = "SELECT count(*) FROM application WHERE number = ?"
        if not wrong and not self.database.execute(known, [number]).fetchone()[0]:
            state, reply = "rejected", _of_attachment(texts, "2", "证书不存在")
        else:
            state = "failed" if wrong else "accepted"
            reply = _of_attachment(texts, "4", wrong) if wrong else _of_attachment(texts)
        self.database.execute("BEGIN")
        row = [path.name, number, file_name, hashlib.sha256(body).hexdigest(), state]
        self.database.execute("INSERT INTO attachment VALUES (?, ?, ?, ?, ?)", row)
        begins = "Failed" if state == "failed" else "Successed"
        self._reply(reply, name=f"{begins}_{path.stem}_{_stamp()}", folder=ATTACHMENTS)
        self.database.execute("COMMIT")
        return state

    def _wrong(self, body):
        """(what is wrong or an empty text, number, remarks)."""
        wrong, texts = _judged(self._schema, body)
        return wrong, texts.get("CertNo") or "?", "" if wrong else texts.get("Remark", "")

    def _is_taken(self, reference, number, remarks):
        """What the office answers where a number is another's, or its application is under way."""
        same = self.database.execute(
            "SELECT reference, state FROM application WHERE number = ? ORDER BY rowid", [number]
        ).fetchall()
        if any(owner != reference or state in LIVE for owner, state in same):
            return "证书号已存在"
        refused = "SELECT count(*) FROM application WHERE reference = ? AND state = 'refused'"
        once = not self.database.execute(refused, [reference]).fetchone()[0]
        return "证书号已存在" if TAKEN in remarks and once else ""

    def _keep(self, row, name, body):
        *facts, state, remarks = row
        now = time.time()
        self.database.execute("BEGIN")
        self.database.execute(
            "INSERT INTO application VALUES (?, ?, ?, ?, ?, ?, ?)", [*facts, state, now + self._review_seconds, remarks]
        )
        self._queue(f"{name}_{_stamp()}.xml", body, now)
        self.database.execute("COMMIT")

    # --- the office
    def _review(self):
        now = time.time()
        due = self.database.execute(
            "SELECT name, number, state, remarks, reference FROM application WHERE due < ? AND state IN (?, ?)",
            [now, "received", "under_review"],
        ).fetchall()
        for name, number, state, remarks, reference in due:
            self.database.execute("BEGIN")
            after, kind, text = self._decided(state, remarks, reference)
            self.database.execute(
                "UPDATE application SET state = ?, due = ? WHERE name = ?", [after, now + self._review_seconds, name]
            )
            self._reply(_receipt(number, "6", kind, text))
            self.database.execute("COMMIT")

    def _decided(self, state, remarks, reference):
        if state == "received":
            return "under_review", "2", "待审核"
        returned = "SELECT count(*) FROM application WHERE reference = ? AND state = 'returned'"
        if RETURN in remarks and not self.database.execute(returned, [reference]).fetchone()[0]:
            return "returned", "3", "退回修改"
        return "issued", "5", "审核通过"

    # --- replies
    def _reply(self, body, name="", folder=APPLICATIONS):
        """Have a reply written, with what a fault makes of it; within a transaction."""
        now, name = time.time(), name or f"Receipt_{uuid.uuid4().hex}"
        fault = self._dice.choice(FAULTS) if self._dice.random() < self._faults else ""
        self._queue(f"{name}.xml", body, now + (3 * self._review_seconds if fault == "late" else 0), folder)
        if fault == "doubled":
            self._queue(f"{name}_1.xml", body, now, folder)
        elif fault == "half":
            self._queue(f"{name}.xml.part", body[: len(body) // 2], now, folder)
        elif fault == "foreign":
            self._queue(f"{name}_x.xml", _receipt("RC26SOMEBODYS0001", "6", "5", "审核通过"), now, folder)
        elif fault == "odd":
            self._queue(f"{name}_y.xml", ODD, now, folder)

    def _queue(self, file, body, due, folder=APPLICATIONS):
        row = [file, folder, body, due]
        self.database.execute("INSERT INTO reply (file, folder, body, due) VALUES (?, ?, ?, ?)", row)

    def _write(self):
        waiting = "SELECT file, folder, body FROM reply WHERE NOT written AND due <= ? ORDER BY due, rowid"
        for file, folder, body in self.database.execute(waiting, [time.time()]).fetchall():
            path = (self.boxes if folder == APPLICATIONS else self.papers)["InBox"] / file
            if file.endswith(".part"):  # half of it under the name that the whole will have
                path = path.with_suffix("")
                if not path.exists():
                    path.write_bytes(body)
            else:
                temporary = path.with_suffix(".tmp")
                temporary.write_bytes(body)
                temporary.rename(path)
            self.database.execute("UPDATE reply SET written = 1 WHERE file = ?", [file])


def _judged(made, body):
    """(what is wrong by a schema, or an empty text; the texts of all elements by their local names)."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return "报文格式错误", {}
    texts = {etree.QName(each).localname: each.text or "" for each in root.iter() if isinstance(each.tag, str)}
    if made.validate(root):
        return "", texts
    named = ELEMENT.search(made.error_log[0].message)
    return f"报文格式错误: {named[1] if named else '?'}", texts


def _stamp():
    return dt.datetime.now(CHINA).strftime("%Y%m%d%H%M%S%f")[:17]


def _receipt(number, channel, kind="", text="", note=""):
    now = dt.datetime.now(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    verdict = (
        f"<CusRespData><RepType>{kind}</RepType><RepCode>0000</RepCode><RepAddMsg>{escape(text)}</RepAddMsg>"
        f"<RspGenTime>{now}</RspGenTime></CusRespData>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Receipt xmlns="{schema.NAMESPACE}">\n'
        f"<CertNo>{escape(number)}</CertNo><ReceiveTime>{now}</ReceiveTime><Channel>{channel}</Channel><Note>{escape(note)}</Note>"
        f"<SendTime>{now}</SendTime>{verdict if kind else ''}<Id>{uuid.uuid4().hex}</Id>\n</Receipt>"
    ).encode()


def _accepted(number):
    now = dt.datetime.now(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<FileRet><CertNo>{escape(number)}</CertNo><RetType>1</RetType>'
        f"<Note>接收成功</Note><ReceiveTime>{now}</ReceiveTime></FileRet>"
    ).encode()


def _of_attachment(texts, kind="1", note="接收成功"):
    now = dt.datetime.now(CHINA).strftime("%Y-%m-%d %H:%M:%S")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<FileRet><CertNo>{escape(texts.get("CertNo") or "?")}</CertNo>'
        f"<RetType>{kind}</RetType><FileName>{escape(texts.get('FileName', ''))}</FileName>"
        f"<FileType>{escape(texts.get('FileType', ''))}</FileType><Note>{note}</Note><ReceiveTime>{now}</ReceiveTime>"
        "</FileRet>"
    ).encode()
