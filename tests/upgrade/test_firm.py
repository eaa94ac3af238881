"""A firm at work in 19.0.1.0.0 upgrades in the middle of it: nothing that was there is lost, and everything goes on."""

import json
import subprocess
import sys

import pytest

from tools.demo_scenario import Page
from tools.paths import CHECKOUT

from .database import old_database

# {table: columns that an upgrade writes by intention}; of all others every value stays as it was
WRITTEN = {
    "rcep_certificate": {"application", "page_token", "platform_errors", "platform_error_paths"},
    "rcep_filing": {"platform_errors"},
    "rcep_origin": {"stale"},
    "rcep_platform": {"home", "page_url", "last_error"},
    "rcep_platform_event": {"environment"},
    "rcep_platform_message": {"error"},
    "rcep_verification": {"invoice_digests"},
}
STATES = """
    SELECT value FROM ir_model_fields_selection JOIN ir_model_fields field ON field.id = field_id
     WHERE field.model = 'rcep.certificate' AND field.name = 'state'"""
PAGES = """
    SELECT token, COALESCE(page.certificate_no, ''), certificate.state
      FROM rcep_verification page JOIN rcep_certificate certificate ON certificate.id = certificate_id"""
PASSED_OVER = {"write_date", "write_uid"}
# Seeds, which a new version may word anew.
SEEDED = {"rcep_party", "rcep_rule", "rcep_rule_edition"}


class Firm:
    """The database, and a stand-in platform beside it that lives through the upgrade."""

    def __init__(self, database, platform):
        self.database, self.platform = database, platform
        self.made = self.do("work", database.old)
        self.states = {row[0] for row in self.sql(STATES)}
        self.before, self.dossiers = self.rows(), self.do("dossiers", database.old)
        self.pages = self.visit(database.old)
        database.odoo(database.new, "-u", "rcep_eco")
        self.after = self.rows()

    def visit(self, configuration):
        """{token: (the certificate's state, status, state on the page, whether its number is shown)} by HTTP."""
        found = {}
        with self.database.served(configuration) as anybody:
            for token, number, state in self.sql(PAGES):
                answer = anybody.get(f"{self.database.url}/eco/{token}", timeout=60)
                shown = bool(number) and number in answer.text
                found[token] = (state, answer.status_code, Page(answer.text).state, shown)
        return found

    def do(self, role, configuration, **more):
        request = json.dumps({**self.platform, **more})
        return self.database.script("firm_at_work.py", role, configuration, self.database.name, request)

    def rows(self):
        """{table: {id: row}} of everything that is ours."""
        names = self.sql("SELECT table_name FROM information_schema.columns WHERE column_name = 'id' "
                         "AND table_name LIKE 'rcep\\_%' AND table_schema = 'public'")  # fmt: skip
        found = {}
        for (name,) in names:
            rows = [json.loads(row[0]) for row in self.sql(f'SELECT row_to_json(t) FROM "{name}" t')]
            found[name] = {row["id"]: row for row in rows}
        return found

    def sql(self, statement):
        return self.database.place.server.sql(statement, self.database.name)


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    command = [sys.executable, "-m", "ccpit_sandbox", "--port=0", "--control-port=0", "--review-seconds=0.05",
               "--filing-seconds=0", "--data", str(tmp_path_factory.mktemp("platform"))]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT, text=True)
    try:
        platform = json.loads(process.stdout.readline())
        with old_database("firm", "-i", "rcep_eco_demo", "--with-demo") as database:
            yield Firm(database, platform)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def test_a_certificate_was_there_in_every_state_of_then(firm):
    """By the old version's own list: a state that nobody thought of fails here."""
    assert len(firm.states) >= 10
    assert {row["state"] for row in firm.before["rcep_certificate"].values()} == firm.states


def test_every_dossier_opens_with_the_same_verdict_and_hash(firm):
    after = firm.do("dossiers", firm.database.new)
    assert firm.dossiers
    assert {name: after.get(name) for name in firm.dossiers} == firm.dossiers
    goods = [facts for name, facts in firm.dossiers.items() if not name.startswith("node")]
    assert [facts for facts in goods if facts[2] != facts[3] or facts[:2] != facts[4:]] == []
    assert [facts for name, facts in firm.dossiers.items() if name.startswith("node") and facts[0] != facts[1]] == []


