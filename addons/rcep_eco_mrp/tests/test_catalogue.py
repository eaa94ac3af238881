"""The whole catalogue: determined bottom-up, the same however it is cut, and kept current by exactly what changed."""

import datetime
import json
from unittest import mock

from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco_mrp.bills.catalogue import Catalogue
from odoo.fields import Command
from odoo.tests import tagged

from .common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestCatalogue(CatalogueCommon):
    # --- what it decides ---------------------------------------------------------------------------------
    def test_each_good_comes_out_as_it_does_by_itself(self):
        for good in self.motor | self.fan:
            with self.subTest(good.name):
                alone, _dossier = good._rcep_determine(
                    self.exporter, good._rcep_list_fob(self.exporter, self.today), self.today
                )
                stored = self.verdict_of(good)
                self.assertEqual(
                    (stored.verdict, stored.criterion, stored.rvc, stored.rule),
                    (alone.verdict, alone.criterion, alone.regional_value.build_down, alone.rule),
                )

    def test_by_products_lower_what_is_looked_through_as_in_a_determination_by_itself(self):
        """The board fails its rule, so its chip and relays are looked at; bills of motor and fan have by-products."""
        self.relay.hs_code = "853710"
        scrap = self.make_good("Scrap", "SCRAP", hs_code="720449")
        for bill, share in ((self.motor.bom_ids, 25.0), (self.fan.bom_ids, 10.0)):
            bill.byproduct_ids = [Command.create({"product_id": scrap.id, "product_qty": 1, "cost_share": share})]
        self.settle()
        self.assertEqual(self.verdict_of(self.board).verdict, "not_originating")
        store = self.env["rcep.dossier"]
        edition = self.env["rcep.rule.edition"]._on(self.today)
        for good, inside in ((self.motor, 34.0 + 20 + 10), (self.fan, None)):
            with self.subTest(good.name):
                fob = good._rcep_list_fob(self.exporter, self.today)
                alone, _dossier = good._rcep_determine(self.exporter, fob, self.today)
                stored = self.verdict_of(good)
                dossier = json.loads(stored.dossier)
                result = origin.replay(dossier, edition._rulebook(), store._fetch).regional_value
                self.assertEqual(result.vnm, alone.regional_value.vnm)
                if inside:
                    self.assertEqual(float(result.vnm), inside * 0.75)
                self.assertEqual((stored.verdict, stored.rvc), (alone.verdict, alone.regional_value.build_down))

    def test_what_is_never_sold_stands_at_its_cost(self):
        stored = self.verdict_of(self.board)
        self.assertEqual(
            (stored.verdict, stored.criterion, stored.fob), ("originating", "CTC", 18.0)
        )  # 9 + 8 and the work

    def test_batches_and_their_order_change_nothing(self):
        def hashes(*batches):
            self.env["rcep.origin"].search([]).sudo().unlink()
            for batch in batches:
                self.env["rcep.origin"].sudo()._determine_all(self.exporter, batch)
            rows = self.env["rcep.origin"].search([("product_id", "in", self.goods.ids)])
            return {row.product_id: row.dossier_sha256 for row in rows}

        together = hashes(self.goods)
        self.assertEqual(len(set(together.values())), 3)
        self.assertEqual(hashes(*self.goods), together)
        self.assertEqual(hashes(*reversed(self.goods)), together)
        self.assertEqual(hashes(self.fan | self.board, self.motor), together)

    def test_two_parts_that_are_alike_to_the_letter_are_each_there_for_what_they_are_in(self):
        """Their dossiers have one hash; what lets go of the one must not take the other along."""
        goods = self.env["product.product"]
        for number in (1, 2):
            twin = self.make_good("Twin", f"TWIN-{number}", hs_code="853710", list_price=0.0, sale_ok=False)
            self.make_bom(twin, (self.chip, 1))
            outer = self.make_good(f"Outer {number}", f"OUT-{number}", hs_code="850131", list_price=90.0)
            layers = [twin]
            for level in range(number):  # the second is used later than the first
                layer = self.make_good(f"Layer {number}-{level}", f"L{number}-{level}", hs_code="850140", sale_ok=False)
                self.make_bom(layer, (layers[-1], 1), (self.steel, 1))
                layers.append(layer)
            self.make_bom(outer, (layers[-1], 1), (twin, 1))
            goods |= outer
        self.settle()
        self.env["rcep.origin"].sudo()._determine_catalogue(self.exporter)
        self.assertEqual(goods.mapped("rcep_origin_id.problem"), [False, False])
        self.assertEqual(set(goods.mapped("rcep_origin_id.stale")), {False})

    def test_what_nothing_waits_for_is_let_go_and_every_dossier_is_kept(self):
        catalogue = Catalogue(self.env, self.exporter, self.today)
        taken, existing = {}, []
        for _answer in catalogue.determined():
            existing.append(len(catalogue.known))
            taken |= catalogue.take_dossiers()
        self.assertGreater(max(existing), 0)
        self.assertEqual((catalogue.known, catalogue._parts), ({}, {}))
        self.assertEqual(len(taken), 2)  # the board and the motor; the fan is in nothing

    def test_a_part_that_was_determined_today_is_not_read_again(self):
        whole = self.verdict_of(self.fan).dossier_sha256
        self.env.flush_all()
        # The board's bill is emptied behind the ORM's back: nobody says that it changed, and nobody looks.
        self.env.cr.execute("DELETE FROM mrp_bom_line WHERE bom_id = %s", (self.board.bom_ids.id,))
        self.env.invalidate_all()
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.motor | self.fan)
        self.assertEqual(self.verdict_of(self.fan).dossier_sha256, whole)
        self.board.bom_ids.product_qty = 2.0
        self.settle()
        self.assertEqual(self.verdict_of(self.board).verdict, "unresolved")
        self.assertNotEqual(self.verdict_of(self.fan).dossier_sha256, whole)

    def test_an_intermediate_stands_in_a_dossier_by_its_hash_and_opening_replays_it(self):
        engineer = self.person("engineer")
        stored = self.verdict_of(self.fan).with_user(engineer)
        self.assertIn("dossier_sha256", stored.dossier)
        self.assertNotIn("Chip", stored.dossier)
        self.assertIn("Chip", stored.explanation)  # two levels down
        self.assertIn("3.12", stored.explanation)

    def test_a_dossier_that_was_changed_below_is_not_believed(self):
        stored = self.verdict_of(self.fan)
        store = self.env["rcep.dossier"].search([("content", "like", '"name":"[CHIP] Chip"')])
        store.content = store[:1].content.replace('"value":"9"', '"value":"1"')
        self.assertIn("is not the one that was sealed", stored.explanation)

    def test_what_no_verdict_leads_to_is_let_go(self):
        before = self.env["rcep.dossier"].search_count([])
        self.env["rcep.dossier"]._keep({"0" * 64: "{}"})
        self.env["rcep.dossier"]._gc_unused()
        self.assertEqual(self.env["rcep.dossier"].search_count([]), before)
        self.assertTrue(self.verdict_of(self.fan).explanation)

    # --- what is wrong does not stop the rest --------------------------------------------------------------
    def test_a_circle_is_named_and_the_rest_is_determined(self):
        self.env.flush_all()
        line = self.board.bom_ids.bom_line_ids[:1]
        self.env.cr.execute("UPDATE mrp_bom_line SET product_id = %s WHERE id = %s", (self.motor.id, line.id))
        self.env.invalidate_all()
        self.env["rcep.origin"].sudo()._determine_catalogue(self.exporter)
        for good in self.goods:
            self.assertIn("contains itself", self.verdict_of(good).problem)
            self.assertFalse(self.verdict_of(good).verdict)
        self.assertEqual(self.verdict_of(self.lamp).verdict, "originating")

    # --- what a change concerns ----------------------------------------------------------------------------
    def test_a_price_concerns_the_products_above_it_and_no_others(self):
        self.magnet.seller_ids.price = 11.0
        self.assertEqual(self.stale(), self.motor | self.fan)
        before = self.verdict_of(self.board).dossier_sha256
        self.settle()
        self.assertFalse(self.stale())
        self.assertEqual(self.verdict_of(self.board).dossier_sha256, before)

    def test_each_kind_of_fact_concerns_what_stands_on_it(self):
        bill, center = self.board.bom_ids, self.hours
        rule = self.env["rcep.rule"].search([("hs_code", "=", "8537")]) or self.env["rcep.rule"].search(
            [("hs_code", "=", "853710")]
        )
        everything = self.goods
        changes = {
            "code of a part": (self.relay, {"hs_code": "853690"}, everything),
            "cost of a part": (self.steel.with_company(self.exporter), {"standard_price": 3.0}, self.motor | self.fan),
            "quantity of a line": (bill.bom_line_ids[:1], {"product_qty": 3.0}, everything),
            "planned loss": (bill.bom_line_ids[:1], {"rcep_loss_percent": 5.0}, everything),
            "kind of work": (self.fan.bom_ids.operation_ids, {"rcep_kind": "packaging"}, self.fan),
            "cost of an hour": (center, {"costs_hour": 90.0}, everything),
            "list price": (self.fan.product_tmpl_id, {"list_price": 270.0}, self.fan),
            "batch of a bill": (self.motor.bom_ids, {"product_qty": 2.0}, self.motor | self.fan),
            "a rule": (rule[:1], {"rule": "CTH OR RVC40"}, everything),
        }
        for name, (record, values, concerned) in changes.items():
            with self.subTest(name):
                record.write(values)
                self.assertEqual(self.stale() & self.goods, concerned)
                self.settle()

    def test_a_company_that_becomes_an_exporter_begins_a_catalogue(self):
        newcomer = self.make_company("宁波新来有限公司", False)
        self.lamp.company_id = False
        self.lamp.rcep_wholly_obtained = True
        self.settle()
        self.assertFalse(self.env["rcep.origin"].sudo().search([("company_id", "=", newcomer.id)]))
        newcomer.rcep_uscc = "91330200MA00000012"
        self.assertFalse(self.stale() & self.goods)  # nobody else's facts have changed
        rows = self.env["rcep.origin"].sudo().search([("company_id", "=", newcomer.id)])
        self.assertEqual(rows.product_id & (self.lamp | self.goods), self.lamp)

    def test_what_is_no_fact_of_origin_concerns_nobody(self):
        self.fan.product_tmpl_id.description_sale = "Quiet"
        self.hours.name = "Hall 2"
        self.assertFalse(self.stale())

    def test_a_declaration_that_is_verified_or_revoked_turns_what_stands_on_it(self):
        self.motor.list_price = 45.0  # 30 of non-originating parts: 33 per cent, and its magnet is of its own heading
        self.magnet.hs_code = "85014000"
        self.settle()
        self.assertEqual(self.verdict_of(self.motor).verdict, "not_originating")
        declaration = self.declare(self.magnet)
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)
        self.settle()
        stored = self.verdict_of(self.motor)
        self.assertEqual((stored.verdict, stored.verdict_before), ("originating", "not_originating"))
        self.assertTrue(stored.changed_on)
        declaration.action_revoke()
        self.settle()
        self.assertEqual(self.verdict_of(self.motor).verdict, "not_originating")

    def test_a_new_bill_makes_a_product_one_of_the_catalogue(self):
        valve = self.make_good("Valve", "VALVE", hs_code="848180", list_price=30.0, sale_ok=False)
        self.assertFalse(self.verdict_of(valve))
        self.make_bom(valve, (self.steel, 1))
        self.assertIn(valve, self.stale())
        self.settle()
        self.assertEqual(self.verdict_of(valve).verdict, "originating")

    def test_two_companies_have_each_their_verdict(self):
        other = self.make_company("宁波另一有限公司", "91330200MA00000012")
        self.env["res.currency.rate"].create(
            [self.rate_values(each, rate, other) for each, rate in ((self.cny, 1.0), (self.usd, 0.16))]
        )
        shared = self.make_good("Shared", "SHARED", hs_code="848180", list_price=30.0, company_id=False)
        part = self.make_good("Own part", "OWN", hs_code="848190", company_id=False)
        part.seller_ids = [
            Command.create(
                {"partner_id": self.supplier.id, "price": price, "company_id": company.id, "currency_id": self.cny.id}
            )
            for company, price in ((self.exporter, 9.0), (other, 25.0))
        ]
        self.make_bom(shared, (part, 1), company_id=False, work=None)
        self.settle()
        found = {row.company_id: row for row in self.env["rcep.origin"].sudo().search([("product_id", "=", shared.id)])}
        # Odoo keeps the price of what no company owns in the main company's dollars: 30 of them, at 6.25 yuan.
        self.assertEqual((found[self.exporter].rvc, found[other].rvc), ("95.20", "86.67"))

    def test_a_price_that_ends_is_noticed_the_day_after(self):
        day = datetime.timedelta(days=1)
        self.steel.seller_ids.write({"date_end": self.today})
        self.settle()
        verdicts = self.env["rcep.origin"].sudo()
        verdicts._mark_by_date()
        self.assertFalse(self.stale() & self.goods)
        self.steel.seller_ids.write({"date_end": self.today - day})
        self.settle()
        verdicts._mark_by_date()
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)

    def test_the_job_determines_what_waits_and_keeps_what_is_wrong(self):
        self.fan.list_price = 0
        self.magnet.seller_ids.price = 12.0
        self.env.cr.precommit.run()
        self.run_job("_cron_recompute", "rcep.origin")
        self.assertFalse(self.stale() & self.goods)
        self.assertIn("has a price of zero or less", self.verdict_of(self.fan).problem)
        self.assertEqual(self.verdict_of(self.motor).verdict, "originating")

    def test_the_job_ends_where_somebody_else_determines_what_waits(self):
        self.magnet.seller_ids.price = 12.0
        self.env.cr.precommit.run()
        locked = mock.Mock(side_effect=[self.env["rcep.origin"], AssertionError("the job asks again and again")])
        with mock.patch.object(self.env.registry["rcep.origin"], "try_lock_for_update", locked):
            self.run_job("_cron_recompute", "rcep.origin")
        locked.assert_called_once()
        self.assertEqual(self.stale() & self.goods, self.motor | self.fan)  # they wait for whoever has them

    # --- at scale ------------------------------------------------------------------------------------------
    def test_ten_times_the_goods_take_no_more_queries(self):
        def queries(count):
            goods = self.env["product.product"]
            for number in range(count):
                good = self.make_good(f"Good {count}-{number}", f"G{count}-{number}", hs_code="850131", list_price=90.0)
                self.make_bom(good, (self.board, 1), (self.steel, 1))
                goods |= good
            self.settle()
            self.env["rcep.origin"].sudo()._determine_all(self.exporter, goods)  # what Odoo keeps from then on
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["rcep.origin"].sudo()._determine_all(self.exporter, goods)
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries(30), queries(3))

    def test_the_kept_verdict_is_the_engines_own(self):
        stored = self.verdict_of(self.motor)
        self.assertEqual(
            origin.sha256_of(self.env["rcep.dossier"]._fetch(stored.dossier_sha256)), stored.dossier_sha256
        )
