"""An agent's own system at work by its key: from an invoice to the issuing body, and no wall is passed."""

import base64
import json

import jsonschema
from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.addons.rcep_eco_api.tests.routes import routes
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from ..controllers import agent_door, description
from .common import BASE, ProgramCommon

ROOMS = (agent_door, description)
FILLED = {
    "shipment": {"vessel": "COSCO PRIDE 021S", "port_loading": "NINGBO"},
    "items": [{"number": 1, "packages_count": 12, "packages_kind": "carton", "gross_weight": 420.5}],
}


@tagged("post_install", "-at_install")
class TestAgentDoor(ProgramCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls.make_invoice()

    def draft(self):
        return self.told("POST", f"/invoices/{self.invoice.id}/certificate", status=201)

    def path_of(self, certificate, step=""):
        return f"/certificates/{certificate.id}{step}"

    # --- the work ----------------------------------------------------------------------------------------
    def test_from_the_invoice_to_issued(self):
        work = self.told("GET", "/work", schema="work")
        self.assertIn(self.invoice.id, [each["id"] for each in work["invoices"]])
        made = self.draft()
        certificate = self.env["rcep.certificate"].browse(made["id"])
        self.assertEqual((certificate.state, made["next"]), ("draft", ["fill", "ask"]))
        path = self.path_of(certificate)
        day = {"departure_date": str(self.today)}
        filled = self.told("PATCH", path, {**FILLED, "shipment": {**FILLED["shipment"], **day}})
        self.assertEqual((certificate.vessel, certificate.line_ids.packages_count), ("COSCO PRIDE 021S", 12))
        self.assertEqual((filled["items"][0]["gross_weight"], filled["problems"]), (420.5, []))
        self.told("POST", f"{path}/approval")
        certificate.with_user(self.signer).action_approve()
        self.assertEqual(self.told("GET", path)["next"], ["submit"])
        self.assertEqual(self.told("POST", f"{path}/submission")["state"], "submitted")
        self.assertEqual(certificate.signer_id, self.signer)
        acts = self.env["rcep.authorised.act"].search([("certificate_id", "=", certificate.id)], order="id")
        self.assertEqual(acts.mapped("kind"), ["made", "changed", "asked", "submitted"])
        self.assertEqual((acts.key_id, acts.user_id), (self.key, self.broker))
        place(certificate, state="issued", certificate_no="26C3302B0007/00031")
        issued = self.told("GET", "/work", schema="work")["issued"]
        self.assertIn("26C3302B0007/00031", [each["certificate_no"] for each in issued])

    def test_the_same_invoice_twice_is_one_draft(self):
        made = self.draft()
        again = self.told("POST", f"/invoices/{self.invoice.id}/certificate")
        self.assertEqual(again["id"], made["id"])

    def test_nothing_new_is_304(self):
        for path in ("/authority", "/work", self.path_of(self.certificate)):
            with self.subTest(path):
                tag = self.call("GET", path).headers["ETag"]
                again = self.call("GET", path, headers={"If-None-Match": tag})
                self.assertEqual((again.status_code, again.content), (304, b""))

    def test_a_paper_is_added(self):
        path = self.path_of(self.certificate, "/papers")
        content = base64.b64encode(b"%PDF-1.7 bill of lading").decode()
        paper = {"kind": "transport", "name": "bill-of-lading.pdf", "content": content}
        self.assert_problem(self.call("POST", path, paper), 422, "takes no attachments")
        self.patch(type(self.certificate.attachment_line_ids), "_check_takes_attachments", lambda _papers: None)
        told = self.told("POST", path, paper, status=201)
        self.assertEqual([each["name"] for each in told["papers"]], ["bill-of-lading.pdf"])
        self.assert_problem(self.call("POST", path, {**paper, "kind": "cost_statement"}), 400, "is one of")
        self.assert_problem(self.call("POST", path, paper), 422, "already")
        for number, content in enumerate(("no base64 §", "=", "YWJj", base64.b64encode(b"MZ a program").decode())):
            with self.subTest(content):
                sent = {**paper, "name": f"other-{number}.pdf", "content": content}
                self.assert_problem(self.call("POST", path, sent), 422, f"other-{number}.pdf")
        for odd in ({"content": 7}, {"content": "YWJjY"}, {"content": "\ud800"}, {"name": "\ud800\x00"}):
            with self.subTest(ascii(odd)):
                sent = {**paper, "name": "odd.pdf", **odd}
                self.assert_problem(self.call("POST", path, sent), 400, "in base64")
        self.assertEqual(len(self.certificate.attachment_line_ids), 1)

    # --- walls -------------------------------------------------------------------------------------------
    def test_revoked_in_mid_work_each_call_says_so_and_the_draft_stays(self):
        certificate = self.env["rcep.certificate"].browse(self.draft()["id"])
        self.authority.with_user(self.signer)._revoke("Another broker")
        for method, path in (("GET", "/work"), ("PATCH", self.path_of(certificate)), ("GET", "/authority")):
            self.assert_problem(self.call(method, path, {} if method == "PATCH" else None), 403, "was revoked on")
        self.assertEqual(certificate.state, "draft")

    def test_a_person_who_left_acts_no_more(self):
        self.broker.partner_id.parent_id = self.stranger.partner_id.parent_id
        self.assert_problem(self.call("GET", "/work"), 403, "does not act for")

    def test_what_no_database_keeps_is_refused_as_anything_unknown(self):
        for name in ("a\x00b", "a\ud800b"):
            with self.subTest(ascii(name)):
                sent = self.call("PATCH", self.path_of(self.certificate), {name: 1})
                self.assert_problem(sent, 400, "is not known here")

    def test_a_key_that_follows_does_nothing(self):
        _key, token = self.make_agents_key(may_act=False)
        self.told("GET", "/work", schema="work", token=token)
        for method, path, body in self.steps():
            with self.subTest(path):
                self.assert_problem(self.call(method, path, body, token=token), 403, "Does the agent's work")

    def steps(self):
        own = self.path_of(self.certificate)
        yield "POST", f"/invoices/{self.invoice.id}/certificate", None
        yield "PATCH", own, FILLED
        for step in ("/papers", "/approval", "/submission"):
            yield "POST", f"{own}{step}", {} if step == "/papers" else None

    def test_what_the_authority_does_not_hold_is_not_done(self):
        place(self.authority, state="proposed")
        self.authority.may_submit = False
        place(self.authority, state="in_force")
        self.certificate.with_user(self.signer).action_approve()
        self.assertEqual(self.told("GET", self.path_of(self.certificate))["next"], [])
        self.assert_problem(self.call("POST", self.path_of(self.certificate, "/submission")), 403, "does not hold")
        self.assertEqual(self.certificate.state, "ready")

    def test_what_is_beyond_its_scope_does_not_exist(self):
        fan = self.make_good("Secret fan", "FAN", hs_code="84145100")
        hidden = self.make_invoice((fan, 1, 50.0))
        theirs = self.certify((fan, 1, 50.0))
        place(self.authority, state="proposed")
        self.authority.product_ids = self.lamp
        place(self.authority, state="in_force")
        for method, path, body in (
            ("POST", f"/invoices/{hidden.id}/certificate", None),
            ("GET", self.path_of(theirs), None),
            ("PATCH", self.path_of(theirs), FILLED),
            ("POST", self.path_of(theirs, "/approval"), None),
            ("POST", self.path_of(theirs, "/submission"), None),
            ("GET", "/certificates/999999999", None),
        ):
            with self.subTest(f"{method} {path}"):
                self.assert_problem(self.call(method, path, body), 404, "under this authority")
        self.assertNotIn("fan", self.call("GET", "/work").text.lower())

    def test_a_principal_s_key_opens_no_other_principal(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        with self.assertRaises(ValidationError):
            self.make_agents_key(company_id=other.id)
        with self.assertRaises(ValidationError):
            self.make_agents_key(agent_user_id=self.stranger.id)
        lone = new_test_user(self.env, "lone.portal", "base.group_portal")
        with self.assertRaises(ValidationError):
            self.make_agents_key(agent_user_id=lone.id)

    def test_a_key_without_its_authority_is_not_given_out(self):
        keys = self.env["rcep.integration.key"].with_user(self.manager)
        bare = keys.create({"name": "Nobody's", "may_follow": True})
        with self.assertRaises(UserError) as caught:
            bare.action_give()
        self.assertIn("choose its authority", str(caught.exception))
        with self.assertRaises(UserError):
            self.key.with_user(self.manager).authorisation_id = False

    def test_an_agent_s_key_holds_nothing_that_is_not_an_agent_s(self):
        for grant in set(self.key._grants()) - {"may_follow", "may_act"}:
            with self.subTest(grant), self.assertRaisesRegex(UserError, "tick nothing else"):
                self.make_agents_key(**{grant: True})

    def test_nothing_of_costs_materials_or_suppliers_is_told(self):
        self.draft()
        answers = self.call("GET", "/work").text + self.call("GET", self.path_of(self.certificate)).text
        for secret in ("cost", "price", "supplier", "material", self.supplier.name):
            self.assertNotIn(secret, answers)

    # --- bad input ---------------------------------------------------------------------------------------
    def test_bad_input_is_one_sentence_and_nothing_is_half_written(self):
        self.certificate.vessel = "BEFORE"
        path = self.path_of(self.certificate)
        for sent, status, words in (
            ({"shipment": {"vessel": "AFTER", "departure_date": "tomorrow"}}, 422, "is no day"),
            ({"shipment": {"vessel": "AFTER", "departure_date": "9999-12-28"}}, 422, "correct the year"),
            ({"shipment": {"vessel": "AFTER", "means": "camel"}}, 422, "cannot be chosen"),
            ({"shipment": {"vessel": "AFTER", "state": "issued"}}, 400, "is not known here"),
            ({"shipment": {"vessel": True}}, 400, "True and false"),
            ({"shipment": {"vessel": ["AFTER"]}}, 400, "another kind"),
            ({"shipment": ["AFTER"]}, 400, "another kind"),
            ({"shipment": {"vessel": "AFTER"}, "items": [{"number": 77}]}, 400, "names by"),
            ({"shipment": {"vessel": "AFTER"}, "items": [{"number": True}]}, 400, "names by"),
            ({"shipment": {"vessel": "AFTER"}, "items": [{"number": [1]}]}, 400, "names by"),
            ({"shipment": {"vessel": "AFTER"}, "items": ["1"]}, 400, "names by"),
            ({"shipment": {"vessel": "AFTER"}, "items": [{"number": 1, "packages_count": 1.5}]}, 422, "is no number"),
            ({"shipment": {"vessel": "AFTER"}, "items": [{"number": 1, "gross_weight": -4}]}, 422, "is no number"),
            ({"shipment": {"vessel": "AFTER"}, "items": [{"number": 1, "hs": "010121"}]}, 400, "is not known here"),
            ({"signer_id": 1}, 400, "is not known here"),
        ):
            with self.subTest(str(sent)):
                self.assert_problem(self.call("PATCH", path, sent), status, words)
                self.assertEqual(self.certificate.vessel, "BEFORE")
        for data in (b"[1]", b"\xff", b"{"):
            reply = self.url_open(f"{BASE}{path}", data=data, method="PATCH", headers={
                "Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})  # fmt: skip
            self.assert_problem(reply, 400, "no JSON object")

    def test_what_is_submitted_is_not_filled_in_any_more(self):
        place(self.certificate, state="submitted")
        reply = self.call("PATCH", self.path_of(self.certificate), FILLED)
        self.assertEqual(reply.status_code, 422)
        self.assertFalse(self.certificate.vessel == "COSCO PRIDE 021S")


@tagged("post_install", "-at_install")
class TestDescription(ProgramCommon):
    PATH = f"{BASE}/openapi.json"

    def test_every_route_is_described_and_no_other(self):
        paths = self.url_open(self.PATH).json()["paths"]
        there = {(verb, path) for verb, path, _grant in routes(*ROOMS)} - {("get", self.PATH)}
        self.assertEqual({(verb, path) for path, calls in paths.items() for verb in calls}, there)

    def test_each_route_names_its_grant(self):
        paths = description.DESCRIPTION["paths"]
        for verb, path, grant in routes(*ROOMS):
            if path != self.PATH:
                self.assertIn(grant, self.key._grants(), f"{verb} {path}")
                self.assertIn(f"Grant: {grant}.", paths[path][verb]["description"])

    def test_each_example_is_as_its_schema_says(self):
        found = 0
        for calls in description.DESCRIPTION["paths"].values():
            for call in calls.values():
                for part in (call.get("requestBody", {}), *call["responses"].values()):
                    content = part.get("content", {}).get("application/json", {})
                    if "example" in content:
                        found += 1
                        jsonschema.validate(content["example"], {**content["schema"], "components": self.schemas})
        self.assertGreater(found, 5)

    def test_what_is_elsewhere_is_said_in_the_same_form(self):
        self.assert_problem(self.call("GET", "/nothing"), 404, "nothing at this address")
        self.assert_problem(self.call("DELETE", "/work"), 405, "GET")

    def test_what_can_be_sent_is_what_can_be_filled_in(self):
        sent = self.schemas["schemas"]
        self.assertEqual(set(sent["shipment_sent"]["properties"]), set(agent_door.SHIPMENT))
        self.assertEqual(set(sent["item_sent"]["properties"]) - {"number"}, set(agent_door.PACKING))
        self.assertIn("carton", json.dumps(sent["item_sent"]))