def test_every_public_page_answers_as_before(firm):
    shown = {state for state, status, on_page, number in firm.pages.values() if status == 200 and on_page and number}
    assert shown >= {"issued", "cancelled", "replaced"}
    after = firm.visit(firm.database.new)  # certificates that had no page yet may have one by now
    assert {token: after.get(token) for token in firm.pages} == firm.pages


def test_no_row_and_no_value_is_lost(firm):
    lost = []
    for table, rows in firm.before.items():
        if table in SEEDED:
            continue
        after = firm.after.get(table, {})
        free = PASSED_OVER | WRITTEN.get(table, set())
        for identity, row in rows.items():
            now = after.get(identity, {})
            lost += [f"{table} {identity}: {name} was {value!r}, is {now.get(name)!r}" for name, value in row.items()
                     if name not in free and now.get(name) != value]  # fmt: skip
    assert lost == []


def test_what_was_approved_has_its_application_as_it_was_sent(firm):
    """What left is what the platform holds: the stored application is read from those very bytes."""
    certificates = firm.after["rcep_certificate"]
    assert len(certificates) == len(firm.made)
    for name, identity in firm.made.items():
        stored = certificates[identity]["application"]
        assert bool(stored) == (certificates[identity]["state"] != "draft"), name
    sent = {}
    for row in sorted(firm.after["rcep_platform_message"].values(), key=lambda each: each["id"]):
        if row["kind"] == "application":
            sent[row["certificate_id"]] = json.loads(row["body"])["application"]
    assert sent
    for identity, body in sent.items():
        stored = json.loads(certificates[identity]["application"])
        assert stored["declaration"] == body["declaration"]
        assert [item["description"] for item in stored["items"]] == [each["goods_name_en"] for each in body["goods"]]
        assert [item["invoice_value"] for item in stored["items"]] == [each["invoice_value"] for each in body["goods"]]


def test_everything_opens_prints_and_explains_itself(firm):
    found = firm.do("read", firm.database.new)
    assert found["opened"]
    assert found["verdicts"]
    assert all(found["dossiers"])
    for certificate in found["certificates"].values():
        assert certificate["printed"]
        assert certificate["explained"]
        assert all(certificate["explained"])
        assert certificate["page"] or certificate["state"] == "draft"


def test_everybody_finishes_what_was_begun(firm):
    """What was queued arrives, what was approved is submitted, what came back is corrected, all of it is issued."""
    ended = firm.do("go_on", firm.database.new, certificates=json.dumps(firm.made))
    assert ended["states"] == {
        "issued": "replaced", "cancelled": "cancelled", "old": "replaced", "successor": "issued", "returned": "issued",
        "replacing": "issued", "ready": "cancelled", "draft": "issued", "queued": "issued",
        "bought": "draft", "rejected": "rejected", "withdrawn": "withdrawn", "under_review": "under_review",
    }  # fmt: skip
    assert "take it back to draft and check it anew" in ended["refused"]
    assert "Item 1" in ended["asked"]
    sent = firm.sql("SELECT body FROM rcep_platform_message WHERE kind = 'application' "
                    f"AND certificate_id = {firm.made['ready']}")  # fmt: skip
    assert "/eco/" in json.loads(sent[0][0])["application"]["exporter_check_url"]


def test_mails_to_suppliers_come_with_their_new_sentences_where_nobody_wrote_in_the_template(firm):
    new = """
        SELECT COUNT(*)
          FROM mail_template template JOIN ir_model_data data ON data.res_id = template.id
         WHERE data.model = 'mail.template' AND data.name LIKE 'mail\\_template\\_declaration\\_%'
           AND template.subject ->> 'en_US' LIKE '%mail\\_text%'
           AND template.body_html ->> 'en_US' LIKE '%mail\\_text%'"""
    assert [int(count) for count, in firm.sql(new)] == [2]
