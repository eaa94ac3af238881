"""The single window's XML: what is written is what samples show, and what a schema of the published list takes."""

import base64
import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from rcep_link import attachment, profiles
from rcep_link.application import AGREEMENTS, Packages, Transport
from rcep_link.attachment import Attachment
from rcep_link.errors import Unreadable
from rcep_link.event import NUMBER_TAKEN
from rcep_link.filing_party import NOBODY

from ccpit_sandbox.folders import schema

from . import gacc

PROFILE = profiles.get("gacc-xml-2022")
GACC = profiles.gacc_xml_2022
SCHEMA = schema.made()
NAMESPACES = {"c": schema.NAMESPACE}


def written(data, filer=None):
    return PROFILE.application_body(data, 1, True, filer or gacc.filer("RC26MA2EXAMPL0001"))


def codes(data, filer=None):
    return {(each.path, each.code) for each in PROFILE.problems(data, filer or gacc.filer("RC26MA2EXAMPL0001"))}


# --- the samples
def test_a_new_certificate_is_the_sample_byte_by_byte():
    assert written(gacc.new_rcep()) == gacc.sample("1_certificate_rcep_new.xml")


def test_an_amended_form_e_is_the_sample_byte_by_byte():
    filer = gacc.filer("E26MA2EXAMPL00002")
    assert written(gacc.form_e_amended(), filer) == gacc.sample("2_certificate_form_e_amend_reissue.xml")


def test_an_attachment_is_the_sample_byte_by_byte():
    paper = Attachment(
        kind="invoice", name="ZX-2026-1188.pdf", content=base64.b64decode("JVBERi0xLjQgc3ludGhldGlj")
    )
    made = GACC.PROFILE.attachment_body(gacc.new_rcep(), gacc.filer("RC26MA2EXAMPL0001"), paper)
    assert made == gacc.sample("3_file_invoice.xml")


@pytest.mark.parametrize("kind", attachment.KINDS)
def test_every_kind_of_paper_fits_the_schema_and_reads_back(kind):
    paper = Attachment(kind=kind, name="提单_77(1).pdf", content=b"%PDF-1.7 " + bytes(range(256)))
    root = etree.fromstring(GACC.PROFILE.attachment_body(gacc.new_rcep(), gacc.filer("RC26MA2EXAMPL0001"), paper))
    schema.made_of_attachment().assertValid(root)
    assert (root.findtext("FileName"), root.findtext("DocType")) == (paper.name, "PDF")
    assert base64.b64decode(root.findtext("FileContent")) == paper.content
    assert root.findtext("FileType") in {"1", "2", "3", "4", "5", "6", "7", "15"}


def test_no_two_kinds_of_paper_have_one_code():
    assert set(GACC.PROFILE.attachment_kinds) == set(attachment.KINDS)
    assert len(set(GACC.PROFILE.attachment_kinds.values())) == len(attachment.KINDS)


@pytest.mark.parametrize(("name", "content", "code"), [
    ("B L.pdf", b"%PDF-1.7", "format"), ("", b"%PDF-1.7", "format"), ("a/b.pdf", b"%PDF-1.7", "format"),
    ("a:b.pdf", b"%PDF-1.7", "format"), ("\u200bb.pdf", b"%PDF-1.7", "format"),
    ("\U0001f600.pdf", b"%PDF-1.7", "format"),
    (f"{'x' * 97}.pdf", b"%PDF-1.7", "format"), ("b.exe", b"MZ", "suffix"), ("b", b"%PDF-1.7", "suffix"),
    ("b.pdf", b"", "type"), ("b.pdf", b"<html>", "type"), ("b.jpg", b"%PDF-1.7", "type"),
    ("b.pdf", b"%PDF-" + bytes(attachment.LARGEST), "size"),
])  # fmt: skip
def test_what_no_office_opens_is_not_sent(name, content, code):
    found = list(attachment.broken(Attachment(kind="other", name=name, content=content)))
    assert code in {each.code for each in found}
    assert all(str(each.coded) for each in found)


@pytest.mark.parametrize("name", ["a.PDF", "发票2026-77.pdf", "x.docx", "x.png"])
def test_an_ordinary_paper_is_sent(name):
    beginning = attachment.BEGINNINGS[name.rpartition(".")[2].upper()][0]
    assert not list(attachment.broken(Attachment(kind="other", name=name, content=beginning)))


