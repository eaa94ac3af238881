"""Form RCEP as it is printed: every box, SPECIMEN where it is one, and the FOB value only under regional value."""

import datetime
import io

from lxml import html
from odoo.addons.rcep_eco.tests.common import place
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from .common import DemoCommon

REPORT = "rcep_eco.form_rcep"


@tagged("post_install", "-at_install")
class TestFormRcep(DemoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate = cls.prepare()
        cls.certificate.with_user(cls.signer).action_approve()

    def printed(self, certificate=None, user=None):
        """The form's HTML, as an element."""
        report = self.env["ir.actions.report"].with_user(user or self.clerk)
        text, _kind = report._render_qweb_html(REPORT, (certificate or self.certificate).ids)
        return html.fromstring(text)

    def words(self, **options):
        return " ".join(self.printed(**options).text_content().split())

    def rows(self, form):
        """The cells of the goods, from box 6 to box 13."""
        cells = [[" ".join(" ".join(cell.itertext()).split()) for cell in row.findall("td")] for row in form.iter("tr")]
        return [row for row in cells if len(row) == 8 and row[0].isdigit()]

    def issue(self, environment="sandbox"):
        place(
            self.certificate,
            state="issued",
            environment=environment,
            certificate_no="26C3302A0001/00042",
            issued_at=datetime.datetime(2026, 5, 1, 8, 0, tzinfo=datetime.timezone.utc).replace(tzinfo=None),
        )

    def test_the_boxes_say_what_the_application_says(self):
        application, words = self.certificate._application(), self.words()
        for result in (
            application.exporter.name_en,
            application.exporter.address,
            application.consignee.name_en,
            application.consignee.address,
            "SEE BOX 8",
            "Departure date: ***",
            application.transport.vessel,
            application.transport.port_of_discharge,
            application.declaration.signatory,
            f"NINGBO, {application.declaration.date}",
            "VIET NAM",
            "Form RCEP",
            "THE PEOPLE'S REPUBLIC OF CHINA",
        ):
            self.assertIn(result, words)

    def test_each_good_has_its_row(self):
        rows, application = self.rows(self.printed()), self.certificate._application()
        self.assertEqual(len(rows), 4)
        for row, item in zip(rows, application.items, strict=True):
            number, marks, goods, hs6, criterion, country, _quantity, invoice = row
            self.assertEqual((number, marks, goods), (str(item.number), "N/M", item.packages.text))
            self.assertEqual((hs6, country), (item.hs6, "CHINA"))
            self.assertEqual(criterion, " ".join((item.criterion, *item.modifiers)))
            self.assertEqual(invoice, f"{item.invoice_number} {application.invoices[0].date}")

    def test_the_fob_value_stands_only_under_regional_value(self):
        rows = self.rows(self.printed())
        self.assertEqual([row[4].split()[0] for row in rows], ["CTC", "RVC", "RVC", "CTC"])
        self.assertEqual(["USD" in row[6] for row in rows], [False, True, True, False])
        self.assertIn("USD 5280.00", rows[1][6])
        self.assertIn("8000 PCS", rows[0][6])

    def test_a_specimen_is_called_so_until_it_comes_from_production(self):
        self.assertIn("SPECIMEN — NOT VALID", self.words())
        self.issue("sandbox")
        self.assertIn("SPECIMEN — NOT VALID", self.words())
        self.issue("production")
        self.assertNotIn("SPECIMEN", self.words())

    def test_number_and_day_of_issue_stand_on_it_once_it_is_issued(self):
        self.assertNotIn("26C3302A0001/00042", self.words())
        self.issue()
        self.assertIn("26C3302A0001/00042", self.words())
        self.assertIn("2026-05-01", self.words())

    def test_ticks_of_box_17(self):
        self.assertIn("[ ] ISSUED RETROACTIVELY", self.words())
        place(self.certificate, state="draft", application=False)
        yesterday = self.certificate.declaration_date - datetime.timedelta(days=1)
        self.certificate.departure_date = yesterday
        self.assertIn("[✓] ISSUED RETROACTIVELY", self.words())
        self.assertIn(f"Departure date: {yesterday}", self.words())

    def test_names_with_markup_stay_text(self):
        place(self.certificate, state="draft", application=False)
        self.certificate.remarks = "<script>alert(1)</script>"
        self.assertFalse([each for each in self.printed().iter("script") if "alert" in (each.text or "")])
        self.assertIn("<script>alert(1)</script>", self.words())

    def test_everyone_who_reads_certificates_can_print_them(self):
        for user in (self.clerk, self.signer, self.engineer, self.manager):
            with self.subTest(user.login):
                self.assertEqual(len(self.rows(self.printed(user=user))), 4)

    def test_a_chinese_clerk_prints_the_same_english_form(self):
        english = self.rows(self.printed())
        self.clerk.lang = "zh_CN"
        self.assertEqual(self.rows(self.printed()), english)

    def pdf(self, user=None):
        """The sheets of the PDF, as somebody prints it."""
        report = self.env["ir.actions.report"].with_user(user or self.clerk).with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            pdf, kind = report._render_qweb_pdf(REPORT, self.certificate.ids)
        self.assertEqual(kind, "pdf")
        return PdfFileReader(io.BytesIO(pdf)).pages

    def test_a_pdf_of_one_sheet(self):
        self.issue()
        pages = self.pdf()
        self.assertEqual(len(pages), 1)
        text = "".join(pages[0].extract_text().split())
        for result in ("26C3302A0001/00042", "SPECIMEN", "Sheet1of1", "8000PCS"):
            self.assertIn(result, text)

    def test_vietnamese_letters_are_printed_as_they_are(self):
        place(self.certificate, state="draft", application=False)
        self.certificate.partner_id.rcep_name_en = "Công ty Đèn Hà Nội"
        self.assertIn("Công ty Đèn Hà Nội", self.pdf()[0].extract_text())

    def test_what_was_replaced_says_so(self):
        self.issue("production")
        self.assertNotIn("NOT VALID", self.pdf()[0].extract_text())
        place(self.certificate, state="replaced")
        self.assertIn("REPLACED — NOT VALID", self.pdf()[0].extract_text())

    def test_nobody_prints_who_may_not_read(self):
        with self.assertRaises(AccessError):
            self.pdf(self.env.ref("base.public_user"))
