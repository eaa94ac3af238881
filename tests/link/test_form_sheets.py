"""Form RCEP on paper: what stands in each box is read back from the PDF, by the place of the box."""

import dataclasses
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from rcep_link import form_sheets
from rcep_link.application import OldCertificate, Producer, ThirdParty, Transport
from rcep_link.form import ISSUED_IN, boxes

from .test_customs_checks import APPLICATION, ITEM

MM = 72 / 25.4
SHEET = 297
AROUND = form_sheets.Surroundings(
    number="26C3302A0001/00042", issued_in=ISSUED_IN, certified=("2026-05-04",), banner="SPECIMEN — NOT VALID",
    url="https://lamps.example/eco/abcdefghijklmnop", note="Printed by the exporter.",
)  # fmt: skip
FULL = dataclasses.replace(
    APPLICATION,
    producer=Producer(statement="several"),
    transport=Transport(
        means="sea", departure_date=dt.date(2026, 5, 1), vessel="COSCO ROSE V.032S", port_of_discharge="HAI PHONG"
    ),
    old=OldCertificate(number="26C3302A0001/00041", reason="x", issued_on=dt.date(2026, 4, 1)),
    kind="amended",
    third_party=ThirdParty(name="KOWLOON TRADING LTD.", country="HK"),
    retroactive=True,
    remarks="L/C 7712",
    items=(dataclasses.replace(ITEM, criterion="RVC", modifiers=("ACU",), rvc=Decimal("45.50"),
                               fob_value=Decimal("2400.00"), origin_mark="*"),),
)  # fmt: skip


def draw(application=FULL, around=AROUND, **options):
    pdf = form_sheets.draw(boxes(application, **options), around, FONTS)
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def find_fonts():
    """Fonts with Vietnamese letters, where this machine has some; the print is made without them too."""
    folders = Path("/usr/share/fonts/truetype/dejavu")
    files = [folders / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
    return form_sheets.Fonts(*map(str, files)) if all(file.exists() for file in files) else None


FONTS = find_fonts()


def words_in(page, box):
    """The words whose place is inside a box."""
    found = []

    def visit(text, cm, tm, _font, _size):
        x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        left, top = x / MM, SHEET - y / MM
        if text.strip() and box.left <= left <= box.left + box.width and box.top <= top <= box.top + box.height:
            found.append(text.strip())

    page.extract_text(visitor_text=visit)
    return " ".join(" ".join(found).split())


def column(name, top):
    left = 10 + sum(width for each, width in form_sheets.COLUMNS.items() if int(each) < int(name))
    return form_sheets.Rectangle(left, top, form_sheets.COLUMNS[name], form_sheets.GOODS_BOTTOM - top)


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("1", "NINGBO LAMP CO., LTD., 1 Zhongshan Road, CHINA"),
        ("2", "Công ty Đèn Hà Nội, 2 Lê Lợi, Hà Nội, VIET NAM"),
        ("3", "SEE BOX 8"),
        ("4", "Departure date: 2026-05-01"),
        ("4", "COSCO ROSE V.032S"),
        ("4", "HAI PHONG"),
        ("5", "Preferential treatment not given"),
        ("title", "26C3302A0001/00042"),
        ("title", "Form RCEP"),
        ("title", "THE PEOPLE'S REPUBLIC OF CHINA"),
    ],
)
def test_each_box_of_the_head_has_its_words(box, words):
    if FONTS is None and not words.isascii():
        pytest.fail("DejaVu is missing on this machine: install fonts-dejavu-core")
    assert words in words_in(draw()[0], form_sheets.HEAD[box])


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("6", "1"), ("7", "N/M"), ("8", "LED LAMPS"), ("9", "940511"), ("10", "RVC ACU"), ("11", "CHINA *"),
        ("12", "500 PCS"), ("12", "90 KGS G.W."), ("12", "USD 2400.00"), ("13", "NB2026-001"), ("13", "2026-05-01"),
    ],
)  # fmt: skip
def test_each_box_of_a_good_has_its_words(box, words):
    assert words in words_in(draw()[0], column(box, form_sheets.GOODS_TOP))


