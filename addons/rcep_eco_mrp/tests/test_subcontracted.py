"""What a subcontractor makes of our materials: at home it is made here, abroad it comes back as a whole."""

from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from .consumed import ConsumedCommon

IRON, FEE = 10, 5


@tagged("post_install", "-at_install")
class TestSubcontracted(ConsumedCommon):
    """A mounting at 20; its hinge is made by a subcontractor of our iron, 10, for a fee of 5."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.iron = cls.make_material("Iron", "720449", "cn", float(IRON))
        cls.declare(cls.iron)
        cls.hinge = cls.make_good("Hinge", "HINGE", hs_code="830242", sale_ok=False)
        cls.mounting = cls.make_good("Mounting", "MOUNT", hs_code="830241", list_price=20.0)
        cls.make_bom(cls.mounting, (cls.hinge, 1))

    def made_by(self, *countries, freight=0.0, fee=FEE, **seller):
        """Subcontractors in some countries, each for the fee."""
        where = {code: self.env.ref(f"base.{code}").id if code else False for code in countries}
        sentences = [{"name": f"Works {code}", "is_company": True, "country_id": where[code]} for code in countries]
        firms = self.env["res.partner"].create(sentences)
        bill = self.make_bom(self.hinge, (self.iron, 1), work=None)
        bill.write({"type": "subcontract", "subcontractor_ids": [Command.set(firms.ids)]})
        values = {"price": fee, "currency_id": self.cny.id, "company_id": self.exporter.id, **seller}
        self.hinge.seller_ids = [
            Command.create({**values, "partner_id": firm.id, "rcep_freight_percent": freight}) for firm in firms
        ]
        return firms

    def of_hinge(self):
        """(verdict, the hinge in it, notes) of the mounting, the same through catalogue and overview."""
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.mounting)
        verdict = self.determine(self.mounting, 20)
        self.assertEqual(self.mounting.rcep_origin_id.verdict, verdict.verdict)
        production = self.production(self.mounting)
        return verdict, production.materials[0], " ".join(production.materials[0].notes)

    def test_what_comes_back_from_outside_the_parties_is_non_originating_as_a_whole_at_cif(self):
        for code in ("us", "de", "tw"):
            for freight, value in ((0.0, 15), (20.0, 18)):
                with self.subTest(code=code, freight=freight), self.env.cr.savepoint() as savepoint:
                    self.made_by(code, freight=freight)
                    verdict, hinge, notes = self.of_hinge()
                    self.assertEqual(verdict.verdict, "not_originating")
                    self.assertEqual(hinge.value, Decimal(value))
                    self.assertIn("outside the Parties", notes)
                    savepoint.rollback()
                    self.env.invalidate_all()

    def test_a_declaration_of_whoever_does_not_lift_what_comes_back_from_outside_the_parties(self):
        (works,) = self.made_by("us")
        for partner in (works, self.supplier):
            self.declare(self.hinge, partner_id=partner.id, name=f"D-{partner.name}")
        verdict, hinge, _notes = self.of_hinge()
        self.assertEqual((verdict.verdict, hinge.originating), ("not_originating", None))

    def test_from_another_party_only_its_own_proof_helps(self):
        (works,) = self.made_by("vn", rcep_incoterm_id=self.env.ref("account.incoterm_CIF").id)
        verdict, hinge, notes = self.of_hinge()
        self.assertEqual((verdict.verdict, hinge.value, hinge.origin), ("not_originating", 15, "VN"))
        self.assertIn("only a declaration of Works vn", notes)
        self.declare(self.hinge, party="vn", name="D-OTHER")  # of the usual supplier
        self.assertEqual(self.of_hinge()[0].verdict, "not_originating")
        self.declare(self.hinge, party="vn", partner_id=works.id, name="D-OWN")
        verdict, hinge, _notes = self.of_hinge()
        self.assertEqual((verdict.criterion, hinge.value, hinge.originating), ("PE", 15, True))

    def test_at_home_it_is_made_here_for_its_fee(self):
        self.made_by("cn")
        verdict, hinge, _notes = self.of_hinge()
        self.assertEqual(verdict.criterion, "PE")
        self.assertEqual((hinge.value, hinge.made_of.costs.other), (15, 5))

    def test_of_several_subcontractors_the_worst_counts_whatever_their_order(self):
        for countries in (("cn", "us"), ("us", "cn"), ("cn", "vn", "us"), ("vn", "cn"), ("cn", None)):
            with self.subTest(countries), self.env.cr.savepoint() as savepoint:
                self.made_by(*countries)
                verdict, hinge, _notes = self.of_hinge()
                self.assertNotEqual(verdict.verdict, "originating")
                self.assertNotEqual(hinge.origin, "CN")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_subcontractor_without_a_country_counts_as_outside_and_is_reported(self):
        self.made_by(None)
        verdict, hinge, notes = self.of_hinge()
        self.assertEqual((verdict.verdict, hinge.value), ("not_originating", 15))
        self.assertIn("whose country is not known", notes)

    def test_the_country_of_a_subcontractor_is_a_fact(self):
        (works,) = self.made_by("cn")
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.mounting)
        self.env.cr.precommit.run()
        works.country_id = self.env.ref("base.us")
        self.env.cr.precommit.run()
        self.assertTrue(self.mounting.rcep_origin_id.stale)

    def test_a_good_that_a_subcontractor_outside_the_parties_makes_is_never_originating(self):
        for code in ("us", None):
            with self.subTest(code), self.env.cr.savepoint() as savepoint:
                self.made_by(code)
                self.hinge.sale_ok = True
                self.hinge.list_price = 30
                self.declare(self.hinge)
                self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.hinge)
                self.assertFalse(self.hinge.rcep_origin_id.verdict)
                self.assertIn("outside the Parties: it does not originate", self.hinge.rcep_origin_id.problem)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_an_order_of_a_subcontractor_outside_the_parties_is_not_made_here(self):
        self.made_by("us")
        order = self.finish(self.order(self.hinge, 1, bom_id=self.hinge.bom_ids.id))
        self.assertFalse(self.verdict(order).verdict)
        mounted = self.finish(self.order(self.mounting, 1))
        self.assertEqual(self.verdict(mounted).verdict, "not_originating")
