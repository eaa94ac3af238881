"""The feed of changes: what it tells and what not, by key, from where a reader stood."""

import json
from unittest import mock

import jsonschema
from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ..controllers import change_door
from ..feed.cursor import Cursor
from .common import KeyCommon, make_key
from .routes import routes

CHANGES = "/eco/erp/v1/changes"
FAR = 10**14  # a transaction that has not begun


@tagged("post_install", "-at_install")
class TestChanges(KeyCommon, HttpCase):
    """Within a test's own transaction nothing is ever settled: that alone is taken for granted here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key, cls.token = make_key(cls.manager, may_read_changes=True)
        cls.changes = cls.env["rcep.change"]
        place_of = type(cls.changes)._place
        for name, work in (
            ("_settled", lambda _self: SQL("TRUE")),
            ("_place", lambda self: (place_of(self)[0], FAR)),  # its snapshot is older than its own changes
        ):
            cls.startClassPatcher(mock.patch.object(type(cls.changes), name, work))
        cls.schemas = change_door.DESCRIPTION["components"]

    def ask(self, token=None, headers=(), **query):
        known = {"Authorization": f"Bearer {token or self.token}", **dict(headers)}
        address = "&".join(f"{name}={value}" for name, value in query.items())
        self.env.flush_all()
        return self.url_open(f"{CHANGES}?{address}", headers=known, allow_redirects=False)

    def told(self, **query):
        reply = self.ask(**query)
        self.assertEqual(reply.status_code, 200, reply.text)
        answer = reply.json()
        jsonschema.validate(answer, {"$ref": "#/components/schemas/changes", "components": self.schemas})
        return answer

    def of_kind(self, answer, kind):
        return [each for each in answer["changes"] if each["kind"] == kind]

    def verdict(self, product, **values):
        usual = {"verdict": "originating", "criterion": "RVC", "origin_country_code": "CN", "fob": 1234.5}
        known = {**usual, "rvc": "41.30", "date": self.today, "stale": False, "problem": False, **values}
        kept = self.env["rcep.origin"].search([("product_id", "=", product.id), ("company_id", "=", self.exporter.id)])
        if not kept:
            kept = kept.create({"product_id": product.id, "company_id": self.exporter.id})
        self.env.cr.precommit.run()  # what waits for a determination is noted before
        kept.write(known)
        return kept

    # --- what --------------------------------------------------------------------------------------------
    def test_a_verdict_is_told_without_its_costs(self):
        good = self.make_good("Lamp", "LAMP-7", hs_code="94051100")
        self.verdict(good)
        answer = self.told()
        (lamp,) = [each for each in self.of_kind(answer, "product") if each["reference"] == "LAMP-7"]
        self.assertEqual((lamp["verdict"], lamp["criterion"], lamp["country"], lamp["hs6"]),
                         ("originating", "RVC", "CN", "940511"))  # fmt: skip
        self.assertNotIn("1234.5", json.dumps(answer))
        self.assertNotIn("41.30", json.dumps(answer))

    def test_no_yes_is_told_while_it_is_not_certain(self):
        good = self.make_good("Lamp", "LAMP-7")
        for values in ({"stale": True}, {"problem": "A price is missing."}, {"verdict": "not_originating"}):
            with self.subTest(values):
                self.verdict(good, **values)
                (lamp,) = [each for each in self.of_kind(self.told(), "product") if each["reference"] == "LAMP-7"]
                self.assertNotEqual(lamp["verdict"], "originating")
                self.assertEqual((lamp["criterion"], lamp["country"]), (None, None))

    def test_a_certificate_is_told_and_a_specimen_is_never_issued(self):
        certificate = self.certify()
        self.assertEqual(self.of_kind(self.told(), "certificate"), [])  # a draft is nobody's business
        place(certificate, state="issued", environment="sandbox", certificate_no="C/1")
        (told,) = self.of_kind(self.told(), "certificate")
        self.assertEqual((told["state"], told["specimen"], told["number"]), ("specimen", True, "C/1"))
        place(certificate, environment="production")
        (told,) = self.of_kind(self.told(), "certificate")
        self.assertEqual((told["state"], told["specimen"]), ("issued", False))
        self.assertEqual(told["invoices"], certificate.invoice_ids.mapped("name"))
        self.assertEqual(len(told["goods"]), len(certificate.line_ids))
        self.assertNotIn(certificate.partner_id.name, json.dumps(told))

    def test_all_that_is_told_stands_in_the_list_of_borders(self):
        listed = self.env["rcep.borders"]._borders()["erp"].leaves
        for kind in self.changes._kinds().values():
            self.assertLessEqual({fact.field for fact in kind.facts.values()}, listed)
        costly = {"fob", "rvc", "margin", "dossier", "fob_floor", "lowest_fob", "partner_id", "needs"}
        self.assertEqual({each for each in listed if each.rpartition(".")[2] in costly}, set())

    # --- from where --------------------------------------------------------------------------------------
    def test_after_the_cursor_only_what_changed_since(self):
        one, two = self.make_good("One", "ONE"), self.make_good("Two", "TWO")
        self.verdict(one), self.verdict(two)
        first = self.told()
        nothing = self.told(after=first["next"])
        self.assertEqual((nothing["changes"], nothing["next"], nothing["more"]), ([], first["next"], False))
        self.verdict(two, verdict="not_originating")
        self.env.cr.execute("UPDATE rcep_change SET committed_in = committed_in - 1")  # all is one transaction here
        before = Cursor.parse(first["next"])
        cursor = before._replace(committed_in=before.committed_in - 1)
        self.assertEqual([each["reference"] for each in self.told(after=cursor)["changes"]], ["TWO"])

    def test_a_page_after_the_other_tells_each_once(self):
        for number in range(5):
            self.verdict(self.make_good(f"Good {number}", f"GOOD-{number}"))
        whole = self.told()["changes"]
        seen, cursor, more = [], "", True
        while more:
            answer = self.told(limit=2, after=cursor)
            self.assertLessEqual(len(answer["changes"]), 2)
            seen, cursor, more = seen + answer["changes"], answer["next"], answer["more"]
        self.assertEqual(seen, whole)

    def test_what_is_no_longer_there_is_told_to_be_gone(self):
        good = self.make_good("Lamp", "LAMP-7")
        self.verdict(good)
        self.told()
        good.active = False
        (lamp,) = [each for each in self.told()["changes"] if each["reference"] == "LAMP-7"]
        self.assertIs(lamp["gone"], True)
        self.assertNotIn("verdict", lamp)

    def test_nothing_new_is_a_304_and_writes_nothing(self):
        self.verdict(self.make_good("Lamp", "LAMP-7"))
        first = self.ask()
        noted = self.changes.search([]).mapped("told_at")
        again = self.ask(headers={"If-None-Match": first.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.env.invalidate_all()
        self.assertEqual(self.changes.search([]).mapped("told_at"), noted)

    def test_a_cursor_of_another_database_begins_again(self):
        cursor = Cursor.parse(self.told()["next"])
        for gone in (cursor._replace(place="0" * 12), cursor._replace(committed_in=10**15)):
            reply = self.ask(after=gone)
            self.assertEqual((reply.status_code, reply.json()["type"]), (410, "urn:rcep-eco:problem:cursor_gone"))
            self.assertIn("begin again without after", reply.json()["detail"])

    def test_after_a_restore_all_is_told_anew(self):
        self.verdict(self.make_good("Lamp", "LAMP-7"))
        self.told()
        self.env.cr.execute("UPDATE rcep_change SET place = 'ffffffffffff', committed_in = 10 ^ 15")
        self.told()
        self.env.cr.execute("SELECT max(committed_in) FROM rcep_change")
        self.assertLess(self.env.cr.fetchone()[0], 10**15)

    # --- who ---------------------------------------------------------------------------------------------
    def test_another_company_s_key_is_told_nothing_of_it(self):
        self.verdict(self.make_good("Lamp", "LAMP-7"))
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        _key, token = make_key(self.person("manager", other), may_read_changes=True, company_id=other.id)
        self.assertNotIn("LAMP-7", self.ask(token=token).text)

    def test_a_key_without_the_grant_is_refused(self):
        _key, token = make_key(self.manager)
        self.assertEqual(self.ask(token=token).status_code, 403)

    def test_what_is_not_described_is_refused_in_a_sentence(self):
        for query, words in (
            ({"after": "yesterday"}, "no cursor"),
            ({"limit": "0"}, "from 1 to 1000"),
            ({"limit": "²"}, "from 1 to 1000"),
            ({"since": "1"}, "known are after and limit"),
        ):
            reply = self.ask(**query)
            self.assertEqual(reply.status_code, 400)
            self.assertIn(words, reply.json()["detail"])

    def test_the_description_names_every_door(self):
        known = {(verb, path, f"Grant: {grant}.") for verb, path, grant in routes(change_door) if grant}
        described = {
            (verb, path, call["description"][call["description"].rindex("Grant: ") :])
            for path, calls in change_door.DESCRIPTION["paths"].items()
            for verb, call in calls.items()
        }
        self.assertEqual(known, described)

    def test_many_products_are_no_more_statements(self):
        counts = []
        for number in range(12):
            self.verdict(self.make_good(f"Good {number}", f"GOOD-{number}"))
            if number in (1, 11):
                self.env.flush_all()
                before = self.env.cr.sql_log_count
                self.changes._tell(self.exporter, None, 100)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
