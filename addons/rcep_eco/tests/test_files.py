"""Who reads a file of ours, by its number and by each of the ways to it; and that no other takes its place."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import OTHER_USCC, EcoCommon, place

LOUD = ("odoo.http", "odoo.addons.base.models.ir_rule")
PLAIN = b"Cost of the hinge: 7.1300"
READERS = ("auditor", "clerk", "signer", "engineer", "manager")
# {(model, field): whose it is}; what is computed or of a wizard is its user's own.
FILES = {
    ("rcep.certificate", "document"): READERS,
    ("rcep.certificate.attachment", "content"): READERS,
    ("rcep.supplier.declaration", "document"): READERS,
    ("rcep.forwarded.question", "document"): (),
    ("rcep.customs.query", "package_pdf"): ("engineer", "manager"),
    ("rcep.customs.query", "package_zip"): ("engineer", "manager"),
}
# Of add-ons that may be there.
OF_BRIDGES = {("rcep.authorisation", "document"): READERS, ("rcep.received.certificate", "document"): READERS,
              ("rcep.transit.paper", "document"): READERS, ("rcep.sheet", "file"): ("engineer",)}
OF_WIZARDS = {("rcep.table.import", "file"), ("rcep.material.sheet", "file"), ("rcep.material.sheet", "sheet"),
              ("rcep.production.report.upload", "file"), ("rcep.production.report.upload", "template"),
              ("rcep.rate.import", "file"), ("rcep.statement.read", "file"), ("rcep.rate.export", "file"),
              ("rcep.document.upload", "document"), ("rcep.receipts.upload", "attachment_ids"),
              ("rcep.sheet.upload", "file"), ("rcep.sheet.upload", "template"),
              ("rcep.received.read", "file")}  # fmt: skip
WAYS = (
    "/web/content/{model}/{id}/{field}", "/web/image/{model}/{id}/{field}", "/web/content/{file}",
    "/web/content/{file}?download=1", "/web/image/{file}", "/web/content/ir.attachment/{file}/index_content",
    "/web/content/ir.attachment/{file}/db_datas", "/web/content/{file}?access_token=", "/web/content/{chat}",
    "/mail/attachment/zip?file_ids={file},{chat}&zip_name=x",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestFiles(EcoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_company("宁波另家有限公司", OTHER_USCC)
        cls.strangers = {name: cls._login(cls.person(name, cls.other)) for name in READERS}
        cls.strangers["employee"] = cls._login(cls.person("employee"))
        cls.strangers["portal"] = cls._login(new_test_user(cls.env, "portal.files", "base.group_portal"))
        cls.engineer = cls._login(cls.person("engineer"))
        cls.certificate = cls.certify()
        place(cls.certificate, document=base64.b64encode(PLAIN))
        bolt = cls.declare(cls.make_good("Bolt", "BOLT"), verified=False)
        bolt.write({"document": base64.b64encode(PLAIN), "document_name": "true.txt"})
        bolt.action_verify()
        cls.bolt = bolt
        cls.env["rcep.platform"].create({"company_id": cls.exporter.id, "profile": "gacc-xml-2022"})
        paper = cls.env["rcep.certificate.attachment"].create(
            {"certificate_id": cls.certificate.id, "name": "a.pdf", "content": base64.b64encode(b"%PDF-" + PLAIN)}
        )
        place(cls.certificate, issued_at="2026-05-01 08:00:00")
        query = cls.env["rcep.customs.query"].create({"certificate_id": cls.certificate.id})
        query._write_moved(package_pdf=base64.b64encode(PLAIN), package_zip=base64.b64encode(PLAIN))
        cls.records = {
            "rcep.customs.query": query,
            "rcep.certificate": cls.certificate,
            "rcep.certificate.attachment": paper,
            "rcep.supplier.declaration": bolt,
            "rcep.forwarded.question": cls.env["rcep.forwarded.question"].create(
                {"declaration_id": bolt.id, "tier": 2, "branch": "1", "document": base64.b64encode(PLAIN),
                 "document_name": "true.txt"}
            ),
        }
        cls.files = FILES | {pair: whose for pair, whose in OF_BRIDGES.items() if pair[0] in cls.env}
        if "rcep.authorisation" in cls.env:
            agent = cls.env["res.partner"].create({"name": "Brokers", "is_company": True})
            cls.records["rcep.authorisation"] = cls.env["rcep.authorisation"].create(
                {"name": "POA", "agent_id": agent.id, "company_id": cls.exporter.id, "valid_until": "2099-01-01",
                 "document": base64.b64encode(PLAIN), "document_name": "true.txt"}
            )  # fmt: skip
        if "rcep.received.certificate" in cls.env:
            party = cls.env.ref("rcep_eco.party_vn")
            cls.records["rcep.received.certificate"] = cls.env["rcep.received.certificate"].create(
                {"name": "VN-1", "company_id": cls.exporter.id, "partner_id": cls.supplier.id, "party_id": party.id,
                 "issued_on": "2026-01-01", "valid_until": "2026-12-31", "document": base64.b64encode(PLAIN),
                 "document_name": "true.txt"}
            )  # fmt: skip
        if "rcep.transit.paper" in cls.env:
            cls.records["rcep.transit.paper"] = cls.env["rcep.transit.paper"].create(
                {"certificate_id": cls.certify().id, "country_id": cls.env.ref("base.hk").id,
                 "document": base64.b64encode(PLAIN), "document_name": "true.txt"}
            )  # fmt: skip
        if "rcep.sheet" in cls.env:
            keeper = cls.person("engineer", login="keeper.of.sheets")
            cls.records["rcep.sheet"], _plan = cls.env["rcep.sheet"]._keep(keeper, cls.exporter, "items", PLAIN, "")
        cls.file = cls._of(bolt, "document")
        cls.chats = {model: cls.env["ir.attachment"].create(
            {"name": "chat.txt", "raw": PLAIN, "res_model": model, "res_id": record.id})
            for model, record in cls.records.items()}  # fmt: skip
        cls.env.flush_all()

    @classmethod
    def _login(cls, user):
        user.password = user.login
        return user

    @classmethod
    def _of(cls, record, field):
        return cls.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", field)])  # fmt: skip

    def as_of(self, user, records, **context):
        return records.with_env(self.env(user=user, context={"lang": "en_US", **context}))

    def test_each_field_with_a_file_is_in_the_table(self):
        found = {
            (model._name, name)
            for model in self.env.values()
            for name, field in model._fields.items()
            if model._name.startswith("rcep.") and not model._abstract and not name.startswith("message_")
            and (field.type == "binary" or getattr(field, "comodel_name", "") == "ir.attachment")
        }  # fmt: skip
        self.assertEqual(found - OF_WIZARDS, set(self.files))
        self.assertFalse(OF_WIZARDS & {pair for pair in found if not self.env[pair[0]]._transient})

    # --- by address --------------------------------------------------------------------------------------
    def addresses(self):
        for model, field in self.files:
            record = self.records[model]
            facts = {"model": model, "field": field, "id": record.id, "chat": self.chats[model].id}
            for way in WAYS:
                yield way.format(file=self.file.id, **facts)
        for report in self.env["ir.actions.report"].search([("report_name", "=like", "rcep_eco%")]):
            for record in self.records.values():
                if report.model == record._name:
                    for kind in ("pdf", "html", "text"):
                        yield f"/report/{kind}/{report.report_name}/{record.id}"

    def test_the_firms_people_read_them(self):
        """Else the test below would find nothing, whatever it asked."""
        self.authenticate(self.engineer.login, self.engineer.login)
        for address in (f"/web/content/{self.file.id}", f"/web/content/{self.chats['rcep.certificate'].id}",
                        f"/web/content/rcep.certificate/{self.certificate.id}/document"):  # fmt: skip
            with self.subTest(address):
                self.assertEqual(self.url_open(address).content, PLAIN)

    def test_nobody_else_gets_one_by_its_address(self):
        names = (self.certificate.name.encode(), b"SAIGON LIGHT", PLAIN)
        for login in (None, *self.strangers):
            user = self.strangers[login].login if login else None
            self.authenticate(user, user)
            for address in self.addresses():
                with self.subTest(login=login, address=address), mute_logger(*LOUD):
                    reply = self.url_open(address, allow_redirects=False)
                    self.assertFalse([each for each in names if each.lower() in reply.content.lower()])
                    self.assertNotIn("%PDF", reply.text[:10])

    def found(self, files, domain, **options):
        """What a search finds; where it is refused, nothing."""
        try:
            return files.search(domain, **options)
        except AccessError:
            return files.browse()

    # --- by call -----------------------------------------------------------------------------------------
    def test_nobody_else_gets_one_by_a_call(self):
        files = self.file | self.chats["rcep.certificate"] | self.chats["rcep.supplier.declaration"]
        for login, user in self.strangers.items():
            theirs = self.as_of(user, files)
            for each in theirs:
                for name in ("datas", "raw", "db_datas", "index_content", "access_token", "checksum", "store_fname"):
                    with self.subTest(f"{login} reads {name}"), self.assertRaises(AccessError):
                        each.read([name])
                for act in (each.generate_access_token, each.copy, lambda each=each: each.write({"public": True})):
                    with self.subTest(f"{login}: {act}"), self.assertRaises(UserError):
                        act()
            for domain in (
                [("id", "in", files.ids)], [("res_field", "!=", False), ("index_content", "ilike", "hinge")],
                [("res_model", "=like", "rcep.%")], [("checksum", "in", files.mapped("checksum"))],
                [("res_model", "=", "rcep.supplier.declaration"), ("res_field", "=", "document")],
            ):  # fmt: skip
                with self.subTest(f"{login} searches {domain}"):
                    for options in ({}, {"limit": 500}):
                        self.assertFalse(self.found(theirs, domain, **options) & theirs)
            beside = {"name": "x", "raw": b"x", "res_model": "rcep.certificate", "res_id": self.certificate.id}
            with self.subTest(f"{login} makes a file"), self.assertRaises(AccessError):
                theirs.browse().create(beside)

    # --- evidence ----------------------------------------------------------------------------------------
    def test_no_second_file_of_a_field_comes_by_what_a_request_says_beside(self):
        values = {"default_res_model": "rcep.supplier.declaration", "default_res_id": self.bolt.id,
                "default_res_field": "document"}  # fmt: skip
        files = self.as_of(self.engineer, self.env["ir.attachment"], **values)
        for act in (lambda: files.create({"name": "forged.txt", "raw": b"forged"}),
                    lambda: files.create([{"name": "forged.txt", "raw": b"forged", "res_id": self.bolt.id}]),
                    lambda: files.name_create("forged.txt")):  # fmt: skip
            with self.assertRaisesRegex(UserError, "belongs to a field"):
                act()
        self.assertEqual(len(self._of(self.bolt, "document")), 1)
        self.bolt.invalidate_recordset()
        self.assertEqual(base64.b64decode(self.bolt.document), PLAIN)
