"""A scheduled action has a plainer name, where nobody gave it another."""

from odoo import SUPERUSER_ID, api

BEFORE = "RCEP e-CO: apply what the platform told"
NOW = "RCEP e-CO: apply what the platform says"


def migrate(cr, version):
    """Rename it; its Chinese name stays."""
    if not version:
        return
    cron = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"}).ref("rcep_eco.ir_cron_apply", raise_if_not_found=False)
    if cron and cron.name == BEFORE:
        cron.name = NOW
