"""A certificate's whole life at the screen, the same for each profile of the link."""

import base64
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
from unittest import mock

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.platform import rcep_platform_files
from odoo.addons.rcep_eco.tests.common import CallsPlatform
from odoo.addons.rcep_eco.tests.platform.folder_common import office_pdf
from odoo.tests import HttpCase, tagged

from .common import CHECKOUT, PATIENCE, DemoCommon, WithPlatform

FILES = "gacc-xml-2022"


class Life:
    """What a clerk and a signer see and do; ``work`` has the office work until something holds."""

    remark = ""  # by which this office is asked to send an application back, once

    def look(self, tour, certificate, user):
        self.env.flush_all()
        self.start_tour(f"/odoo/certificates-of-origin/{certificate.id}", tour, login=user.login)
        certificate.invalidate_recordset()

    def live(self):
        invoice = self.sell()
        path = f"/odoo/action-account.action_move_out_invoice_type/{invoice.id}"
        self.start_tour(path, "rcep_eco_clerk", login=self.clerk.login)
        certificate = invoice.rcep_certificate_ids
        certificate.remarks = self.remark
        self.look("rcep_eco_life_submit", certificate, self.signer)
        self.work(lambda: certificate.state == "returned")
        self.look("rcep_eco_life_returned", certificate, self.signer)
        certificate.remarks = False
        self.look("rcep_eco_life_submit", certificate, self.signer)
        self.work(lambda: certificate.state == "issued")
        self.receive_document(certificate)
        self.look("rcep_eco_life_issued", certificate, self.signer)
        mails = [("model", "=", certificate._name), ("res_id", "=", certificate.id)]
        mail = self.env["mail.mail"].search(mails, limit=1)
        self.assertIn(self.of("customer_vn"), mail.recipient_ids)
        self.assertIn(f"{certificate.certificate_no.replace('/', '-')}.pdf", mail.attachment_ids.mapped("name"))
        self.look("rcep_eco_life_cancel", certificate, self.signer)
        self.work(lambda: certificate.state == "cancelled")
        self.look("rcep_eco_life_cancelled", certificate, self.signer)
        self.assertEqual(certificate.revision, 2)
        self.assertNotIn("failed", certificate.message_line_ids.mapped("state"))
        return certificate


@tagged("post_install", "-at_install")
class TestLifeByCalls(Life, WithPlatform, HttpCase):
    remark = link.profiles.get(link.profiles.DEFAULT).rehearsal_remark("return")

    def work(self, condition):
        self.until(condition, self.deliver, self.follow)

    def receive_document(self, certificate):
        self.work(lambda: certificate.document)

    def test_its_whole_life(self):
        self.live()


@tagged("post_install", "-at_install")
class TestLifeByFiles(Life, CallsPlatform, DemoCommon, HttpCase):
    remark = "RETURN"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        command = [sys.executable, "-m", "ccpit_sandbox.folders", f"--folder={cls.folder}/imp",
                   f"--data={cls.folder}/data", "--review-seconds=0.05"]  # fmt: skip
        log = cls.enterClassContext((cls.folder / "log").open("w"))
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
        office = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment, cwd=cls.folder)
        cls.addClassCleanup(cls.end, office)
        office.stdout.readline()  # its folders are there
        (cls.folder / "imp/PDF").mkdir()
        cls.startClassPatcher(mock.patch.dict(os.environ, {rcep_platform_files.ROOTS: str(cls.folder)}))
        cls.connection = cls.of("platform").with_user(cls.manager)
        cls.connection.write(
            {
                "profile": FILES,
                "environment": "test",
                "folder": f"{cls.folder}/imp",
                "document_folder": "PDF",
                "filer_office": "3101",
                "filer_collect_at": "3101",
                "filer_person": "张示例",
                "filer_person_id": "330200199001010000",
                "filer_phone": "0574-00000000",
            }
        )

    @classmethod
    def end(cls, office):
        office.terminate()
        office.wait(PATIENCE)
        office.stdout.close()

    def work(self, condition):
        """The outbox and the inbox run until it holds, while the office works in a process of its own."""
        pause = threading.Event()
        for _try in range(int(PATIENCE / 0.1)):
            self.env["rcep.platform.message"].search([("state", "!=", "delivered")]).next_try = self.env.cr.now()
            self.run_job()
            self.run_job("_cron_follow", "rcep.platform.event")
            self.apply_events()
            if condition():
                return
            pause.wait(0.1)
        self.fail("this did not happen in time")

    def receive_document(self, certificate):
        """Somebody prints it at the single window and saves the PDF."""
        self.assertTrue(certificate.wants_document)
        path = self.folder / "imp/PDF/printed.pdf"
        path.write_bytes(office_pdf(certificate))
        os.utime(path, (0, 1_700_000_000))
        self.work(lambda: certificate.document)
        self.assertEqual(base64.b64decode(certificate.document), path.read_bytes())

    def test_its_whole_life(self):
        certificate = self.live()
        self.assertEqual(certificate.application_no, certificate.certificate_no)
