"""The door of another ERP: whole sheets by key, with the rights of one person, in one company."""

import json

import jsonschema
from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco_api.controllers import change_door
from odoo.addons.rcep_eco_api.tests.common import make_key
from odoo.addons.rcep_eco_api.tests.routes import routes
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..controllers import description, invoice_door, sheet_door
from .common import SheetCommon, table

ITEMS, PRICES = "/eco/erp/v1/sheets/items", "/eco/erp/v1/sheets/prices"
HEAD = "code,name,hs_code,unit"
NEW = {"code": "MOTOR", "name": "Motor", "hs_code": "850110", "unit": "C62"}


class ErpDoorCommon(SheetCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager", login="keeper")
        cls.key, cls.token = make_key(cls.manager, may_write_master_data=True, acts_as_id=cls.engineer.id)

    def ask(self, path, body=None, form="application/json", token=None, **options):
        headers = {"Authorization": f"Bearer {token or self.token}", "Content-Type": form, **options.pop("headers", {})}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        return self.url_open(path, data=data, headers=headers, allow_redirects=False, **options)

    def hand_in(self, *lines, path=ITEMS, **options):
        return self.ask(path, {"lines": list(lines)}, **options)

    def kept(self):
        """The company's sheets."""
        return self.sheets.search([("company_id", "=", self.exporter.id)])

    def assert_problem(self, reply, status, words):
        self.assertEqual(reply.status_code, status, reply.text)
        self.assertEqual(reply.headers["Content-Type"], "application/problem+json; charset=utf-8")
        self.assertIn(words, reply.json()["detail"])


@tagged("post_install", "-at_install")
class TestSheetDoor(ErpDoorCommon):
    def test_items_come_in_and_the_same_again_changes_nothing(self):
        reply = self.hand_in(NEW)
        self.assertEqual(reply.status_code, 200, reply.text)
        told = reply.json()
        sheet = self.sheets.browse(told.pop("sheet"))
        self.assertEqual(told, {"preview": False, "kind": "items", "created": 1, "changed": 0, "same": 0, "lines": 1,
                                "does": [{"line": 1, "what": "created"}]})  # fmt: skip
        self.assertEqual((sheet.state, sheet.source, sheet.key_id, sheet.user_id),
                         ("applied", "http", self.key, self.engineer))  # fmt: skip
        self.assertEqual(self.item("MOTOR").create_uid, self.engineer)
        again = self.hand_in(NEW).json()
        self.assertEqual((again["same"], again["does"]), (1, []))
        self.assertEqual(len(self.item("MOTOR")), 1)

    def test_a_preview_says_it_and_does_nothing(self):
        reply = self.hand_in(NEW, {"code": "LAMP", "name": "Lamp"}, path=f"{ITEMS}?preview=true").json()
        self.assertEqual((reply["preview"], reply["created"], reply["changed"]), (True, 1, 1))
        self.assertEqual(reply["does"][1]["changes"], [{"column": "name", "from": "LED lamp", "to": "Lamp"}])
        self.assertNotIn("sheet", reply)
        self.assertFalse(self.item("MOTOR") or self.kept())

    def test_of_a_sheet_with_a_wrong_line_nothing_stays_but_what_was_wrong(self):
        reply = self.hand_in(NEW, {**NEW, "code": "BOX", "unit": "HANDFUL"})
        self.assert_problem(reply, 422, "Line 2, unit: No unit is called “HANDFUL”")
        (error,) = reply.json()["errors"]
        self.assertEqual((error["line"], error["column"], error["code"]), (2, "unit", "unit_unknown"))
        self.assertFalse(self.item("MOTOR"))
        self.assertEqual(self.kept().mapped("state"), ["refused"])
        call = self.env["rcep.integration.call"].search([("key_id", "=", self.key.id)], limit=1)
        self.assertIn("HANDFUL", call.problem)

    def test_what_stood_there_of_a_cost_is_not_told(self):
        line = {"item": "LAMP", "supplier": "V-1", "price": "4.25", "currency": "CNY", "unit": "C62",
                "from": "2026-11-01", "document": "PO-7"}  # fmt: skip
        self.assertEqual(self.hand_in(line, path=PRICES).status_code, 200)
        reply = self.hand_in({**line, "price": "9.75"}, path=f"{PRICES}?preview=true")
        self.assertEqual(reply.json()["does"][0]["changes"], [{"column": "price", "to": "9.75"}])
        self.assertNotIn("4.25", reply.text)

    def test_csv_comes_in_utf_8_or_says_that_it_is_not(self):
        chinese = table(HEAD, "MOTOR,电机,850110,C62")
        self.assert_problem(self.ask(ITEMS, chinese.decode().encode("gbk"), "text/csv"), 422, "not in utf-8")
        named = self.ask(ITEMS, chinese.decode().encode("gbk"), "text/csv; charset=gb18030")
        self.assertEqual(named.status_code, 200, named.text)
        self.assertEqual(self.item("MOTOR").name, "电机")
        marked = self.ask(ITEMS, b"\xef\xbb\xbf" + chinese, "text/csv")
        self.assertEqual(marked.json()["same"], 1)

    def test_what_is_not_described_is_refused(self):
        self.assert_problem(self.hand_in(NEW, path="/eco/erp/v1/sheets/verdicts"), 404, "known are items, prices")
        self.assert_problem(self.hand_in(NEW, path=f"{ITEMS}?preview=yes"), 400, "true or false")
        self.assert_problem(self.hand_in(NEW, path=f"{ITEMS}?dry=true"), 400, "known is preview")
        self.assert_problem(self.ask(ITEMS, b"<a/>", "text/xml"), 415, "application/json, text/csv")
        self.assert_problem(self.ask(ITEMS, b" " * (8 * 1024 * 1024 + 1)), 413, "bytes; at most")
        self.assert_problem(self.ask(ITEMS), 405, "POST")
        self.assert_problem(self.ask("/eco/erp/v1/nothing"), 404, "nothing at this address")
        self.assert_problem(self.hand_in({**NEW, "rcep_obtained": "yes"}), 422, "“rcep_obtained” is no column")
        self.assertFalse(self.item("MOTOR"))

    # --- who ---------------------------------------------------------------------------------------------
    def test_a_key_without_the_grant_writes_nothing(self):
        _key, token = make_key(self.manager, may_read_changes=True)
        self.assert_problem(self.hand_in(NEW, token=token), 403, "Writes items, prices, bills and receipts")

    def test_a_key_does_no_more_than_the_person_as_whom_it_acts(self):
        self.engineer.group_ids -= self.env.ref("product.group_product_manager")
        self.assertEqual(self.hand_in(NEW).status_code, 403)
        self.engineer.group_ids -= self.env.ref("rcep_eco.group_origin")
        self.assert_problem(self.hand_in(NEW), 403, "is no cost engineer of")
        self.assertFalse(self.kept())

    def test_a_key_is_given_out_for_a_cost_engineer_of_the_company_alone(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        for person in (self.person("clerk"), self.person("engineer", other), self.env["res.users"]):
            with self.assertRaises(UserError):
                make_key(self.manager, may_write_master_data=True, acts_as_id=person.id)
        with self.assertRaises(UserError):
            self.key.with_user(self.manager).acts_as_id = self.manager

    def test_a_key_passes_no_company_wall(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        theirs = self.make_good("Their motor", "MOTOR", company_id=other.id)
        both = self.engineer
        both.company_ids += other
        self.assertEqual(self.hand_in(NEW).json()["created"], 1)
        self.assertEqual((theirs.name, self.item("MOTOR").company_id), ("Their motor", self.exporter))
        line = {"item": "THEIRS", "supplier": "V-1", "price": "1", "currency": "CNY", "unit": "C62",
                "from": "2026-11-01", "document": "PO-7"}  # fmt: skip
        theirs.default_code = "THEIRS"
        self.assert_problem(self.hand_in(line, path=PRICES), 422, "No product has the internal reference THEIRS")


@tagged("post_install", "-at_install")
class TestErpDescription(ErpDoorCommon):
    def test_every_route_is_described_and_no_other(self):
        paths = self.url_open("/eco/erp/v1/openapi.json").json()["paths"]
        rooms = (change_door, invoice_door, sheet_door, description)
        there = {(verb, path) for verb, path, grant in routes(*rooms) if grant}
        self.assertEqual({(verb, path) for path, calls in paths.items() for verb in calls}, there)
        for _verb, _path, grant in routes(sheet_door, invoice_door):
            self.assertIn(grant, self.key._grants())

    def test_what_is_answered_is_as_described(self):
        whole = self.url_open("/eco/erp/v1/openapi.json").json()

        def check(reply, schema):
            jsonschema.validate(reply.json(), {"$ref": f"#/components/schemas/{schema}", **whole})

        check(self.hand_in(NEW, {"code": "LAMP", "name": "Lamp"}), "done")
        check(self.hand_in({"code": "LAMP", "unit": "KGM"}), "faults")
        example = whole["paths"]["/eco/erp/v1/sheets/{kind}"]["post"]["requestBody"]["content"]["application/json"]
        self.assertEqual(self.ask(ITEMS, example["example"]).status_code, 200)

    def test_a_template_can_be_downloaded(self):
        self.engineer.password = "engineer-of-sheets"
        upload = self.env["rcep.sheet.upload"].with_user(self.engineer).create({"kind": "prices"})
        action = upload.action_template()
        self.authenticate(self.engineer.login, "engineer-of-sheets")
        self.assertEqual(self.url_open(action["url"]).text, self.sheets._kinds()["prices"].template)

    def test_the_border_names_every_column(self):
        enters = self.env["rcep.borders"]._borders()["erp"].enters
        for kind, plan in self.sheets._kinds().items():
            self.assertLessEqual({f"{kind}.{column}" for column in plan.columns}, enters)
