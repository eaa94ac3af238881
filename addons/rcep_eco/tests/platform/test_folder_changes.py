"""Files and replies while the connection changes: its folder, its environment, and what a manager takes up again."""

import os
import pathlib
import shutil
import tempfile
from unittest import mock

from odoo.exceptions import UserError
from odoo.tests import tagged

from ... import link
from ...models.platform import rcep_platform_files
from .folder_common import PROFILE, FolderCase, receipt


@tagged("post_install", "-at_install")
class TestFolderChanges(FolderCase):
    def setUp(self):
        super().setUp()
        self.other = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.other)
        for part in PROFILE.folders.values():
            (self.other / part).mkdir(parents=True)
        allowed = f"{self.root}:{self.other}"
        self.startPatcher(mock.patch.dict(os.environ, {rcep_platform_files.ROOTS: allowed}))

    def killed(self):
        """A certificate whose file was renamed, after which its sender died before it could note that."""
        certificate = self.submitted()
        message = certificate.message_line_ids
        message._claim()
        name = f"{certificate.client_ref}-1{PROFILE.suffix}"
        (self.part("out") / name).write_bytes(message._content())
        message.lease_until = "2020-01-01 00:00:00"
        return certificate, message

    def written(self):
        return [path.name for path in self.other.rglob("*.xml")]

    # --- from one folder to another
    def test_what_was_begun_in_one_folder_is_not_written_into_another(self):
        certificate, message = self.killed()
        self.platform.folder = str(self.other)
        self.deliver()
        self.assertEqual((message.state, message.waits_for_person, self.written()), ("unknown", True, []))
        self.assertIn(str(self.root), message.error)
        self.assertIn(str(self.other), message.error)
        self.assertIn(str(self.root), certificate.activity_ids.note)
        message.with_user(self.manager).action_retry()  # somebody looked, and removed it there
        self.deliver()
        self.assertEqual(self.written(), [f"{certificate.client_ref}-1.xml"])
        self.assertEqual(message.begun_in, str(self.other))

    def test_what_was_begun_in_a_folder_is_not_handed_to_a_person(self):
        certificate, message = self.killed()
        self.platform.folder = False
        with self.assertRaisesRegex(UserError, "arrive twice"):
            certificate.with_user(self.signer).action_download_file()
        self.deliver()
        self.assertTrue(message.waits_for_person)
        message.with_user(self.manager).action_retry()
        self.assertTrue(certificate.with_user(self.signer).action_download_file())

    def test_back_in_its_folder_it_goes_on(self):
        _certificate, message = self.killed()
        self.platform.folder = str(self.other)
        self.deliver()
        self.platform.folder = str(self.root)
        message.write({"waits_for_person": False})
        self.deliver()
        self.assertTrue(message.placed_at)
        self.assertEqual(len(self.names("out")), 1)

    def test_what_surely_was_not_written_goes_into_the_new_folder(self):
        certificate = self.submitted()
        shutil.move(self.part("out"), self.root / "away")
        self.deliver()
        shutil.move(self.root / "away", self.part("out"))
        self.assertEqual(certificate.message_line_ids.state, "queued")
        self.platform.folder = str(self.other)
        self.deliver()
        self.assertEqual(self.written(), [f"{certificate.client_ref}-1.xml"])

    def test_a_copy_forgets_the_folder_and_writes_nothing_there(self):
        """What it applied for would be filed for real."""
        self.submitted()
        self.platform.home = "elsewhere"
        self.deliver()
        self.platform.with_user(self.manager).action_is_copy()
        self.deliver()
        self.assertEqual((self.platform.folder, self.platform.filer_person_id, self.names("out")), (False, False, []))

    # --- replies
    def test_a_reply_that_was_read_in_another_environment_is_read_in_this_one(self):
        certificate = self.sent()
        body = receipt(certificate.application_no, kind="2")
        self.env["rcep.platform.event"].create(
            {
                "platform_id": self.platform.id,
                "environment": "sandbox",
                "event_id": link.canonical.digest(body),
                "client_ref": "-",
                "source": "feed",
                "handling": "odd",
            }
        )
        self.reply(body)
        self.assertEqual(certificate.state, "under_review")

    def test_a_reply_that_was_set_aside_is_taken_up_again_and_that_is_on_record(self):
        certificate = self.sent()
        number = certificate.application_no
        certificate.number_ids.name = "RC26SOMEBODYS0001"
        self.reply(receipt(number, kind="2"))
        odd = self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)], limit=1)
        self.assertEqual((odd.handling, certificate.state), ("odd", "submitted"))
        certificate.number_ids.name = number
        result = odd.with_user(self.manager).action_take_up()
        self.assertIn("read again", result["params"]["message"])
        self.run_job("_cron_follow", "rcep.platform.event")
        self.apply_events()
        self.assertEqual((odd.handling, certificate.state), ("taken_up", "under_review"))
        self.assertEqual(self.platform.events_odd, 0)
        note = self.platform.message_ids.filtered(lambda each: "Taken up again" in each.body)
        self.assertEqual(note.author_id, self.manager.partner_id)
        self.assertIn("no application", note.body)

    def test_what_makes_no_sense_still_is_set_aside_anew(self):
        (self.part("in") / "0.xml").write_bytes(b"<Receipt/>")
        os.utime(self.part("in") / "0.xml", (0, 0))
        self.run_job("_cron_follow", "rcep.platform.event")
        events = self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)])
        events.with_user(self.manager).action_take_up()
        self.run_job("_cron_follow", "rcep.platform.event")
        handlings = self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)]).mapped("handling")
        self.assertEqual(sorted(handlings), ["odd", "taken_up"])

    def test_only_a_manager_takes_up_again_and_only_what_was_set_aside(self):
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, kind="2"))
        event = self.env["rcep.platform.event"].search([("certificate_id", "=", certificate.id)])
        with self.assertRaisesRegex(UserError, "not set aside"):
            event.with_user(self.manager).action_take_up()
        with self.assertRaisesRegex(UserError, "Only a connection manager"):
            event.with_user(self.signer).action_take_up()

    def test_what_could_not_be_applied_is_applied_again(self):
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, kind="2"))
        event = self.env["rcep.platform.event"].search([("certificate_id", "=", certificate.id)])
        event.write({"handling": "odd", "attempts": 8})
        event.with_user(self.manager).action_take_up()
        self.assertEqual((event.handling, event.attempts), ("waiting", 0))

    def test_a_reply_that_stays_locked_becomes_a_persons_task(self):
        certificate = self.sent()
        (self.part("in") / "locked.xml").write_bytes(receipt(certificate.application_no, kind="2"))
        os.utime(self.part("in") / "locked.xml", (0, 0))
        with mock.patch.object(link.local_files.LocalFiles, "content", side_effect=PermissionError(13, "locked")):
            for _try in range(link.folders.MOST_TRIES + 1):
                self.run_job("_cron_follow", "rcep.platform.event")
        self.assertEqual(self.platform.events_odd, 1)
        self.assertIn("locked.xml", self.platform.activity_ids.note)
        self.run_job("_cron_follow", "rcep.platform.event")
        self.apply_events()
        self.assertEqual(certificate.state, "under_review")
