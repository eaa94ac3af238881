"""A firm on another ERP: the engineer hands in a sheet, the clerk certifies an invoice that came by a key."""

from odoo.tests import HttpCase, tagged

from ..models.erp import INVOICE
from .common import DemoCommon


@tagged("post_install", "-at_install")
class TestTourErp(DemoCommon, HttpCase):
    def test_what_came_stands_there_with_what_became_of_it(self):
        key = self.env["rcep.integration.key"].search([("may_hand_in_invoices", "=", True)])
        sheets = self.env["rcep.sheet"].search([("key_id", "=", key.id)])
        self.assertEqual(sorted(sheets.mapped("state")), ["applied", "refused"])
        self.assertEqual(self.product("M-2102").create_uid, self.engineer)
        self.assertFalse(self.product("M-2104"))
        invoices = self.env["rcep.erp.invoice"].search([("key_id", "=", key.id)])
        self.assertEqual(sorted(invoices.mapped("state")), ["refused", "standing"])

    def test_a_sheet_with_a_wrong_line_is_mended_and_taken_over(self):
        self.start_tour("/odoo/erp-sheets", "rcep_eco_erp_sheet", login=self.engineer.login)
        self.assertEqual(self.product("M-2201").create_uid, self.engineer)
        self.assertEqual(self.product("M-2202").hs_code, "83024100")

    def test_a_clerk_certifies_an_invoice_of_another_erp(self):
        self.start_tour("/odoo/erp-invoices", "rcep_eco_erp_invoice", login=self.clerk.login)
        certificate = self.env["rcep.certificate"].search([("invoice_ids.name", "=", INVOICE["number"])])
        self.assertEqual((certificate.create_uid, certificate.vessel), (self.clerk, INVOICE["shipment"]["vessel"]))
        self.assertEqual(certificate.line_ids.mapped("verdict"), ["originating", "originating"])
