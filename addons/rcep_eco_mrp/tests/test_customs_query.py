"""Foreign customs ask: the orders that made the shipped lots are among the papers, without a cost."""

import io
import json

from odoo.addons.rcep_eco.tests.common import place
from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader

from .consumed import ConsumedCommon


@tagged("post_install", "-at_install")
class TestCustomsQuery(ConsumedCommon):
    def test_the_orders_of_the_lots_that_were_sealed_are_papers(self):
        self.track(self.motor)
        lot = self.lot(self.motor, "M-1")
        order = self.finish(self.order(lot=lot))
        self.verdict(order)
        other = self.finish(self.order(lot=self.lot(self.motor, "M-2")))
        certificate = self.certify((self.motor, 1, 300.0))
        place(certificate, state="issued", issued_at="2026-05-01 08:00:00", certificate_no="26C1/1")
        sealed = json.dumps([["M-1", "originating", "CTC", "", ""]])
        self.cr.execute("UPDATE rcep_certificate_line SET lots = %s WHERE id = %s", (sealed, certificate.line_ids.id))
        self.env.invalidate_all()
        query = self.env["rcep.customs.query"].create({"certificate_id": certificate.id})
        papers = query._papers()
        self.assertIn(f"order-{order.id}", papers)
        self.assertNotIn(f"order-{other.id}", papers)
        name, secret, make = papers[f"order-{order.id}"]
        self.assertIn(order.name, name)
        self.assertIn("materials", secret)
        text = " ".join(page.extract_text() for page in OdooPdfFileReader(io.BytesIO(make()[1]), strict=False).pages)
        for words in (order.name, "M-1", self.rotor.name):
            self.assertIn(words, text.replace("\n", " "))
