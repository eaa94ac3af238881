"""The agreements that are shipped, and what a firm may change of them."""

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError


@tagged("post_install", "-at_install")
class TestAgreements(EcoCommon):
    def test_three_agreements_are_shipped_with_their_forms(self):
        shipped = self.env["rcep.agreement"].search([])
        self.assertEqual(shipped.mapped("code"), ["RCEP", "ACFTA", "CCFTA"])
        self.assertEqual(shipped.mapped("form_name"), ["Form RCEP", "Form E", "CCFTA certificate"])

    def test_a_code_stands_once(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["rcep.agreement"].create({"code": "ACFTA", "name": "Another", "form_name": "Form E"})
