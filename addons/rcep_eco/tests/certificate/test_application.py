"""What is sent equals what stands in the boxes; what is missing is told all at once."""

import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import EcoCommon, place


@tagged("post_install", "-at_install")
class TestApplication(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer = cls.person("signer", rcep_name_en="WANG FANG")
        cls.certificate = cls.certify((cls.lamp, 100, 8.0), currency_id=cls.usd.id)
        cls.certificate.write(
            {
                "vessel": "COSCO ROSE V.032S",
                "port_loading": "NINGBO",
                "port_discharge": "HAI PHONG",
                "remarks": "ORDER 4711",
            }
        )

    def problems(self):
        return self.certificate._problems()

    # --- content -----------------------------------------------------------------------------------------
    def test_a_complete_certificate_has_no_problems(self):
        self.assertEqual(self.problems(), [])
        self.assertEqual(self.certificate._application().problems(), ())
        self.assertFalse(self.certificate.problems)

    def test_the_application_says_what_the_boxes_say(self):
        certificate = self.certificate
        certificate.with_user(self.signer).action_approve()
        line, application, boxes = certificate.line_ids, certificate._application(), certificate._form_boxes()
        item = application.items[0]
        self.assertEqual(application.client_ref, certificate.client_ref)
        self.assertEqual(boxes["exporter"], f"{application.exporter.name_en}, {application.exporter.address}, CHINA")
        self.assertEqual(application.exporter.uscc, self.exporter.rcep_uscc)
        self.assertEqual(boxes["consignee"], "Saigon Light JSC, 2 Le Loi, Town, VIET NAM")
        self.assertEqual(
            (application.consignee.name_en, application.consignee.address, application.consignee.country),
            ("Saigon Light JSC", "2 Le Loi, Town", "VN"),
        )
        self.assertEqual(
            (boxes["vessel"], boxes["port"]), (application.transport.vessel, application.transport.port_of_discharge)
        )
        self.assertEqual(boxes["departure"], "***")
        self.assertIsNone(application.transport.departure_date)
        self.assertEqual(item.packages.text, line.packages_text)
        self.assertEqual((item.packages.count, item.packages.kind), (5, "CARTON"))
        self.assertEqual((item.hs6, item.criterion, item.origin_country), (line.hs6, line.criterion, "CN"))
        (good,) = boxes["goods"]
        self.assertEqual((good.description, good.criterion, good.origin), (line.packages_text, "CTC", "CHINA"))
        self.assertEqual(good.quantity, ("100 PCS", "50 KGS G.W."))
        invoice = application.invoices[0]
        self.assertEqual((invoice.number, invoice.date), (certificate.invoice_ids.name, self.today))
        self.assertEqual((invoice.currency, str(invoice.amount), invoice.incoterm), ("USD", "800.00", "FOB"))
        self.assertEqual(item.invoice_number, invoice.number)
        self.assertEqual(boxes["declared"], f"NINGBO, {self.today}, WANG FANG")
        self.assertEqual(application.declaration.signatory, "WANG FANG")
        self.assertEqual((boxes["remarks"], application.remarks), ("ORDER 4711", "ORDER 4711"))
        self.assertEqual(boxes["importing_party"], "VIET NAM")

    def test_the_dossiers_hash_goes_with_each_item(self):
        line = self.certificate.line_ids
        self.assertEqual(self.certificate._application().items[0].dossier_sha256, line.dossier_sha256)
        self.assertEqual(len(line.dossier_sha256), 64)

    def test_the_fob_value_is_reported_only_under_regional_value(self):
        item = self.certificate._application().items[0]
        self.assertIsNone(item.fob_value)
        self.assertIsNone(item.rvc)

    def test_regional_value_of_a_bought_in_good_is_its_suppliers_figure(self):
        self.declaration.action_revoke()
        self.declare(self.lamp, name="D-RVC", criterion="RVC", rvc=54.3)
        self.certificate.action_check()
        item = self.certificate._application().items[0]
        self.assertEqual((item.criterion, str(item.fob_value), str(item.rvc)), ("RVC", "800.00", "54.30"))
        self.assertEqual(self.problems(), [])

    def test_a_declared_regional_value_below_forty_does_not_do(self):
        self.declaration.action_revoke()
        self.declare(self.lamp, name="D-RVC", criterion="RVC", rvc=39.99)
        self.certificate.action_check()
        self.assertEqual(self.certificate.line_ids.verdict, "not_originating")

    def test_goods_left_before_the_declaration_are_certified_retroactively(self):
        self.certificate.departure_date = self.today - datetime.timedelta(days=1)
        self.assertTrue(self.certificate.retroactive)
        self.assertEqual(self.problems(), [])
        self.assertTrue(self.certificate._application().retroactive)
        self.assertIn((True, "ISSUED RETROACTIVELY"), self.certificate._form_boxes()["ticks"])

    def test_goods_that_left_more_than_a_year_ago_are_too_late(self):
        self.certificate.departure_date = self.today - datetime.timedelta(days=367)
        self.assertEqual(len(self.problems()), 1)
        self.assertIn("within a year only", self.problems()[0])

    def test_one_name_in_box_3_does_not_stand_for_several_producers(self):
        other = self.env["res.partner"].create({"name": "Cixi Lamp Works"})
        certificate = self.certify((self.lamp, 1, 50.0), (self.lamp, 2, 50.0))
        certificate.line_ids[1].producer_id = other
        self.assertIn("The goods have several producers", "\n".join(certificate._problems()))
        certificate.producer_statement = "several"
        self.assertNotIn("several producers", "\n".join(certificate._problems()))

    def test_a_good_does_not_stand_by_two_criteria(self):
        certificate = self.certify((self.lamp, 1, 50.0), (self.lamp, 1, 40.0))
        certificate.line_ids[1].sudo().write({"criterion": "RVC", "rvc": "45.00"})
        self.assertIn("LED lamp stands here by CTC, RVC", "\n".join(certificate._problems()))

    def test_goods_that_leave_today_are_not(self):
        self.certificate.departure_date = self.today
        self.assertFalse(self.certificate.retroactive)
        self.assertEqual(self.problems(), [])

    def test_a_third_partys_invoice_is_named_in_boxes_14_and_17(self):
        self.certificate.write(
            {"third_party_name": "Straits Trading", "third_party_country_id": self.env.ref("base.sg").id}
        )
        self.assertEqual(self.problems(), [])
        boxes = self.certificate._form_boxes()
        self.assertEqual(boxes["remarks"], "ORDER 4711; Straits Trading, SINGAPORE")
        self.assertIn((True, "Third-party invoicing"), boxes["ticks"])
        self.assertEqual(self.certificate._application().third_party.country, "SG")

    def test_every_digit_of_a_quantity_is_printed(self):
        line = self.certify((self.lamp, 1234567, 0.01)).line_ids
        (good,) = line.certificate_id._form_boxes()["goods"]
        self.assertEqual(good.quantity, ("1234567 PCS", "617283.5 KGS G.W."))

    def test_the_day_of_issue_is_the_issuing_bodys(self):
        late = "2026-05-01 18:30:00"  # half past two in Beijing, the day after
        place(self.certificate, state="issued", issued_at=late)
        self.assertEqual(self.certificate._form_boxes()["certified"], "2026-05-02")

    def test_a_print_that_proves_nothing_says_so(self):
        for environment, state, result in (
            ("sandbox", "issued", "SPECIMEN — NOT VALID"),
            ("production", "issued", ""),
            ("production", "submitted", "NOT ISSUED — NOT VALID"),
            ("production", "draft", "NOT ISSUED — NOT VALID"),
            ("production", "cancelled", "CANCELLED — NOT VALID"),
            ("production", "replaced", "REPLACED — NOT VALID"),
        ):
            with self.subTest(f"{environment}, {state}"):
                place(self.certificate, environment=environment, state=state)
                self.assertEqual(self.certificate._form_boxes()["banner"], result)

    def test_box_3_says_what_is_chosen(self):
        for statement, result in (
            ("several", "SEE BOX 8"),
            ("confidential", "CONFIDENTIAL"),
            ("unknown", "NOT AVAILABLE"),
            ("named", "Yuyao Lamp Works, Yuyao, CHINA"),
        ):
            with self.subTest(statement):
                self.certificate.producer_statement = statement
                self.assertEqual(self.certificate._form_boxes()["producer"], result)
                self.assertEqual(self.certificate._application().producer.statement, statement)

    def test_goods_of_several_producers_say_so(self):
        own = self.make_good("Own lamp", "OWN", hs_code="030191", rcep_wholly_obtained=True)
        certificate = self.certify((self.lamp, 1, 50.0), (own, 1, 50.0))
        self.assertEqual(certificate.producer_statement, "several")

    # --- everything that is missing, at once -------------------------------------------------------------
    def test_everything_that_is_missing_is_reported_at_once(self):
        self.exporter.write({"rcep_uscc": False, "rcep_address_en": False, "rcep_place": False})
        self.certificate.line_ids.packages_count = 0
        self.certificate.third_party_name = "Straits Trading"
        self.customer.write({"street": False, "city": False, "country_id": self.env.ref("base.th").id})
        outcome = "\n".join(self.problems())
        for result in (
            "has no unified social credit code: enter its 18 characters",
            "“Address in English” is empty",
            "“Place of declaration” is empty",
            "Item 1: the number of packages is missing (box 8).",
            "Third-party invoicing, country:",
            "Consignee, address:",
        ):
            self.assertIn(result, outcome)
        self.certificate.invalidate_recordset(["problems"])
        self.assertEqual(self.certificate.problems.count("<li>"), len(self.problems()))

    def test_nothing_is_approved_while_something_is_missing(self):
        self.exporter.rcep_place = False
        with self.assertRaisesRegex(
            UserError, f"Certificate {self.certificate.name} is not complete:\n.*“Place of declaration”"
        ):
            self.certificate.with_user(self.signer).action_approve()
        self.assertEqual(self.certificate.state, "draft")
        self.assertFalse(self.certificate.signer_id)

    def test_a_wrong_credit_code_is_reported(self):
        self.exporter.rcep_uscc = "91330206MA2AEXAM0X"
        self.assertIn("91330206MA2AEXAM0X, is not valid: compare it with the licence", self.problems()[0])

    def test_a_consignee_outside_the_importing_party_is_reported(self):
        self.customer.country_id = self.env.ref("base.th")
        self.assertEqual(len(self.problems()), 3)  # the invoice goes there too, and the bill to another country
        self.assertIn("Consignee, country: the consignee is in the importing Party (box 2).", self.problems()[2])

    def test_the_rules_of_the_form_are_reported_in_the_readers_language(self):
        self.customer.country_id = self.env.ref("base.th")
        self.env.cr.execute(
            "UPDATE account_move SET name = %s WHERE id = %s", ("INV２026 001", self.certificate.invoice_ids.id)
        )
        self.env.invalidate_all()
        outcome = "\n".join(self.certificate.with_context(lang="zh_CN")._problems())
        for result in ("收货人须在进口缔约方境内", "空格、全角数字或字母"):
            self.assertIn(result, outcome)

    def test_an_invoice_number_that_is_not_found_abroad_is_reported(self):
        self.env.cr.execute(
            "UPDATE account_move SET name = %s WHERE id = %s", ("INV２026 001", self.certificate.invoice_ids.id)
        )
        self.env.invalidate_all()
        self.assertIn("Invoice 1, number: ", self.problems()[0])
        self.assertIn("a space, a full-width digit or letter", self.problems()[0])

    def test_a_good_that_does_not_originate_is_reported_with_its_item(self):
        fish = self.make_good("Frozen fish", "FISH", hs_code="030311", rcep_package_qty=10)
        self.declare(fish, criterion="RVC")
        self.certificate = self.certify((self.lamp, 1, 50.0), (fish, 1, 50.0))
        self.assertEqual(len(self.problems()), 1)
        self.assertRegex(self.problems()[0], r"Item 2, .*Frozen fish: Not originating")

    def test_a_good_without_proof_keeps_no_other_from_its_verdict(self):
        bare = self.make_good("Bare lamp", "BARE", hs_code="940511", rcep_package_qty=10)
        self.certificate = self.certify((bare, 1, 50.0), (self.lamp, 1, 50.0))
        first, second = self.certificate.line_ids
        self.assertIn("has neither a bill of materials nor a verified supplier declaration", first.problem)
        self.assertFalse(first.verdict)
        self.assertEqual(second.verdict, "originating")
        self.assertEqual(len(self.problems()), 1)

    def test_a_price_term_is_needed(self):
        self.certificate = self.certify(invoice_incoterm_id=False)
        self.assertTrue(any("price term" in sentence for sentence in self.problems()), self.problems())

    def test_names_with_markup_stay_text_on_the_form(self):
        self.exporter.name = "<b>Firm</b>"
        self.exporter.rcep_place = False
        self.certificate.invalidate_recordset(["problems"])
        self.assertIn("&lt;b&gt;Firm", self.certificate.problems)

    def test_where_no_party_contributed_most_the_user_chooses_box_11(self):
        self.certificate.action_check()
        line = self.certificate.line_ids
        line.sudo().origin_country_code = False  # a tie of two Parties, as the engine tells it
        self.assertIn("Item 1: no single Party contributed most", line._verdict_problem())
        line.write({"origin_party_id": self.env.ref("rcep_eco.party_th").id, "origin_mark": "*"})
        self.assertIsNone(line._verdict_problem())
        item = self.certificate._application().items[0]
        self.assertEqual((item.origin_country, item.origin_mark), ("TH", "*"))

    def test_a_draft_of_which_nothing_is_decided_is_not_printed_and_says_why(self):
        undecided = self.certify((self.make_good("Riddle", "RIDDLE"), 1, 5.0))
        with self.assertRaisesRegex(UserError, "cannot be printed yet"):
            undecided._form_boxes()
