"""What a supplier answers on its page, read line by line: values for the declaration, or sentences on what is wrong."""

import base64
import datetime
import re
import unicodedata
from decimal import Decimal

from .. import origin
from ..link import plain_text
from ..texts import explanations
from ..texts.supplier_words import say
from ..values import amounts

LONGEST_YEARS = 5  # what is declared for longer, nobody would look at again
DOCUMENT_BYTES = 10 * 1024 * 1024
LONGEST = {"reference": 80, "reason": 500, "name": 100}  # characters
NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
# A document is what its first bytes say, whatever it is called.
KINDS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
ANSWERS = ("originates", "cannot")
# What a line of the form holds, besides its document.
FIELDS = ("answer", "party", "criterion", "rvc", "reference", "from", "to", "reason")


def typed(text, longest=LONGEST["reason"], *, lines=False):
    """What somebody typed: full-width characters made plain, no invisible ones, no file, no novel.

    :param lines: whether it may have several lines; a reference or a name goes into subjects of mails
    """
    if not isinstance(text, str):
        return ""
    result = plain_text.half_width(unicodedata.normalize("NFC", text[: 2 * longest]))
    shown = "".join(char for char in result if char == "\n" or char.isprintable())
    return (shown if lines else " ".join(shown.split())).strip()[:longest]


def read(env, line, upload):
    """Read the answer to one line.

    :param dict line: {name of :data:`FIELDS`: text}
    :param upload: the document as werkzeug has it, or None
    :return: (values of the declaration, sentences that say what is wrong)
    """
    if line["answer"] == "cannot":
        if not line["reason"]:
            return {}, [say(env, "wrong_reason")]
        return {"reason": line["reason"]}, []
    return _Reader(env, line).answer(upload)


class _Reader:
    def __init__(self, env, line):
        self.env, self.line, self.wrong = env, line, []

    def answer(self, upload):
        values = {
            "party_id": self._party(),
            "criterion": self._criterion(),
            "name": self._reference(),
            "date_from": self._date("from", say(self.env, "wrong_from")),
            "date_to": self._date("to", say(self.env, "wrong_to")),
        }
        values["rvc"] = self._rvc() if values["criterion"] == "RVC" else 0
        self._check_dates(values["date_from"], values["date_to"])
        return {**values, **self._document(upload)}, self.wrong

    def _party(self):
        number = self.line["party"]
        party = self.env["rcep.party"].browse(int(number)).exists() if plain_text.is_number(number) else None
        if not party:
            self.wrong.append(say(self.env, "wrong_party"))
        return party and party.id

    def _criterion(self):
        if self.line["criterion"] in dict(explanations.CRITERIA):
            return self.line["criterion"]
        self.wrong.append(say(self.env, "wrong_criterion"))
        return None

    def _reference(self):
        reference = self.line["reference"][: LONGEST["reference"]]
        if not reference:
            self.wrong.append(say(self.env, "wrong_reference"))
        return reference

    def _rvc(self):
        text = self.line["rvc"].rstrip("%").strip().replace(",", ".")
        value = Decimal(text) if NUMBER.fullmatch(text) else None
        if value is None or not origin.RVC_PERCENT <= value <= 100:
            self.wrong.append(say(self.env, "wrong_rvc"))
            return 0
        return float(value)

    def _date(self, name, problem):
        try:
            return datetime.date.fromisoformat(self.line[name])
        except ValueError:
            self.wrong.append(problem)
            return None

    def _check_dates(self, first, last):
        today = amounts.today()
        if first and last and first > last:
            self.wrong.append(say(self.env, "wrong_order"))
        elif last and last > today + datetime.timedelta(days=366 * LONGEST_YEARS):
            self.wrong.append(say(self.env, "wrong_far", years=LONGEST_YEARS))
        elif last and last < today:
            self.wrong.append(say(self.env, "wrong_past"))

    def _document(self, upload):
        if upload is None or not upload.filename:
            return {}
        content = upload.read(DOCUMENT_BYTES + 1)
        kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
        if len(content) > DOCUMENT_BYTES:
            self.wrong.append(say(self.env, "wrong_size"))
        elif kind is None:
            self.wrong.append(say(self.env, "wrong_kind"))
        stem = re.split(r"[\\/]", typed(upload.filename, LONGEST["name"]))[-1].rsplit(".", 1)[0] or "document"
        return {"document": base64.b64encode(content), "document_name": f"{stem}.{kind}"}
