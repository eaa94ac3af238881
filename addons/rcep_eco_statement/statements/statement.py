"""What a producer states of a good: who, to whom, which good, how it originates, from when to when; and no cost.

The claims are those of a JWT (RFC 7519), with the statement itself under ``origin``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco.link.record import InvalidRecord, Record, one_of

from .wrong import Wrong

CHINA = dt.timezone(dt.timedelta(hours=8))
CRITERIA = ("WO", "PE", "CTC", "RVC", "CR")
MODIFIERS = ("ACU", "DMI")
NAMES = {"iss", "sub", "aud", "jti", "iat", "nbf", "exp", "origin"}
CLOCKS_DIFFER = 600  # seconds


@dataclass(frozen=True, kw_only=True)
class Origin(Record):
    """The statement itself.

    :param number: as the producer numbered it
    :param party: in which the good originates, ISO 3166 of two letters
    :param rvc_at_least: where the criterion is RVC: what it is not below, per cent; the exact figure tells a cost
    :param modifiers: ``ACU`` cumulation was used (Art. 3.4), ``DMI`` de minimis (Art. 3.7)
    :param dossier_sha256: of the determination that the producer has sealed
    """

    number: str
    exporter: str
    product_code: str
    product_name: str
    hs6: str
    party: str
    criterion: str = one_of(CRITERIA)
    rvc_at_least: Decimal | None = None
    modifiers: tuple[str, ...] = ()
    valid_from: dt.date
    valid_until: dt.date
    dossier_sha256: str


class Statement(NamedTuple):
    """A statement with who made it, for whom, and by what it is known.

    :param issuer: address of the producer's server, by which its keys are found
    :param producer: unified social credit code
    :param buyer: the same of whom it is made for
    """

    issuer: str
    producer: str
    buyer: str
    token: str
    issued_at: dt.datetime
    origin: Origin

    def claims(self) -> dict:
        """As a JWT has it."""
        first, last = self.origin.valid_from, self.origin.valid_until + dt.timedelta(days=1)
        return {
            "iss": self.issuer,
            "sub": self.producer,
            "aud": self.buyer,
            "jti": self.token,
            "iat": int(self.issued_at.timestamp()),
            "nbf": _midnight(first),
            "exp": _midnight(last),
            "origin": self.origin.to_json(),
        }


def read(claims: dict, now: dt.datetime) -> Statement:
    """The statement of claims whose signature was checked.

    :param now: aware; what is signed later was not signed yet
    :raises Wrong: where something is missing, of another type, or says two things
    """
    texts = [claims.get(name) for name in ("iss", "sub", "aud", "jti")]
    times = [claims.get(name) for name in ("iat", "nbf", "exp")]
    whole = all(isinstance(each, str) and each for each in texts) and all(type(each) is int for each in times)
    if set(claims) != NAMES or not whole:
        raise Wrong("no_statement")
    try:
        origin = Origin.from_json(claims["origin"])
    except InvalidRecord as error:
        raise Wrong("odd_facts", facts=str(error)) from error
    if times[0] > now.timestamp() + CLOCKS_DIFFER:
        raise Wrong("signed_later")
    try:
        statement = Statement(*texts, dt.datetime.fromtimestamp(times[0], dt.timezone.utc), origin)
        twice = statement.claims() != {**claims, "origin": statement.claims()["origin"]}
    except (ValueError, OverflowError, OSError) as error:  # a day that no calendar has
        raise Wrong("no_statement") from error
    if twice or origin.valid_from > origin.valid_until or set(origin.modifiers) - set(MODIFIERS):
        raise Wrong("no_statement")
    if (origin.criterion == "RVC") != (origin.rvc_at_least is not None):
        raise Wrong("no_statement")
    return statement


def _midnight(day: dt.date) -> int:
    """The first second of a day in China."""
    return int(dt.datetime.combine(day, dt.time(), CHINA).timestamp())