@pytest.mark.parametrize("name", ["1_certificate_rcep_new.xml", "2_certificate_form_e_amend_reissue.xml"])
def test_the_samples_fit_the_schema_that_was_made(name):
    SCHEMA.assertValid(etree.fromstring(gacc.sample(name)))


@pytest.mark.parametrize("data", [gacc.new_rcep(), gacc.form_e_amended()])
def test_what_the_samples_say_is_complete(data):
    assert not codes(data)


# --- any application
def texts(most, *, least=1):
    letters = st.characters(codec="ascii", min_codepoint=33, max_codepoint=126, exclude_characters="/")
    return st.text(letters, min_size=least, max_size=most)


def amounts():
    return st.integers(1, 10**12).map(lambda cents: Decimal(cents) / 100)


@st.composite
def applications(draw):
    """An application that the form takes, of either agreement and every kind, with what may be absent absent or not."""
    result = draw(st.sampled_from([gacc.new_rcep(), gacc.form_e_amended()]))
    numbers = draw(st.lists(texts(50), min_size=1, max_size=3, unique=True))
    invoices = tuple(
        dataclasses.replace(result.invoices[0], number=number, amount=draw(amounts()), date=draw(days()))
        for number in numbers
    )
    items = tuple(
        draw(item(result, number + 1, numbers)) for number in range(draw(st.integers(1, 5)))
    )
    transport = Transport(
        departure_date=draw(st.none() | days()), means=draw(st.sampled_from(["", "sea", "air", "rail"])),
        vessel=draw(texts(100, least=0)), port_of_loading=draw(texts(50, least=0)),
        port_of_discharge=draw(texts(50, least=0)), route=draw(texts(200, least=0)),
    )  # fmt: skip
    return dataclasses.replace(
        result, invoices=invoices, items=items, transport=transport, remarks=draw(texts(100, least=0)),
        contract_number=draw(texts(50, least=0)), letter_of_credit=draw(texts(50, least=0)),
        importing_party=draw(st.sampled_from(["VN", "TH", "MY", "ID", "PH", "KH", "LA", "JP"])),
    )  # fmt: skip


def days():
    return st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1))


@st.composite
def item(draw, data, number, invoices):
    criterion = draw(st.sampled_from(AGREEMENTS[data.agreement]))
    kind = draw(st.sampled_from(["CARTON", "PALLET", "DRUM", "IN NUDE"]))
    return dataclasses.replace(
        data.items[0], number=number, criterion=criterion, marks=draw(texts(60)), description=draw(texts(400)),
        description_zh=draw(st.text("灯电源适配器插座0123456789", min_size=1, max_size=200)),
        quantity=draw(amounts()), invoice_value=draw(amounts()), fob_declared=draw(amounts()),
        packages=Packages(count=draw(st.integers(0, 10**6)), kind=kind, text=draw(texts(500))),
        rvc=Decimal(draw(st.integers(0, 10_000))) / 100 if criterion == "RVC" else None,
        sub_criterion=draw(st.sampled_from(["RVC", "CTC", "CR"])) if criterion == "PSR" else "",
        net_weight=draw(st.none() | amounts()), gross_weight=draw(st.none() | amounts()),
        origin_mark=draw(st.sampled_from(["", "*", "**"])), invoice_number=draw(st.sampled_from(invoices)),
    )  # fmt: skip


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(applications())
def test_any_application_fits_the_schema_and_says_what_was_meant(data):
    filer = gacc.filer("RC26MA2EXAMPL0001")
    assert not codes(data, filer)
    root = etree.fromstring(written(data, filer))
    SCHEMA.assertValid(root)
    head, goods = _texts(root.find("c:CertificateHead", NAMESPACES)), root.findall(".//c:Goods", NAMESPACES)
    assert head == {name: head[name] for name in head} | _lines(GACC.values.head(data, filer))
    assert len(goods) == len(data.items)
    for good, each in zip(goods, data.items, strict=True):
        result = _texts(good)
        assert result == {name: result[name] for name in result} | _lines(GACC.values.goods(data, each, filer))
        assert Decimal(result["GoodsQty"]) == each.quantity
        assert Decimal(result["InvValue"]) == each.invoice_value
        assert result["GoodsName"] == each.description_zh
        assert result["OriCriteria"] == each.criterion
        assert result["InvNo"] == each.invoice_number
        assert (result["GrossWt"] == "") == (each.gross_weight is None)
        if data.agreement == "RCEP" and each.criterion == "RVC":
            assert Decimal(result["ICompPrpr"]) == 100 - each.rvc
    invoices = [_texts(each) for each in root.findall(".//c:OriInv", NAMESPACES)]
    if data.agreement == "RCEP":
        assert [(each["InvNo"], Decimal(each["Value"]), each["InvDate"]) for each in invoices] == [
            (each.number, each.amount, each.date.isoformat()) for each in data.invoices
        ]
    assert root.find("c:AplPromise", NAMESPACES) is root[-1]


