"""Viet Nam's duty rates: loaded at installation as two imports that can be withdrawn, and withdrawn with the add-on."""

import hashlib

from odoo import tools
from odoo.addons.rcep_eco_agreements.models.rates import rate_file

FILES = ("rates/vn_mfn_2023.csv", "rates/vn_acfta_2022_2027.csv")


def load_rates(env):
    """Load each file as a layer of its own; one that is in force already, by its hash, stays as it is."""
    for path in FILES:
        with tools.file_open(f"rcep_eco_rates_vn/{path}", "rb") as file:
            content = file.read()
        if not _in_force(env, content):
            table = rate_file.RateFile(env).table_of(content)
            if table.errors:
                raise ValueError("\n".join(table.errors))
            env["rcep.rate.import"]._load(env, path.rpartition("/")[2], content, table.rows, is_complete=True)


def withdraw_rates(env):
    """Rates whose add-on is taken away count no more; they stay as withdrawn, for what was compared with them."""
    for path in FILES:
        with tools.file_open(f"rcep_eco_rates_vn/{path}", "rb") as file:
            _in_force(env, file.read()).action_withdraw()


def _in_force(env, content):
    """The import of a file that is in force."""
    digest = hashlib.sha256(content).hexdigest()
    return env["rcep.rate.layer"].search([("file_sha256", "=", digest), ("state", "=", "in_force")])
