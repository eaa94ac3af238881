"""Reads what comes back: a reply of the client, a receipt of the office, a receipt of one attachment.

Nothing in a reply is trusted: no DTD, no entity, no depth beyond what a receipt has, elements read by their local names
with or without the namespace.

>>> reply_name("Successed_0b6e-1_20261119100002123.xml")
('0b6e-1', True)
>>> reply_name("Successed_0b6e-1_1_20261119100002123.xml")
('0b6e-1_1', True)
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from lxml import etree

from ...coded_message import CodedMessage
from ...errors import Unreadable, plain

LONGEST = 10 * 1024 * 1024  # bytes of a reply
DEEPEST = 12
LONGEST_NUMBER = 60  # three times the longest that may be: what is longer is none
CHINA = dt.timezone(dt.timedelta(hours=8))  # times of replies are Beijing's
REPLY = re.compile(r"(Successed|Failed)_(.+)_\d{8,17}\.xml", re.IGNORECASE)
MOMENT = "%Y-%m-%d %H:%M:%S"
BREAKS = re.compile("/[nN]")
# The number of an identity card, alone or where a message of ours has it: replies may repeat what was sent.
PERSONAL = re.compile(
    r"(?<=<Applicant>)[^<]+|"
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])"
)

# --- what a receipt says
RECEIVED, FAILED, VERDICT = "1", "2", "6"  # channels; whatever is none of the first two has its verdict in RepType
STATES = {"2": "under_review", "3": "returned", "6": "returned", "5": "issued", "1": "returned"}
FAILED_TYPE = "1"
ACCEPTED, REJECTED = {"1", "3"}, {"2", "4"}  # RetType of FileRet


class Receipt(NamedTuple):
    """What the office says of one application, or of one of its attachments.

    :param number: of the application, which we gave it
    :param state: canonical; empty where it is about an attachment
    :param technical: whether it is about the message, and not about what is applied for
    :param moment: when the office said it
    :param attachment: name of the file that it is about, else empty
    :param accepted: of an attachment
    """

    number: str
    state: str
    technical: bool
    moment: dt.datetime
    text: str
    code: str = ""
    attachment: str = ""
    accepted: bool = True


def reply_name(name: str) -> tuple[str, bool] | None:
    """(whole name of our file, whether the client took it) of a reply's name, None where it is of another shape."""
    found = REPLY.fullmatch(name)
    return (found[2], found[1].lower() == "successed") if found else None


def read(body: bytes) -> Receipt:
    """Return what a receipt says, or raise `Unreadable` in words."""
    root = tree(body)
    kind = local(root)
    if kind == "Receipt":
        return _receipt(root, body)
    if kind == "FileRet":
        return _file_receipt(root, body)
    raise Unreadable(CodedMessage("gacc_other_root", found=plain(kind)), body)


def tree(body: bytes):
    """The root of a reply's XML; raises `Unreadable` for whatever else it is."""
    if len(body) > LONGEST:
        raise Unreadable(CodedMessage("reply_long", most=LONGEST // (1024 * 1024)))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(CodedMessage("gacc_no_xml"), body) from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable(CodedMessage("gacc_doctype"), body)
    if any(depth > DEEPEST for depth in _depths(root)):
        raise Unreadable(CodedMessage("gacc_deep"), body)
    return root


def _depths(root):
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield depth
        if depth > DEEPEST:
            return
        waiting += [(child, depth + 1) for child in node]


def local(node) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _elements(root) -> dict[str, str]:
    """The texts of all elements below, by local names; a name that stands twice says what the first says."""
    found: dict[str, str] = {}
    for node in root.iter():
        name = local(node)
        if name and not len(node):
            found.setdefault(name, (node.text or "").strip())
    return found


def _receipt(root, body) -> Receipt:
    elements = _elements(root)
    channel, kind = elements.get("Channel", ""), elements.get("RepType", "")
    text = elements.get("RepAddMsg") or elements.get("Note", "")
    moment = _moment(elements, ("RspGenTime", "ReceiveTime"), body)
    if channel == RECEIVED and not kind:
        return Receipt(_number(elements, body), "submitted", True, moment, _text(text))
    if channel == FAILED and not kind:
        return Receipt(_number(elements, body), "returned", True, moment, _text(text), elements.get("RepCode", ""))
    if kind not in STATES:
        raise Unreadable(CodedMessage("no_such_word", word=plain(kind), known=", ".join(STATES)), body)
    code = elements.get("RepCode", "")
    return Receipt(_number(elements, body), STATES[kind], kind == FAILED_TYPE, moment, _text(text), code)


def _file_receipt(root, body) -> Receipt:
    elements = _elements(root)
    kind, attachment = elements.get("RetType", ""), elements.get("FileName", "")
    if kind not in ACCEPTED | REJECTED:
        raise Unreadable(
            CodedMessage("no_such_word", word=plain(kind), known=", ".join(sorted(ACCEPTED | REJECTED))), body
        )
    moment, accepted = _moment(elements, ("ReceiveTime", "SendTime"), body), kind in ACCEPTED
    state = "" if attachment else "submitted" if accepted else "returned"
    return Receipt(
        _number(elements, body), state, True, moment, _text(elements.get("Note", "")), "", attachment, accepted
    )


def _number(elements, body):
    number = elements.get("CertNo", "")
    if not number or len(number) > LONGEST_NUMBER:
        raise Unreadable(CodedMessage("gacc_no_number"), body)
    return plain(number)


def _moment(elements, names, body):
    text = next((elements[name] for name in names if elements.get(name)), "")
    try:
        return dt.datetime.strptime(text, MOMENT).replace(tzinfo=CHINA)
    except ValueError as error:
        raise Unreadable(CodedMessage("no_date", value=plain(text)), body) from error


def without_personal(text: str) -> str:
    """A text as it may be kept and shown.

    >>> without_personal("<Applicant>A1</Applicant> 身份证号330200199001010000有误")
    '<Applicant>***</Applicant> 身份证号***有误'
    """
    return PERSONAL.sub("***", text)


def _text(text):
    """A text of several lines, as this interface breaks them; without personal data that it repeats."""
    return "\n".join(filter(None, (row.strip() for row in BREAKS.split(without_personal(text)))))
