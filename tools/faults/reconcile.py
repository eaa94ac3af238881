"""The end of a faults run: every certificate in the platform's database, compared with Odoo's.

Both are read as they lie on disk, after everything came to rest, past both programs.
"""

import base64
import collections
import json

from tools.faults.actors import VESSEL

LIVE = ("draft", "submitted", "under_review", "returned", "issued")
ALIKE = ("state", "revision", "certificate_no", "digest")
CERTIFICATES = f"""
    SELECT certificate.id, name, client_ref, certificate.state, certificate.revision, sequence,
           COALESCE(certificate_no, '') AS certificate_no, old_certificate_id,
           (SELECT digest FROM rcep_platform_message AS message WHERE message.certificate_id = certificate.id
               AND kind = 'application' AND state = 'delivered' ORDER BY message.id DESC LIMIT 1) AS digest
      FROM rcep_certificate AS certificate WHERE vessel = '{VESSEL}'"""  # noqa: S608  (a constant of ours)
MESSAGES = """
    SELECT message.kind, message.state, message.error_coded AS error, message.waits_for_person, message.revision,
           certificate.revision AS now, certificate.state AS certificate
      FROM rcep_platform_message AS message LEFT JOIN rcep_certificate AS certificate
        ON certificate.id = message.certificate_id"""
EVENTS = "SELECT event_id, handling FROM rcep_platform_event"


class Reconciliation:
    """Both databases side by side; `differences` names everything that does not agree, in sentences."""

    def __init__(self, place, instance, side):
        self._place, self._instance, self._side = place, instance, side
        self.differences: list[str] = []
        self.counts: dict[str, object] = {}

    def compare(self) -> None:
        """Fill `counts` and `differences`."""
        certificates = self._rows(CERTIFICATES)
        there = self._side.applications()
        self._compare_certificates(certificates, there)
        self._compare_numbers(certificates, there)
        self._compare_invoices(there)
        self._compare_messages(self._side.revisions())
        self._compare_events(self._side.events())
        self.differences += self._side.differences(self._rows)
        self.counts["states"] = dict(collections.Counter(each["state"] for each in certificates))
        self.counts["revisions"] = dict(collections.Counter(str(each["revision"]) for each in certificates))

    def unread(self) -> int:
        """Events of the platform that Odoo has not taken in or has not looked at."""
        inbox = self._rows(EVENTS)
        looked_at = {each["event_id"] for each in inbox if each["handling"] != "waiting"}
        return len(set(self._side.events()) - looked_at)

    def _rows(self, statement) -> list[dict]:
        listed = f"SELECT COALESCE(json_agg(row), '[]') FROM ({statement}) AS row"  # noqa: S608  (a constant of ours)
        answer = self._place.server.sql(listed, self._instance.database)
        return json.loads("\n".join(line[0] for line in answer))

    def _compare_certificates(self, certificates, there):
        by_reference = collections.defaultdict(list)
        for application in there:
            by_reference[application["client_ref"]].append(application)
        sent = [each for each in certificates if each["revision"]]
        self.counts["certificates"], self.counts["applications"] = len(sent), len(there)
        for each in sent:
            found = by_reference.pop(each["client_ref"], [])
            if not found and each["state"] == "withdrawn" and not each["sequence"]:
                continue  # taken back before the platform ever had it
            if len(found) != 1:
                self._differ(f"{each['name']}: {len(found)} applications at the platform instead of one")
                continue
            for fact in ALIKE:
                ours, theirs = each[fact] or "", found[0][fact] or ""
                if ours != theirs:
                    self._differ(f"{each['name']}: {fact} is {ours} in Odoo and {theirs} at the platform")
        for client_ref in by_reference:
            self._differ(f"{client_ref}: the platform holds an application that Odoo does not know")

    def _compare_numbers(self, certificates, there):
        for side, rows in (("Odoo", certificates), ("the platform", there)):
            numbers = collections.Counter(each["certificate_no"] for each in rows if each["certificate_no"])
            for number, count in numbers.items():
                if count > 1:
                    self._differ(f"certificate number {number} is used {count} times in {side}")
        self.counts["numbers"] = sum(1 for each in certificates if each["certificate_no"])

    def _compare_invoices(self, there):
        live = collections.Counter()
        for application in there:
            if application["state"] in LIVE:
                live.update(application["invoices"])
        for number, count in live.items():
            if count > 1:
                self._differ(f"invoice {number} is on {count} live applications")
        self.counts["live_invoices"] = len(live)

    def _compare_messages(self, revisions):
        """Each message arrived, or failed for a reason that its certificate shows."""
        messages = self._rows(MESSAGES)
        states = collections.Counter(f"{each['kind']} {each['state']}" for each in messages)
        self.counts["messages"] = dict(sorted(states.items()))
        arrived = sum(1 for each in messages if each["kind"] == "application" and each["state"] == "delivered")
        if arrived != revisions:
            self._differ(f"{arrived} application messages count as delivered, the platform took {revisions} revisions")
        for each in messages:
            if each["state"] not in ("delivered", "failed"):
                self._differ(f"a message of kind {each['kind']} is still {each['state']}: {each['error']}")
            elif each["state"] == "failed" and not each["error"]:
                self._differ(f"a message of kind {each['kind']} failed without a word")
            elif each["state"] == "failed" and each["kind"] == "application" and each["revision"] == each["now"] \
                    and each["certificate"] != "withdrawn":
                self._differ(f"the last revision of an application failed: {each['error']}")

    def _compare_events(self, events):
        inbox = self._rows(EVENTS)
        ours = collections.Counter(each["event_id"] for each in inbox)
        missing, doubled = set(events) - set(ours), [one for one, count in ours.items() if count > 1]
        waiting = [each for each in inbox if each["handling"] in ("waiting", "foreign")]
        self.counts["events"] = dict(collections.Counter(each["handling"] for each in inbox))
        for found, words in ((missing, "never reached Odoo"), (doubled, "are stored twice"), (waiting, "wait")):
            if found:
                self._differ(f"{len(found)} events {words}")

    def _differ(self, sentence):
        self.differences.append(sentence)