def _texts(node):
    return {etree.QName(each).localname: each.text or "" for each in node}


def _lines(message):
    return {name: text.replace("\n", "/n") for name, text in message.items()}


# --- what it does not take, by our own fields
def changed(**facts):
    return dataclasses.replace(gacc.new_rcep(), **facts)


def with_item(**facts):
    result = gacc.new_rcep()
    return dataclasses.replace(result, items=(dataclasses.replace(result.items[0], **facts), *result.items[1:]))


REFUSED = [
    ("no credit code", changed(exporter=dataclasses.replace(gacc.EXPORTER, uscc="")), ("exporter.uscc", "required")),
    ("a long name", with_item(description="A" * 401), ("items.0.description", "too_long")),
    ("a long Chinese name", with_item(description_zh="灯" * 201), ("items.0.description_zh", "too_long")),
    ("an emoji", with_item(description="LAMP \U0001f600"), ("items.0.description", "character")),
    ("a control character", changed(remarks="A\x01"), ("remarks", "character")),
    ("no Chinese name", with_item(description_zh=""), ("items.0.description_zh", "required")),
    ("no Chinese unit", with_item(unit_zh=""), ("items.0.unit_zh", "required")),
    ("no FOB value", with_item(fob_declared=None), ("items.0.fob_declared", "required")),
    ("six decimals", with_item(quantity=Decimal("1.000001")), ("items.0.quantity", "format")),
    ("twenty digits", with_item(invoice_value=Decimal(10**19)), ("items.0.invoice_value", "format")),
    ("letters that read as a break", with_item(marks="A/n1"), ("items.0.marks", "break")),
    ("two lines where one is", with_item(description="TWO\nLINES"), ("items.0.description", "line_break")),
    ("a contract's number of 51", changed(contract_number="C" * 51), ("contract_number", "too_long")),
    ("a number of an invoice of 51", with_item(invoice_number="I" * 51), ("items.0.invoice_number", "too_long")),
]  # fmt: skip


