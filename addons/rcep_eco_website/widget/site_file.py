"""The file by which a website says whose it is: one line for each Odoo that has its certificates.

>>> names("# our certificates\\nhttps://ODOO.lamps.example/ 91330200MA2XXXXX05\\n", "https://odoo.lamps.example",
...       "91330200MA2XXXXX05")
True
>>> names("https://odoo.lamps.example.evil.example 91330200MA2XXXXX05", "https://odoo.lamps.example",
...       "91330200MA2XXXXX05")
False
>>> names("https://odoo.lamps.example", "https://odoo.lamps.example", "")
False
"""

from __future__ import annotations

from .origins import origins

PATH = "/.well-known/rcep-eco.txt"
LONGEST = 16 * 1024  # bytes


def line(address: str, credit_code: str) -> str:
    """What stands in the file for one firm's Odoo; empty where one of the two is not known."""
    found = origins(address)[0]
    return f"{found[0]} {credit_code}" if len(found) == 1 and credit_code else ""


def names(text: str, address: str, credit_code: str) -> bool:
    """Whether a file names this Odoo and this firm in one line; a list of many firms (a group's) may be one file."""
    wanted = line(address, credit_code)
    return bool(wanted) and any(line(*each.split()) == wanted for each in text.splitlines() if len(each.split()) == 2)
