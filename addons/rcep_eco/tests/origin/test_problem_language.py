"""Why a good could not be determined is kept once and read by many, each in the language of the reader."""

from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestProblemLanguage(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.env.ref("base.module_rcep_eco")._update_translations(["zh_CN"])
        cls.bare = cls.make_good("Bare box", "BARE", hs_code="39241000")
        cls.engineer = cls.person("engineer")

    def determined(self):
        self.env["rcep.origin"].sudo()._determine_all(self.exporter, self.bare | self.lamp)
        records = self.env["rcep.origin"].with_user(self.engineer)
        return records.search([("product_id", "=", self.bare.id), ("company_id", "=", self.exporter.id)])

    def board(self, lang):
        records = self.env["rcep.origin"].with_user(self.engineer).with_context(lang=lang)
        rows = records.get_board(self.exporter.id)["lacking"]["rows"]
        return [row["words"] for row in rows if row["fact"] == "problem"]

    def test_each_reader_reads_it_in_their_own_language_whatever_the_company_speaks(self):
        for company_lang in ("en_US", "zh_CN"):
            with self.subTest(company=company_lang):
                self.exporter.partner_id.lang = company_lang
                record = self.determined()
                self.assertTrue(record.problem)
                english = record.with_context(lang="en_US").problem_shown
                chinese = record.with_context(lang="zh_CN").problem_shown
                self.assertIn("Bare box has neither", english)
                self.assertIn("Bare box", chinese)
                self.assertNotIn("neither", chinese)
                self.assertEqual(self.board("en_US"), english.splitlines())
                self.assertEqual(self.board("zh_CN"), chinese.splitlines())

    def test_goods_behind_a_sentence_are_found_in_either_language(self):
        self.determined()
        records = self.env["rcep.origin"].with_user(self.engineer).with_context(lang="zh_CN")
        (row,) = [row for row in records.get_board(self.exporter.id)["lacking"]["rows"] if row["fact"] == "problem"]
        found = records.get_board_goods(self.exporter.id, row["fact"], row["of"], row["own_id"], row["ref"])
        self.assertIn(self.bare.id, found)

    def test_what_is_right_again_leaves_no_sentence(self):
        self.determined()
        self.declare(self.bare)
        record = self.determined()
        self.assertFalse(record.problem)
        self.assertFalse(record.with_context(lang="zh_CN").problem_shown)

    def test_another_language_reads_what_the_company_wrote(self):
        self.env["res.lang"]._activate_lang("vi_VN")
        self.exporter.partner_id.lang = "en_US"
        record = self.determined()
        self.assertEqual(record.with_context(lang="vi_VN").problem_shown, record.problem)
