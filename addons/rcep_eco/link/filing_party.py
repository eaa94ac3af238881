"""Who files an application, where a platform asks for that beside what is applied for.

A platform that gives out client numbers knows its clients; one that takes messages from anybody's machine is told in
each of them which firm, person and office it is about, and under which number.

>>> filer = Filer(number="RC26MA2EXAMPL0001", uscc="91330200MA2EXAMPL8", person="张示例", phone="0574-00000000",
...     person_id="330200199001010000", office="3101", collect_at="3101")
>>> filer.trade_mode
'1'
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .record import Record


@dataclass(frozen=True, kw_only=True)
class Filer(Record):
    """The firm that files, its person who declares, the office that issues, and the number of the application.

    ``person_id`` is the number of an identity card: personal data, kept from logs and from public pages.
    """

    number: str = ""
    enterprise_no: str = ""  # under which the office knows the firm
    uscc: str = ""  # of who types the application in: the exporter's own, or its agent's
    person: str = ""
    person_id: str = field(default="", repr=False)
    phone: str = ""
    office: str = ""  # that issues
    collect_at: str = ""  # where the paper is collected
    trade_mode: str = "1"  # general trade


NOBODY = Filer()
