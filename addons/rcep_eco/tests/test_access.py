"""Who may do what: each group on each model, what only some may read, and one company's records from another's."""

import base64
import datetime
import itertools
from decimal import Decimal
from unittest import mock

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OTHER_USCC, EcoCommon, place

EVERYONE = ("employee", "auditor", "clerk", "signer", "engineer", "manager")
READERS = ("auditor", "clerk", "signer", "engineer", "manager")
PREPARERS = ("clerk", "signer")
CODERS = (*PREPARERS, "engineer")
# Per model: who reads, writes, creates and deletes.
RIGHTS = {
    "rcep.party": (EVERYONE, ("engineer",), ("engineer",), ()),
    "rcep.rule.edition": (EVERYONE, ("engineer",), ("engineer",), ()),
    "rcep.rule": (EVERYONE, ("engineer",), ("engineer",), ()),
    "rcep.tariff.differential": (EVERYONE, ("engineer",), ("engineer",), ("engineer",)),
    "rcep.hs.code": (EVERYONE, ("engineer",), (), ()),
    "rcep.national.code": (READERS, CODERS, CODERS, CODERS),
    "rcep.price.deduction": (("engineer",), ("engineer",), ("engineer",), ("engineer",)),
    "rcep.market": (READERS, ("engineer",), ("engineer",), ()),
    "rcep.market.plan": (READERS, (), (), ()),
    "rcep.market.rollout": (READERS, ("engineer", "manager"), ("engineer", "manager"), ("engineer", "manager")),
    "rcep.known.fact": (READERS, ("engineer", "manager"), ("engineer", "manager"), ("engineer", "manager")),
    "rcep.drift": (READERS, (), (), ()),
    "rcep.scenario": (("engineer",), ("engineer",), ("engineer",), ("engineer",)),
    "rcep.scenario.line": (("engineer",), ("engineer",), ("engineer",), ("engineer",)),
    "rcep.refusal.cause": (READERS, ("engineer", "manager"), ("engineer", "manager"), ()),
    "rcep.recognition": (READERS, (), (*PREPARERS, "manager"), ()),
    "rcep.recognition.request": ((*PREPARERS, "manager"), (*PREPARERS, "manager"), (*PREPARERS, "manager"), ()),
    "rcep.recognition.rate": (READERS, (), (), ()),
    "rcep.customs.query": (READERS, (*PREPARERS, "manager"), (*PREPARERS, "manager"), (*PREPARERS, "manager")),
    "rcep.customs.query.paper": (READERS, (*PREPARERS, "manager"), (), ()),
    "rcep.firm.check": (READERS, ("engineer", "manager"), ("engineer", "manager"), ("engineer", "manager")),
    "rcep.origin": (READERS, (), (), ()),
    "rcep.dossier": ((), (), (), ()),  # of all companies: a verdict leads to its own
    "rcep.supplier.declaration": (READERS, ("engineer",), ("engineer",), ("engineer",)),
    "rcep.declaration.request": (("engineer",), ("engineer",), ("engineer",), ()),
    "rcep.forwarded.question": (("engineer",), (), (), ()),
    "rcep.certificate": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.certificate.line": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.certificate.deadline": (READERS, (), (), ()),
    "rcep.certificate.attachment": (READERS, PREPARERS, PREPARERS, PREPARERS),
    "rcep.certificate.acceptance": (READERS, (), (), ()),
    "rcep.filing": (READERS, (), (), ()),
    "rcep.platform": (READERS, ("manager",), ("manager",), ("manager",)),
    "rcep.platform.message": (READERS, (), (), ()),
    "rcep.signing.key": (READERS, (), (), ()),
    "rcep.platform.event": (READERS, (), (), ()),
    "rcep.number.series": (READERS, ("manager",), (), ()),
    "rcep.application.number": (READERS, (), (), ()),
    "rcep.conformance.run": (READERS, (), (), ()),
    "rcep.conformance.case": (READERS, (), (), ()),
}
OPERATIONS = ("read", "write", "create", "unlink")
# What only some may read, wherever it stands.
SECRETS = {
    ("rcep.certificate.line", "dossier"): ("engineer",),
    ("rcep.certificate.line", "explanation"): ("engineer",),
    ("rcep.drift", "dossier"): ("engineer",),
    ("rcep.drift", "difference"): ("engineer",),
    ("rcep.drift", "explanation"): ("engineer",),
    ("rcep.origin", "dossier"): ("engineer",),
    ("rcep.origin", "explanation"): ("engineer",),
    ("rcep.declaration.request", "nonce"): (),
    ("rcep.signing.key", "private_key_id"): (),
    ("rcep.forwarded.question", "nonce"): (),
    ("rcep.forwarded.question", "link"): (),
    ("rcep.forwarded.question", "firm"): (),
    ("rcep.forwarded.question", "asker"): (),
    ("rcep.forwarded.question", "email"): (),
    ("rcep.forwarded.question", "item"): (),
    ("rcep.forwarded.question", "name"): (),
    ("rcep.forwarded.question", "document"): (),
    ("rcep.forwarded.question", "reason"): (),
    ("rcep.forwarded.question", "answered_by"): (),
    ("rcep.recognition.request", "nonce"): (),
    ("rcep.customs.query", "package_pdf"): ("engineer", "manager"),
    ("rcep.customs.query", "package_zip"): ("engineer", "manager"),
    ("rcep.platform.message", "body"): ("engineer",),
    ("rcep.platform.message", "body_personal"): ("manager",),
    ("rcep.platform", "client_secret"): (),
    ("rcep.platform", "filer_person_id"): ("manager",),
    ("rcep.platform", "private_key_id"): ("manager",),
    ("rcep.platform", "public_key_pem"): ("manager",),
}


