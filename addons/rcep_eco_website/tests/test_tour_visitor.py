"""A stranger with a phone: from the two numbers on a paper to the page that says SPECIMEN."""

from odoo.tests import tagged

from .common import PublicCommon


@tagged("post_install", "-at_install")
class TestTourVisitor(PublicCommon):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_visitor_finds_the_certificate(self):
        invoice = self.make_invoice(post=False)
        invoice.name = "EXP-2026-0031"
        invoice.action_post()
        self.certificate = self.submitted(self.certificate_of(invoice))
        self.issue()
        self.assertEqual(invoice.name, "EXP-2026-0031")
        self.start_tour("/eco", "rcep_eco_visitor")
