"""An invoice of another ERP: what becomes of it in Odoo, and what keeps it as it is."""

import datetime
import json

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.addons.rcep_eco_api.tests.common import make_key
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..texts import sheet_problems
from .common import SheetCommon


class InvoiceCommon(SheetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager", login="keeper")
        cls.key, cls.token = make_key(cls.manager, may_hand_in_invoices=True)
        cls.invoices = cls.key._as_system("rcep.erp.invoice")
        cls.customer.ref = "C-1"
        cls.line = {"item": "LAMP", "description": "LED LAMP 9W", "quantity": "25", "unit": "C62", "amount": "1250.00"}
        cls.whole = {"number": "SI-2611/0042", "date": str(cls.today), "currency": "USD", "incoterm": "FOB",
                     "total": "1250.00", "customer": {"code": "C-1"}, "lines": [cls.line]}  # fmt: skip

    def come(self, *, key=None, is_preview=False, **values):
        body = json.dumps({**self.whole, **values}).encode()
        return self.invoices._hand_in(key or self.key, body, is_preview)

    def kept(self, state=None):
        """What is kept of the company's, in a state or in any."""
        in_state = [("state", "=", state)] if state else []
        return self.invoices.search([("company_id", "=", self.exporter.id), *in_state])

    def handed_in(self, **values):
        """The record of an invoice that was taken over."""
        came = self.come(**values)
        self.assertEqual((came.what, came.problems), ("created", []))
        return came.invoice

    def faults(self, **values):
        """[(line, column, code)] of what is wrong with an invoice."""
        came = self.come(**values)
        self.assertEqual(came.what, "refused")
        for each in came.problems:
            self.assertTrue(sheet_problems.with_place(self.env, each))
        return [(each.line, each.column, each.code) for each in came.problems]


@tagged("post_install", "-at_install")
class TestErpInvoice(InvoiceCommon):
    def test_a_clerk_makes_its_certificate_as_of_any_other(self):
        invoice = self.handed_in(
            shipment={"means": "air", "vessel": "CA 1001", "port_of_loading": "NINGBO", "departure": str(self.today)}
        )
        clerk = self.person("clerk")
        to_certify = self.env["account.move"].with_user(clerk).search([("rcep_can_certify", "=", True)])
        self.assertIn(invoice.move_id, to_certify)
        certificate = self.certificate_of(invoice.move_id.with_user(clerk))
        self.assertEqual(certificate.invoice_numbers, "SI-2611/0042")
        self.assertEqual((certificate.partner_id, certificate.incoterm), (self.customer, "FOB"))
        self.assertEqual((certificate.means, certificate.vessel, certificate.port_loading, certificate.departure_date),
                         ("air", "CA 1001", "NINGBO", self.today))  # fmt: skip
        (line,) = certificate.line_ids
        self.assertEqual((line.product_id, line.quantity, line.description, line.fob_value),
                         (self.lamp, 25, "LED LAMP 9W", 1250))  # fmt: skip
        self.assertEqual(line.criterion, "CTC")  # by the supplier's declaration, in Odoo

    def test_a_good_that_does_not_originate_does_not_by_this_door(self):
        self.make_good("Stone", "STONE", hs_code="25152000")
        invoice = self.handed_in(lines=[{**self.line, "item": "STONE"}])
        certificate = self.certificate_of(invoice.move_id)
        self.assertFalse(certificate.line_ids.criterion)
        with self.assertRaises(UserError):
            certificate.with_user(self.person("signer")).action_approve()

    # --- the firm's books --------------------------------------------------------------------------------
    def test_the_books_are_elsewhere(self):
        group = self.env["account.tax.group"].create({"name": "VAT", "country_id": self.env.ref("base.cn").id})
        self.lamp.taxes_id = self.env["account.tax"].create(
            {"name": "13%", "amount": 13, "type_tax_use": "sale", "company_id": self.exporter.id,
             "country_id": self.env.ref("base.cn").id, "tax_group_id": group.id}
        )  # fmt: skip
        move = self.handed_in().move_id
        self.assertEqual((move.state, move.name, move.amount_tax), ("posted", "SI-2611/0042", 0))
        accounts = move.line_ids.account_id
        self.assertEqual(set(accounts.mapped("account_type")), {"asset_receivable", "asset_current"})
        self.assertTrue(all(accounts.mapped("non_trade")))
        self.assertEqual(self.env["account.move.line"].search([("account_id", "in", accounts.ids)]).move_id, move)
        self.assertEqual(sum(move.line_ids.mapped("balance")), 0)
        self.assertFalse(move.line_ids.tax_ids | move.line_ids.tax_line_id)
        self.assertEqual(self.handed_in(number="SI-2").move_id.journal_id, move.journal_id)

    def test_journal_and_accounts_have_names_in_both_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        journal = self.handed_in().move_id.journal_id
        for record in (journal, journal.rcep_receivable_id, journal.default_account_id):
            self.assertIn("Invoices of another ERP", record.with_context(lang="en_US").name)
            self.assertIn("其他 ERP", record.with_context(lang="zh_CN").name)

    def test_nothing_is_sent_paid_or_changed_here(self):
        move = self.handed_in().move_id.with_user(self.person("clerk"))
        for step in (
            move.action_send_and_print, move.action_register_payment, move.button_draft, move.button_cancel,
            lambda: move.write({"invoice_incoterm_id": False}),
            lambda: move.write({"partner_shipping_id": self.supplier.id}),
        ):  # fmt: skip
            with self.assertRaisesRegex(UserError, "is an invoice of another ERP"):
                step()
        self.assertEqual(move.state, "posted")
        with self.assertRaisesRegex(UserError, "is an invoice of another ERP"):
            move.copy()
        with self.assertRaisesRegex(UserError, "is an invoice of another ERP"):
            self.make_invoice(journal_id=move.journal_id.id)

    def test_no_person_changes_its_lines(self):
        line = self.handed_in().move_id.invoice_line_ids
        stand = self.make_good("Stand", "STAND")
        for changed in ({"quantity": 500}, {"price_unit": 5000}, {"discount": 10}, {"product_id": stand.id}):
            with self.subTest(changed), self.assertRaisesRegex(UserError, "is an invoice of another ERP"):
                line.write(changed)
        move = line.move_id.with_context(skip_readonly_check=True, force_delete=True)
        for command in (Command.update(line.id, {"quantity": 500}), Command.delete(line.id)):
            with self.subTest(command), self.assertRaisesRegex(UserError, "is an invoice of another ERP"):
                move.write({"line_ids": [command]})
        self.assertEqual((line.quantity, line.price_unit, line.product_id), (25, 50, self.lamp))

    def test_what_a_person_invoices_is_in_another_journal(self):
        theirs = self.handed_in().move_id
        self.assertNotEqual(self.make_invoice().journal_id, theirs.journal_id)

    def test_no_visitor_of_the_portal_sees_it(self):
        visitor = new_test_user(self.env, "saigon", "base.group_portal", partner_id=self.customer.id)
        usual, move = self.make_invoice(), self.handed_in().move_id
        self.assertEqual(self.env["account.move"].with_user(visitor).search([("id", "in", (usual | move).ids)]), usual)

    def test_a_credit_note_by_hand_takes_it_back_and_then_it_stays(self):
        invoice = self.handed_in()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.move_id.ids
        )
        wizard.create({"journal_id": invoice.move_id.journal_id.id}).reverse_moves()
        notes = invoice.move_id.reversal_move_ids
        notes.action_post()
        self.assertEqual(set(notes.line_ids.account_id), set(invoice.move_id.line_ids.account_id))
        self.assertEqual(self.faults(order="PO-9"), [(0, "number", "invoice_credited")])
        self.assertEqual([each.code for each in invoice._cancel()], ["invoice_credited"])

    # --- again and otherwise -----------------------------------------------------------------------------
    def test_the_same_again_is_the_same(self):
        first = self.handed_in()
        came = self.come(total=1250, lines=[{**self.line, "amount": 1250.0}])
        self.assertEqual((came.what, came.invoice), ("same", first))
        self.lamp.active = False  # whatever became of its good since
        self.assertEqual(self.come().what, "same")
        self.assertEqual(len(self.kept()), 1)

    def test_it_changes_as_long_as_nothing_rests_on_it(self):
        first = self.handed_in()
        before = first.move_id
        other = {"total": "1300", "lines": [{**self.line, "amount": "1300"}]}
        preview = self.come(is_preview=True, **other)
        self.assertEqual((preview.what, first.move_id), ("changed", before))
        came = self.come(**other)
        self.assertEqual((came.what, came.invoice), ("changed", first))
        self.assertEqual(came.changes, [("total", "1250", "1300"), ("lines.1.amount", "1250", "1300")])
        self.assertEqual((before.state, first.move_id.state, first.move_id.amount_untaxed), ("cancel", "posted", 1300))

    def test_a_draft_keeps_it_as_it_is_and_its_maker_is_told(self):
        invoice = self.handed_in()
        clerk = self.person("clerk")
        certificate = self.certificate_of(invoice.move_id.with_user(clerk))
        preview = self.come(is_preview=True, order="PO-9")
        self.assertEqual([each.code for each in preview.problems], ["invoice_certified"])
        self.assertFalse(certificate.activity_ids)
        self.assertEqual(self.faults(order="PO-9"), [(0, "number", "invoice_certified")])
        self.come(order="PO-9")
        (task,) = certificate.activity_ids
        self.assertEqual(task.user_id, clerk)
        self.assertIn("PO-9", task.note)
        kept = self.kept("refused")
        self.assertEqual((len(kept), kept.number), (1, "SI-2611/0042"))
        certificate.unlink()
        self.assertEqual(self.come(order="PO-9").what, "changed")

    def test_the_certificate_that_is_drawn_between_preview_and_change_counts(self):
        invoice = self.handed_in()
        self.assertEqual(self.come(is_preview=True, order="PO-9").what, "changed")
        self.certificate_of(invoice.move_id)
        self.assertEqual(self.faults(order="PO-9"), [(0, "number", "invoice_certified")])
        self.assertFalse(invoice.move_id.ref)

    def test_what_is_told_of_a_change_is_text(self):
        invoice = self.handed_in()
        certificate = self.certificate_of(invoice.move_id)
        self.come(order="<script>alert(1)</script>")
        self.assertNotIn("<script>", certificate.activity_ids.note)
        self.assertIn("&lt;script&gt;", certificate.activity_ids.note)

    def test_once_its_certificate_ended_it_changes_and_the_ended_one_keeps_its_invoice(self):
        invoice = self.handed_in()
        certificate = self.certificate_of(invoice.move_id)
        before = invoice.move_id
        place(certificate, state="withdrawn")
        self.assertEqual(self.come(order="PO-9").what, "changed")
        self.assertEqual(certificate.invoice_ids, before)
        self.assertIn(certificate, invoice._certificates())

    def test_cancelled_nothing_more_is_certified_and_the_number_is_spent(self):
        invoice = self.handed_in()
        draft = self.certificate_of(invoice.move_id)
        self.assertEqual(invoice._cancel(), [])
        self.assertEqual((invoice.state, invoice.move_id.state), ("cancelled", "cancel"))
        self.assertTrue(draft.activity_ids)
        with self.assertRaises(UserError):
            draft.with_user(self.person("signer")).action_approve()
        self.assertEqual(invoice._cancel(), [])
        self.assertEqual(self.faults(), [(0, "number", "number_cancelled")])

    def test_what_a_certificate_counts_on_is_not_cancelled(self):
        invoice = self.handed_in()
        certificate = self.certificate_of(invoice.move_id)
        for state in ("ready", "submitted", "issued"):
            place(certificate, state=state)
            self.assertEqual([each.code for each in invoice._cancel()], ["invoice_certified"])
        self.assertEqual((invoice.state, invoice.move_id.state), ("standing", "posted"))
        self.assertEqual(len(certificate.activity_ids), 1)

    # --- nothing is guessed ------------------------------------------------------------------------------
    def test_a_new_customer_is_the_company_s_own(self):
        firm = {"code": "C-9", "name": "Hanoi <b>Light</b>", "street": "1 Trang Tien", "city": "Hanoi", "country": "VN"}
        partner = self.handed_in(customer=firm, consignee={"code": "C-1"}).move_id.partner_id
        self.assertEqual((partner.ref, partner.name, partner.company_id, partner.country_id.code),
                         ("C-9", "Hanoi <b>Light</b>", self.exporter, "VN"))  # fmt: skip
        move = self.handed_in(number="2", customer=firm).move_id
        self.assertEqual((move.partner_id, move.partner_shipping_id), (partner, partner))

    def test_of_a_contact_that_is_there_nothing_is_overwritten(self):
        for name, text in (("country", "JP"), ("name", "Other"), ("street", "3 Le Loi")):
            customer = {"code": "C-1", name: text}
            self.assertEqual(self.faults(customer=customer), [(0, f"customer.{name}", "customer_differs")])
        self.assertEqual(self.customer.country_id.code, "VN")
        self.assertEqual(self.handed_in(customer={"code": "C-1", "country": "VN"}).move_id.partner_id, self.customer)

    def test_each_fault_names_its_place(self):
        line = self.line
        tomorrow = str(self.today + datetime.timedelta(days=1))
        for values, fault in (
            ({"customer": {"code": "C-9"}}, (0, "customer.name", "customer_new")),
            ({"customer": {"code": "C-1", "country": "XX"}}, (0, "customer.country", "country_unknown")),
            ({"consignee": {"code": "C-1", "name": "Other"}}, (0, "consignee.name", "customer_differs")),
            ({"currency": "DOLLAR"}, (0, "currency", "currency_unknown")),
            ({"currency": "JPY"}, (0, "currency", "rate_unknown")),
            ({"incoterm": "FREE"}, (0, "incoterm", "incoterm_unknown")),
            ({"date": tomorrow}, (0, "date", "date_ahead")),
            ({"total": "1300"}, (0, "total", "total_other")),
            ({"lines": [{**line, "item": "NONE"}]}, (1, "item", "item_unknown")),
            ({"lines": [{**line, "unit": "HANDFUL"}]}, (1, "unit", "unit_unknown")),
            ({"lines": [{**line, "unit": "KGM"}]}, (1, "unit", "unit_other")),
            ({"lines": [{**line, "quantity": "0.00001"}]}, (1, "quantity", "places")),
        ):
            with self.subTest(values):
                self.assertIn(fault, self.faults(**values))
        self.assertEqual(
            self.faults(total="1250.001", lines=[{**line, "amount": "1250.001"}]),
            [(0, "total", "currency_places"), (1, "amount", "currency_places")],
        )
        self.assertFalse(self.env["account.move"].search([("name", "=", "SI-2611/0042")]))

    def test_two_contacts_of_one_code_are_a_fault(self):
        self.make_customer("Other", "jp").ref = "C-1"
        self.assertEqual(self.faults(), [(0, "customer.code", "customer_several")])

    def test_a_number_that_differs_by_capital_letters_is_no_other(self):
        self.handed_in(number="SI-2611/0042")
        self.assertEqual(self.faults(number="si-2611/0042"), [(0, "number", "number_alike")])
        self.assertEqual(self.faults(number="SI-2611 / 0042"), [(0, "number", "number_alike")])
        self.handed_in(number="si-2611/0_42")
        self.handed_in(number="SI-2611/0142")

    def test_a_number_is_no_other_than_that_of_an_invoice_of_odoo_in_small_letters(self):
        usual = self.make_invoice()
        self.assertEqual(self.faults(number=usual.name.lower()), [(0, "number", "number_alike")])

    def test_the_number_of_an_invoice_of_odoo_is_taken(self):
        usual = self.make_invoice(post=False)
        usual.name = "SI-2611/0042"
        usual.action_post()
        self.assertEqual(self.faults(), [(0, "number", "number_taken")])

    def test_the_price_of_one_unit_makes_the_amount(self):
        lines = [{**self.line, "quantity": "3", "amount": "10.00"}, {**self.line, "quantity": "7000", "amount": "0.00"}]
        move = self.handed_in(total="10", lines=lines).move_id
        self.assertEqual(move.invoice_line_ids.mapped("price_subtotal"), [10, 0])
        self.assertEqual(move.invoice_line_ids[0].price_unit, 3.333)

    def test_a_number_with_another_year_and_with_chinese_stays_as_it_is(self):
        for number in ("INV/2019/00001", "发票-1999/12/7", "7"):
            self.assertEqual(self.handed_in(number=number).move_id.name, number)
        self.assertEqual(self.handed_in(number="INV/2019/00009").move_id.name, "INV/2019/00009")

    # --- whose -------------------------------------------------------------------------------------------
    def test_another_company_s_number_is_another_invoice(self):
        invoice = self.handed_in()
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        key, _token = make_key(self.person("manager", other), may_hand_in_invoices=True, company_id=other.id)
        theirs = key._as_system("rcep.erp.invoice")
        self.assertFalse(theirs._of_number(other, "SI-2611/0042"))
        came = theirs._hand_in(key, json.dumps({**self.whole, "currency": "CNY"}).encode())
        self.assertEqual([each.code for each in came.problems], ["item_unknown"])
        stranger = self.person("clerk", other)
        self.assertFalse(self.at(other)["rcep.erp.invoice"].with_user(stranger).search([("id", "=", invoice.id)]))

    def test_many_lines_are_no_more_queries(self):
        def measure(count):
            lines = [self.line] * count
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.come(is_preview=True, number=f"N-{count}", lines=lines, total=str(1250 * count))
            return self.env.cr.sql_log_count - before

        measure(2)
        self.assertLessEqual(measure(300), measure(2) + 2)