@tagged("post_install", "-at_install")
class TestAccess(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in EVERYONE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.visitor", group)
        cls.platform = cls.make_platform()
        cls.lamp.action_rcep_determine()
        vietnam = cls.env.ref("rcep_eco.party_vn")
        cls.env["rcep.tariff.differential"].create({"party_id": vietnam.id, "code": "02011000"})
        cls.env["rcep.national.code"].create(
            {"product_tmpl_id": cls.lamp.product_tmpl_id.id, "party_id": vietnam.id, "code": "94054290"}
        )
        price = {"partner_id": cls.supplier.id, "company_id": cls.exporter.id, "price": 40.0}
        price |= {"product_id": cls.lamp.id, "product_tmpl_id": cls.lamp.product_tmpl_id.id}
        cls.env["rcep.price.deduction"].create(
            {"seller_id": cls.env["product.supplierinfo"].create(price).id, "kind": "transport", "amount": 1.0}
        )
        cls.certificate = cls.certify()
        cls.certificate.line_ids.marks = "SEE INVOICE"
        warned = cls.certificate._open_warnings()
        cls.certificate._accept({fingerprint: "As agreed" for _finding, fingerprint in warned})
        cls.certificate.departure_date = cls.today
        place(cls.certificate, state="submitted", signer_id=cls.people["signer"].id, environment="sandbox")
        cls.certificate._queue(cls.platform)
        cls.certificate.flush_recordset()
        cls.platform.filer_person_id = "330200199001010000"
        series = cls.env["rcep.number.series"].create({"platform_id": cls.platform.id, "name": "RC26MA2AEXAM0"})
        cls.env["rcep.application.number"].create(
            {"name": f"{series.name}0001", "certificate_id": cls.certificate.id}
        )
        messages = cls.env["rcep.platform.message"].search([("company_id", "=", cls.exporter.id)])
        messages.body_personal = "<Applicant>330200199001010000</Applicant>"
        cls.env["rcep.platform.event"].create(
            {
                "platform_id": cls.platform.id,
                "event_id": "e-1",
                "client_ref": cls.certificate.client_ref,
                "certificate_id": cls.certificate.id,
                "source": "feed",
            }
        )
        run = {"platform_id": cls.platform.id, "environment": "sandbox", "profile": cls.platform.profile}
        case = {"case": "token", "title_en": "A token is fetched", "outcome": "passed"}
        cls.env["rcep.conformance.run"].create({**run, "line_ids": [Command.create(case)]})
        cls.supplier.email = "sales@lamp-works.example"
        wanted = {cls.supplier: cls.make_good("Socket", "SOCKET")}
        asked = cls.env["rcep.declaration.request"]._ask(cls.exporter, wanted)
        cls.env["rcep.forwarded.question"].create(
            {"declaration_id": asked.declaration_ids.id, "tier": 2, "branch": "1", "asker": "a", "firm": "b",
             "item": "c", "document": base64.b64encode(b"%PDF-")}
        )  # fmt: skip
        papers = cls.env["rcep.certificate.attachment"]
        with mock.patch.object(type(papers), "_check_takes_attachments", lambda _self: None):
            paper = {"name": "a.pdf", "content": base64.b64encode(b"%PDF-")}
            papers.create({"certificate_id": cls.certificate.id, **paper})
        cls.env["rcep.signing.key"].with_user(cls.people["manager"]).with_company(cls.exporter).action_make_key()
        cls.env["rcep.market.rollout"].create({"market_id": cls.env.ref("rcep_eco.market_vn").id})
        cls.env["rcep.drift"]._mark(cls.exporter, cls.certificate.line_ids.product_id.ids, datetime.date(2026, 1, 1))
        scenario = {"product_id": cls.lamp.id, "company_id": cls.exporter.id, "fob": 50}
        line = Command.create({"place": "a", "name": "a"})
        cls.env["rcep.scenario"].create({**scenario, "line_ids": [line]})
        drift = cls.env["rcep.drift"].search([("company_id", "=", cls.exporter.id)])
        drift.write(drift._stored_answer_values(*cls.lamp._rcep_determine(cls.exporter, Decimal(60), cls.today)))
        issued = cls.certify()
        place(issued, state="issued", environment="production", issued_at="2026-05-01 08:00:00")
        cls.customer.email = "import@saigon-light.example"
        cls.env["rcep.recognition"].create({"certificate_id": issued.id, "outcome": "refused"})
        cls.env["rcep.recognition.request"].create({"certificate_id": issued.id})
        query = cls.env["rcep.customs.query"].create({"certificate_id": issued.id})
        query.paper_ids.create({"query_id": query.id, "key": "certificate", "name": "The certificate"})
        query._write_moved(package_pdf=base64.b64encode(b"%PDF-"), package_zip=base64.b64encode(b"PK"))
        cls.env["rcep.firm.check"].create(
            {"market_id": cls.env.ref("rcep_eco.market_vn").id, "cause_id": cls.env.ref("rcep_eco.cause_value").id}
        )
        cls.env.flush_all()  # the plan of markets is a query
        cls.records = {
            model: cls.env[model].search([("company_id", "=", cls.exporter.id)])
            if "company_id" in cls.env[model] and model != "rcep.national.code"  # the product's, which is of all
            else cls.env[model].search([], limit=1)
            for model in RIGHTS
        }
        cls.records["rcep.origin"] = cls.records["rcep.origin"].filtered("verdict")  # others wait for theirs

    def as_seen_by(self, user, records):
        """The records as a request of this user gets them: without this test's context."""
        return records.with_env(self.env(user=user, context={"lang": "en_US"}))

    # --- groups ------------------------------------------------------------------------------------------
    def test_each_group_has_exactly_its_rights(self):
        for model, rights in RIGHTS.items():
            self.assertTrue(self.records[model], model)
            for operation, allowed in zip(OPERATIONS, rights, strict=True):
                for name, user in self.people.items():
                    with self.subTest(f"{name} {operation} {model}"):
                        records = self.records[model].with_user(user)
                        self.assertEqual(records.has_access(operation), name in allowed)

    def test_the_table_above_names_every_model(self):
        known = self.env["ir.model.data"].search([("module", "=", "rcep_eco"), ("model", "=", "ir.model")])
        models = {self.env["ir.model"].browse(data.res_id).model for data in known}
        ours = (self.env[model] for model in models if model.startswith("rcep."))
        values = {model._name for model in ours if not (model._transient or model._abstract)}
        self.assertEqual(values, set(RIGHTS))

    def test_secrets_are_read_only_by_who_must(self):
        for (model, field), allowed in SECRETS.items():
            for name, user in self.people.items():
                records = self.records[model].with_user(user)
                with self.subTest(f"{name} reads {model}.{field}"), mute_logger("odoo.addons.base.models.ir_rule"):
                    if name in allowed:
                        self.assertTrue(all(row[field] for row in records.read([field])))
                        continue
                    with self.assertRaises(AccessError):
                        records.read([field])
                    if name in READERS:
                        self.assertNotIn(field, records.fields_get())

    def test_a_secret_cannot_be_guessed_by_searching_for_it(self):
        for (model, field), allowed in SECRETS.items():
            if not self.env[model]._fields[field].store:
                continue
            for name in set(READERS) - set(allowed):
                with self.subTest(f"{name} searches {model}.{field}"), self.assertRaises(AccessError):
                    self.env[model].with_user(self.people[name]).search([(field, "!=", False)])

    def test_every_screen_opens_for_everyone_who_may_read(self):
        place(self.certificate, state="draft")
        for model, name in itertools.product(RIGHTS, READERS):
            if name not in RIGHTS[model][0]:
                continue
            with self.subTest(f"{name} opens {model}"):
                record = self.records[model][:1].with_user(self.people[name])
                form = Form(record)
                self.assertEqual(form.id, record.id)
                views = record.get_views([(False, "list"), (False, "search")])["views"]
                asked = {field: {} for field in record.fields_get() if f'"{field}"' in views["list"]["arch"]}
                self.assertEqual(record.web_read(asked)[0]["id"], record.id)

    def test_a_good_on_a_certificate_opens_for_everyone_who_may_read(self):
        for name in READERS:
            with self.subTest(name):
                line = self.certificate.line_ids.with_user(self.people[name])
                self.assertEqual(Form(line, view="rcep_eco.view_certificate_line_form").product_id, self.lamp)

    def test_an_employee_sees_products_without_their_origin(self):
        form = Form(self.lamp.product_tmpl_id.with_user(self.people["employee"]))
        self.assertNotIn("rcep_origin_ids", form._view["fields"])

    def test_whoever_reads_the_verdict_may_have_it_determined_anew(self):
        for name in READERS:
            with self.subTest(name):
                self.lamp.with_user(self.people[name]).action_rcep_determine()
                self.assertEqual(self.lamp.with_user(self.people[name]).rcep_verdict, "originating")

    # --- the connection ----------------------------------------------------------------------------------
    def test_only_a_connection_manager_touches_the_connection(self):
        for name in set(READERS) - {"manager"}:
            platform = self.platform.with_user(self.people[name])
            for action in (platform.action_generate_key, platform.action_test):
                with (
                    self.subTest(name),
                    self.assertRaisesRegex(UserError, "Only a connection manager may do this: ask one"),
                ):
                    action()
            with self.subTest(f"{name} retries"), self.assertRaisesRegex(UserError, "Only a connection manager"):
                self.records["rcep.platform.message"].with_user(self.people[name]).action_retry()

    def test_a_manager_makes_keys_without_reading_others(self):
        platform = self.platform.with_user(self.people["manager"])
        before = platform.public_key_pem
        platform.action_generate_key()
        self.assertNotEqual(platform.public_key_pem, before)
        self.assertTrue(platform.public_key_pem.startswith("-----BEGIN PUBLIC KEY-----"))
        self.assertEqual(platform.key_name, f"{self.exporter.rcep_uscc}-2")
        with self.assertRaises(AccessError):
            platform.private_key_id.read(["content"])

    def test_no_copy_of_a_private_key_stands_in_the_search_index(self):
        self.platform.with_user(self.people["manager"]).action_generate_key()
        key = self.platform.private_key_id
        files = self.env["ir.attachment"].search(
            [("res_model", "=", key._name), ("res_id", "=", key.id), ("res_field", "!=", False)]
        )
        self.assertEqual(set(files.mapped("res_field")), {"content", "pem_key"})
        self.assertFalse(any(files.mapped("index_content")))

    def test_a_manager_takes_no_other_key_of_the_company(self):
        key = self.env["certificate.key"]._generate_ec_private_key(self.exporter, name="of the tax office")
        platform = self.platform.with_user(self.people["manager"])
        with self.assertRaisesRegex(Exception, "no other can be chosen"):
            platform.write({"private_key_id": key.id})

    # --- companies ---------------------------------------------------------------------------------------
    def test_one_company_sees_nothing_of_another(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        for name in READERS:
            stranger = self.person(name, company=other)
            for model, records in self.records.items():
                if "company_id" not in self.env[model] or name not in RIGHTS[model][0]:
                    continue
                with self.subTest(f"{name} of the other company looks at {model}"):
                    seen = self.as_seen_by(stranger, records)
                    self.assertFalse(seen.search([("id", "in", records.ids)]))
                    for company_ids in ([], self.exporter.ids):  # naming the company in the request does not help
                        with self.assertRaises(AccessError):
                            seen.with_context(allowed_company_ids=company_ids).read(["display_name"])

    def test_one_company_writes_nothing_of_another(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        strangers = {name: self.person(name, company=other) for name in ("clerk", "signer", "engineer", "manager")}
        attempts = (
            ("clerk", self.certificate, "action_check"),
            ("clerk", self.certificate, "unlink"),
            ("signer", self.certificate, "action_approve"),
            ("engineer", self.declaration, "action_revoke"),
            ("engineer", self.declaration, "unlink"),
            ("manager", self.platform, "action_generate_key"),
            ("manager", self.platform, "unlink"),
        )
        for name, records, action in attempts:
            with self.subTest(f"{name}: {action}"), self.assertRaises(AccessError):
                getattr(self.as_seen_by(strangers[name], records), action)()

    def test_nobody_makes_records_for_another_company(self):
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        bare = self.env["res.company"].create({"name": "宁波无名有限公司"})  # without a connection of its own
        clerk, engineer, manager = (self.person(name, other) for name in ("clerk", "engineer", "manager"))
        vn, cn = self.env.ref("rcep_eco.party_vn"), self.env.ref("rcep_eco.party_cn")
        for user, model, values in (
            (clerk, "rcep.certificate", {"partner_id": self.customer.id, "importing_party_id": vn.id}),
            (
                engineer,
                "rcep.supplier.declaration",
                {
                    "name": "D-X",
                    "partner_id": self.supplier.id,
                    "product_id": self.lamp.id,
                    "party_id": cn.id,
                    "criterion": "CTC",
                    "date_from": self.today,
                    "date_to": self.today,
                },
            ),
            (manager, "rcep.platform", {"environment": "test"}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.as_seen_by(user, self.env[model]).create({**values, "company_id": bare.id})

    def test_who_follows_a_record_is_shown_to_its_readers_only(self):
        own = self.certify()
        own.message_subscribe(self.customer.ids)
        followed = [model for model in self.env.values() if model._name.startswith("rcep.") and not model._abstract]
        followed = [model for model in followed if hasattr(model, "message_get_followers")]
        self.assertIn("rcep.certificate", [model._name for model in followed])
        for model in followed:
            with self.subTest(model=model._name), self.assertRaises(AccessError):
                (model.search([], limit=1) or own).with_user(self.people["employee"]).message_get_followers()
        self.assertTrue(own.with_user(self.people["auditor"]).message_get_followers())

    def test_jobs_are_the_systems_and_run_by_nobody_else(self):
        jobs = self.env["ir.cron"].search([]).filtered(lambda job: job.model_id.model.startswith("rcep."))
        self.assertTrue(jobs)
        for name, user in self.people.items():
            for job in jobs:
                with self.subTest(name, job=job.name), self.assertRaises(AccessError):
                    job.ir_actions_server_id.with_user(user).run()
        for job in jobs.with_user(SUPERUSER_ID):  # as Odoo's scheduler runs them
            job.ir_actions_server_id.sudo()._can_execute_action_on_records(self.env[job.model_id.model])
