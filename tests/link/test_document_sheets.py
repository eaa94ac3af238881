"""The papers beside a certificate: every row on some sheet, heads and what keeps a specimen from passing on each."""

import io

import pypdf
from rcep_link import document_sheets

from .test_form_sheets import FONTS

COLUMNS = (
    document_sheets.Column("No.", 10),
    document_sheets.Column("Goods", 150),
    document_sheets.Column("Amount", 30, right=True),
)


def row(number, words="LED LAMPS"):
    return document_sheets.Row(((str(number),), (f"GOOD {number:03d} {words}",), (f"{number}.00",)))


def draw(*rows, banner="", url="", checks=("Ask the issuing body.",), papers_of=1):
    paper = document_sheets.Paper(
        title="Commercial invoice", number="NB2026-001", sender=("NINGBO LAMP CO., LTD.", "宁波灯具有限公司"),
        facts=(("Buyer", "Công ty Đèn Hà Nội"), ("Bank", ""), ("Currency", "USD")), columns=COLUMNS, rows=rows,
        notes=(("Letter of credit 7712", ("TO ORDER OF SOME BANK",)),),
    )  # fmt: skip
    pdf = document_sheets.draw(
        (paper,) * papers_of, document_sheets.Beside(banner=banner, url=url, checks=checks), FONTS
    )
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_a_paper_says_its_facts_and_leaves_empty_ones_out():
    (page,) = draw(row(1))
    for words in ("Commercial invoice", "NB2026-001", "宁波灯具有限公司", "Công ty Đèn Hà Nội", "GOOD 001 LED LAMPS",
                  "TO ORDER OF SOME BANK", "Ask the issuing body.", "Sheet 1 of 1"):  # fmt: skip
        assert words in page
    assert "Bank" not in page.replace("BANK", "")


def test_sixty_goods_stand_on_several_sheets_each_once_under_the_heads_of_the_columns():
    pages = draw(*(row(number, "WITH A VERY LONG NAME " * (number % 13)) for number in range(1, 61)), banner="DRAFT")
    whole = " ".join(pages)
    assert len(pages) > 1
    for number in range(1, 61):
        assert whole.count(f"GOOD {number:03d}") == 1
    for number, page in enumerate(pages, start=1):
        assert f"Sheet {number} of {len(pages)}" in page
        assert page.count("DRAFT") == 2
    assert sum("Amount" in page for page in pages if "GOOD" in page) == sum("GOOD" in page for page in pages)


def test_the_longest_texts_of_a_form_make_no_paper_fail():
    assert len(draw(row(1, "M" * 800), row(2, "X " * 400), url="https://lamps.example/eco/" + "a" * 22)) == 1


def test_two_invoices_are_two_papers_in_one_file():
    pages = draw(row(1), papers_of=2)
    assert len(pages) == 2
    assert all("NB2026-001" in page for page in pages)


def test_a_paper_that_stands_has_no_banner():
    assert "DRAFT" not in draw(row(1))[0]
