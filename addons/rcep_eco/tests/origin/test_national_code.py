"""The importing Party's own code of a product: by edition and days, one at a time."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestNationalCode(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thailand, cls.vietnam = cls.env.ref("rcep_eco.party_th"), cls.env.ref("rcep_eco.party_vn")

    def reported(self, code="83024290", product=None, **values):
        product = product or self.lamp
        return self.env["rcep.national.code"].create(
            {"product_tmpl_id": product.product_tmpl_id.id, "party_id": self.thailand.id, "code": code, **values}
        )

    def of(self, product, party=None, date=None):
        found = self.env["rcep.national.code"]._of(product, party or self.thailand, date or self.today)
        return found[product].code if product in found else None

    def test_a_code_is_of_one_party_however_it_is_typed(self):
        self.reported("9405.42-90")
        self.assertEqual(self.of(self.lamp), "94054290")
        self.assertIsNone(self.of(self.lamp, self.vietnam))

    def test_what_is_no_national_code_is_refused_in_words(self):
        for code in ("940542", "9405429", "94O54290", "９４０５４２９０", "9405420000000"):
            with self.subTest(code=code), self.assertRaisesRegex(ValidationError, "is no national code of"):
                self.reported(code)

    def test_a_new_edition_follows_the_old_on_its_day(self):
        self.reported("94054290", edition="AHTN 2022", date_to="2027-12-31")
        self.reported("94054291", edition="AHTN 2028", date_from="2028-01-01")
        self.assertEqual(
            [self.of(self.lamp, date=day) for day in ("2027-12-31", "2028-01-01")], ["94054290", "94054291"]
        )

    def test_two_codes_on_one_day_are_refused(self):
        self.reported("94054290", date_from="2026-01-01", date_to="2026-06-30")
        for days in (
            {},
            {"date_from": "2026-06-30"},
            {"date_to": "2026-01-01"},
            {"date_from": "2026-03-01", "date_to": "2026-03-02"},
        ):
            with self.subTest(days=days):
                with self.assertRaises(ValidationError) as refused:
                    self.reported("94054291", **days)
                self.assertIn("has code 94054290 at", str(refused.exception))
        self.reported("94054291", date_from="2026-07-01")

    def test_a_variants_own_code_comes_before_that_of_all(self):
        self.reported("94054290")
        self.reported("94054299", product_id=self.lamp.id)
        self.assertEqual(self.of(self.lamp), "94054299")

    def test_a_variant_of_another_product_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "is no variant of"):
            self.reported(product_id=self.freight.id)

    def test_who_reads_and_who_writes(self):
        line = self.reported()
        line.with_user(self.person("clerk")).edition = "AHTN 2022"
        auditor = line.with_user(self.person("auditor"))
        self.assertEqual(auditor.code, "83024290")
        with self.assertRaises(AccessError):
            auditor.code = "83024291"
