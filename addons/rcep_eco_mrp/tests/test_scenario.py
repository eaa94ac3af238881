"""What if the iron were dearer, from elsewhere, declared, or left out: the verdict beside today's, nothing written."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import MadeCommon


@tagged("post_install", "-at_install")
class TestScenario(MadeCommon):
    """The motor at 100 holds foreign iron of 40 in a frame of its own: RVC of 50, its only rule."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iron = cls.make_material("Iron part", "850140", "us", 20.0)
        cls.frame = cls.make_good("Frame", "FRAME", hs_code="850131", list_price=0.0, sale_ok=False)
        cls.make_bom(cls.frame, (cls.iron, 2), work=None)
        cls.make_bom(cls.motor, (cls.frame, 1), (cls.magnet, 1))
        cls.scenario = cls.env["rcep.scenario"].browse(cls.motor.action_rcep_what_if()["res_id"])

    def line(self, name):
        return self.scenario.line_ids.filtered(lambda line: line.name.endswith(name))

    def test_unchanged_it_says_what_is_so_today(self):
        self.assertEqual(self.scenario.line_ids.mapped("today_value"), [40.0, 40.0, 10.0])
        for name in ("verdict", "criterion", "rvc", "fob_floor"):
            self.assertEqual(self.scenario[name], self.scenario[f"today_{name}"])
        self.assertEqual((self.scenario.verdict, self.scenario.rvc), ("originating", "50.00"))

    def test_a_dearer_part_of_a_part_makes_it_fail_and_the_part_dearer_too(self):
        self.line("Iron part").value = 62.0
        self.assertEqual((self.scenario.verdict, self.scenario.today_verdict), ("not_originating", "originating"))
        self.assertEqual(self.scenario.rvc, "28.00")
        self.assertIn("62.00 CNY", self.scenario.explanation)

    def test_a_price_that_moves_afterwards_moves_today_and_then_alike(self):
        self.iron.seller_ids.price = 25.0
        self.env.invalidate_all()
        self.assertEqual((self.scenario.today_rvc, self.scenario.rvc), ("40.00", "40.00"))

    def test_a_value_that_nobody_knew_is_never_nothing(self):
        unknown = self.make_material("Spring", "850140", "us", 0)
        self.motor.bom_ids.bom_line_ids = [(0, 0, {"product_id": unknown.id, "product_qty": 1})]
        scenario = self.env["rcep.scenario"].browse(self.motor.action_rcep_what_if()["res_id"])
        self.assertEqual((scenario.today_verdict, scenario.verdict), ("unresolved", "unresolved"))
        unknown.standard_price = 55.0
        self.env.invalidate_all()
        self.assertEqual(scenario.verdict, scenario.today_verdict)
        self.assertNotEqual(scenario.verdict, "originating")

    def test_a_quantity_counts_so_many_times(self):
        self.line("Magnet").times = 3
        self.assertEqual(self.scenario.rvc, "30.00")

    def test_a_declaration_of_a_party_mends_it(self):
        iron = self.line("Iron part")
        iron.write({"value": 62.0, "origin_id": self.env.ref("base.vn").id, "originating": "yes"})
        self.assertEqual((self.scenario.verdict, self.scenario.criterion), ("originating", "CTC ACU"))

    def test_a_price_and_a_material_that_is_left_out(self):
        self.scenario.fob = 70
        self.assertEqual(self.scenario.verdict, "not_originating")
        self.line("Magnet").left_out = True
        self.assertEqual(self.scenario.rvc, "42.86")

    def test_packing_alone_makes_nothing_originate(self):
        self.scenario.work = "packaging"
        self.assertEqual(self.scenario.verdict, "not_originating")

    def test_another_code_has_another_rule(self):
        self.scenario.hs_code = "841451"
        self.assertEqual((self.scenario.verdict, self.scenario.criterion), ("originating", "CTC"))

    def test_nothing_but_the_scenario_is_written(self):
        self.motor.action_rcep_determine()
        kept = ["verdict", "stale", "dossier_sha256"]
        before, prices = self.motor.rcep_origin_id.read(kept), self.iron.seller_ids.read(["price", "write_date"])
        self.line("Iron part").value = 62.0
        self.scenario.mapped("verdict")
        self.env.flush_all()
        self.assertEqual(self.iron.seller_ids.read(["price", "write_date"]), prices)
        self.assertEqual(self.motor.rcep_origin_id.read(kept), before)

    def test_another_supplier_brings_its_country_and_what_it_declares(self):
        vietnam = self.make_customer("Hai Duong Iron", "vn")
        seller = self.env["product.supplierinfo"].create(
            {"partner_id": vietnam.id, "product_tmpl_id": self.iron.product_tmpl_id.id, "price": 21.0}
        )
        line = self.line("Iron part")
        line.seller_id = seller
        line._onchange_seller_id()
        self.assertEqual((line.origin_id.code, line.originating), ("VN", "no"))

    def test_today_moves_on_and_a_material_that_is_gone_says_so(self):
        self.motor.bom_ids.bom_line_ids.filtered(lambda line: line.product_id == self.magnet).unlink()
        self.env.invalidate_all()
        self.assertEqual(self.line("Magnet").today, "Not in it any more")
        self.assertEqual(self.scenario.today_rvc, "60.00")

    def test_what_cannot_be_is_one_sentence(self):
        for values, message in (
            ({"hs_code": "999999"}, "no code of HS 2022"),
            ({"times": 0}, "above zero"),
            ({"value": -1}, "above zero"),
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                with self.assertRaisesRegex(ValidationError, message):
                    self.line("Magnet").write(values)
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
        self.motor.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self.motor.action_rcep_what_if()

    def test_it_is_printed(self):
        reports = self.env["ir.actions.report"]
        html = reports._render_qweb_html("rcep_eco.report_scenario", self.scenario.ids)[0].decode()
        self.assertIn("Iron part", html)
        self.assertIn("50.00", html)

    # --- profit ------------------------------------------------------------------------------------------
    def test_the_margin_is_the_price_less_materials_and_work(self):
        self.assertIn("materials 50.00 CNY, work 1.00 CNY", self.scenario.cost)
        self.assertEqual((self.scenario.margin, self.scenario.today_margin), ("49.00 CNY (49.00 %)",) * 2)
        self.line("Iron part").value = 62.0
        self.scenario.fob = 80
        self.assertEqual(self.scenario.margin, "7.00 CNY (8.75 %)")
        self.assertEqual(self.scenario.today_margin, "49.00 CNY (49.00 %)")

    def test_a_loss_is_a_loss(self):
        self.scenario.fob = 40
        self.assertEqual(self.scenario.margin, "-11.00 CNY (-27.50 %)")

    def test_a_cost_that_nobody_knows_is_no_margin(self):
        unknown = self.make_material("Spring", "850140", "us", 0)
        self.motor.bom_ids.bom_line_ids = [(0, 0, {"product_id": unknown.id, "product_qty": 1})]
        self.env.invalidate_all()
        self.assertEqual((self.scenario.margin, self.scenario.today_margin), ("unknown", "unknown"))
        self.assertIn("Spring", self.scenario.cost)
        fresh = self.env["rcep.scenario"].browse(self.motor.action_rcep_what_if()["res_id"])
        fresh.line_ids.filtered(lambda line: line.name.endswith("Spring")).value = 9.0
        self.assertEqual((fresh.margin, fresh.today_margin), ("40.00 CNY (40.00 %)", "unknown"))

    def test_work_without_a_cost_is_no_margin_either(self):
        self.motor.bom_ids.operation_ids.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.scenario.margin, "unknown")
        self.assertIn("its materials cost 50.00 CNY", self.scenario.cost)

    def test_a_price_in_another_currency_counts_at_its_rate(self):
        self.env["res.currency.rate"].search([("currency_id", "=", self.usd.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": self.usd.id, "company_id": self.exporter.id, "name": "2020-01-01",
             "inverse_company_rate": 7.0}
        )  # fmt: skip
        self.magnet.seller_ids.write({"price": 2.0, "currency_id": self.usd.id})
        self.env.invalidate_all()
        self.assertEqual(self.scenario.today_margin, "45.00 CNY (45.00 %)")

    # --- opened, and kept --------------------------------------------------------------------------------
    def test_who_opens_it_again_finds_the_one_that_was_never_changed(self):
        def opened(who):
            return self.motor.with_user(self.engineers[who]).action_rcep_what_if()["res_id"]

        self.engineers = {name: self.person("engineer", login=f"engineer.{name}") for name in ("one", "other")}
        first = opened("one")
        self.assertEqual(opened("one"), first)
        self.assertNotEqual(opened("other"), first)
        scenario = self.env["rcep.scenario"].browse(first)
        scenario.mapped("verdict")  # to look at it changes nothing
        scenario.line_ids.mapped("today")
        self.assertFalse(scenario.kept)
        scenario.line_ids[0].times = 2
        self.assertTrue(scenario.kept)
        self.assertNotEqual(opened("one"), first)

    def test_what_is_opened_again_has_the_bill_of_today(self):
        self.motor.bom_ids.bom_line_ids = [(0, 0, {"product_id": self.steel.id, "product_qty": 1})]
        again = self.env["rcep.scenario"].browse(self.motor.action_rcep_what_if()["res_id"])
        self.assertEqual(again, self.scenario)
        self.assertEqual(len(again.line_ids), 4)
        self.assertFalse(again.kept)

    def test_what_nobody_changed_is_on_no_list_and_goes_after_a_day(self):
        kept = self.scenario.copy()
        action = self.env.ref("rcep_eco.action_scenario")._get_action_dict()
        self.assertIn("kept", action["domain"])
        overview = self.env["report.rcep_eco_mrp.report_origin_overview"]
        engineer = overview.with_user(self.person("engineer"))
        shown = engineer.get_data(self.motor.id, self.exporter.id)["scenarios"]
        self.assertEqual([each["id"] for each in shown], kept.ids)
        self.env.flush_all()
        self.env.cr.execute("UPDATE rcep_scenario SET write_date = write_date - interval '2 days'")
        self.env.invalidate_all()
        self.env["rcep.scenario"]._gc_unchanged()
        self.assertEqual((self.scenario + kept).exists(), kept)

    def test_from_a_line_of_the_overview_that_line_stands_first(self):
        overview = self.env["report.rcep_eco_mrp.report_origin_overview"]
        data = overview.with_user(self.person("engineer")).get_data(self.motor.id, self.exporter.id)
        frame, magnet = data["lines"]
        (iron,) = frame["children"]
        self.assertEqual({frame["place"], iron["place"], magnet["place"]}, set(self.scenario.line_ids.mapped("place")))
        action = self.motor.action_rcep_what_if(iron["place"])
        scenario = self.env["rcep.scenario"].browse(action["res_id"])
        self.env.invalidate_all()
        self.assertEqual(scenario.line_ids[0].place, iron["place"])
        self.assertEqual(scenario.line_ids.mapped("at_hand"), [True, False, False])
        clerk = overview.with_user(self.person("clerk")).get_data(self.motor.id, self.exporter.id)
        self.assertNotIn("place", clerk["lines"][0])

    # --- several, and on the overview --------------------------------------------------------------------
    def queries_to_read(self, scenarios):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        scenarios.mapped("verdict")
        return self.env.cr.sql_log_count - before

    def test_many_scenarios_of_a_good_ask_once_what_it_is_today(self):
        self.queries_to_read(self.scenario)  # what is read once in a server's life
        one = self.queries_to_read(self.scenario)
        many = self.env["rcep.scenario"].union(*(self.scenario.copy({"fob": 70 + each}) for each in range(20)))
        self.assertLess(self.queries_to_read(many), one + 10)
        self.assertEqual(set(many.mapped("today_rvc")), {"50.00"})
        self.assertGreater(len(set(many.mapped("rvc"))), 15)

    def test_a_list_never_says_what_was_so_yesterday(self):
        other = self.scenario.copy()
        both = self.scenario + other
        self.assertEqual(both.mapped("verdict"), ["originating"] * 2)
        self.iron.seller_ids.price = 31.0
        self.env.invalidate_all()
        self.assertEqual(both.mapped("verdict"), ["not_originating"] * 2)

    def test_a_kept_scenario_of_an_archived_good_says_so_and_no_verdict(self):
        self.motor.active = False
        self.env.invalidate_all()
        self.assertFalse(self.scenario.verdict)
        self.assertIn("archived", self.scenario.problem)

    def test_the_overview_lists_them_for_the_engineer_alone(self):
        self.scenario.write({"name": "At 70", "fob": 70})
        overview = self.env["report.rcep_eco_mrp.report_origin_overview"]
        engineer, clerk = (
            overview.with_user(self.person(role)).get_data(self.motor.id, self.exporter.id)
            for role in ("engineer", "clerk")
        )
        self.assertNotIn("scenarios", clerk)
        (kept,) = engineer["scenarios"]
        self.assertEqual((kept["name"], kept["verdict"], kept["problem"]), ("At 70", "not_originating", ""))
        self.assertEqual(kept["asked_for"], [])

    def test_the_overview_says_for_which_party_a_scenario_is_asked(self):
        self.scenario.importing_party_id = self.env["rcep.party"].search([("code", "=", "VN")])
        overview = self.env["report.rcep_eco_mrp.report_origin_overview"].with_user(self.person("engineer"))
        (kept,) = overview.get_data(self.motor.id, self.exporter.id)["scenarios"]
        self.assertIn("Viet", kept["asked_for"][0])
