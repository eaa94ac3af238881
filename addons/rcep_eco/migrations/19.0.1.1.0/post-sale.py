"""Certificates approved before their papers were made keep prices and terms from now on, beside their application.

The goods and prices of an approved certificate's invoice cannot be changed, so what it says today is what was approved.
"""

import logging

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Fill in the prices and terms that older versions did not store."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    approved = env["rcep.certificate"].search([("application", "!=", False), ("sale", "=", False)])
    for certificate in approved:
        try:
            text = certificate._sale_text()
        except ValueError as error:  # an invoice that says less than its papers need, such as no date
            _logger.warning("Certificate %s keeps no prices for its papers: %s", certificate.name, error)
            continue
        cr.execute("UPDATE rcep_certificate SET sale = %s WHERE id = %s", (text, certificate.id))
