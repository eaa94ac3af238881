"""What RPC can call, called as everybody: each public method of ours checks by itself who may have it done."""

import base64
import inspect

from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import OTHER_USCC, PEOPLE, EcoCommon, place

OURS = "odoo.addons.rcep_eco"
# Odoo's own, whose rights the tables of the other access tests hold.
CORE = {"create", "write", "unlink", "copy", "default_get", "read", "search", "button_draft", "button_cancel",
        "button_mark_done", "action_unbuild", "do_scrap", "button_uninstall"}  # fmt: skip
# Everybody inside the firm, by login.
READERS = ("auditor", "clerk", "signer", "engineer", "manager")


def public_methods(env):
    """[(model, method)]: what a module of ours defines and a call from outside reaches, of transient models too."""
    found = []
    for name in env.registry:
        model = env[name]
        names = {
            attribute
            for cls in type(model).mro()
            if cls.__module__.startswith(OURS)
            for attribute, value in vars(cls).items()
            if inspect.isfunction(value) and not attribute.startswith("_")
        }
        found += [(name, method) for method in sorted(names - CORE) if _is_reached(model, method)]
    return found


def _is_reached(model, name):
    try:
        get_public_method(model, name)
    except (AccessError, AttributeError):
        return False
    return True


class CallsEverything:
    """Calls every public method as each login; ``self.records`` has a record of the exporter for each model."""

    # Arguments of those that take some.
    ARGUMENTS = {}

    def calls(self, prefix=OURS):
        for model, method in public_methods(self.env):
            of = getattr(type(self.env[model]), method)
            if of.__module__.startswith(prefix) or self.records.get(model):
                yield model, method

    def attempt(self, user, model, method, companies):
        """What the call raised, or None; whatever it did is taken back."""
        context = {"lang": "en_US", "allowed_company_ids": companies.ids} if companies else {"lang": "en_US"}
        records = self.records[model].with_env(self.env(user=user, context=context))
        with mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db"):
            try:
                with self.env.cr.savepoint(flush=True) as savepoint:
                    getattr(records, method)(*self.ARGUMENTS.get(method, ()))
                    self.env.flush_all()
                    savepoint.rollback()
            except (AccessError, UserError) as error:
                return error
            finally:
                self.env.invalidate_all()
        return None


