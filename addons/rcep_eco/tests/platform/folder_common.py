"""A firm whose platform is a folder, and the replies of its office: tests play the client of the single window."""

import contextlib
import datetime
import os
import pathlib
import shutil
import tempfile
from unittest import mock

from freezegun import freeze_time

from ... import link
from ...models.platform import rcep_platform_files
from ...report import form_rcep
from ..common import USCC, EcoCommon

CHINA = datetime.timezone(datetime.timedelta(hours=8))
PROFILE = link.profiles.get("gacc-xml-2022")
FOLDERS = (*PROFILE.folders.values(), *PROFILE.attachment_folders.values())
NAMESPACE = 'xmlns="http://www.w3.org/2000/09/xmldsig#"'


def beijing(**later):
    """A moment after now as replies write it."""
    return f"{datetime.datetime.now(CHINA) + datetime.timedelta(**later):%Y-%m-%d %H:%M:%S}"


def receipt(number, channel="6", kind="", text="", moment=None):
    """A reply of the office, as the samples have it; said in ten minutes where nothing else is."""
    moment = moment or beijing(minutes=10)
    verdict = (
        f"<CusRespData><RepType>{kind}</RepType><RepAddMsg>{text}</RepAddMsg><RspGenTime>{moment}</RspGenTime>"
        "</CusRespData>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Receipt {NAMESPACE}><CertNo>{number}</CertNo>'
        f"<ReceiveTime>{moment}</ReceiveTime><Channel>{channel}</Channel><Note>{'' if kind else text}</Note>"
        f"{verdict if kind else ''}</Receipt>"
    ).encode()


def office_pdf(certificate):
    """A PDF as the office prints it: the same form, without what our own prints bear."""
    with mock.patch.object(form_rcep, "NOTE", ""), mock.patch.object(type(certificate), "_banner", lambda _of: ""):
        return certificate._form_pdf()


class FolderCase(EcoCommon):
    """``self.platform`` writes into a folder of this test; the test plays the single window's client."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.root = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.root)
        for part in FOLDERS:
            (cls.root / part).mkdir(parents=True)
        cls.startClassPatcher(mock.patch.dict(os.environ, {rcep_platform_files.ROOTS: str(cls.root)}))
        cls.platform = cls.env["rcep.platform"].create(
            {
                "company_id": cls.exporter.id,
                "profile": PROFILE.code,
                "environment": "test",
                "folder": str(cls.root),
                "filer_office": "3101",
                "filer_collect_at": "3101",
                "filer_person": "张示例",
                "filer_person_id": "330200199001010000",
                "filer_phone": "0574-00000000",
            }
        )
        cls.supplier.vat = USCC
        cls.signer = cls.person("signer")
        cls.manager = cls.person("manager")

    def setUp(self):
        super().setUp()
        for part in FOLDERS:
            for file in (self.root / part).iterdir():
                file.unlink()

    def part(self, name, folders=PROFILE.folders):
        return self.root / folders[name]

    def names(self, name, folders=PROFILE.folders):
        return sorted(each.name for each in self.part(name, folders).iterdir())

    def submitted(self):
        certificate = self.certify()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        return certificate

    def sent(self):
        """A certificate whose file the client took."""
        certificate = self.submitted()
        self.deliver()
        (name,) = self.names("out")
        (self.part("out") / name).rename(self.part("sent") / name)
        self.deliver()
        return certificate

    def issued(self):
        """A certificate that the office has issued, whose paper is not here yet."""
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, kind="5"), f"{certificate.client_ref}.xml")
        return certificate

    def deliver(self):
        self.env["rcep.platform.message"].search([]).write({"next_try": "2020-01-01 00:00:00"})
        self.run_job()

    @contextlib.contextmanager
    def slow_to_note(self):
        """Odoo notes that a file lies there two seconds after it wrote it."""
        put = link.folder_access.Place.put
        with freeze_time(datetime.datetime.now(datetime.timezone.utc)) as clock:

            def late(place, *file):
                put(place, *file)
                clock.tick(2)

            with mock.patch.object(link.folder_access.Place, "put", late):
                yield

    def reply(self, body, name="r.xml"):
        (self.part("in") / name).write_bytes(body)
        self.run_job("_cron_follow", "rcep.platform.event")
        self.apply_events()
