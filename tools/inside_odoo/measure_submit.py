"""Measures the link inside Odoo processes, each on its own: ``python measure_submit.py ROLE CONFIGURATION DATABASE …``.

=======  ==================================================================================================
role     what it does; one JSON line is what it found
=======  ==================================================================================================
prepare  connects the demo firm with the stand-in of REQUEST (JSON), files its good, makes COUNT certificates
queue    puts an application of each of them into the outbox, under a new reference
send     is one sender: delivers until nothing is due
events   takes in and applies COUNT events, ten of each certificate
poll     reads a feed in which nothing is new
=======  ==================================================================================================

The database is a throw-away copy of the demo.
"""

import datetime
import importlib
import json
import resource
import sys
import time
import uuid
from unittest import mock

import requests
from odoo import SUPERUSER_ID, Command, api, fields
from odoo.modules.registry import Registry
from odoo.tools import SQL, config

VESSEL = "BENCH"
COPIES = {"rcep_certificate": "id", "rcep_certificate_line": "certificate_id"}
EVENTS_EACH = 10
WRITES = ("INSERT", "UPDATE", "DELETE")
GOOD, QUANTITY, PRICE = "YJ-H110", 8000, 0.74


def resident():
    """MiB of memory that this process has now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def firm(env):
    """The demo firm, at which everything is done."""
    company = env.ref("rcep_eco_demo.company")
    return company, env(context={"allowed_company_ids": company.ids, "lang": "en_US"})


def link():
    """The link's package, which can be imported once Odoo knows where add-ons are."""
    return importlib.import_module("odoo.addons.rcep_eco.link")


# --- roles
def prepare(env, request, count):
    """One certificate through Odoo, the others as copies of its rows."""
    count, (company, env) = int(count), firm(env)
    _connect(env, json.loads(request))
    clerk, signer = (env.ref(f"rcep_eco_demo.user_{name}") for name in ("clerk", "signer"))
    product = env["product.product"].search([("default_code", "=", GOOD), ("company_id", "=", company.id)])
    line = {"product_id": product.id, "quantity": QUANTITY, "price_unit": PRICE, "tax_ids": [Command.clear()]}
    invoice = env["account.move"].with_user(clerk).create({
        "move_type": "out_invoice", "partner_id": env.ref("rcep_eco_demo.customer_vn").id,
        "currency_id": env.ref("base.USD").id, "invoice_date": fields.Date.context_today(clerk),
        "invoice_incoterm_id": env.ref("account.incoterm_FOB").id, "invoice_line_ids": [Command.create(line)],
    })
    invoice.action_post()
    first = env["rcep.certificate"].browse(invoice.action_create_rcep_certificate()["res_id"])
    first.with_user(clerk).write({"means": "sea", "vessel": VESSEL, "port_discharge": "HAI PHONG"})
    first.with_user(signer).action_approve()
    first.with_user(signer).action_submit()
    env.cr.commit()
    for _again in range(10):  # the filing, then the application after it
        env["rcep.platform.message"].search([("state", "=", "queued")]).next_try = fields.Datetime.now()
        env["rcep.platform.message"]._cron_deliver()
    for _copy in range(count):
        _copy_rows(env, first)
    env.cr.commit()
    states = env["rcep.platform.message"]._read_group([], ["state"], ["__count"])
    return {"certificates": count, "messages": dict(states)}


def _connect(env, request):
    platform = env.ref("rcep_eco_demo.platform")
    platform.action_generate_key()
    platform.base_url = request["sandbox"]
    company = platform.company_id
    credentials = platform._client().enrol(link().onboarding.Enrolment(
        name=company.name, uscc=company.rcep_uscc, key_id=platform.key_name, public_key_pem=platform.public_key_pem))
    platform.write({"client_id": credentials.client_id, "client_secret": credentials.client_secret})
    env.cr.commit()


