"""Parts that were determined today and on which nothing has changed since: known without being read again.

Only a part that originates by itself is kept: whole and originating is all that the goods above it have to know. What
fails is looked through, and what rests on other Parties' materials may be, so their bills are read.
"""

from decimal import Decimal
from typing import NamedTuple

from odoo.addons.rcep_eco import origin
from odoo.tools import SQL


class CachedPart(NamedTuple):
    """One unit of such a part.

    :param sha256: hash of its own dossier
    """

    sha256: str
    cost: Decimal | None
    processes: tuple
    intermediate: object


def to_json(part, sha256):
    """What is kept of a part beside its verdict, as JSON; None where its bill has to be read again."""
    verdict = part.intermediate.verdict
    if not verdict.alone:
        return None
    return {
        "sha256": sha256,
        "cost": None if part.cost is None else f"{part.cost:f}",
        "criterion": verdict.criterion,
        "rule": verdict.rule,
        "edition": verdict.edition,
        "processes": [[process.kind, process.party] for process in part.case.processes],
    }


def read(env, company, date, wanted):
    """{product id: :class:`CachedPart`} of the parts that are not to be determined themselves."""
    env.cr.execute(
        SQL(
            """
        SELECT product_id, part FROM rcep_origin
         WHERE company_id = %s AND date = %s AND part IS NOT NULL AND NOT stale AND NOT product_id = ANY(%s)
            """,
            company.id,
            date,
            list(wanted),
        )
    )
    return {product_id: _from_json(part) for product_id, part in env.cr.fetchall()}


def _from_json(part):
    verdict = origin.Verdict(
        "originating", rule=part["rule"], criterion=part["criterion"], alone=True, edition=part["edition"]
    )
    processes = tuple(origin.Process(kind, party) for kind, party in part["processes"])
    return CachedPart(
        part["sha256"],
        None if part["cost"] is None else Decimal(part["cost"]),
        processes,
        origin.Intermediate(verdict, (), processes=processes),
    )
