"""The platform of a faults run that takes files and answers by files: profile ``gacc-xml-2022``."""

import collections
import contextlib
import hashlib
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

FILER = {
    "filer_office": "3101", "filer_collect_at": "3101", "filer_person": "张示例",
    "filer_person_id": "330200199001010000", "filer_phone": "0574-00000000",
}  # fmt: skip
APPLICATIONS, ATTACHMENTS = "CooImp", "CooFile"
NUMBERS = re.compile(r"<OriInv><CertNo>[^<]*</CertNo><InvNo>([^<]+)<")
OLD = re.compile(r"<OldCertNo>([^<]+)<")
OURS = re.compile(r"^(Successed_|Failed_|Receipt_[0-9a-f]{32}(_1)?\.xml$)")  # replies that are none of the faults'
PAPERS = """
    SELECT attachment.client_ref, attachment.revision, attachment.state, message.digest
      FROM rcep_certificate_attachment AS attachment JOIN rcep_platform_message AS message
        ON message.attachment_id = attachment.id AND message.revision = attachment.revision"""
TAKEN = "SELECT certificate_id FROM rcep_application_number WHERE is_taken"


class Files:
    """The stand-in's folders and its database; a share of its replies comes late, twice, in halves or with nonsense."""

    fates = {"issued": 80, "replaced": 20}  # in a hundred; the office is asked for nothing else by a file
    remarks = ("", "", "RETURN", "", "TAKEN")  # the office sends it back, or says that its number is another's, once
    paper_each = 3
    wake = """INSERT INTO ir_cron_trigger (cron_id, call_at)
        SELECT res_id, now() AT TIME ZONE 'UTC' FROM ir_model_data WHERE module = 'rcep_eco' AND model = 'ir.cron'
           AND name IN ('ir_cron_outbox', 'ir_cron_events', 'ir_cron_apply')"""
    secrets = (FILER["filer_person_id"],)

    def __init__(self, instance):
        self._instance = instance

    def connect(self, actors) -> None:
        """Lead the firm's connection to the folders."""
        manager = actors.user("manager")
        platforms = manager.do("rcep.platform", "search", [])
        manager.do("rcep.platform", "write", platforms, {
            "profile": "gacc-xml-2022", "environment": "test", "folder": str(self._instance.folder / "sandbox/imp"),
            **FILER})

    def disturb(self, _draw: random.Random) -> collections.Counter[str]:
        """Its replies go wrong by themselves."""
        return collections.Counter()

    def calm(self) -> None:
        """Its faults harm nobody who comes to rest."""

    # --- its database
    def _rows(self, statement) -> list[dict]:
        path = Path(self._instance.folder, "sandbox/door.sqlite3")
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement)]

    def _box(self, folder, box) -> Path:
        return Path(self._instance.folder, "sandbox/imp", folder, box)

    def applications(self) -> list[dict]:
        """As `Calls.applications`: of each the last revision; what was issued in place of another ends that."""
        by_reference = collections.defaultdict(list)
        for row in self._rows("SELECT * FROM application ORDER BY rowid"):
            by_reference[row["reference"]].append(row)
        found, ended = [], set()
        for reference, rows in by_reference.items():
            last, text = rows[-1], self._box(APPLICATIONS, "SentBox").joinpath(rows[-1]["name"]).read_text()
            if last["state"] == "issued":
                ended.update(OLD.findall(text))
            found.append({
                "client_ref": reference, "state": last["state"], "revision": len(rows), "digest": last["digest"],
                "certificate_no": last["number"] if last["state"] == "issued" else "",
                "invoices": sorted(set(NUMBERS.findall(text)))})
        return [{**each, "state": "replaced" if each["certificate_no"] in ended else each["state"]} for each in found]

    def events(self) -> list[str]:
        """The ids of all that it sent: the hashes of its replies."""
        replies = self._rows("SELECT file, body FROM reply WHERE written")
        return [hashlib.sha256(row["body"]).hexdigest() for row in replies if OURS.match(row["file"])
                and not row["file"].endswith((".part", "_x.xml", "_y.xml"))]

    def revisions(self) -> int:
        """Of all applications, how many it took."""
        return len(self._rows("SELECT name FROM application WHERE state <> 'failed'"))

    def differences(self, rows: Callable[[str], list[dict]]) -> Iterator[str]:
        """What else does not agree: files, numbers and attachments.

        :param rows: what Odoo's database answers to a statement
        """
        for folder, table in ((APPLICATIONS, "application"), (ATTACHMENTS, "attachment")):
            names = [path.name for box in ("OutBox", "SentBox", "FailBox") for path in self._box(folder, box).iterdir()]
            if sorted(names) != sorted(row["name"] for row in self._rows(f"SELECT name FROM {table}")):  # noqa: S608  (a name of ours)
                yield f"the folders of {folder} hold other files than the office took"
        refused = {row["reference"] for row in self._rows("SELECT reference FROM application WHERE state = 'refused'")}
        if len(rows(TAKEN)) != len(refused):
            yield f"{len(rows(TAKEN))} numbers were another's in Odoo, and {len(refused)} at the office"
        there = {row["name"]: row for row in self._rows("SELECT * FROM attachment")}
        for paper in rows(PAPERS):
            sent = there.get(f"{paper['client_ref']}-{paper['revision']}.xml")
            if not sent or (paper["state"], paper["digest"]) != (sent["state"], sent["digest"]):
                yield f"attachment {paper['client_ref']}: {paper['state']} in Odoo and {sent and sent['state']} there"
