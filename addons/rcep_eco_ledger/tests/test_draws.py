"""A thousand lamps came with one certificate; what is shipped on it, by whom, and that it is never more."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import LedgerCommon


@tagged("post_install", "-at_install")
class TestDraws(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.received.with_user(cls.clerk).action_check()
        cls.item = cls.received.line_ids

    def test_two_partial_shipments_and_no_lamp_more(self):
        self.draw(self.ship(600), 600)
        rest = self.ship(500)
        with self.assertRaisesRegex(UserError, "names 1000 .*, and 1100 would be shipped"), self.env.cr.savepoint():
            self.draw(rest, 500)
        draw = self.draw(rest, 400)
        self.assertEqual((self.item.drawn, self.item.left), (1000, 0))
        self.assertIn("400 are drawn", str(rest.certificate_id.sudo()._problems()))
        draw.with_user(self.clerk).unlink()
        self.assertEqual(self.item.left, 400)
        self.draw(rest, 400)
        rest.certificate_id.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.item.left, 400)

    def test_it_counts_in_the_unit_of_the_original_rounded_up(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        good = self.ship(10, product_uom_id=dozen.id)
        self.assertEqual(self.draw(good, 10).quantity, 120)
        by_dozen = self.receive({"uom_id": dozen.id, "quantity": 10}, name="dozens")
        by_dozen.with_user(self.clerk).action_check()
        draw = self.draw(self.ship(7), 7, by_dozen.line_ids)
        self.assertGreaterEqual(draw.quantity * 12, 7)

    def test_nothing_is_drawn_on_what_does_not_count(self):
        good = self.ship(10)
        fan = self.make_good("Fan", "FAN")
        for values, line, words in (
            ({}, {}, "is Draft"),
            ({}, {"product_id": fan.id}, "and not"),
        ):
            received = self.receive(line, name=words, **values)
            with self.subTest(words), self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.draw(good, 1, received.line_ids)
        draw = self.draw(good, 10)
        self.received.with_user(self.clerk).action_cancel()
        self.assertIn("nothing can be shipped on it", str(good.certificate_id.sudo()._problems()))
        with self.assertRaisesRegex(UserError, "not changed"):
            draw.write({"shipped": 1})

    def test_what_was_approved_stays_drawn(self):
        certificate = self.carry(10)
        good, draw = certificate.line_ids, certificate.draw_ids
        certificate.with_user(self.signer).action_approve()
        with self.assertRaisesRegex(UserError, "that stays"):
            draw.with_user(self.clerk).unlink()
        with self.assertRaisesRegex(UserError, "not possible"):
            self.draw(good, 1)