class Secrets:
    """Looks for what must stay secret in everything that users or logs can show."""

    SECRET_COLUMNS = {  # where they may stand
        "rcep_platform": ("client_secret", "filer_person_id"),
        "rcep_platform_message": ("body_personal",),
    }
    MARKS = ("PRIVATE KEY-----", "Bearer ", "Basic ")  # in logs: how a secret looks, whatever it is

    def __init__(self, place, instance, secrets: list[str]):
        self._place, self._instance = place, instance
        self._secrets = secrets

    def search(self) -> list[str]:
        """Where a secret was found: a log, or a table; the columns that keep it are passed over."""
        return sorted({*self._in_logs(), *self._in_tables()})

    def _in_logs(self):
        for path in self._instance.folder.glob("*.log"):
            text = path.read_text(errors="replace")
            yield from (path.name for secret in (*self.MARKS, *self._secrets) if secret in text)

    def _in_tables(self):
        server, database = self._place.server, self._instance.database
        for (table,) in server.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database):
            row = "".join(["to_jsonb(row)", *(f" - '{column}'" for column in self.SECRET_COLUMNS.get(table, ()))])
            found = " OR ".join(f"position('{secret}' IN ({row})::text) > 0" for secret in self._secrets)
            # A database made for this run, secrets made by the sandbox and by Odoo: letters, digits, and no quote.
            if server.sql(f'SELECT 1 FROM "{table}" AS row WHERE {found} LIMIT 1', database):  # noqa: S608  (see above)
                yield f"table {table}"


def secrets_of(place, instance, actors) -> list[str]:
    """The client secret, which only the database has, and a line out of each private key."""
    admin = actors.user("admin")
    rows = place.server.sql("SELECT client_secret FROM rcep_platform WHERE client_secret <> ''", instance.database)
    keys = admin.do("certificate.key", "search_read", [["public", "=", False]], ["pem_key"])
    lines = [base64.b64decode(key["pem_key"]).decode().splitlines()[1] for key in keys if key["pem_key"]]
    return [*(secret for (secret,) in rows), *lines]
