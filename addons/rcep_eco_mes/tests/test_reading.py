"""Reports as text: good ones, and each kind of wrong with its code and its sentence; by the schema too."""

import json
import pathlib

import jsonschema
from odoo.tests import TransactionCase, tagged

from ..reports import b2mml, canonical, epcis, reading
from ..reports.problem import ReportError
from ..texts import report_problems
from .common import SAMPLES

CASES = json.loads((pathlib.Path(__file__).parent / "reports.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((pathlib.Path(reading.__file__).parent / "report.schema.json").read_text(encoding="utf-8"))
# What a schema cannot say: blanks, offsets, one field by another, zero by its use.
BEYOND = {"an empty identity", "an identity with a line break within", "a correction of itself", "no moment",
          "a moment without its offset", "a moment before all time", "nothing was produced"}  # fmt: skip


def of_case(case):
    item = {"use": "consumed", "product": "PCB", "lot": "L-1", "quantity": "5", "uom": "C62", **case.get("item", {})}
    report = {"report_id": "R-1", "kind": "report", "order": "MO/1", "produced_at": "2026-11-20T09:30:00+08:00"}
    told = {**report, "items": [item], **case.get("change", {})}
    return {**told, "report_id": "x" * told["report_id"]} if isinstance(told["report_id"], int) else told


@tagged("post_install", "-at_install")
class TestReading(TransactionCase):
    def code_of(self, read, *told):
        with self.assertRaises(ReportError) as caught:
            read(*told)
        problem = {"code": caught.exception.code, **caught.exception.facts}
        self.assertTrue(report_problems.sentence(self.env, problem))
        return caught.exception.code

    def test_each_case_is_taken_or_refused_for_its_reason(self):
        for case in CASES:
            with self.subTest(case["story"]):
                if case["code"] is None:
                    self.assertTrue(canonical.read(of_case(case)).items)
                else:
                    self.assertEqual(self.code_of(canonical.read, of_case(case)), case["code"])

    def test_the_schema_says_the_same(self):
        schema = jsonschema.Draft202012Validator(SCHEMA)
        for case in CASES:
            if case["story"] not in BEYOND:
                with self.subTest(case["story"]):
                    self.assertEqual(schema.is_valid(of_case(case)), case["code"] is None)

    def test_what_is_no_json_is_refused(self):
        for content, code in (
            (b"{", "no_json"), (b"\xff{}", "no_json"), (b'{"a": NaN}', "no_json"), (b'{"a": 1, "a": 2}', "twice"),
            (b"[" * 100_000, "no_json"), (b"7", "no_object"),
        ):  # fmt: skip
            with self.subTest(content[:20]):
                self.assertEqual(self.code_of(reading.read_json, content), code)

    def test_the_same_report_is_the_same_however_it_is_written(self):
        one = of_case({})
        other = {**of_case({"item": {"quantity": "5.000"}}), "produced_at": "2026-11-20T01:30:00Z", "site": ""}
        self.assertEqual(canonical.read(one).to_json(), canonical.read(other).to_json())

    def test_what_was_kept_reads_as_what_came(self):
        report = canonical.read(of_case({}))
        self.assertEqual(canonical.read(report.to_json()).to_json(), report.to_json())

    def test_more_items_than_are_taken_are_refused(self):
        told = of_case({})
        told["items"] *= canonical.MOST_ITEMS + 1
        self.assertEqual(self.code_of(canonical.read, told), "items_many")

    # --- other forms -------------------------------------------------------------------------------------
    def test_an_xml_with_entities_or_a_document_type_is_not_read(self):
        bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><ProductionPerformance>&a;</ProductionPerformance>'
        self.assertEqual(self.code_of(b2mml.read, bomb), "xml_doctype")
        self.assertEqual(self.code_of(b2mml.read, b"<Other/>"), "b2mml_root")
        self.assertEqual(self.code_of(b2mml.read, b"<Other"), "no_xml")
        self.assertEqual(self.code_of(b2mml.read, b"<ProductionPerformance/>"), "b2mml_empty")

    def test_the_newer_edition_of_b2mml_says_the_same(self):
        older = (SAMPLES / "b2mml_production_performance.xml").read_bytes()
        newer = older
        for old, new in (
            (b"MaterialConsumedActual", b"Consumed"), (b"MaterialProducedActual", b"Produced"),
            (b"ConsumableActual", b"Consumable"),
        ):  # fmt: skip
            newer = newer.replace(b"<%s>" % old, b"<MaterialActual><MaterialUse>%s</MaterialUse>" % new)
            newer = newer.replace(b"</%s>" % old, b"</MaterialActual>")
        newer = newer.replace(b"Production", b"Operations")
        self.assertEqual(b2mml.read(newer)[0][0], b2mml.read(older)[0][0])
        wrong = newer.replace(b">Consumed<", b">Eaten<")
        self.assertEqual(self.code_of(b2mml.read, wrong), "b2mml_use")

    def test_an_event_that_is_declared_wrong_needs_the_one_that_corrects_it(self):
        document = json.loads((SAMPLES / "epcis_transformation.json").read_text(encoding="utf-8"))
        event = document["epcisBody"]["eventList"][0]
        wrong = {**event, "errorDeclaration": {"reason": "incorrect_data", "correctiveEventIDs": ["urn:uuid:new"]}}
        document["epcisBody"]["eventList"] = [wrong]
        self.assertEqual(self.code_of(epcis.read, document), "epcis_error")
        document["epcisBody"]["eventList"].append({**event, "eventID": "urn:uuid:new"})
        ((report, _came),) = epcis.read(document)
        self.assertEqual((report.kind, report.report_id), ("correction", "new"))
        self.assertEqual(report.corrects, "6f1b3a1e-8f5e-4f1c-9d3f-0b8a55f0c001")

    def test_an_event_without_identity_order_or_known_class_is_refused(self):
        document = json.loads((SAMPLES / "epcis_transformation.json").read_text(encoding="utf-8"))
        event = document["epcisBody"]["eventList"][0]
        quantity = {"epcClass": "urn:epc:class:lgtin:0614141.107346.L", "quantity": 5}
        for change, code in (
            ({"eventID": ""}, "missing"), ({"bizTransactionList": []}, "epcis_order"),
            ({"inputQuantityList": [quantity]}, "epcis_class"), ({"inputQuantityList": 5}, "epcis_list"),
            ({"type": "ObjectEvent"}, "epcis_type"),
        ):  # fmt: skip
            with self.subTest(code):
                document["epcisBody"]["eventList"] = [{**event, **change}]
                self.assertEqual(self.code_of(epcis.read, document), code)
