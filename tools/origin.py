"""`./eco origin`: cases of origin as JSON in, one verdict a line out, by the add-on's engine and shipped rules."""

import datetime
import decimal
import json
import sys
from pathlib import Path

from tools.console import CommandError
from tools.pure import load
from tools.rulebook import shipped_rulebook

DEEPEST = 20_000  # levels that the parser may go into; the engine refuses long before that, with the case's name


def answer_file(name: str) -> int:
    """Print a verdict for each case of a file, `-` for standard input; 1 where one could not be read."""
    cases = _read(name)
    today = datetime.date.today()  # noqa: DTZ011  the day of whoever asks
    failed = False
    for position, case in enumerate(cases, start=1):
        result = answer(case, position, today)
        failed = failed or "error" in result
        print(json.dumps(result, ensure_ascii=False))
    return 1 if failed else 0


def _read(name: str) -> list:
    sys.setrecursionlimit(DEEPEST)
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        data = json.loads(
            text, parse_float=decimal.Decimal, parse_int=decimal.Decimal, object_pairs_hook=load("rcep_origin").pairs
        )
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError, decimal.DecimalException) as error:
        raise CommandError(f"{name} is not JSON in UTF-8: {error}.") from error
    return data if isinstance(data, list) else [data]


def answer(data, position: int, today: datetime.date) -> dict:
    """The verdict on one case, or what is wrong with it; `position` names a case without an id."""
    origin, rulebook = load("rcep_origin"), shipped_rulebook()
    name = data.get("id") if isinstance(data, dict) else None
    name = name if isinstance(name, str) else f"#{position}"
    try:
        case = origin.read_case(data, today=today)
        verdict = origin.determine(case, rulebook)
        dossier = origin.dossier_of(case, verdict, rulebook)
        return {
            **origin.verdict_json(verdict),
            "id": name,
            "would_turn": [each.name for each in origin.tipping_materials(case, verdict, rulebook)],
            "dossier_sha256": origin.sha256_of(dossier),
        }
    except origin.CaseError as error:
        return {"id": name, "error": {"path": error.path, "reason": error.reason}}
    except origin.OriginError as error:
        return {"id": name, "error": {"path": "", "reason": str(error)}}
