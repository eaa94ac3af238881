"""Purchase prices of another ERP: each says its document, and no two hold on one day."""

import datetime

from odoo.tests import tagged

from .common import SheetCommon, table

HEAD = "item,supplier,price,currency,unit,from,until,min_quantity,document,price_term,freight_percent"
LINE = "LAMP,V-1,4.25,CNY,C62,2026-11-01,,,PO-7,,"


@tagged("post_install", "-at_install")
class TestPrices(SheetCommon):
    def price(self):
        return self.prices.search([("product_id", "=", self.lamp.id)])

    def test_a_price_says_its_document_and_its_sheet(self):
        sheet = self.apply("prices", table(HEAD, "LAMP,V-1,4.25,USD,C62,2026-11-01,2026-12-31,100,PO-7,FOB,3.5"))
        price = self.price()
        self.assertEqual((price.price, price.currency_id, price.partner_id), (4.25, self.usd, self.supplier))
        self.assertEqual((price.date_start, price.date_end), (datetime.date(2026, 11, 1), datetime.date(2026, 12, 31)))
        self.assertEqual((price.min_qty, price.rcep_incoterm_id.code, price.rcep_freight_percent), (100, "FOB", 3.5))
        self.assertEqual((price.rcep_document, price.rcep_sheet_id), ("PO-7", sheet))
        self.assertEqual(price.company_id, self.exporter)

    def test_once_a_person_changes_it_it_is_not_from_there_any_more(self):
        self.apply("prices", table(HEAD, LINE))
        self.price().with_user(self.person("engineer", login="second")).price = 4.0
        self.assertEqual((self.price().rcep_document, self.price().rcep_sheet_id.id), (False, False))

    def test_the_same_again_changes_nothing_and_another_price_changes_the_line(self):
        self.apply("prices", table(HEAD, LINE))
        self.assertEqual(self.counts(self.apply("prices", table(HEAD, LINE))), (0, 0, 1))
        sheet = self.apply("prices", table(HEAD, LINE.replace("4.25", "4.50").replace("PO-7", "PO-9")))
        self.assertEqual(self.counts(sheet), (0, 1, 0))
        self.assertEqual((len(self.price()), self.price().price, self.price().rcep_document), (1, 4.5, "PO-9"))

    def test_a_verdict_that_rests_on_it_is_determined_anew(self):
        self.lamp._rcep_refresh_verdicts(self.exporter)
        self.apply("prices", table(HEAD, LINE))
        self.env.cr.precommit.run()
        self.assertTrue(self.lamp.rcep_origin_id.stale)

    def test_two_prices_on_one_day_are_refused(self):
        self.apply("prices", table(HEAD, LINE))
        later = "LAMP,V-1,9,CNY,C62,2026-12-01,,,PO-8,,"
        self.assertEqual(self.codes("prices", table(HEAD, later)), [(2, "from", "price_overlaps")])
        ended = LINE.replace("2026-11-01,,", "2026-11-01,2026-11-30,")
        sheet = self.apply("prices", table(HEAD, ended, later))
        self.assertEqual(self.counts(sheet), (1, 1, 0))
        self.assertEqual(self.price().mapped("date_end"), [datetime.date(2026, 11, 30), False])
        both = table(HEAD, "LAMP,V-1,9,CNY,C62,2027-01-01,,5,A,,", "LAMP,V-1,8,CNY,C62,2027-02-01,,5,B,,")
        self.assertEqual(self.codes("prices", both), [(3, "from", "price_overlaps_line")])

    def test_each_fault_names_its_line_and_column(self):
        self.prices.create({"partner_id": self.supplier.id, "product_id": self.lamp.id, "price": 1, "discount": 5,
                            "date_start": "2020-01-01", "date_end": "2020-12-31"})  # fmt: skip
        self.prices.create({"partner_id": self.supplier.id, "product_id": self.lamp.id, "price": 1,
                            "date_start": "2021-01-01", "date_end": "2021-12-31", "company_id": False})  # fmt: skip
        self.eur = self.env.ref("base.EUR")
        self.eur.active = False
        for old, new, column, code in (
            ("LAMP", "NONE", "item", "item_unknown"),
            ("V-1", "V-9", "supplier", "supplier_unknown"),
            ("CNY", "EUR", "currency", "currency_unknown"),
            ("CNY", "RMB", "currency", "currency_unknown"),
            ("C62", "KGM", "unit", "unit_other"),
            ("C62", "BOX", "unit", "unit_unknown"),
            ("4.25", "0", "price", "zero"),
            ("4.25", '"4,25"', "price", "comma"),
            ("2026-11-01,,", "2026-11-01,2026-10-01,", "until", "until_before"),
            ("PO-7", "", "document", "missing"),
            ("PO-7,", "PO-7,FXX", "price_term", "price_term_unknown"),
            ("2026-11-01,,", "2020-01-01,2020-12-31,", "price", "discounted"),
            ("2026-11-01,,", "2021-01-01,2021-12-31,", "", "price_shared"),
        ):
            with self.subTest(new):
                self.assertEqual(self.codes("prices", table(HEAD, LINE.replace(old, new, 1))), [(2, column, code)])

    def test_a_price_from_which_documents_leave_amounts_out_keeps_its_unit_and_currency(self):
        self.apply("prices", table(HEAD, LINE))
        self.env["rcep.price.deduction"].create(
            {"seller_id": self.price().id, "kind": "transport", "amount": 1, "evidence": "B/L 1"}
        )
        dearer = LINE.replace("CNY", "USD")
        self.assertEqual(self.codes("prices", table(HEAD, dearer)), [(2, "price", "deductions")])

    def test_many_lines_are_no_more_queries(self):
        goods = [self.make_good(f"Good {number}", f"G-{number}") for number in range(200)]

        def measure(count):
            lines = [LINE.replace("LAMP", good.default_code) for good in goods[:count]]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.keep("prices", table(HEAD, *lines))
            return self.env.cr.sql_log_count - before

        measure(5)
        self.assertLessEqual(measure(200), measure(5) + 4)