def _copy_rows(env, first):
    new = None
    for table, key in COPIES.items():
        names = [row[0] for row in _rows(env, SQL(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'", table))]
        given = {"name": f"BENCH/{uuid.uuid4()}", "client_ref": str(uuid.uuid4())} if key == "id" else {key: new}
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        values = SQL(", ").join(SQL("%s", given[name]) if name in given else SQL.identifier(name) for name in names)
        copied = _rows(env, SQL("INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s = %s RETURNING id",
                                SQL.identifier(table), columns, values, SQL.identifier(table), SQL.identifier(key),
                                first.id))
        new = new or copied[0][0]
    invoices = env["rcep.certificate"]._fields["invoice_ids"]
    env.cr.execute(SQL("INSERT INTO %s (%s, %s) SELECT %s, id FROM unnest(%s) AS id", SQL.identifier(invoices.relation),
                       SQL.identifier(invoices.column1), SQL.identifier(invoices.column2), new, first.invoice_ids.ids))


def _rows(env, statement):
    env.cr.execute(statement)
    return env.cr.fetchall()


def queue(env):
    """New references, so that the platform knows none of them."""
    _company, env = firm(env)
    certificates = env["rcep.certificate"].search([("vessel", "=", VESSEL), ("name", "like", "BENCH/%")])
    env.cr.execute(SQL("UPDATE rcep_certificate SET client_ref = gen_random_uuid(), state = 'submitted', sequence = 0, "
                       "application = NULL WHERE id = ANY(%s)", certificates.ids))
    env.invalidate_all()
    platform = env.ref("rcep_eco_demo.platform")
    profile, outbox = platform._profile(), env["rcep.platform.message"]
    with mock.patch.object(type(outbox), "_wake_senders"):  # no job runs here: senders are processes of their own
        for certificate in certificates:
            body = profile.application_body(certificate._application(), certificate.revision, True)
            outbox._put(platform, "application", body, certificate=certificate)
    env.cr.commit()
    return {"queued": len(certificates)}


def send(env):
    """One sender, warm: the time runs from its first claim to its last answer."""
    outbox, memory = env["rcep.platform.message"], []
    plain = type(outbox)._write_down

    def written(self, *arguments):
        memory.append(resident())
        return plain(self, *arguments)

    outbox.search(outbox._due_domain(), limit=1).mapped("certificate_id.name")  # whatever is loaded once
    env.cr.commit()
    print("ready", flush=True)
    sys.stdin.readline()  # all senders begin at once
    with mock.patch.object(type(outbox), "_write_down", written):
        began = time.time()
        outbox._cron_deliver()
        ended = time.time()
    warm = memory[len(memory) // 10 :]
    env.invalidate_all()
    refused = outbox.search([("kind", "=", "application"), ("state", "=", "failed")], limit=1)
    if refused:
        raise SystemExit(f"The platform refused an application: {refused.error}")
    return {"sent": len(memory), "began": began, "ended": ended,
            "grown_mib": round(warm[-1] - warm[0], 1) if warm else 0.0, "resident_mib": round(resident())}


def events(env, count):
    """Each taken in by a transaction of its own, as a push is; then all applied."""
    _company, env = firm(env)
    certificates = env["rcep.certificate"].search(
        [("vessel", "=", VESSEL), ("name", "like", "BENCH/%")], limit=int(count) // EVENTS_EACH)
    platform, inbox = env.ref("rcep_eco_demo.platform"), env["rcep.platform.event"]
    now = datetime.datetime.now(datetime.timezone.utc)
    made = [
        link().event.Event(
            event_id=str(uuid.uuid4()), client_ref=certificate.client_ref, sequence=number + 2, revision=1,
            state="under_review" if number % 2 else "submitted", occurred_at=now)
        for number in range(EVENTS_EACH) for certificate in certificates
    ]
    began = time.perf_counter()
    for event in made:
        inbox._receive(platform, event, "push")
        env.cr.commit()
    received = time.perf_counter()
    inbox._cron_apply()
    applied = time.perf_counter()
    states = dict(inbox._read_group([], ["handling"], ["__count"]))
    return {"events": len(made), "received_per_second": len(made) / (received - began),
            "applied_per_second": len(made) / (applied - received), "left": states.get("waiting", 0),
            "resident_mib": round(resident())}


def poll(env, control):
    """Requests and statements that write, of one look at a feed in which nothing is new."""
    inbox = env["rcep.platform.event"]
    inbox._cron_follow()  # reads whatever there is
    written = []
    plain = type(env.cr).execute

    def counted(self, query, *parameters, **options):
        text = query.code if isinstance(query, SQL) else str(query)
        written.extend([text] if text.lstrip().upper().startswith(WRITES) else ())
        return plain(self, query, *parameters, **options)

    before = _asked(control)
    with mock.patch.object(type(env.cr), "execute", counted):
        began = time.perf_counter()
        inbox._cron_follow()
        seconds = time.perf_counter() - began
    after = _asked(control)
    return {"requests": sum(after.values()) - sum(before.values()), "writes": len(written), "ms": seconds * 1000}


def _asked(control):
    counts = requests.get(f"{control}/requests", timeout=10).json()
    return {name: count for name, count in counts.items() if isinstance(count, int)}


ROLES = {role.__name__: role for role in (prepare, queue, send, events, poll)}


def main():
    role, configuration, database, *rest = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        found = ROLES[role](api.Environment(cr, SUPERUSER_ID, {}), *rest)
        cr.commit()
    print(json.dumps(found, default=str))


if __name__ == "__main__":
    main()
