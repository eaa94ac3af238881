"""The interface's schema, made of the published list of elements (``fields.csv``) and of nothing of the add-on."""

import csv
import pathlib
import re

from lxml import etree

XS = "http://www.w3.org/2001/XMLSchema"
NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
FIELDS = pathlib.Path(__file__).with_name("fields.csv")
HEAD = ("CertificateHead", "CertificateList", "ModCertificate", "NonpartyCorpList", "OriInvs", "AplPromise")


def fields():
    """The published rows."""
    with FIELDS.open(encoding="utf-8-sig", newline="") as rows:
        return list(csv.DictReader(rows))


def made():
    """The schema of a ``Certificate``."""
    by_node = {}
    for row in fields():
        if row["message"] == "Certificate":
            by_node.setdefault(row["node"], []).append(row)
    parts = {node.split("/")[-1]: _node(node.split("/")[-1], rows) for node, rows in by_node.items()}
    lists = {"CertificateList": ("Goods", "1"), "NonpartyCorpList": ("NonpartyCorp", "1"), "OriInvs": ("OriInv", "1")}
    for name, (inside, least) in lists.items():
        parts[name] = (
            f'<xs:element name="{name}"><xs:complexType><xs:sequence><xs:element ref="{inside}" minOccurs="{least}" '
            'maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>'
        )
    optional = {"ModCertificate", "NonpartyCorpList", "OriInvs"}
    whole = "".join(f'<xs:element ref="{name}" minOccurs="{int(name not in optional)}"/>' for name in HEAD)
    text = (
        f'<xs:schema xmlns:xs="{XS}" xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}" elementFormDefault="qualified">'
        f'<xs:element name="Certificate"><xs:complexType><xs:sequence>{whole}</xs:sequence></xs:complexType>'
        f"</xs:element>{''.join(parts.values())}</xs:schema>"
    )
    return etree.XMLSchema(etree.fromstring(text))


def made_of_attachment():
    """The schema of a ``File``, which has no namespace."""
    rows = [row for row in fields() if row["message"] == "File"]
    return etree.XMLSchema(etree.fromstring(f'<xs:schema xmlns:xs="{XS}">{_node("File", rows)}</xs:schema>'))


def _node(name, rows):
    inner = "".join(_element(row) for row in sorted(rows, key=lambda row: int(row["order"])))
    sequence = f"<xs:sequence>{inner}</xs:sequence>"
    return f'<xs:element name="{name}"><xs:complexType>{sequence}</xs:complexType></xs:element>'


def _element(row):
    least = "0" if "omitted when empty" in row["note"] else "1"
    patterns = "".join(f'<xs:pattern value="{pattern}"/>' for pattern in _patterns(row))
    length = re.match(r"str(\d+)", row["format"])
    facet = f'<xs:maxLength value="{length[1]}"/>' if length else ""
    return (
        f'<xs:element name="{row["element"]}" minOccurs="{least}"><xs:simpleType><xs:restriction base="xs:string">'
        f"{patterns}{facet}</xs:restriction></xs:simpleType></xs:element>"
    )


def _patterns(row):  # noqa: PLR0911  a form each
    """What a value may look like; it may be empty unless it is asked for in every message."""
    empty = [] if row["required"] == "R" and row["node"] != "ModCertificate" else [""]
    form = row["format"]
    if form.startswith("enum"):
        words = re.match(r"enum ([\w,-]+)", form)[1]
        known = [*map(str, range(11)), "33", "34"] if words.startswith("0-10") else words.split(",")
        return [*known, *empty]
    if form.startswith("dec19.5"):
        return [r"\d{1,19}(\.\d{1,5})?", *empty]
    if form.startswith("percent"):
        return [r"\d{1,3}(\.\d{1,2})?", *empty]
    if form == "date":
        return [r"\d{4}-\d{2}-\d{2}", *empty]
    if form.startswith("digits"):
        return [rf"\d{{{form[6:]}}}", *empty]
    if form.startswith("int"):
        return [r"[1-9]\d*", *empty]
    return [] if empty else [r"(.|\s)+"]