@pytest.mark.parametrize(
    ("box", "words"),
    [
        ("14", "L/C 7712; KOWLOON TRADING LTD., HONG KONG, CHINA"),
        ("14", "THIS CERTIFICATE REPLACES CERTIFICATE NO. 26C3302A0001/00041 DATED 2026-04-01"),
        ("15", "VIET NAM"), ("15", "NINGBO, 2026-05-03, Wang Fang"),
        ("16", "2026-05-04"), ("17", "[ ] Back-to-back"), ("17", "[X] Third-party invoicing"),
        ("17", "[X] ISSUED RETROACTIVELY"),
    ],
)  # fmt: skip
def test_each_box_of_the_foot_has_its_words(box, words):
    assert words in words_in(draw()[0], form_sheets.FOOT[box])


def test_a_copy_is_called_so_in_box_14_with_its_day():
    page = draw(copied_on=dt.date(2026, 6, 1))[0]
    assert words_in(page, form_sheets.FOOT["14"]).startswith("14. Remarks CERTIFIED TRUE COPY 2026-06-01")


def test_sixty_goods_stand_on_several_sheets_each_once_and_whole():
    many = tuple(
        dataclasses.replace(ITEM, number=number, description=f"LAMP {number:03d} " + "WITH A LONG NAME " * (number % 9))
        for number in range(1, 61)
    )
    pages = draw(dataclasses.replace(FULL, items=many))
    assert len(pages) > 2
    tops = [form_sheets.GOODS_TOP, *[form_sheets.GOODS_TOP_CONTINUED] * (len(pages) - 1)]
    result = " ".join(words_in(page, column("8", top)) for page, top in zip(pages, tops, strict=True))
    for number in range(1, 61):
        words = " ".join(f"LAMP {number:03d} {'WITH A LONG NAME ' * (number % 9)}".split())
        assert result.count(f"LAMP {number:03d}") == 1
        assert words in result
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Sheet {number} of {len(pages)}" in text
        assert "SPECIMEN" in text
        assert "26C3302A0001/00042" in text
        for box in ("14", "15", "16"):
            assert form_sheets.LABELS[box].split(".")[1].split()[0] in words_in(page, form_sheets.FOOT[box])


def test_a_good_with_the_longest_texts_stays_on_its_sheet():
    long = dataclasses.replace(ITEM, description="X " * 250, marks="M" * 200, producer="P" * 200)
    pages = draw(dataclasses.replace(FULL, items=(long, long)))
    tops = [form_sheets.GOODS_TOP, *[form_sheets.GOODS_TOP_CONTINUED] * (len(pages) - 1)]
    for box, letter, times in (("7", "M", 200), ("8", "X", 250)):
        result = "".join(words_in(page, column(box, top)) for page, top in zip(pages, tops, strict=True))
        assert result.count(letter) in (2 * times, 2 * times + len(pages))  # the label of box 7 has one


@pytest.mark.parametrize("number", ["INV/2026/00007", "YJ-EXPORT/2026/00012", "M" * 14])
def test_the_number_of_an_invoice_is_not_broken(number):
    """Two lines would be read as two numbers, and neither is found."""
    result = dataclasses.replace(
        FULL, invoices=(dataclasses.replace(FULL.invoices[0], number=number),),
        items=(dataclasses.replace(FULL.items[0], invoice_number=number),),
    )  # fmt: skip
    page = draw(result)[0]
    assert number in words_in(page, column("13", form_sheets.GOODS_TOP + form_sheets.LABELS_HEIGHT))


def test_a_valid_certificate_has_no_banner():
    assert "SPECIMEN" not in draw(around=AROUND._replace(banner=""))[0].extract_text()


def test_chinese_is_printed_where_it_stands():
    page = draw(dataclasses.replace(FULL, remarks="宁波"))[0]
    assert "宁波" in words_in(page, form_sheets.FOOT["14"])


def test_the_boxes_fill_the_sheet_and_do_not_overlap():
    boxes_of_first = [*form_sheets.HEAD.values(), *form_sheets.FOOT.values()]
    area = sum(box.width * box.height for box in boxes_of_first) + 190 * (
        form_sheets.GOODS_BOTTOM - form_sheets.GOODS_TOP
    )
    assert area == pytest.approx(190 * 270)
    assert sum(form_sheets.COLUMNS.values()) == 190
