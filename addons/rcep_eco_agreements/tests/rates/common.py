"""Files of duty rates for tests: a line by its differences from an ordinary one."""

import base64
import csv
import io

from ...models.rates.rate_file import COLUMNS

ORDINARY = {
    "importer": "TH", "agreement": "MFN", "origin": "*", "hs_edition": "AHTN2022", "national_code": "94054210",
    "valid_from": "2022-01-01", "rate_type": "ad_valorem", "rate": "10", "source": "Tariff Decree of 2022",
    "source_date": "2021-12-01", "confidence": "read twice",
}  # fmt: skip


def a_line(code="94054210", rate="10", **values):
    """A line of a file; a kind without a number takes none."""
    kind = values.get("rate_type", "ad_valorem")
    number = rate if kind in ("ad_valorem", "mixed") else ""
    return {**ORDINARY, "national_code": code, "rate": number, **values}


def as_csv(*lines):
    """The bytes of a file of these lines."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    table.writerows(lines)
    return text.getvalue().encode()


def wizard(env, *lines, content=None, **ticks):
    """The form of an import, with its file chosen."""
    file = base64.b64encode(content or as_csv(*lines))
    return env["rcep.rate.import"].create({"file": file, "file_name": "rates.csv", **ticks})


def load(env, *lines, **ticks):
    """The layer that these lines become."""
    action = wizard(env, *lines, **ticks).action_load()
    return env["rcep.rate.layer"].browse(action["res_id"])
