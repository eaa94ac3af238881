"""The catalogue board: how many goods are what, which are close, and what is missing for which exports."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import MadeCommon


class BoardCommon(MadeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer = cls.person("engineer")
        cls.engineer.group_ids += cls.env.ref("mrp.group_mrp_user")
        (cls.steel | cls.magnet).sale_ok = False

    @classmethod
    def make_material(cls, *args, **values):
        return super().make_material(*args, **{"sale_ok": False, **values})

    def board(self, who=None, company=None):
        company = company or self.exporter
        origins = self.env["rcep.origin"].with_user(who or self.engineer).with_context(allowed_company_ids=company.ids)
        return origins.get_board(company.id)

    def recompute(self, company=None):
        return self.env["rcep.origin"]._determine_catalogue(company or self.exporter)

    def counts(self, board=None):
        return {state["key"]: state["count"] for state in (board or self.board())["states"]}

    def lacking(self, fact, board=None):
        """The rows of one fact."""
        return [row for row in (board or self.board())["lacking"]["rows"] if row["fact"] == fact]

    def make_motor(self, name, *lines, **values):
        """Another motor, made of these components."""
        motor = self.make_good(name, name.upper(), hs_code="85013100", list_price=100.0, **values)
        self.make_bom(motor, *lines)
        return motor


@tagged("post_install", "-at_install")
class TestBoard(BoardCommon):
    def test_verdicts_are_counted_by_what_they_are(self):
        rotor = self.make_material("Small motor", "850110", "de", 70.0)
        unpriced = self.make_material("Unpriced motor", "850110", "de", None)
        self.recompute()
        before = self.counts()
        self.make_motor("Made", (self.steel, 3))
        self.make_motor("Failing", (rotor, 1))
        self.make_motor("Open", (unpriced, 1))
        self.make_motor("Free", (self.steel, 1)).list_price = 0
        self.recompute()
        board = self.board()
        more = {key: count - before[key] for key, count in self.counts(board).items()}
        self.assertEqual(
            more, {"originating": 1, "not_originating": 1, "unresolved": 1, "problem": 1, "stale": board["stale"]}
        )
        self.assertEqual(board["total"], sum(before.values()) + 4)
        for state in board["states"]:
            domain = [("company_id", "=", self.exporter.id), *state["domain"]]
            self.assertEqual(self.env["rcep.origin"].search_count(domain), state["count"], state["key"])
        rule = next(row for row in board["rules"]["rows"] if row["rule"] == "CTH OR RVC40")
        # The lamp of every story originates by its supplier's declaration, under the same rule.
        sentences = [rule[key] for key in ("total", "originating", "not_originating", "unresolved")]
        self.assertEqual(sentences, [4, 2, 1, 1])

    def test_what_few_points_decide_is_close_whatever_the_verdict(self):
        for name, price in (("Just above", 58.0), ("Just below", 61.0), ("Far below", 70.0), ("Far above", 50.0)):
            rotor = self.make_material(f"Rotor {name}", "850110", "de", price)
            self.make_motor(name, (rotor, 1))
        self.make_motor("By change", (self.steel, 2.9))  # 42 per cent, but nothing hangs on it
        self.recompute()
        shown = [(row["product"], row["rvc"], row["margin"], row["floor"]) for row in self.board()["close"]]
        self.assertEqual(
            shown,
            [
                ("[JUST BELOW] Just below", "39.00", "-1.00", "101.67"),
                ("[JUST ABOVE] Just above", "42.00", "+2.00", "96.67"),
            ],
        )

    def test_missing_facts_are_ranked_by_the_exports_that_wait(self):
        glue = self.make_material("Glue", False, "de", 65.0)
        wire = self.make_material("Wire", "850110", "de", None)
        small, large = self.make_motor("Small", (glue, 1)), self.make_motor("Large", (wire, 1))
        other = self.make_motor("Other", (wire, 1))
        self.make_invoice((small, 10, 100.0))
        self.make_invoice((large, 20, 100.0), (other, 1, 100.0))
        self.recompute()
        rows = [row for row in self.board()["lacking"]["rows"] if row["fact"] != "problem"]
        sentences = [(row["words"], row["goods"], row["value"]) for row in rows]
        self.assertEqual(
            sentences, [("The value of [WIRE] Wire", 2, "2,100"), ("The HS code of [GLUE] Glue", 1, "1,000")]
        )
        self.assertEqual([row["product_id"] for row in rows], [wire.id, glue.id])
        waiting = self.env["rcep.origin"].get_board_goods(self.exporter.id, "value", rows[0]["of"], rows[0]["own_id"])
        self.assertCountEqual(waiting, (large | other).ids)

    def test_exports_are_invoices_to_other_parties_less_credit_notes(self):
        wire = self.make_material("Wire", "850110", "de", None)
        motor = self.make_motor("Large", (wire, 1))
        abroad = self.make_invoice((motor, 10, 160.0), currency_id=self.usd.id)  # 10,000 yuan
        self.make_invoice((motor, 1, 300.0), post=False)
        self.make_invoice((motor, 1, 300.0), partner_id=self.make_customer("Ningbo Shop", "cn").id)
        self.make_invoice((motor, 1, 300.0), partner_id=self.make_customer("Hamburg Shop", "de").id)
        old = self.today.replace(year=self.today.year - 2)
        self.make_invoice((motor, 1, 300.0), invoice_date=old)
        self.make_invoice((motor, 2, 100.0), move_type="out_refund", reversed_entry_id=abroad.id)
        self.recompute()
        self.assertEqual(self.lacking("value")[0]["value"], "9,800")

    def test_only_cost_engineers_see_what_was_exported(self):
        glue = self.make_material("Glue", False, "de", 65.0)
        wire = self.make_material("Wire", "850110", "de", None)
        dear = self.make_motor("Dear", (wire, 1))
        self.make_motor("One", (glue, 1))
        self.make_motor("Two", (glue, 1))
        self.make_invoice((dear, 10, 100.0))
        self.recompute()
        board = self.board(self.person("clerk"))
        self.assertEqual({row["value"] for row in board["lacking"]["rows"]}, {None})
        facts = [row["fact"] for row in board["lacking"]["rows"] if row["fact"] != "problem"]
        self.assertEqual(facts, ["hs_code", "value"])  # by the number of goods
        self.assertFalse(board["engineer"])

    def test_a_board_is_of_a_company_of_ones_own_and_for_readers(self):
        other = self.make_company("另一家有限公司", OTHER_USCC)
        with self.assertRaises(AccessError):
            self.env["rcep.origin"].with_user(self.engineer).get_board(other.id)
        with self.assertRaises(AccessError):
            self.env["rcep.origin"].with_user(self.engineer).get_board_goods(other.id, "value", "x")
        with self.assertRaises(AccessError):
            self.board(self.person("employee"))
        with self.assertRaises(AccessError):
            self.env["rcep.origin"].with_user(self.person("clerk")).action_recompute_catalogue()

    def test_nothing_determined_is_no_error(self):
        board = self.board()
        self.assertEqual((board["total"], board["lacking"]["rows"], board["close"]), (0, [], []))

    def test_a_catalogue_determined_anew_waits_for_the_job(self):
        self.make_motor("Made", (self.steel, 3))
        origins = self.env["rcep.origin"].with_user(self.engineer)
        origins.action_recompute_catalogue()
        self.env["rcep.origin"]._mark_what_changed()  # as at the end of the transaction
        board = self.board()
        self.assertEqual(board["stale"], board["total"])
        self.assertEqual(origins.get_board_waiting(self.exporter.id), board["stale"])
        self.env["rcep.origin"]._recompute_batch()
        self.assertEqual(self.board()["stale"], 0)

    def test_the_bill_is_for_those_who_may_read_bills(self):
        bad = self.make_motor("Bad")
        self.recompute()
        self.assertEqual([row["bom_id"] for row in self.lacking("materials")], bad.bom_ids.ids)
        board = self.board(self.person("auditor"))
        self.assertEqual([row["bom_id"] for row in self.lacking("materials", board)], [False])

    def test_names_of_variants_and_of_products_without_code_are_found(self):
        bare = self.make_material("Bare wire", "850110", "de", None)
        bare.default_code = False
        colours = [Command.create({"name": "Red"}), Command.create({"name": "Blue"})]
        colour = self.env["product.attribute"].create({"name": "Colour", "value_ids": colours})
        both = {"attribute_id": colour.id, "value_ids": [Command.set(colour.value_ids.ids)]}
        cable = self.env["product.template"].create(
            {
                "name": "Cable",
                "hs_code": "850110",
                "company_id": self.exporter.id,
                "sale_ok": False,
                "attribute_line_ids": [Command.create(both)],
            }
        )
        blue = cable.product_variant_ids[1]
        self.make_motor("First", (bare, 1))
        self.make_motor("Second", (blue, 1))
        self.recompute()
        self.assertCountEqual([row["product_id"] for row in self.lacking("value")], [bare.id, blue.id])

    def test_the_number_of_queries_does_not_grow_with_the_catalogue(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.board()
            return self.env.cr.sql_log_count - before

        def make(number):
            glue = self.make_material(f"Glue {number}", False, "de", 65.0)
            rotor = self.make_material(f"Rotor {number}", "850110", "de", 61.0)
            self.make_invoice((self.make_motor(f"Open {number}", (glue, 1)), 1, 100.0))
            self.make_motor(f"Close {number}", (rotor, 1))
            self.make_motor(f"Free {number}", (self.steel, 1)).list_price = 0

        make(0)
        self.recompute()
        queries()  # once for what Odoo keeps in memory
        few = queries()
        for number in range(1, 12):
            make(number)
        self.recompute()
        queries()
        self.assertEqual(queries(), few)

    def test_what_only_another_companys_bill_or_declaration_is_about_is_not_in_the_catalogue(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        shared = self.make_good("Desk", "DESK-SHARED", hs_code="94033000", company_id=False)
        declared = self.make_good("Chair", "CHAIR-SHARED", hs_code="94017100", company_id=False)
        part = self.make_material("Board", "441112", "cn", 0, company_id=False)
        self.make_bom(shared, (part, 1), work=None, company_id=other.id)
        self.declare(declared, company_id=other.id)
        products = self.env["product.product"]
        catalogue = products.search(products._rcep_catalogue_domain(self.exporter))
        self.assertFalse(catalogue & (shared | declared))
        self.make_bom(shared, (part, 1), work=None, company_id=False)
        catalogue = products.search(products._rcep_catalogue_domain(self.exporter))
        self.assertIn(shared, catalogue)
