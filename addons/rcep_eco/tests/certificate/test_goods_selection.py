"""Which goods of an invoice a certificate names: left off and put back, in parts, credited, changed on the invoice."""

import datetime

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestGoodsOnIt(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer, cls.clerk = cls.person("signer"), cls.person("clerk")
        cls.bare = cls.make_good("Bare lamp", "BARE", hs_code="940511", rcep_package_qty=10, weight=0.4)
        cls.desk = cls.make_good("Desk lamp", "DESK", hs_code="940521", rcep_package_qty=10, weight=0.6)
        cls.declare(cls.desk)

    def numbers(self, certificate):
        return {line.product_id: line.number for line in certificate._goods()}

    # --- one bad good among many -------------------------------------------------------------------------
    def test_what_fails_is_left_off_with_its_reason_and_the_rest_is_approved(self):
        certificate = self.certify((self.bare, 10, 50.0), (self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        clerk = certificate.with_user(self.clerk)
        self.assertTrue(clerk.has_failing)
        clerk.action_leave_off_failing()
        self.assertFalse(clerk.has_failing)
        self.assertEqual(self.numbers(certificate), {self.lamp: 1, self.desk: 2})
        left = certificate.line_ids.filtered("left_off")
        self.assertIn("neither a bill of materials nor a verified supplier declaration", left.left_off_reason)
        certificate.with_user(self.signer).action_approve()
        items = certificate._application().items
        self.assertEqual([(item.number, item.hs6) for item in items], [(1, "940511"), (2, "940521")])

    def test_a_good_is_left_off_and_put_back_on_and_the_numbers_run(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        first = certificate.line_ids[0].with_user(self.clerk)
        first.left_off_reason = "goes by air next week"
        first.action_leave_off()
        self.assertEqual(self.numbers(certificate), {self.desk: 1})
        self.assertEqual(first.left_off_reason, "goes by air next week")
        first.action_put_back()
        self.assertEqual(sorted(self.numbers(certificate).values()), [1, 2])

    def test_the_record_of_a_good_left_off_names_its_reason_or_ends(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        reasoned, bare = certificate.line_ids.with_user(self.clerk)
        reasoned.left_off_reason = "goes by air next week"
        reasoned.action_leave_off()
        self.assertIn("was left off: goes by air next week", certificate.message_ids[0].body)
        bare.action_leave_off()
        self.assertIn(f"{bare.description} was left off.", certificate.message_ids[0].body)

    def test_without_a_reason_it_is_asked_for(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        certificate.line_ids[1].with_user(self.clerk).action_leave_off()
        self.assertIn("Desk lamp is left off: enter why, beside it.", certificate._problems())

    def test_where_nothing_originates_there_is_nothing_to_certify(self):
        certificate = self.certify((self.bare, 10, 50.0))
        with self.assertRaisesRegex(UserError, "None of the goods .* originates"):
            certificate.with_user(self.clerk).action_leave_off_failing()

    def test_an_approved_certificate_keeps_its_goods(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        certificate.with_user(self.signer).action_approve()
        with self.assertRaisesRegex(UserError, "not possible from there"):
            certificate.line_ids[0].with_user(self.clerk).action_leave_off()

    # --- several certificates of one invoice -------------------------------------------------------------
    def test_two_shipments_have_a_certificate_each_and_never_more_than_was_sold(self):
        invoice = self.make_invoice((self.lamp, 100, 50.0))
        first = self.certificate_of(invoice)
        first.line_ids.with_user(self.clerk).quantity = 40
        first.with_user(self.clerk).action_check()
        self.assertEqual(first.line_ids.invoice_value, 2000.0)
        second = self.certificate_of(invoice)
        self.assertEqual(second.line_ids.quantity, 60)
        self.assertEqual(second.line_ids.fob_value, 3000.0)
        first.line_ids.with_user(self.clerk).quantity = 50
        self.assertIn("only 40 are left", first._problems()[0])
        with self.assertRaisesRegex(UserError, "only 40 are left"):
            first.with_user(self.signer).action_approve()
        with self.assertRaisesRegex(UserError, "is already on certificate"):
            self.certificate_of(invoice)

    def test_more_than_invoiced_cannot_be_entered(self):
        certificate = self.certify((self.lamp, 100, 50.0))
        wrong = {101: "has 100 of it, so 101 cannot be certified", 0: "a quantity above zero", -1: "above zero"}
        for quantity, words in wrong.items():
            with self.subTest(quantity), self.assertRaisesRegex(UserError, words):
                certificate.line_ids.with_user(self.clerk).quantity = quantity

    def test_a_part_shipment_has_its_own_packages_and_weight_and_what_was_typed_stays(self):
        self.lamp.write({"rcep_package_qty": 20, "weight": 0.5})
        certificate = self.certify((self.lamp, 100, 50.0))
        line = certificate.line_ids.with_user(self.clerk)
        self.assertEqual((line.packages_count, line.gross_weight), (5, 50.0))
        line.quantity = 30
        self.assertEqual((line.packages_count, line.gross_weight), (2, 15.0))
        line.write({"quantity": 50, "packages_count": 7})
        self.assertEqual((line.packages_count, line.gross_weight), (7, 25.0))
        line.gross_weight = 31.5
        line.quantity = 40
        self.assertEqual((line.packages_count, line.gross_weight), (7, 31.5))

    def test_what_was_left_off_can_go_with_another_certificate(self):
        invoice = self.make_invoice((self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        first = self.certificate_of(invoice)
        first.line_ids[1].with_user(self.clerk).action_leave_off()
        self.assertEqual(self.certificate_of(invoice).line_ids.product_id, self.desk)

    # --- credited ----------------------------------------------------------------------------------------
    def credit(self, invoice, quantity, reversed_entry=True, reconcile=False):
        note = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "company_id": self.exporter.id,
                "partner_id": invoice.partner_id.id,
                "currency_id": invoice.currency_id.id,
                "invoice_date": self.today,
                "reversed_entry_id": invoice.id if reversed_entry else False,
                "invoice_line_ids": [
                    Command.create(
                        {"product_id": self.lamp.id, "quantity": quantity, "price_unit": 50.0, "tax_ids": False}
                    )
                ],
            }
        )
        note.action_post()
        if reconcile:
            receivable = (invoice | note).line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            receivable.reconcile()
        return note

    def test_what_was_credited_is_not_certified(self):
        roads = {"made from the invoice": (True, False), "reconciled with it": (False, True), "both": (True, True)}
        for name, (made, reconciled) in roads.items():
            with self.subTest(name):
                invoice = self.make_invoice((self.lamp, 100, 50.0))
                certificate = self.certificate_of(invoice)
                self.credit(invoice, 40, made, reconciled)
                self.assertIn("only 60 are left", certificate._problems()[0])
                certificate.with_user(self.clerk).action_update_from_invoice()
                certificate.line_ids.with_user(self.clerk).quantity = 60
                certificate.with_user(self.signer).action_approve()
                self.assertEqual(certificate._application().items[0].quantity, 60)

    def test_a_certificate_made_afterwards_begins_with_what_is_left(self):
        invoice = self.make_invoice((self.lamp, 100, 50.0))
        self.credit(invoice, 40)
        self.assertEqual(self.certificate_of(invoice).line_ids.quantity, 60)

    def test_a_credit_note_that_names_no_invoice_is_asked_about(self):
        others = self.credit(self.make_invoice((self.lamp, 40, 50.0)), 40)
        invoice = self.make_invoice((self.lamp, 100, 50.0))
        certificate = self.certificate_of(invoice).with_user(self.clerk)
        note = self.credit(invoice, 40, reversed_entry=False)
        self.assertIn(f"credit note {note.name} to the same customer takes such goods back", certificate.advice)
        self.assertNotIn(others.name, certificate.advice)
        with self.assertRaisesRegex(UserError, f"has warnings.*\n.*{note.name}"):
            certificate.with_user(self.signer).action_approve()
        certificate._accept({result: "Of last year's order" for _finding, result in certificate._open_warnings()})
        certificate.with_user(self.signer).action_approve()

    def test_of_other_goods_or_an_earlier_day_nothing_is_asked(self):
        invoice = self.make_invoice((self.desk, 10, 50.0))
        self.credit(invoice, 4, reversed_entry=False)  # of lamps
        later = self.make_invoice((self.lamp, 10, 50.0), invoice_date=self.today + datetime.timedelta(days=1))
        self.assertFalse(invoice._rcep_notes_apart(self.desk))
        self.assertFalse(later._rcep_notes_apart(self.lamp))
        self.assertTrue(invoice._rcep_notes_apart(self.lamp))

    def test_one_that_names_no_invoice_and_comes_later_is_asked_about_of_its_signer(self):
        invoice = self.make_invoice((self.lamp, 100, 50.0))
        certificate = self.certificate_of(invoice)
        certificate.with_user(self.signer).action_approve()
        self.credit(self.make_invoice((self.desk, 5, 50.0)), 5, reversed_entry=False)  # of lamps, as each
        asked = certificate.activity_ids.filtered(lambda each: each.summary == "Credited, perhaps")
        self.assertEqual(asked.user_id, self.signer)
        self.assertIn("names no invoice", asked.note)

    def test_after_approval_the_signer_is_notified(self):
        invoice = self.make_invoice((self.lamp, 100, 50.0))
        certificate = self.certificate_of(invoice)
        certificate.with_user(self.signer).action_approve()
        self.credit(invoice, 40, reversed_entry=False, reconcile=True)
        self.assertIn("was credited by", certificate.warnings)

    # --- the invoice changes -----------------------------------------------------------------------------
    def test_a_line_that_is_deleted_leaves_the_draft(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.desk, 10, 50.0))
        invoice = certificate.invoice_ids
        invoice.button_draft()
        invoice.invoice_line_ids[0].unlink()
        self.assertEqual(self.numbers(certificate), {self.desk: 1})
        invoice.action_post()
        certificate.with_user(self.clerk).action_update_from_invoice()
        certificate.with_user(self.signer).action_approve()

    def test_a_line_on_an_approved_certificate_refuses_in_words(self):
        certificate = self.certify((self.lamp, 10, 50.0))
        certificate.with_user(self.signer).action_approve()
        with self.assertRaisesRegex(UserError, "take that back first"):
            certificate.invoice_ids.button_draft()

    def test_a_changed_invoice_says_so_and_is_taken_over_keeping_what_was_typed(self):
        certificate = self.certify((self.lamp, 10, 50.0), invoice_incoterm_id=False)
        line = certificate.line_ids.with_user(self.clerk)
        line.write({"marks": "KEPT 1-10", "packages_count": 3})
        invoice = certificate.invoice_ids
        invoice.invoice_incoterm_id = self.env.ref("account.incoterm_FOB")
        self.assertTrue(any("has changed: press “Update from invoice”" in each for each in certificate._problems()))
        certificate.with_user(self.clerk).action_update_from_invoice()
        self.assertEqual((certificate.incoterm, line.marks, line.packages_count), ("FOB", "KEPT 1-10", 3))
        self.assertIn("Price term: FOB on the invoice", certificate.message_ids[0].body)
        invoice.button_draft()
        invoice.invoice_line_ids.quantity = 8
        more = {"product_id": self.desk.id, "quantity": 5, "price_unit": 9}
        invoice.write({"invoice_line_ids": [Command.create(more)]})
        invoice.action_post()
        self.assertTrue(certificate._problems())
        certificate.with_user(self.clerk).action_update_from_invoice()
        self.assertIn("8 Units on the invoice, 10 here", certificate.message_ids[0].body)
        self.assertEqual(certificate.line_ids.mapped("quantity"), [8, 5])
        self.assertEqual(certificate.line_ids.mapped("marks"), ["KEPT 1-10", "N/M"])

    # --- to whom, and at what ----------------------------------------------------------------------------
    def test_two_invoices_to_two_addresses_are_two_shipments(self):
        contact = {"type": "delivery", "parent_id": self.customer.id, "country_id": self.customer.country_id.id}
        hanoi, hue = self.env["res.partner"].create([{**contact, "name": name} for name in ("Hanoi", "Hue")])
        first = self.make_invoice((self.lamp, 1, 50.0), partner_shipping_id=hanoi.id)
        second = self.make_invoice((self.lamp, 1, 50.0), partner_shipping_id=hue.id)
        with self.assertRaisesRegex(UserError, "delivered to several addresses .*Hanoi.*Hue"):
            (first | second).action_create_rcep_certificate()

    def test_free_goods_have_a_value_for_customs(self):
        certificate = self.certify((self.lamp, 10, 50.0), (self.desk, 2, 0.0))
        free = certificate.line_ids[1]
        self.assertIn("enter on the item what it would cost", free.problem)
        free.with_user(self.clerk).customs_value = 80.0
        certificate.with_user(self.clerk).action_check()
        self.assertEqual((free.problem, free.fob_value), (False, 80.0))
        certificate.with_user(self.signer).action_approve()

    def test_goods_for_one_country_billed_to_another_ask_whose_invoice_customs_see(self):
        hong_kong = self.env["res.partner"].create(
            {"name": "Kowloon Trading", "is_company": True, "country_id": self.env.ref("base.hk").id}
        )
        hanoi = self.env["res.partner"].create(
            {"name": "Hanoi Light JSC", "parent_id": hong_kong.id, "type": "delivery", "street": "1 Hue",
             "city": "Hanoi", "country_id": self.env.ref("base.vn").id}
        )  # fmt: skip
        certificate = self.certify((self.lamp, 10, 50.0), partner_id=hong_kong.id, partner_shipping_id=hanoi.id)
        self.assertTrue(certificate._form_boxes()["consignee"].startswith("Hanoi Light JSC, 1 Hue, Hanoi"))
        self.assertIn("whether customs will see your own invoice or a third party's", " ".join(certificate._problems()))
        certificate.with_user(self.clerk).invoice_issuer = "third_party"
        self.assertIn("enter who issues the invoice", " ".join(certificate._problems()))
        certificate.with_user(self.clerk).write(
            {"third_party_name": "KOWLOON TRADING LTD", "third_party_country_id": self.env.ref("base.hk").id,
             "third_party_invoice": "KT-7"}
        )  # fmt: skip
        self.assertEqual(certificate._problems(), [])
        boxes = certificate._form_boxes()
        self.assertEqual(boxes["goods"][0].invoice[0], "KT-7")
        self.assertIn("KOWLOON TRADING LTD, HONG KONG, CHINA", boxes["remarks"])

    def test_an_address_without_a_firm_is_no_consignee(self):
        hong_kong = self.env["res.partner"].create(
            {"name": "Kowloon Trading", "is_company": True, "country_id": self.env.ref("base.hk").id}
        )
        hanoi = self.env["res.partner"].create(
            {"name": False, "parent_id": hong_kong.id, "type": "delivery", "city": "Hanoi",
             "country_id": self.env.ref("base.vn").id}
        )  # fmt: skip
        certificate = self.certify((self.lamp, 10, 50.0), partner_id=hong_kong.id, partner_shipping_id=hanoi.id)
        self.assertIn("The consignee is an address of Kowloon Trading", " ".join(certificate._problems()))

    def test_box_8_is_as_the_invoice_has_it_and_variants_are_distinguished(self):
        colour = self.env["product.attribute"].create(
            {"name": "Finish", "value_ids": [Command.create({"name": name}) for name in ("Nickel", "Black")]}
        )
        values = [Command.set(colour.value_ids.ids)]
        template = self.env["product.template"].create(
            {
                "name": "Desk lamp",
                "type": "consu",
                "hs_code": "940521",
                "company_id": self.exporter.id,
                "attribute_line_ids": [Command.create({"attribute_id": colour.id, "value_ids": values})],
            }
        )
        nickel, black = template.product_variant_ids
        label = {"name": "[LAMP] LED desk lamp, 12 W\nas ordered"}
        certificate = self.certify((nickel, 1, 50.0), (black, 1, 50.0), (self.lamp, 1, 50.0, label))
        self.assertEqual(
            certificate.line_ids.mapped("description"),
            ["Desk lamp (Nickel)", "Desk lamp (Black)", "LED desk lamp, 12 W"],
        )

    def test_a_label_in_chinese_does_not_come_onto_the_form(self):
        certificate = self.certify((self.lamp, 1, 50.0, {"name": "台灯"}))
        self.assertEqual(certificate.line_ids.description, "LED lamp")

    # --- corrected after issue ---------------------------------------------------------------------------
    def test_a_replacement_moves_to_the_invoice_that_was_made_instead(self):
        certificate = self.certify((self.lamp, 10, 50.0))
        certificate.line_ids.marks = "LOT 7"
        certificate.with_user(self.signer).action_approve()
        place(certificate, state="issued", certificate_no="26C1/7", environment="production")
        invoice = certificate.invoice_ids
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"journal_id": invoice.journal_id.id, "date": self.today})  # fmt: skip
        new = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        new.invoice_line_ids.quantity = 8
        new.invoice_date = self.today
        new.action_post()
        self.assertEqual(new.rcep_corrects_id, invoice)
        with self.assertRaisesRegex(UserError, "choose an amended one"):
            certificate.with_user(self.clerk)._replacement("reissued", "wrong quantity")
        replacement = certificate.with_user(self.clerk)._replacement("amended", "wrong quantity")
        self.assertEqual(replacement.sudo().invoice_ids, new)
        self.assertEqual((replacement.line_ids.quantity, replacement.line_ids.marks), (8, "LOT 7"))
        self.assertEqual(replacement._problems(), [])
