"""Files that an MES writes into a folder: each taken in once, whatever happens meanwhile."""

import json
import os
import pathlib
import shutil
import tempfile
import time
from unittest import mock

from odoo.addons.rcep_eco.models.platform import rcep_platform_files
from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..intake import report_tray
from ..models import rcep_report_folder
from .common import SAMPLES, MesCommon

KILLED = KeyboardInterrupt("killed")


@tagged("post_install", "-at_install")
class TestReportFolder(MesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager", login="folder.keeper")

    def setUp(self):
        super().setUp()
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        self.startPatcher(mock.patch.dict(os.environ, {rcep_platform_files.ROOTS: str(self.root)}))
        self.folder = self.watch("plant")

    def watch(self, name, **values):
        (self.root / name).mkdir(exist_ok=True)
        folders = self.env["rcep.report.folder"].with_user(self.manager)
        folder = folders.create({"name": name, "folder": str(self.root / name), **values})
        return folder.sudo()

    def put(self, name, content, age=60, folder="plant"):
        path = self.root / folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        then = time.time() - age
        os.utime(path, (then, then))

    def take_in(self):
        self.run_job("_cron_read", "rcep.report.folder")

    def names(self, part="", folder="plant"):
        return sorted(each.name for each in (self.root / folder / part).iterdir() if each.is_file())

    def kept(self):
        return sorted(self.came().mapped("report_id"))

    # --- what becomes of a file ----------------------------------------------------------------------------
    def test_a_file_is_taken_in_applied_and_laid_to_those_that_are_done(self):
        self.put("shift.json", self.told("R-1"))
        self.take_in()
        self.run_job("_cron_apply", "rcep.production.report")
        report = self.came()
        self.assertEqual((report.source, report.state, report.books), ("folder", "applied", False))
        self.assertEqual(self.verdict(self.made).verdict, "originating")
        self.assertEqual((self.names(), self.names("taking"), self.names("refused")), ([], [], []))
        (name,) = self.names("done")
        self.assertRegex(name, r"^shift\.[0-9a-f]{12}\.json$")
        self.assertTrue(self.folder.last_taken_on)
        self.assertFalse(self.folder.last_refused_on)

    def test_every_form_is_known_by_what_it_holds(self):
        names = ("epcis_transformation.json", "b2mml_production_performance.xml", "table.csv")
        for name in names:
            self.watch(name)  # the samples are of one report: each comes into a folder of its own
            self.put(name, (SAMPLES / name).read_bytes(), folder=name)
        with mock.patch.object(type(self.reports), "_receive") as receive:
            self.take_in()
        self.assertLessEqual(3, receive.call_count)
        for name in names:
            self.assertEqual((len(self.names("done", name)), self.names("refused", name)), (1, []))

    def test_a_folder_that_books_has_its_reports_booked(self):
        self.folder.books = True
        self.put("shift.json", self.told("R-1"))
        self.take_in()
        self.assertTrue(self.came().books)

    def test_a_name_again_with_other_content_is_another_file(self):
        for number in (1, 2):
            self.put("shift.json", self.told(f"R-{number}"))
            self.take_in()
        self.assertEqual(self.kept(), ["R-1", "R-2"])
        self.assertEqual(len(self.names("done")), 2)

    def test_the_same_again_is_the_same_report(self):
        for _time in range(2):
            self.put("shift.json", self.told("R-1"))
            self.take_in()
        self.assertEqual((self.kept(), self.names(), len(self.names("done"))), (["R-1"], [], 1))

    def test_what_cannot_be_read_is_refused_with_a_text_that_says_why(self):
        self.put("bad.json", b"{")
        self.put("good.json", self.told("R-1"))
        self.put("twice.json", [self.told("R-2"), {**self.told("R-1"), "site": "elsewhere"}])
        self.take_in()
        self.assertEqual(self.kept(), ["R-1"], "a file that is refused leaves nothing, not the first of its reports")
        texts = [(self.root / "plant" / "refused" / each).read_text() for each in self.names("refused")
                 if each.endswith(".txt")]  # fmt: skip
        self.assertEqual(sorted(texts), [
            "Report R-1 came before and said something else: send a correction with an id of its own.\n",
            "The file is no JSON in UTF-8.\n",
        ])  # fmt: skip
        self.assertEqual(len(self.names("refused")), 4)
        self.assertTrue(self.folder.last_refused_on)

    def test_a_file_that_is_too_long_is_refused(self):
        self.startPatcher(mock.patch.object(report_tray, "LONGEST", 10))
        self.put("long.json", self.told("R-1"))
        self.take_in()
        text = next(each for each in self.names("refused") if each.endswith(".txt"))
        self.assertIn("longer than 10 bytes", (self.root / "plant" / "refused" / text).read_text())

    def test_a_file_that_is_still_written_waits(self):
        self.put("young.json", self.told("R-1"), age=0)
        for name in (".hidden.json", "r.json.part", "r.json.TMP", "~$r.xlsx"):
            self.put(name, self.told("R-2"))
        before = self.names()
        self.take_in()
        self.assertEqual((self.kept(), self.names()), ([], before))
        self.put("young.json", self.told("R-1"))
        self.take_in()
        self.assertEqual(self.kept(), ["R-1"])

    def test_a_name_that_is_as_long_as_a_disk_allows_is_taken(self):
        self.put("车" * 80 + ".json", self.told("R-1"))
        self.take_in()
        self.assertEqual((self.kept(), len(self.names("done"))), (["R-1"], 1))

    def test_a_link_is_no_file(self):
        self.put("secret.json", self.told("R-1"), folder="")
        (self.root / "plant" / "shift.json").symlink_to(self.root / "secret.json")
        self.take_in()
        self.assertEqual((self.kept(), self.names("done")), ([], []))

    # --- what happens meanwhile ----------------------------------------------------------------------------
    def test_killed_between_keeping_and_moving_it_is_taken_once(self):
        self.put("shift.json", self.told("R-1"))
        with mock.patch.object(report_tray.ReportTray, "shelve"):
            self.take_in()
        self.assertEqual((self.kept(), self.names(), len(self.names("taking"))), (["R-1"], [], 1))
        self.take_in()
        self.assertEqual((self.kept(), self.names("taking"), len(self.names("done"))), (["R-1"], [], 1))

    def test_killed_before_it_is_kept_it_is_taken_by_the_next_run(self):
        self.put("shift.json", self.told("R-1"))
        with (
            mock.patch.object(report_tray.ReportTray, "content", side_effect=KILLED),
            self.assertRaises(KeyboardInterrupt),
        ):
            self.take_in()
        self.assertEqual((self.kept(), len(self.names("taking"))), ([], 1))
        self.take_in()
        self.assertEqual((self.kept(), len(self.names("done"))), (["R-1"], 1))

    def test_two_workers_at_one_file_keep_it_once(self):
        """The second comes while the first has read the file and kept nothing yet."""
        self.put("shift.json", self.told("R-1"))
        keep, seen = type(self.folder)._keep, []

        def meanwhile(folder, content):
            if not seen:
                seen.append(content)
                folder._read()
            return keep(folder, content)

        with mock.patch.object(type(self.folder), "_keep", meanwhile):
            self.take_in()
        self.assertTrue(seen)
        self.assertEqual((self.kept(), self.names("taking"), len(self.names("done"))), (["R-1"], [], 1))
        self.assertFalse(self.folder.problem)

    def test_another_file_of_the_same_name_that_comes_meanwhile_is_not_lost(self):
        self.put("shift.json", self.told("R-1"))
        content, seen = report_tray.ReportTray.content, []

        def meanwhile(tray, claimed):
            if not seen:
                seen.append(claimed)
                self.put("shift.json", self.told("R-2"))
            return content(tray, claimed)

        with mock.patch.object(report_tray.ReportTray, "content", meanwhile):
            self.take_in()
        self.assertEqual(self.names(), ["shift.json"])
        self.take_in()
        self.assertEqual((self.kept(), len(self.names("done"))), (["R-1", "R-2"], 2))

    def test_a_folder_that_fails_holds_up_no_other(self):
        other = self.watch("second")
        shutil.rmtree(self.root / "plant")
        self.put("shift.json", self.told("R-1"), folder="second")
        self.take_in()
        self.assertEqual(self.kept(), ["R-1"])
        self.assertIn(str(self.root / "plant"), self.folder.problem)
        self.assertFalse(other.problem)
        (self.root / "plant").mkdir()
        self.take_in()
        self.assertFalse(self.folder.problem, "once it is mended nothing is in the way")

    def test_a_file_that_breaks_the_program_holds_up_no_other(self):
        self.put("a.json", self.told("R-1"), age=90)
        self.put("b.json", self.told("R-2"))
        read = rcep_report_folder.file_reading.read

        def broken(content):
            if b"R-1" in content:
                raise ZeroDivisionError
            return read(content)

        with mock.patch.object(rcep_report_folder.file_reading, "read", broken), \
                mute_logger("odoo.addons.rcep_eco.tools.isolated"):  # fmt: skip
            self.take_in()
        self.assertEqual(self.kept(), ["R-2"])
        self.assertEqual(len(self.names("refused")), 2)

    def test_more_files_than_one_round_takes_come_in_the_next(self):
        self.startPatcher(mock.patch.object(rcep_report_folder, "BATCH", 2))
        for number in range(3):
            self.put(f"{number}.json", self.told(f"R-{number}"), age=100 - number)
        self.take_in()
        self.assertEqual(self.kept(), ["R-0", "R-1"])
        self.take_in()
        self.assertEqual(self.kept(), ["R-0", "R-1", "R-2"])

    # --- who, and where ------------------------------------------------------------------------------------
    def test_a_folder_that_the_server_may_not_use_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "not one that this server may use"):
            self.folder.folder = "/etc"
        (self.root / "way out").symlink_to("/etc")
        with self.assertRaisesRegex(ValidationError, "not one that this server may use"):
            self.watch("way out")
        with self.assertRaisesRegex(ValidationError, "There is no folder"):
            self.folder.folder = str(self.root / "nowhere")

    def test_a_folder_below_that_leads_out_later_is_not_used(self):
        outside = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, outside)
        (self.root / "plant" / "done").symlink_to(outside)
        self.put("shift.json", self.told("R-1"))
        self.take_in()
        self.assertEqual((self.kept(), self.names()), ([], ["shift.json"]))
        self.assertIn("done", self.folder.problem)

    def test_two_folders_never_take_each_other_s_files(self):
        (self.root / "plant" / "inner").mkdir()
        for name in ("plant", "plant/inner", "plant/."):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "take another"):
                self.watch(name)

    def test_it_reaches_its_own_company_alone(self):
        other = self.make_company("宁波另一有限公司", OTHER_USCC)
        self.folder.company_id = other
        self.put("shift.json", self.told("R-1"))
        self.take_in()
        self.run_job("_cron_apply", "rcep.production.report")
        report = self.came()
        self.assertEqual((report.company_id, report.state), (other, "unmatched"))
        self.assertEqual(self.codes(report)[0], "order_unknown")

    def test_nobody_but_who_makes_keys_enters_a_folder(self):
        for name in ("clerk", "signer", "engineer"):
            person = self.person(name)
            folders = self.env["rcep.report.folder"].with_user(person)
            with self.assertRaises(AccessError):
                folders.create({"name": "x", "folder": str(self.root)})
            with self.assertRaises(AccessError):
                self.folder.with_user(person).read(["folder"])

    def test_an_archived_folder_is_left_alone(self):
        self.folder.active = False
        self.put("shift.json", self.told("R-1"))
        self.take_in()
        self.assertEqual((self.kept(), self.names()), ([], ["shift.json"]))