@pytest.mark.parametrize(("data", "found"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_what_the_interface_does_not_take_is_reported_by_our_field(data, found):
    assert found in codes(data)


@pytest.mark.parametrize("name", ["person", "person_id", "phone", "office"])
def test_a_firm_that_has_not_stated_who_files_is_asked_for_it(name):
    bare = dataclasses.replace(gacc.filer("RC26MA2EXAMPL0001"), **{name: ""})
    assert (f"filer.{name}", "required") in codes(gacc.new_rcep(), bare)


def test_an_office_has_four_digits():
    assert ("filer.office", "digits") in codes(gacc.new_rcep(), dataclasses.replace(gacc.filer("X"), office="３１０１"))


def test_nobody_files_nothing():
    missing = {path for path, code in codes(gacc.new_rcep(), NOBODY) if code == "required"}
    assert missing >= {"filer.number", "filer.person", "filer.office"}


# --- what comes back
RECEIPTS = [
    ("r1_receipt_received.xml", "submitted", True, ""),
    ("r2_receipt_pending.xml", "under_review", False, ""),
    ("r3_receipt_returned.xml", "returned", False, "items.1.criterion"),
    ("r4_receipt_approved.xml", "issued", False, ""),
    ("r5_receipt_failed.xml", "returned", True, "filer.office"),
    ("f1_fileret_technical_accepted.xml", "submitted", True, ""),
]


@pytest.mark.parametrize(("name", "state", "technical", "path"), RECEIPTS)
def test_receipts_are_read_as_the_samples_mean_them(name, state, technical, path):
    receipt = PROFILE.read_receipt(gacc.sample(name))
    event = PROFILE.event(receipt, "e-1", "7c1d", 1)
    assert (event.state, receipt.technical) == (state, technical)
    assert [error.path for error in event.errors] == ([path] if state == "returned" else [])
    assert event.certificate_no == (receipt.number if state == "issued" else "")
    assert event.occurred_at.utcoffset() == dt.timedelta(hours=8)


@pytest.mark.parametrize("name", [row[0] for row in RECEIPTS])
def test_a_reply_without_the_firms_facts_says_the_same(name):
    result = gacc.sample(name).decode()
    shown = PROFILE.redacted(result, {"2026-11-19": "declaration.date", "Note": "remarks", "CertNo": "x", "RC": "y"})
    before, after = (PROFILE.read_receipt(each.encode()) for each in (result, shown))
    assert "MA2EXAMPL" not in shown
    assert (after.state, after.technical, after.moment, after.text) == (
        before.state, before.technical, before.moment, before.text)  # fmt: skip


def test_a_rejected_attachment_is_distinguished():
    receipt = PROFILE.read_receipt(gacc.sample("f2_fileret_attachment_rejected.xml"))
    assert (receipt.attachment, receipt.accepted, receipt.state) == ("ZX-2026-1188.pdf", False, "")


def test_a_receipt_is_read_with_and_without_its_namespace():
    bare = gacc.sample("r4_receipt_approved.xml").replace(f' xmlns="{schema.NAMESPACE}"'.encode(), b"")
    assert PROFILE.read_receipt(bare) == PROFILE.read_receipt(gacc.sample("r4_receipt_approved.xml"))


def test_a_number_that_another_has_is_known():
    taken = gacc.sample("r5_receipt_failed.xml").replace("报文格式错误: OrgCode".encode(), "证书号已存在".encode())
    (error,) = PROFILE.event(PROFILE.read_receipt(taken), "e-1", "7c1d", 1).errors
    assert error.code == NUMBER_TAKEN


def test_receipts_of_one_second_are_ordered_by_how_final_they_are():
    moment = dt.datetime(2026, 11, 19, 10, tzinfo=GACC.reader.CHINA)
    places = [PROFILE.sequence(moment, state) for state in GACC.STEPS]
    assert places == sorted(set(places))
    assert PROFILE.sequence(dt.datetime(2043, 1, 1, tzinfo=dt.timezone.utc), "issued") < 2**31


DEEP = b"<Receipt>" + b"<a>" * 20 + b"</a>" * 20 + b"</Receipt>"
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Receipt><CertNo>&b;</CertNo></Receipt>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Receipt><CertNo>&a;</CertNo></Receipt>'
ODD = [
    b"", b"\xff\xfe", b"<Receipt>", b"<Receipt/>", b"<Letter/>", DEEP, BOMB, OUTSIDE,
    b"<Receipt><CertNo>1</CertNo><Channel>1</Channel><ReceiveTime>yesterday</ReceiveTime></Receipt>",
    b"<Receipt><CertNo>1</CertNo><Channel>6</Channel><RepType>9</RepType></Receipt>",
    b"<FileRet><CertNo>1</CertNo><RetType>7</RetType></FileRet>",
    b"<Receipt>" + b" " * (10 * 1024 * 1024) + b"</Receipt>",
]  # fmt: skip


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_odd_replies_are_unreadable_and_nothing_worse(body):
    with pytest.raises(Unreadable) as raised:
        PROFILE.read_receipt(body)
    assert "passwd" not in str(raised.value)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_unreadable(body):
    with pytest.raises(Unreadable):
        PROFILE.read_receipt(body)


# --- the table
def test_the_table_has_every_published_element_in_its_order():
    nodes = {"CertificateHead": "head", "Goods": "goods", "ModCertificate": "change", "NonpartyCorp": "third_party",
             "OriInv": "invoice", "AplPromise": "promise", "File": "file"}  # fmt: skip
    published = {}
    for row in sorted(schema.fields(), key=lambda row: int(row["order"])):
        name = nodes.get(row["node"].split("/")[-1])
        if name:
            published.setdefault(name, []).append(row["element"])
    assert {node: [each.name for each in elements] for node, elements in GACC.elements.table().items()} == published


def test_the_table_knows_its_own_forms():
    for elements in GACC.elements.table().values():
        assert {each.kind for each in elements} <= set(GACC.elements.FORMS)
