"""Certificates by way of an SFTP server that breaks in every way it can; what is promised of folders holds."""

import gc
import json
import logging
import socket
import threading
import time
from unittest import mock

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.platform.folder_common import beijing, receipt
from odoo.tests import tagged

from .common import SftpCase
from .server import PASSWORD


@tagged("post_install", "-at_install")
class TestSftp(SftpCase):
    def file(self, certificate):
        return f"{certificate.client_ref}-1.xml"

    def retried(self):
        """What was put off is due again."""
        self.platform.write({"paused_until": False, "troubles": 0})
        self.deliver()

    def assert_once(self, certificate):
        """It lies in OutBox, whole, and nothing beside it."""
        self.assertEqual(self.names("out"), [self.file(certificate)])
        message = certificate.message_line_ids
        self.assertEqual((self.part("out") / self.file(certificate)).read_bytes(), message._content())
        self.assertEqual(message.state, "unknown")
        self.assertIn("has not taken it", message.error)

    def test_from_the_folder_to_issued(self):
        certificate = self.submitted()
        self.deliver()
        self.assert_once(certificate)
        self.assertEqual(certificate.message_line_ids.begun_in, self.platform.sftp_root)
        name = self.file(certificate)
        (self.part("out") / name).rename(self.part("sent") / name)
        self.deliver()
        self.assertEqual(certificate.message_line_ids.state, "delivered")
        self.reply(receipt(certificate.application_no, kind="2", moment=beijing(minutes=5)), "a.xml")
        self.reply(receipt(certificate.application_no, kind="5"), "b.xml")
        self.assertEqual((certificate.state, certificate.certificate_no), ("issued", certificate.application_no))

    # --- it breaks
    def test_a_connection_that_is_lost_in_the_middle_of_a_file_leaves_nothing_that_is_sent(self):
        certificate = self.submitted()
        self.server.faults.cut_at = 100
        self.deliver()
        self.assertFalse([name for name in self.names("out") if not name.startswith(".")])
        self.assertEqual(certificate.message_line_ids.state, "queued")
        self.retried()
        self.assert_once(certificate)

    def test_a_rename_that_is_refused_is_tried_again(self):
        certificate = self.submitted()
        self.server.faults.renames = "refused"
        self.deliver()
        self.assertEqual((self.names("out"), certificate.message_line_ids.state), ([], "queued"))
        self.assertIn("could be written", certificate.message_line_ids.error)
        self.retried()
        self.assert_once(certificate)

    def test_a_rename_whose_answer_is_lost_is_asked_for_and_not_done_again(self):
        certificate = self.submitted()
        self.server.faults.renames = "lost"
        self.deliver()
        name = self.file(certificate)
        self.assertEqual((self.names("out"), certificate.message_line_ids.state), ([name], "unknown"))
        (self.part("out") / name).rename(self.part("sent") / name)
        self.retried()
        self.assertEqual((self.names("out"), certificate.message_line_ids.state), ([], "delivered"))

    def test_a_connection_that_was_cut_between_two_calls_is_made_anew(self):
        place = self.platform._place()
        self.assertEqual(list(place.entries("in")), [])
        self.server.cut()
        with self.assertRaises(link.errors.NotSent):
            list(place.entries("in"))
        self.assertEqual(list(place.entries("in")), [])

    def test_a_slow_server_ends_in_time_and_holds_up_nothing(self):
        certificate = self.submitted()
        self.server.faults.slow = 30
        began = time.monotonic()
        self.deliver()
        self.assertLess(time.monotonic() - began, 20)
        self.assertEqual((self.names("out"), certificate.message_line_ids.state), ([], "queued"))
        self.server.faults.slow = 0
        self.retried()
        self.assert_once(certificate)

    def test_a_server_that_drips_is_cut_off_by_the_clock_on_the_wall(self):
        """Each answer comes in time, all together do not."""
        place = self.platform._place()
        self.server.faults.slow = 1
        began = time.monotonic()
        with self.assertRaises(link.errors.NotSent), link.guarded_connections.within(2):
            for number in range(10):
                place.put("out", f"{number}.xml", b"x")
        self.assertLess(time.monotonic() - began, 6)

    def test_options_that_are_none_of_ours_do_no_harm(self):
        certificate = self.submitted()
        self.know_server(watch="x", seconds="y", sock="z", temppath="/etc")
        self.deliver()
        self.assert_once(certificate)

    def test_a_name_that_leads_nowhere_is_reported(self):
        certificate = self.submitted()
        self.know_server(host="nowhere.invalid")
        with mock.patch("socket.getaddrinfo", side_effect=socket.gaierror(-2, "Name or service not known")):
            self.deliver()
        self.assertEqual(certificate.message_line_ids.state, "queued")
        self.assertIn("its name cannot be resolved", certificate.message_line_ids.error)

    def test_names_that_nobody_looks_up_end_in_time(self):
        certificate = self.submitted()
        asked = threading.Event()
        self.addCleanup(asked.set)
        self.know_server(host="slow.example")
        began = time.monotonic()
        with mock.patch("socket.getaddrinfo", side_effect=lambda *_of, **_more: asked.wait(60) and []):
            self.deliver()
        self.assertLess(time.monotonic() - began, 20)
        self.assertEqual(certificate.message_line_ids.state, "queued")

    # --- who it is
    def test_another_key_of_the_server_is_not_taken(self):
        certificate = self.submitted()
        before = self.server.host_key
        self.server.renew_key()
        self.know_server(host_key=before)
        self.deliver()
        self.assertEqual((self.names("out"), certificate.message_line_ids.state), ([], "queued"))
        self.assertIn("another key", certificate.message_line_ids.error)
        self.assertIn("another key", self.platform.findings)
        result = self.platform.with_user(self.manager).action_test()
        self.assertIn("another key", result["params"]["message"])
        self.know_server()
        self.retried()
        self.assert_once(certificate)

    def test_no_secret_stands_in_a_log_or_on_a_screen(self):
        certificate = self.submitted()
        self.know_server(password=f"{PASSWORD}-wrong")
        self.env.flush_all()
        names = ("paramiko", "fsspec", "odoo", "asyncssh")
        with self.assertLogs(level=logging.DEBUG) as logs:
            for name in names:
                self.addCleanup(logging.getLogger(name).setLevel, logging.getLogger(name).level)
                logging.getLogger(name).setLevel(logging.DEBUG)
            self.deliver()
            logging.getLogger("paramiko.transport").debug("the end")
        self.assertIn("does not take the user's name", certificate.message_line_ids.error)
        shown = [*logs.output, certificate.message_line_ids.error, self.platform.findings, self.platform.sftp_root]
        shown += self.platform.message_ids.mapped("body")
        self.assertNotIn(PASSWORD, " ".join(shown))

    def test_connections_do_not_stay_open(self):
        for _run in range(3):
            self.deliver()
            self.run_job("_cron_follow", "rcep.platform.event")
        self.platform._place().check("in")
        gc.collect()
        self.assertGreater(len(self.server.connections), 3)
        self.server.wait_until_nobody_is_connected(10)

    # --- the storage changes
    def test_what_was_begun_on_one_server_is_not_written_to_another(self):
        certificate = self.submitted()
        message = certificate.message_line_ids
        message._claim()
        message.lease_until = "2020-01-01 00:00:00"
        self.storage.options = json.dumps({**self.server.options, "username": "another"})
        self.deliver()
        self.assertTrue(message.waits_for_person)
        self.assertIn("imp@127.0.0.1", message.error)
        self.assertEqual(self.names("out"), [])
