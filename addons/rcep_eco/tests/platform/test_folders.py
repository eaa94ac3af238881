"""The whole life of a certificate by files, in folders that another program empties and fills."""

import os
import pathlib
import shutil
import tempfile
from unittest import mock

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ... import link
from ...models.platform import rcep_platform_files
from ..common import USCC, place
from .folder_common import PROFILE, FolderCase, beijing, receipt


@tagged("post_install", "-at_install")
class TestFolders(FolderCase):
    def test_from_the_folder_to_issued(self):
        certificate = self.submitted()
        message = certificate.message_line_ids
        self.assertEqual(certificate.application_no, f"RC{self.today.year % 100}{USCC[8:17]}0001")
        self.deliver()
        self.assertEqual(self.names("out"), [f"{certificate.client_ref}-1.xml"])
        self.assertEqual(message.state, "unknown")
        self.assertTrue(message.placed_at)
        self.assertIn("has not taken it", message.error)
        self.assertIn("has not taken it", certificate.with_user(self.signer).file_coded)
        self.assertFalse(self.platform.paused_until, "A file that waits is no trouble of the connection.")
        written = (self.part("out") / f"{certificate.client_ref}-1.xml").read_bytes()
        self.assertIn(f"<CertNo>{certificate.application_no}</CertNo>".encode(), written)
        (self.part("out") / f"{certificate.client_ref}-1.xml").rename(
            self.part("sent") / f"{certificate.client_ref}-1.xml"
        )
        self.deliver()
        self.assertEqual(message.state, "delivered")
        self.reply(receipt(certificate.application_no, kind="2", text="待审核", moment=beijing(minutes=5)), "a.xml")
        self.assertEqual(certificate.state, "under_review")
        self.reply(receipt(certificate.application_no, kind="5", text="审核通过"), "b.xml")
        self.assertEqual(certificate.state, "issued")
        self.assertEqual(certificate.certificate_no, certificate.application_no)
        self.assertTrue(certificate.wants_print)
        self.assertTrue(certificate.wants_document)

    def test_no_filing_is_made_and_nothing_is_asked_that_it_does_not_offer(self):
        certificate = self.sent()
        self.assertFalse(self.env["rcep.filing"].search_count([("product_id", "=", self.lamp.id)]))
        self.run_job("_cron_reconcile", "rcep.platform")
        self.assertFalse(self.platform.reconciled_at)
        with self.assertRaisesRegex(UserError, "cannot be asked what it holds"):
            self.platform.with_user(self.manager).action_reconcile()
        self.assertEqual(certificate.state, "submitted")

    def test_what_is_sent_back_stands_at_its_field(self):
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, kind="3", text="第1项货物原产标准与进口成份比例不符"))
        self.assertEqual(certificate.state, "returned")
        self.assertIn("原产标准", certificate.line_ids.platform_error)

    def test_a_corrected_one_keeps_its_number_and_has_another_file(self):
        certificate = self.sent()
        number = certificate.application_no
        self.reply(receipt(number, kind="3", text="退回"))
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.deliver()
        self.assertEqual(self.names("out"), [f"{certificate.client_ref}-2.xml"])
        self.assertEqual(certificate.application_no, number)

    def test_what_the_client_refuses_goes_back_to_its_signer(self):
        certificate = self.submitted()
        self.deliver()
        (name,) = self.names("out")
        (self.part("out") / name).rename(self.part("failed") / name)
        (self.part("in") / f"Failed_{name[:-4]}_20261219100002123.xml").write_bytes(
            receipt(certificate.application_no, channel="2", text="报文格式错误: OrgCode")
        )
        self.deliver()
        self.assertEqual(certificate.state, "returned")
        self.assertIn("OrgCode", certificate.platform_errors)
        self.assertEqual(certificate.message_line_ids.state, "failed")

    def test_a_number_that_another_has_is_followed_by_the_next_once(self):
        certificate = self.sent()
        first = certificate.application_no
        self.reply(receipt(first, channel="2", text="证书号已存在"), "a.xml")
        self.assertEqual(certificate.state, "submitted")
        second = certificate.application_no
        self.assertEqual(second, f"{first[:-4]}0002")
        self.assertEqual(certificate.number_ids.filtered("is_taken").name, first)
        self.deliver()
        self.assertEqual(self.names("out"), [f"{certificate.client_ref}-2.xml"])
        (self.part("out") / f"{certificate.client_ref}-2.xml").rename(
            self.part("sent") / f"{certificate.client_ref}-2.xml"
        )
        self.deliver()
        self.reply(receipt(second, channel="2", text="证书号已存在", moment=beijing(minutes=20)), "b.xml")
        self.assertEqual(certificate.state, "returned", "The second time a person decides.")
        self.assertEqual(len(certificate.message_line_ids), 2)

    def test_a_number_under_which_it_was_looked_at_is_never_left(self):
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, kind="2", moment=beijing(minutes=5)), "a.xml")
        self.reply(receipt(certificate.application_no, channel="2", text="证书号已存在"), "b.xml")
        self.assertEqual((certificate.state, len(certificate.message_line_ids)), ("returned", 1))

    def test_a_file_that_is_gone_is_a_persons_matter_and_is_not_written_again(self):
        certificate = self.submitted()
        self.deliver()
        (self.part("out") / f"{certificate.client_ref}-1.xml").unlink()
        self.deliver()
        message = certificate.message_line_ids
        self.assertEqual((message.state, message.waits_for_person), ("unknown", True))
        self.deliver()
        self.assertEqual(self.names("out"), [])
        message.with_user(self.manager).action_retry()
        self.deliver()
        self.assertEqual(self.names("out"), [f"{certificate.client_ref}-1.xml"])

    def test_what_was_replaced_counts_no_more_though_the_office_says_nothing_of_it(self):
        self.platform.environment = "production"
        old = self.issued()
        self.assertEqual(old.public_state, "valid")
        new = old.with_user(self.signer)._replacement("amended", "A WORD IN BOX 8 WAS WRONG")
        new.remarks = "CORRECTED"
        new.with_user(self.signer).action_approve()
        new.with_user(self.signer).action_submit()
        self.deliver()
        (name,) = self.names("out")
        self.assertIn(old.certificate_no, (self.part("out") / name).read_text())
        (self.part("out") / name).rename(self.part("sent") / name)
        self.deliver()
        self.reply(receipt(new.application_no, kind="2"), "n.xml")
        self.assertEqual(old.public_state, "valid")
        self.reply(receipt(new.application_no, kind="5", moment=beijing(minutes=11)), "o.xml")
        self.assertEqual((new.public_state, old.public_state, old.state), ("valid", "replaced", "replaced"))
        self.assertIn(new.name, old.message_ids[0].body)

    def test_a_specimen_takes_no_valid_ones_place(self):
        old = self.issued()
        place(old, environment="production")
        new = old.with_user(self.signer)._replacement("reissued", "LOST")
        new.with_user(self.signer).action_approve()
        new.with_user(self.signer).action_submit()
        self.deliver()
        (name,) = self.names("out")
        (self.part("out") / name).rename(self.part("sent") / name)
        self.deliver()
        self.reply(receipt(new.application_no, kind="5", moment=beijing(minutes=11)), "s.xml")
        self.assertEqual((new.public_state, old.public_state), ("specimen", "valid"))

    def test_a_reply_that_comes_before_the_folder_was_looked_at_settles_the_message(self):
        certificate = self.submitted()
        self.deliver()
        (self.part("out") / f"{certificate.client_ref}-1.xml").unlink()  # its client keeps nothing
        self.reply(receipt(certificate.application_no, kind="2"))
        self.assertEqual(certificate.message_line_ids.state, "delivered")
        self.assertEqual(certificate.state, "under_review")

    def test_odd_replies_are_set_aside_and_shown_in_health(self):
        certificate = self.sent()
        (self.part("in") / "0.xml").write_bytes(b"<Receipt/>")
        os.utime(self.part("in") / "0.xml", (0, 0))
        self.reply(receipt("RC26SOMEBODYS0001", kind="5"), "1.xml")
        self.reply(receipt(certificate.application_no, kind="5"), "2.xml")
        self.assertEqual(certificate.state, "issued")
        self.assertEqual(self.platform.events_odd, 2)

    def test_a_reply_is_read_once_whatever_it_is_called(self):
        certificate = self.sent()
        same = receipt(certificate.application_no, kind="2")
        for name in ("a.xml", "b.xml"):
            self.reply(same, name)
        events = self.env["rcep.platform.event"].search([("certificate_id", "=", certificate.id)])
        self.assertEqual(events.mapped("handling"), ["applied"])

    def test_a_maker_without_a_code_is_asked_for_it_where_it_is_entered(self):
        self.supplier.vat = False
        self.assertIn("as the tax ID on the contact", self.certify().problems)

    # --- what is not said of ours
    def assert_unprocessed(self, certificate, body, words):
        """A reply that is set aside with these words, and changes nothing."""
        before = certificate.state
        self.reply(body, "odd.xml")
        odd = self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)], limit=1)
        self.assertEqual((odd.handling, certificate.state, certificate.certificate_no), ("odd", before, False))
        self.assertIn(words, odd.why)

    def test_what_was_issued_before_ours_left_is_somebody_elses(self):
        certificate = self.sent()
        yesterday = beijing(days=-1)
        self.assert_unprocessed(
            certificate, receipt(certificate.application_no, kind="5", moment=yesterday), "somebody else"
        )

    def test_what_never_left_is_not_issued(self):
        certificate = self.submitted()
        self.assert_unprocessed(certificate, receipt(certificate.application_no, kind="5"), "somebody else")

    def test_a_moment_that_lies_ahead_is_no_news(self):
        certificate = self.sent()
        for moment in ("2038-01-01 00:00:00", "9999-12-31 23:59:59"):
            with self.subTest(moment):
                self.assert_unprocessed(
                    certificate, receipt(certificate.application_no, kind="2", moment=moment), "lies ahead"
                )
        self.reply(receipt(certificate.application_no, kind="5"), "good.xml")
        self.assertEqual(certificate.state, "issued")

    def test_what_is_issued_under_a_number_that_was_anothers_is_not_ours(self):
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, channel="2", text="证书号已存在"), "a.xml")
        self.deliver()
        (name,) = self.names("out")
        (self.part("out") / name).rename(self.part("sent") / name)
        self.deliver()
        second = certificate.application_no
        self.reply(receipt(second, channel="2", text="证书号已存在", moment=beijing(minutes=20)), "b.xml")
        self.assertEqual(certificate.state, "returned")
        self.assert_unprocessed(certificate, receipt(second, kind="5", moment=beijing(minutes=30)), "no application")

    def test_a_number_under_which_the_office_looked_at_it_stays_ours(self):
        """Under another it would be applied for twice."""
        certificate = self.sent()
        number = certificate.application_no
        self.reply(receipt(number, kind="2", moment=beijing(minutes=5)), "a.xml")
        self.reply(receipt(number, channel="2", text="证书号已存在"), "b.xml")
        self.assertEqual((certificate.state, certificate.application_no), ("returned", number))
        self.reply(receipt(number, kind="5", moment=beijing(minutes=20)), "c.xml")
        self.assertEqual((certificate.state, certificate.certificate_no), ("issued", number))

    def test_a_correction_that_has_not_left_is_not_what_was_issued(self):
        certificate = self.sent()
        number = certificate.application_no
        self.reply(receipt(number, kind="3", text="退回"), "a.xml")
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.reply(receipt(number, kind="5", moment=beijing(minutes=20)), "b.xml")
        self.assertNotEqual(certificate.state, "issued")

    def test_a_correction_is_answered_before_odoo_has_noted_that_it_left(self):
        certificate = self.sent()
        number = certificate.application_no
        self.reply(receipt(number, kind="3", text="退回", moment=beijing()), "a.xml")
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        moment = beijing()
        with self.slow_to_note():
            self.deliver()
        self.reply(receipt(number, kind="5", moment=moment), "b.xml")
        self.assertEqual((certificate.state, certificate.certificate_no), ("issued", number))

    # --- the connection
    def test_another_connections_reply_of_the_same_name_size_and_time_is_read(self):
        other = self.root / "other"
        shutil.copytree(self.root, other)
        self.addCleanup(shutil.rmtree, other)
        certificate = self.sent()
        late = receipt("RC26SOMEBODYS0001", kind="2")
        self.reply(late, "same.xml")
        self.run_job("_cron_follow", "rcep.platform.event")
        (other / PROFILE.folders["in"] / "same.xml").write_bytes(receipt(certificate.application_no, kind="2"))
        stat = (self.part("in") / "same.xml").stat()
        os.utime(other / PROFILE.folders["in"] / "same.xml", ns=(stat.st_atime_ns, stat.st_mtime_ns))
        self.platform.folder = str(other)
        self.run_job("_cron_follow", "rcep.platform.event")
        self.apply_events()
        self.assertEqual(certificate.state, "under_review")

    def test_a_folder_that_is_not_allowed_any_more_holds_up_nothing_and_takes_nothing(self):
        certificate = self.submitted()
        with mock.patch.dict(os.environ, {rcep_platform_files.ROOTS: ""}):
            self.deliver()
            self.assertIn(rcep_platform_files.ROOTS, self.platform.findings)
        self.assertEqual((certificate.message_line_ids.state, self.names("out")), ("queued", []))

    def test_a_part_that_leads_out_of_the_allowed_folder_is_not_used(self):
        certificate = self.submitted()
        away = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, away)
        self.part("out").rename(self.root / "kept")
        self.part("out").symlink_to(away)
        self.deliver()
        self.part("out").unlink()
        (self.root / "kept").rename(self.part("out"))
        self.assertEqual((certificate.message_line_ids.state, list(away.iterdir())), ("queued", []))

    def test_only_folders_that_the_server_allows(self):
        for folder in ("/etc", f"{self.root}/../etc", "relative", str(self.root.parent)):
            with self.subTest(folder=folder), self.assertRaisesRegex(ValidationError, rcep_platform_files.ROOTS):
                self.platform.with_user(self.manager).folder = folder

    def test_a_link_out_of_the_allowed_folder_leads_nowhere(self):
        (self.root / "out").symlink_to("/etc")
        self.addCleanup((self.root / "out").unlink)
        with self.assertRaises(ValidationError):
            self.platform.folder = str(self.root / "out")

    def test_what_is_missing_is_named_by_its_field(self):
        self.platform.filer_office = False
        self.assertEqual(self.platform._missing(), ["Issuing office"])
        self.assertIn("Issuing office", self.platform.findings)
        certificate = self.certify()
        self.assertIn("the single window asks for it", certificate.problems)

    def test_health_says_that_the_client_does_not_run_and_that_nobody_proved_it(self):
        (self.part("out") / "waiting.xml").write_bytes(b"x")
        os.utime(self.part("out") / "waiting.xml", (0, 0))
        self.assertIn("does not take them", self.platform.findings)
        self.assertIn("No real client", self.platform.findings)
        shutil.move(self.part("in"), self.root / "away")
        self.addCleanup(shutil.move, self.root / "away", self.part("in"))
        self.platform.invalidate_recordset(["findings"])
        self.assertIn("cannot be reached", self.platform.findings)

    def test_a_test_of_the_connection_says_what_it_saw(self):
        result = self.platform.with_user(self.manager).action_test()
        self.assertIn("Every folder is there", result["params"]["message"])

    def test_only_the_manager_reads_the_identity_card(self):
        for name in ("signer", "auditor", "clerk"):
            with self.subTest(name), self.assertRaises(Exception) as raised:
                self.platform.with_user(self.person(name, login=f"{name}.x")).read(["filer_person_id"])
            self.assertNotIn("330200199001010000", str(raised.exception))

    def test_what_was_written_for_files_does_not_leave_by_calls(self):
        certificate = self.submitted()
        self.platform.write({"profile": link.profiles.DEFAULT, "base_url": "https://platform.example"})
        self.run_job()
        self.assertEqual(certificate.state, "returned")
        self.assertEqual(self.names("out"), [])
