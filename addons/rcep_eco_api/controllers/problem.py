"""What a program is told that went wrong: a problem in the form of RFC 9457, with one sentence for people."""

import re

TITLES = {
    400: "The call is not as described",
    401: "No known key",
    403: "Not allowed",
    404: "Not found",
    405: "Not this method",
    409: "It contradicts what is there",
    410: "No longer there",
    411: "Without a length",
    413: "Too long",
    415: "Not in this form",
    422: "It cannot be done as it is",
    429: "Too many calls",
    503: "Busy",
}
TYPE = "application/problem+json"
NAMES = "urn:rcep-eco:problem:"
UNWRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # no database and no UTF-8 takes all of these


class Refusal(Exception):
    """A call that is not done.

    :ivar status: of HTTP
    :ivar code: what it is, for programs
    :ivar detail: one sentence for people
    :ivar more: further members of the problem
    """

    def __init__(self, status, code, detail, **more):
        detail = UNWRITTEN.sub("\N{REPLACEMENT CHARACTER}", detail)  # it may name what was sent
        super().__init__(detail)
        self.status, self.code, self.detail, self.more = status, code, detail, more

    def as_json(self):
        """The problem; the same for the same refusal."""
        head = {"type": f"{NAMES}{self.code}", "title": TITLES[self.status], "status": self.status}
        return {**head, "detail": self.detail, **self.more}
