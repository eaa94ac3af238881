"""The door of an MES: reports by key, once each, in three forms; what is wrong is a sentence, and no wall is passed."""

import json
import pathlib

import jsonschema
from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.addons.rcep_eco_api.tests.common import make_key
from odoo.addons.rcep_eco_api.tests.routes import routes
from odoo.tests import HttpCase, tagged

from ..controllers import description, report_door
from .common import MesCommon, item

SAMPLES = pathlib.Path(__file__).parent / "samples"
ROOMS = (description, report_door)
REPORTS = "/eco/mes/v1/reports"


class DoorCommon(MesCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager", login="keeper")
        cls.key, cls.token = make_key(cls.manager, may_report=True)

    def ask(self, path, token=None, **options):
        headers = {"Authorization": f"Bearer {token or self.token}", **options.pop("headers", {})}
        return self.url_open(path, headers=headers, allow_redirects=False, **options)

    def hand_in(self, data, form="application/json", token=None, **headers):
        body = data if isinstance(data, bytes) else json.dumps(data).encode()
        return self.ask(REPORTS, token, data=body, headers={"Content-Type": form, **headers})

    def assert_problem(self, reply, status, words):
        self.assertEqual(reply.status_code, status, reply.text)
        self.assertEqual(reply.headers["Content-Type"], "application/problem+json; charset=utf-8")
        problem = reply.json()
        self.assertEqual(problem["status"], status)
        self.assertIn(words, problem["detail"])
        jsonschema.validate(problem, description.DESCRIPTION["components"]["schemas"]["problem"])


@tagged("post_install", "-at_install")
class TestReportDoor(DoorCommon):
    def states(self):
        return self.came().mapped(lambda each: (each.report_id, each.state))

    def test_a_report_comes_in_is_applied_and_decides_its_order(self):
        reply = self.hand_in(self.told("R-1"))
        self.assertEqual(reply.status_code, 202)
        told = {"report_id": "R-1", "state": "received", "order": self.made.name}
        self.assertEqual(reply.json(), {"reports": [told]})
        self.run_job("_cron_apply", "rcep.production.report")
        state = self.ask(f"{REPORTS}/R-1")
        self.assertEqual((state.status_code, state.json()["state"]), (200, "applied"))
        self.assertEqual(self.verdict(self.made).verdict, "originating")
        self.assertEqual(self.came().source, "http")
        again = self.ask(f"{REPORTS}/R-1", headers={"If-None-Match": state.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_the_same_again_is_the_same_answer_and_another_body_is_a_conflict(self):
        first = self.hand_in(self.told("R-1"))
        again = self.hand_in(json.dumps(self.told("R-1"), indent=3).encode())
        self.assertEqual((again.status_code, again.json()), (first.status_code, first.json()))
        other = self.hand_in(self.told("R-1", item("consumed", "MAGNET", "21")))
        self.assert_problem(other, 409, "Report R-1 came before and said something else")
        self.assertEqual(self.states(), [("R-1", "received")])

    def test_of_several_in_one_body_all_are_kept_or_none(self):
        self.assertEqual(self.hand_in([self.told("R-1"), self.told("R-2")]).status_code, 202)
        clash = self.hand_in([self.told("R-3"), self.told("R-2", item("consumed", "MAGNET", "1"))])
        self.assert_problem(clash, 409, "R-2")
        self.assertEqual([name for name, _state in self.states()], ["R-1", "R-2"])

    def test_the_three_forms_come_in(self):
        for number, path in enumerate(sorted(SAMPLES.iterdir())):
            body = path.read_bytes().replace(b"0b8a55f0c001", b"0b8a55f0%04d" % number)  # some are of one id
            form = {".xml": "application/xml", ".json": "application/json"}.get(path.suffix)
            if form:
                with self.subTest(path.name):
                    reply = self.hand_in(body, form)
                    self.assertEqual(reply.status_code, 202, reply.text)
                    for told in reply.json()["reports"]:
                        state = self.ask(f"{REPORTS}/{told['report_id']}")
                        self.assertEqual(state.status_code, 200, told["report_id"])

    def test_half_a_character_in_what_nobody_reads_is_kept_as_it_is_written(self):
        event = json.loads((SAMPLES / "epcis_transformation.json").read_text(encoding="utf-8"))
        event["epcisBody"]["eventList"][0]["example:note"] = "\ud800"
        self.assertEqual(self.hand_in(event).status_code, 202)
        self.assertIn("\\ud800", self.came().body)

    def test_what_does_not_match_is_said_by_field(self):
        self.hand_in(self.told("R-1", item("consumed", "SPOOL", "10")))
        self.run_job("_cron_apply", "rcep.production.report")
        told = self.ask(f"{REPORTS}/R-1").json()
        self.assertEqual((told["state"], told["problems"][0]["code"]), ("unmatched", "product_unknown"))
        self.assertIn("items[0].product", told["problems"][0]["detail"])

    def test_what_cannot_be_read_is_one_sentence_and_nothing_is_kept(self):
        for body, form, status, words in (
            (b"{", "application/json", 400, "no JSON"),
            (b"\xff", "application/json", 400, "no JSON"),
            (self.told("R-1", colour="red"), "application/json", 400, "colour is no field"),
            (b"<a/>", "application/xml", 400, "neither a ProductionPerformance"),
            (b"<!DOCTYPE a><a/>", "text/xml", 400, "document type"),
            (b"a;b", "text/csv", 415, "application/json"),
            (b"a=b", "application/x-www-form-urlencoded", 415, "Forms"),
        ):
            with self.subTest(body):
                self.assert_problem(self.hand_in(body, form), status, words)
        self.assert_problem(self.hand_in(b"{}", **{"Content-Encoding": "gzip"}), 415, "compressed")
        self.assertFalse(self.came())

    def test_a_body_that_is_too_long_is_not_read(self):
        self.patch(report_door, "MOST_REPORTS", 2)
        many = self.hand_in([self.told(f"R-{number}") for number in range(3)])
        self.assert_problem(many, 413, "at most 2 reports")
        long = self.hand_in(b" " * (report_door.LONGEST + 1))
        self.assert_problem(long, 413, "bytes; at most")

    # --- who ---------------------------------------------------------------------------------------------
    def test_whoever_has_no_key_in_force_is_told_the_same(self):
        revoked, token = make_key(self.manager, may_report=True)
        revoked.with_user(self.manager).action_revoke()
        answers = set()
        for each in (token, "eco_000000000000_" + "x" * 43, "x"):
            reply = self.hand_in(self.told("R-1"), token=each)
            self.assert_problem(reply, 401, "unknown, ended or revoked")
            self.assertEqual(reply.headers["WWW-Authenticate"], 'Bearer realm="rcep-eco"')
            answers.add(reply.content)
        nobody = self.url_open(REPORTS, data=b"{}", headers={"Content-Type": "application/json"})
        answers.add(nobody.content)
        self.assertEqual(len(answers), 1)
        self.assertNotIn("Set-Cookie", nobody.headers)
        self.assertFalse(self.came())

    def test_a_key_does_what_is_ticked_and_nothing_else(self):
        _other, token = make_key(self.manager)
        self.assert_problem(self.hand_in(self.told("R-1"), token=token), 403, "Hands in production reports")

    def test_a_key_passes_no_company_wall(self):
        self.hand_in(self.told("R-1"))
        other = self.make_company("宁波另一有限公司", OTHER_USCC)
        manager = self.person("manager", other, login="other.keeper")
        _key, token = make_key(manager, may_report=True, company_id=other.id)
        self.assert_problem(self.ask(f"{REPORTS}/R-1", token), 404, "No report")
        self.assertEqual(self.hand_in(self.told("R-1", self.usual[0]), token=token).status_code, 202)
        self.run_job("_cron_apply", "rcep.production.report")
        theirs = self.reports.search([("company_id", "=", other.id)])
        self.assertEqual((theirs.state, theirs.production_id.id), ("unmatched", False))
        self.assertEqual(self.codes(theirs)[0], "order_unknown")
        self.assertEqual(self.made.rcep_report_ids.mapped("report_id"), ["R-1"])

    def test_more_than_its_calls_a_minute_are_told_when_to_come_again(self):
        self.key.with_user(self.manager).per_minute = 2
        for number in range(2):
            self.assertEqual(self.hand_in(self.told(f"R-{number}")).status_code, 202)
        late = self.hand_in(self.told("R-3"))
        self.assert_problem(late, 429, "makes 2 calls a minute")
        self.assertLessEqual(1, int(late.headers["Retry-After"]))
        self.assertLessEqual(int(late.headers["Retry-After"]), 60)
        self.assertEqual(len(self.states()), 2)

    def test_each_call_is_logged_in_words_and_without_secrets(self):
        self.hand_in(self.told("R-1"))
        self.hand_in(b"{")
        self.ask(f"{REPORTS}/{self.token}")
        calls = self.env["rcep.integration.call"].search([("key_id", "=", self.key.id)], order="id")
        self.assertEqual(calls.mapped("status"), [202, 400, 404])
        self.assertEqual(calls.mapped("outcome"), ["done", "refused", "refused"])
        self.assertEqual(calls[1].problem, "The file is no JSON in UTF-8.")
        self.assertEqual(calls[0].size, len(json.dumps(self.told("R-1"))))
        self.assertNotIn(self.token[-20:], " ".join(str(each) for each in calls.read()))

    def test_what_is_elsewhere_is_said_in_the_same_form(self):
        for path in ("/eco/mes/v1/nothing", f"{REPORTS}/a%00b"):
            self.assert_problem(self.ask(path), 404, "nothing at this address")
        wrong = self.ask(REPORTS)
        self.assert_problem(wrong, 405, "POST")
        self.assertEqual(wrong.headers["Allow"], "POST")


@tagged("post_install", "-at_install")
class TestDescription(DoorCommon):
    PATH = "/eco/mes/v1/openapi.json"

    def test_every_route_is_described_and_no_other(self):
        paths = self.url_open(self.PATH).json()["paths"]
        there = {(verb, path) for verb, path, _grant in routes(*ROOMS)} - {("get", self.PATH)}
        self.assertEqual({(verb, path) for path, calls in paths.items() for verb in calls}, there)

    def test_each_route_names_a_grant_that_a_key_can_hold(self):
        for verb, path, grant in routes(*ROOMS):
            if path != self.PATH:
                self.assertIn(grant, self.key._grants(), f"{verb} {path}")

    def test_the_form_of_a_report_is_the_schema_by_which_reports_are_read(self):
        shown = self.url_open(self.PATH).json()["components"]["schemas"]["report"]
        kept = json.loads((pathlib.Path(report_door.__file__).parents[1] / "reports/report.schema.json").read_text())
        self.assertEqual(shown["required"], kept["required"])
        self.assertEqual(set(shown["properties"]), set(kept["properties"]))

    def test_its_example_is_read(self):
        whole = self.url_open(self.PATH).json()
        example = whole["paths"][REPORTS]["post"]["requestBody"]["content"]["application/json"]["example"]
        schema = {"$ref": "#/components/schemas/report", "components": whole["components"]}
        jsonschema.validate(example, schema)
        self.assertEqual(self.hand_in(example).status_code, 202)
