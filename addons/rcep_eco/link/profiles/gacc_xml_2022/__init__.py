"""Profile ``gacc-xml-2022``: the import interface for certificates of origin that China's customs announced in 2022.

Announcement 1 of 2022 of the General Administration of Customs names it; its annex was not read for this project. What
is written here was put together from clients that speak it: order and spelling of the elements from two of them,
lengths and receipts from one (docs/gacc.md says of each fact how sure it is). No real client has taken a file of
this profile yet. It is not an official text, and nothing else of this suite knows of it.

Messages are files: we write them into a folder, a client of the single window sends them, and its replies are files
again. So this profile has no calls; what it cannot do (take back, cancel, hand out the document, file products) it does
not offer. The number of a certificate is given by the applicant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from ...application import Application
from ...attachment import Attachment
from ...event import NUMBER_TAKEN, Event
from ...filing_party import NOBODY, Filer
from ...record import FieldError
from .. import FOLDERS, Explanation
from . import reader, redaction, trial, values, writer
from .elements import table
from .explanations import EXPLANATIONS, FORMAT

CODE = "gacc-xml-2022"
# A number is the type, the year, the organisation code and a serial of the firm's own.
SERIAL_DIGITS = 4
# What says that somebody used the number before; inferred: no list of codes is known.
TAKEN = re.compile(r"(证书号|证书编号|证号|CertNo).{0,12}(重复|已存在|已使用|已被使用|占用)", re.IGNORECASE)
ITEM = re.compile(r"GNo\s*=\s*([1-9]\d{0,3})|第\s*([1-9]\d{0,3})\s*项")
# Receipts are ordered by their moments: four steps a second since this project's first day fit a database's number.
SINCE = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)
STEPS = ("submitted", "under_review", "returned", "issued")


class GaccXml2022:
    """The profile; stateless, so one object serves every company."""

    code = CODE
    name = "XML files of the single window, 2022 (read from clients; not yet accepted by a real one)"
    names = {"zh_CN": "单一窗口 XML 报文，2022（据客户端整理，尚未经真实客户端接收）"}
    wire = FOLDERS
    offers = frozenset({"attachment"})
    attachment_kinds = writer.FILE_TYPES
    can_enrol = False
    has_conformance = True
    needs_conformance = False  # an office has no place for trials; ours is done here, and nothing leaves
    announces_keys = False
    is_proven = False  # a real client has taken no file yet
    filer_fields = ("office", "collect_at", "person", "person_id", "phone")
    folders = {"out": "CooImp/OutBox", "sent": "CooImp/SentBox", "failed": "CooImp/FailBox", "in": "CooImp/InBox"}
    attachment_folder = "CooFile"
    attachment_folders = {part: path.replace("CooImp", "CooFile") for part, path in folders.items()}
    suffix = ".xml"

    # --- the trial
    @property
    def cases(self):
        """What a trial shows; this interface itself asks for nothing."""
        return trial.cases()

    @property
    def rehearsal_steps(self):
        return {case.id: case.id for case in trial.cases()}

    def rehearsal(self, *arguments):
        """A trial, by the arguments of `rehearsal.Rehearsal`."""
        return trial.Trial(*arguments)

    # --- numbers
    def series(self, application: Application, uscc: str, day: dt.date) -> str:
        """What the numbers of a firm's applications of a type and year begin with."""
        return f"{values.certificate_type(application)}{day.year % 100:02d}{values.organisation(uscc)}"

    def number(self, series: str, serial: int) -> str:
        """The number of an application, at most 20 characters.

        >>> PROFILE.number("RC26MA2EXAMPL", 1)
        'RC26MA2EXAMPL0001'
        """
        return f"{series}{serial:0{SERIAL_DIGITS}d}"

    # --- out
    def application_body(
        self, application: Application, revision: int, submit: bool, filer: Filer = NOBODY
    ) -> bytes:
        """Return the message's bytes; a revision is told apart by the name of its file alone."""
        return writer.write(application, filer)

    def attachment_body(self, application: Application, filer: Filer, attachment: Attachment) -> bytes:
        """Return the bytes of the message that carries one paper of an application."""
        return writer.write_file(application, filer, attachment)

    def problems(self, application: Application, filer: Filer) -> tuple:
        """What this interface would not take, as :class:`rules.Broken`."""
        return tuple(writer.broken(application, filer))

    # --- in
    def reply_name(self, name: str) -> tuple[str, bool] | None:
        return reader.reply_name(name)

    def without_personal(self, text: str) -> str:
        """A reply as it may be kept and shown."""
        return reader.without_personal(text)

    def redacted(self, text: str, facts: Mapping[str, str]) -> str:
        """A reply without the firm's facts, for tests: {what the application said: by what it is replaced}."""
        return redaction.redacted(text, facts)

    def read_receipt(self, body: bytes) -> reader.Receipt:
        """Return what a reply says; raises `Unreadable` and nothing else, whatever the bytes."""
        return reader.read(body)

    def event(self, receipt: reader.Receipt, event_id: str, client_ref: str, revision: int, digest: str = "") -> Event:
        """A receipt as an event of the application that it is about.

        :param digest: of the content that was sent under that revision
        """
        state = receipt.state
        issued = state == "issued"
        return Event(
            event_id=event_id,
            client_ref=client_ref,
            sequence=self.sequence(receipt.moment, state),
            certificate_no=receipt.number if issued else "",
            state=state,
            revision=revision,
            occurred_at=receipt.moment,
            issued_at=receipt.moment if issued else None,
            print_state="not_printed" if issued else "",
            errors=self.errors(receipt),
            content_digest=digest,
        )

    @staticmethod
    def sequence(moment: dt.datetime, state: str) -> int:
        """The place of what was said among all that is said of an application: by its moment, then by how final it is.

        >>> early, late = (dt.datetime(2026, 11, 19, 10, 0, each, tzinfo=reader.CHINA) for each in (2, 3))
        >>> PROFILE.sequence(early, "issued") < PROFILE.sequence(late, "submitted")
        True
        """
        seconds = int((moment - SINCE).total_seconds())
        return max(seconds, 0) * len(STEPS) + STEPS.index(state) + 1

    def errors(self, receipt: reader.Receipt) -> tuple[FieldError, ...]:
        """What a receipt says is wrong with an application; nothing where it is no refusal of one."""
        return (self._error(receipt),) if receipt.state == "returned" else ()

    @staticmethod
    def _error(receipt) -> FieldError:
        text = receipt.text or receipt.code
        if receipt.technical and TAKEN.search(receipt.text):
            return FieldError(path="", code=NUMBER_TAKEN, message=text)
        return FieldError(path=path_in(receipt.text), code=FORMAT if receipt.technical else "", message=text)

    def explain(self, code: str) -> Explanation | None:
        known = EXPLANATIONS.get(code)
        return Explanation(*known) if known else None


def path_in(text: str) -> str:
    """The canonical path of what a reply names: an element, or its Chinese label, and the number of a good.

    >>> path_in("报文格式错误: OrgCode"), path_in("第2项货物原产标准与进口成份比例不符"), path_in("待审核")
    ('filer.office', 'items.1.criterion', '')
    """
    item = ITEM.search(text)
    place = int(item[1] or item[2]) - 1 if item else None
    for node, start in (("goods", f"items.{place}."), ("head", ""), ("change", "")):
        if node == "goods" and place is None:
            continue
        found = [each for each in table()[node] if each.path and (
            re.search(rf"(?<![A-Za-z]){each.name}(?![A-Za-z])", text) or each.label in text)]  # fmt: skip
        if found:
            first = min(found, key=lambda each: (_where(text, each), -len(each.label)))
            return first.path if first.path.startswith("filer.") else f"{start}{first.path}"
    return f"items.{place}" if place is not None else ""


def _where(text, element):
    """Where an element is named in a text."""
    places = [text.find(element.label), text.find(element.name)]
    return min(place for place in places if place >= 0)


PROFILE = GaccXml2022()
