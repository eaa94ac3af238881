"""The wizard that connects a company by files, as the connection manager."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import link
from .folder_common import PROFILE, FolderCase


@tagged("post_install", "-at_install")
class TestSetup(FolderCase):
    """The wizard, as the connection manager."""

    def setup_of(self, **values):
        wizards = self.env["rcep.platform.setup"].with_user(self.manager).with_company(self.exporter)
        return wizards.create({**wizards.default_get(list(wizards._fields)), **values})

    def test_it_begins_with_what_is_there_and_looks_at_every_folder(self):
        setup = self.setup_of()
        self.assertEqual((setup.folder, setup.filer_office), (str(self.root), "3101"))
        setup.action_next()
        self.assertEqual((setup.step, setup.is_well), ("check", True))
        self.assertEqual(setup.call_ids.mapped("call"), ["folder_out", "folder_sent", "folder_failed", "folder_in"])

    def test_a_folder_that_is_not_there_is_named_and_the_connection_stays(self):
        setup = self.setup_of(folder=str(self.root / "elsewhere"), filer_office="3102")
        setup.action_next()
        self.assertFalse(setup.is_well)
        self.assertIn("cannot be reached", setup.call_ids[0].why)
        self.assertEqual((self.platform.folder, self.platform.filer_office), (str(self.root), "3101"))

    def test_who_files_is_asked_for(self):
        with self.assertRaisesRegex(UserError, "Missing: Who declares"):
            self.setup_of(filer_person=False).action_next()

    def test_by_hand(self):
        setup = self.setup_of(folder=False)
        setup.action_next()
        self.assertEqual((setup.is_well, setup.call_ids.call), (True, "by_hand"))
        self.assertFalse(self.platform.folder)

    def test_from_calls_to_files_with_messages_open(self):
        """Nothing that was written for the one leaves over the other."""
        self.platform.write({"profile": link.profiles.DEFAULT, "base_url": "http://127.0.0.1:9", "client_id": "C-1",
                             "client_secret": "s"})  # fmt: skip
        self.platform.action_generate_key()
        certificate = self.submitted()
        setup = self.setup_of(profile=PROFILE.code)
        setup.action_next()
        self.assertTrue(setup.is_well)
        self.deliver()
        self.assertEqual(self.names("out"), [])
        self.assertEqual(certificate.state, "returned")
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.deliver()
        self.assertEqual(self.names("out"), [f"{certificate.client_ref}-2.xml"])

    def test_a_trial_shows_every_case_and_nothing_leaves(self):
        self.platform.with_user(self.manager).action_start_conformance()
        self.run_job("_cron_rehearse", "rcep.conformance.run")
        run = self.platform.conformance_id
        self.assertEqual(run.line_ids.filtered(lambda line: line.outcome != "passed").mapped("why"), [])
        self.assertEqual((run.state, len(run.line_ids)), ("passed", len(PROFILE.cases)))
        self.assertEqual([self.names("out"), self.names("out", PROFILE.attachment_folders)], [[], []])
        report = self.env["ir.actions.report"]._render_qweb_html("rcep_eco.report_conformance", run.ids)[0].decode()
        self.assertIn("no office has seen it", report)
        self.assertNotIn("Seen by the platform", report)
        self.platform.filer_office = "31"
        self.platform.with_user(self.manager).action_start_conformance()
        self.run_job("_cron_rehearse", "rcep.conformance.run")
        run = self.platform.conformance_id
        failed = run.line_ids.filtered(lambda line: line.outcome == "failed")
        self.assertEqual((run.state, set(failed.mapped("case"))), ("failed", {"application", "amended"}))
        self.assertIn("filer.office", failed[0].why)

    def to_calls(self):
        """The company leaves its folders for a platform that is asked by calls, which nobody answers here."""
        self.platform.write({"profile": link.profiles.DEFAULT, "folder": False, "base_url": "http://127.0.0.1:9"})
        self.platform.write({"client_id": "C-1", "client_secret": "s"})
        self.platform.action_generate_key()

    def test_from_files_to_calls_what_has_not_left_goes_back_with_its_papers(self):
        certificate = self.certify()
        paper = self.env["rcep.certificate.attachment"].create(
            {"certificate_id": certificate.id, "name": "a.pdf", "content": base64.b64encode(b"%PDF-1.7")}
        )
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.to_calls()
        self.deliver()
        self.assertEqual((self.names("out"), certificate.state), ([], "returned"))
        self.assertIn("It has not left", certificate.platform_errors)
        self.assertNotEqual(paper.state, "sent")
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        written = certificate.message_line_ids.filtered(lambda message: message.state == "queued")
        self.assertEqual(set(written.mapped("profile")), {link.profiles.DEFAULT})
        self.assertTrue(all(message.body.startswith("{") for message in written))

    def test_from_files_to_calls_what_lies_in_the_folder_is_a_persons(self):
        certificate = self.submitted()
        self.deliver()
        placed = self.names("out")
        self.to_calls()
        self.deliver()
        message = certificate.message_line_ids
        self.assertEqual((message.state, message.waits_for_person), ("unknown", True))
        self.assertEqual((certificate.state, self.names("out")), ("submitted", placed))
        self.assertEqual(certificate.activity_ids.user_id, self.signer)