@tagged("post_install", "-at_install")
class TestPublicMethods(CallsEverything, EcoCommon):
    ARGUMENTS = {"get_board_goods": (None, "materials", "x")}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: cls.person(name) for name in PEOPLE}
        for login, group in (("portal", "base.group_portal"), ("public", "base.group_public")):
            cls.people[login] = new_test_user(cls.env, f"{login}.caller", group)
        cls.other = cls.make_company("宁波另家有限公司", OTHER_USCC)
        cls.strangers = {name: cls.person(name, cls.other) for name in READERS}
        cls.supplier.email = "sales@lamp-works.example"
        cls.platform = cls.make_platform()
        cls.lamp.action_rcep_determine()
        invoice = cls.make_invoice()
        certificate = cls.certificate_of(invoice)
        signer = cls.people["signer"]
        accept = cls.env["rcep.certificate.accept"].with_user(signer).create({"certificate_id": certificate.id})
        place(certificate, state="issued", environment="sandbox", signer_id=cls.people["signer"].id,
              issued_at="2026-05-01 08:00:00", valid_until="2027-05-01")
        certificate._queue(cls.platform)
        asked = cls.env["rcep.declaration.request"]._ask(cls.exporter, {cls.supplier: cls.make_good("Socket", "S")})
        run = cls.env["rcep.conformance.run"].create(
            {"platform_id": cls.platform.id, "environment": "sandbox", "profile": cls.platform.profile}
        )
        proposal = cls.env["rcep.declaration.proposal"].with_user(cls.people["engineer"]).create({})
        proposal.line_ids.create({"proposal_id": proposal.id, "partner_id": cls.supplier.id, "product_id": cls.lamp.id,
                                  "is_selected": True})  # fmt: skip
        manager = cls.people["manager"]
        reason = {"certificate_id": certificate.id, "reason": "wrong weight"}
        setup = cls.env["rcep.platform.setup"].with_user(manager).create({"base_url": "https://platform.example"})
        cls.records = {
            "account.move": invoice,
            "product.product": cls.lamp,
            "product.template": cls.lamp.product_tmpl_id,
            "rcep.certificate": certificate,
            "rcep.certificate.line": certificate.line_ids,
            "rcep.certificate.accept": accept,
            "rcep.certificate.deadline": cls.env["rcep.certificate.deadline"].search(
                [("certificate_id", "=", certificate.id)], limit=1),
            "rcep.certificate.request": cls.env["rcep.certificate.request"].with_user(signer).create(
                {**reason, "kind": "cancellation"}),
            "rcep.certificate.replace": cls.env["rcep.certificate.replace"].with_user(signer).create(
                {**reason, "kind": "amended"}),
            "rcep.conformance.run": run,
            "rcep.document.upload": cls.env["rcep.document.upload"].with_user(signer).create(
                {"certificate_id": certificate.id, "document": base64.b64encode(b"%PDF-1.7 %%EOF")}),
            "rcep.receipts.upload": cls.env["rcep.receipts.upload"].with_user(manager).create(
                {"platform_id": cls.platform.id}),
            "rcep.declaration.request": asked,
            "rcep.border": cls.env["rcep.border"].with_user(cls.people["clerk"])._rows_of(cls.exporter),
            "rcep.declaration.proposal": proposal,
            "rcep.drift": cls.env["rcep.drift"].create(
                {"line_id": certificate.line_ids[0].id, "certificate_id": certificate.id, "company_id": cls.exporter.id}
            ),
            "rcep.scenario": cls.env["rcep.scenario"].create(
                {"product_id": cls.lamp.id, "company_id": cls.exporter.id, "fob": 50}
            ),
            "rcep.market": cls.env.ref("rcep_eco.market_vn"),
            "rcep.origin": cls.lamp.rcep_origin_id or cls.env["rcep.origin"].search(
                [("product_id", "=", cls.lamp.id), ("company_id", "=", cls.exporter.id)]),
            "rcep.recognition": cls.env["rcep.recognition"].create(
                {"certificate_id": certificate.id, "outcome": "refused",
                 "cause_id": cls.env.ref("rcep_eco.cause_value").id}),
            "rcep.customs.query": cls.env["rcep.customs.query"].create({"certificate_id": certificate.id}),
            "rcep.recognition.request": cls.env["rcep.recognition.request"].create(
                {"certificate_id": certificate.id}),
            "rcep.platform": cls.platform,
            "rcep.signing.key": cls.env["rcep.signing.key"]._make(cls.exporter),
            "rcep.platform.message": certificate.message_line_ids[:1],
            "rcep.platform.event": cls.env["rcep.platform.event"].create(
                {"platform_id": cls.platform.id, "event_id": "e-1", "client_ref": "-", "source": "feed",
                 "handling": "odd"}),
            "rcep.platform.setup": setup,
            "rcep.supplier.declaration": cls.declaration,
            "rcep.table.import": cls.env["rcep.table.import"].with_user(cls.people["engineer"]).create({}),
        }  # fmt: skip
        cls.env.flush_all()

    def known(self):
        """The methods on models of which there is a record here: bridges test their own."""
        return [(model, method) for model, method in public_methods(self.env)
                if model in self.records and self._is_ours(model, method)]  # fmt: skip

    def _is_ours(self, model, method):
        return any(cls.__module__.startswith(f"{OURS}.") and method in vars(cls) for cls in type(self.env[model]).mro())

    def test_every_model_of_ours_with_a_public_method_is_tried(self):
        models = {
            model
            for model, method in public_methods(self.env)
            if self._is_ours(model, method) and not self.env[model]._abstract
        }
        self.assertEqual(models - set(self.records), set())

    def test_who_is_nobody_here_gets_nothing_done(self):
        for model, method in self.known():
            for login in ("portal", "public", "employee"):
                with self.subTest(f"{login} calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(self.people[login], model, method, None), UserError)

    def test_nobody_gets_anything_done_with_records_of_another_company(self):
        for model, method in self.known():
            if model in ("rcep.table.import", "rcep.market"):  # of no company: rules and practice of all
                continue
            for login, user in self.strangers.items():
                if not inspect.signature(getattr(type(self.env[model]), method)).parameters or self._is_of_model(
                    model, method
                ):
                    continue
                with self.subTest(f"{login} of the other company calls {model}.{method}"):
                    self.assertIsInstance(self.attempt(user, model, method, self.other), UserError)

    def _is_of_model(self, model, method):
        return getattr(getattr(type(self.env[model]), method), "_api_model", False)

    def test_a_board_of_another_company_is_not_shown(self):
        board = self.env["rcep.origin"].with_user(self.strangers["engineer"])
        board = board.with_context(allowed_company_ids=self.other.ids)
        calls = (board.get_board, board.get_board_waiting, lambda each: board.get_board_goods(each, "materials", ""))
        for call in calls:
            with self.assertRaises(AccessError):
                call(self.exporter.id)

    def test_a_portal_user_gets_no_address_of_a_page(self):
        if "action_open_verification" not in dir(self.records["rcep.certificate"]):
            self.assertFalse(self.records["rcep.certificate"]._get_verification_url())
            return
        error = self.attempt(self.people["portal"], "rcep.certificate", "action_open_verification", None)
        self.assertIsInstance(error, AccessError)

    # --- wizards -----------------------------------------------------------------------------------------
    def test_what_a_wizard_holds_is_its_own_users(self):
        colleague = {
            "rcep.declaration.proposal": "engineer", "rcep.certificate.request": "signer",
            "rcep.certificate.replace": "signer", "rcep.table.import": "engineer", "rcep.platform.setup": "manager",
            "rcep.certificate.accept": "signer", "rcep.document.upload": "signer", "rcep.receipts.upload": "manager",
        }  # fmt: skip
        for model, login in colleague.items():
            other = self.people[login].copy({"login": f"colleague.{model}"})
            with self.subTest(model), self.assertRaises(AccessError):
                self.records[model].with_user(other).read()
            with self.subTest(f"{model}, of the other company"), self.assertRaises(AccessError):
                self.records[model].with_user(self.strangers[login]).write({"create_uid": self.strangers[login].id})

    def test_a_proposal_is_of_no_other_company_than_the_users(self):
        proposals = self.env["rcep.declaration.proposal"].with_user(self.strangers["engineer"])
        proposals = proposals.with_context(allowed_company_ids=self.other.ids)
        with self.assertRaises(AccessError):
            proposals.create({"company_id": self.exporter.id})
        lines = self.records["rcep.declaration.proposal"].line_ids.with_env(proposals.env)
        for act in (lambda: lines.read(["value"]), lambda: lines.write({"is_selected": False})):
            with self.assertRaises(AccessError):
                act()

    def test_nobody_asks_for_a_certificate_of_another_company(self):
        reason, accepts = {"reason": "mine"}, {"line_ids": [Command.create({"fingerprint": "x", "reason": "mine"})]}
        for model, more, action in (
            ("rcep.certificate.request", {**reason, "kind": "cancellation"}, "action_request"),
            ("rcep.certificate.replace", {**reason, "kind": "amended"}, "action_replace"),
            ("rcep.certificate.accept", accepts, "action_accept"),
        ):
            wizards = self.env[model].with_user(self.strangers["signer"])
            wizards = wizards.with_context(allowed_company_ids=self.other.ids)
            with self.subTest(model), self.assertRaises(AccessError):
                wizard = wizards.create({"certificate_id": self.records["rcep.certificate"].id, **more})
                self.env.flush_all()
                getattr(wizard, action)()

    # --- rules -------------------------------------------------------------------------------------------
    def test_every_model_has_a_rule_by_company_or_by_its_user_or_is_of_all(self):
        """Of all companies are the treaty's own tables; dossiers and salts are read by nobody but the system."""
        of_all = {"rcep.party", "rcep.rule", "rcep.rule.edition", "rcep.tariff.differential", "rcep.dossier",
                  "rcep.hs.code", "rcep.market", "rcep.known.fact", "rcep.refusal.cause", "rcep.agreement",
                  "rcep.agreement.party", "rcep.rate", "rcep.rate.layer", "rcep.scan.salt"}  # fmt: skip
        for name in self.env.registry:
            model = self.env[name]
            if not name.startswith("rcep.") or model._abstract or name in of_all:
                continue
            with self.subTest(name):
                rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
                domains = " ".join(rules.mapped("domain_force"))
                self.assertRegex(domains, "company_ids|user.id")
                self.assertTrue(self.env["ir.model.access"].search([("model_id.model", "=", name)]))

    def test_no_model_is_open_to_who_has_no_group(self):
        for access in self.env["ir.model.access"].search([("model_id.model", "=like", "rcep.%")]):
            with self.subTest(access.name):
                self.assertTrue(access.group_id)
                self.assertNotIn(access.group_id.full_name, ("base.group_portal", "base.group_public"))


@tagged("post_install", "-at_install")
class TestNeighbours(EcoCommon):
    """What is decided cannot be changed through what stands beside it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer = cls.person("engineer")
        cls.supplier.email = "sales@lamp-works.example"
        cls.declaration_of_screws = cls.declare(cls.make_good("Screw", "SCREW"), verified=False)
        cls.declaration_of_screws.write({"document": b"VHJ1ZQ==", "document_name": "true.pdf"})
        cls.declaration_of_screws.action_verify()
        cls.file = cls.env["ir.attachment"].search(
            [("res_model", "=", "rcep.supplier.declaration"), ("res_id", "=", cls.declaration_of_screws.id),
             ("res_field", "=", "document")])  # fmt: skip

    def test_verified_evidence_is_not_changed_through_its_file(self):
        mine = self.file.with_user(self.engineer)
        for act in (
            lambda: mine.write({"datas": b"Rm9yZ2Vk"}), lambda: mine.write({"raw": b"forged"}), mine.unlink,
            lambda: mine.write({"res_id": self.declaration.id}), lambda: mine.write({"res_field": False}),
            lambda: mine.copy({"res_id": self.declaration.id}),
        ):  # fmt: skip
            with self.assertRaises(UserError):
                act()
        self.env.invalidate_all()
        self.assertEqual(self.declaration_of_screws.document, b"VHJ1ZQ==")

    def test_no_second_file_takes_the_place_of_verified_evidence(self):
        values = {"name": "forged.pdf", "raw": b"forged", "res_id": self.declaration.id}
        files = self.env["ir.attachment"].with_user(self.engineer)
        with self.assertRaisesRegex(UserError, "belongs to a field"):
            files.create({**values, "res_model": "rcep.supplier.declaration", "res_field": "document"})
        free = files.create({**values, "res_model": "rcep.supplier.declaration"})  # in the chatter it proves nothing
        with self.assertRaisesRegex(UserError, "belongs to a field"):
            free.res_field = "document"
        self.assertFalse(self.declaration.document)

    def test_what_is_not_decided_yet_is_changed_through_the_declaration(self):
        waiting = self.declare(self.make_good("Bolt", "BOLT"), verified=False).with_user(self.engineer)
        waiting.document = b"VHJ1ZQ=="
        waiting.document = b"QmV0dGVy"
        self.assertEqual(waiting.document, b"QmV0dGVy")

    def test_a_revoked_link_stays_dead(self):
        asked = self.env["rcep.declaration.request"]._ask(self.exporter, {self.supplier: self.lamp})
        mine = asked.with_user(self.engineer)
        mine.action_revoke_link()
        for values in ({"is_revoked": False}, {"expires_on": "2099-01-01 00:00:00"}, {"partner_id": self.customer.id},
                       {"next_reminder": "2026-01-01"}, {"company_id": self.env.company.id}):  # fmt: skip
            with self.subTest(values), self.assertRaisesRegex(UserError, "own steps"):
                mine.write(values)
        self.assertFalse(asked.link)

    def test_nobody_makes_a_link_that_lives_for_ever(self):
        requests = self.env["rcep.declaration.request"].with_user(self.engineer)
        values = {"partner_id": self.supplier.id, "company_id": self.exporter.id, "nonce": "known"}
        made = requests.create({**values, "expires_on": "2099-01-01 00:00:00"}).sudo()
        self.assertLess(made.expires_on.year, 2099)
        self.assertNotEqual(made.nonce, "known")

    def test_two_first_filings_of_one_good_are_one_and_the_other_is_notified(self):
        platform = self.make_platform()
        line = self.certify().line_ids
        filings = self.env["rcep.filing"]
        filings._ensure(platform, line)
        self.patch(type(filings), "_at", lambda filings, *_place: filings.browse())  # as the other's transaction saw it
        with self.assertRaisesRegex(UserError, "by somebody else just now"):
            filings._ensure(platform, line)
        of_lamp = [("product_id", "=", self.lamp.id), ("platform_id", "=", platform.id)]
        self.assertEqual(filings.search_count(of_lamp), 1)

    def test_who_is_second_at_an_invoice_is_notified(self):
        invoice = self.make_invoice()

        def busy(_records, **_options):
            raise LockError("busy")

        self.patch(type(invoice), "lock_for_update", busy)
        with self.assertRaisesRegex(UserError, "Somebody else is at work on"):
            invoice.with_user(self.person("clerk")).action_create_rcep_certificate()
        self.assertFalse(invoice.rcep_certificate_ids)
