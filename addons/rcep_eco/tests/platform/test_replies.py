"""What an office replied, as samples for this project: the shape stays, the firm's own facts are gone."""

import base64
import io
import json
import zipfile

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .folder_common import PROFILE, FolderCase, beijing, receipt


@tagged("post_install", "-at_install")
class TestReplies(FolderCase, HttpCase):
    def replied(self):
        """A certificate of which the office said this and that, some of it in the firm's own words."""
        certificate = self.sent()
        number = certificate.application_no
        result = (
            f"{self.exporter.partner_id.rcep_name_en} {certificate.invoice_numbers} 330200199001010000 0574-00000000"
        )
        self.reply(receipt(number, kind="3", text=f"第1项货物有误 {result} {number}"), "a.xml")
        self.reply(receipt(number, kind="2", moment=beijing(minutes=12)), "b.xml")
        self.reply(f"<Receipt><CertNo>{number}</CertNo>{self.exporter.rcep_uscc}</Receipt>".encode(), "c.xml")
        return certificate

    def unpacked(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            return {name: folder.read(name).decode() for name in folder.namelist()}

    def test_nothing_of_the_firm_is_left_and_the_shape_is(self):
        certificate = self.replied()
        files = self.unpacked(self.platform.with_user(self.manager)._redacted_replies())
        index = json.loads(files.pop("replies.json"))
        self.assertEqual([each["state"] for each in index], ["returned", "under_review"])
        self.assertEqual(sorted(files), [each["file"] for each in index])
        for secret in (
            self.exporter.partner_id.rcep_name_en, certificate.invoice_numbers, "330200199001010000", "0574-00000000",
            certificate.application_no, self.exporter.rcep_uscc, self.exporter.rcep_uscc[8:17],
        ):  # fmt: skip
            self.assertNotIn(secret, "".join(files.values()), secret)
        self.assertIn("第1项货物有误 [", "".join(files.values()))
        for name, text in files.items():
            read = PROFILE.read_receipt(text.encode())
            self.assertIn(read.state, name)

    def test_however_a_reply_is_written_nothing_is_left(self):
        """Entities, CDATA, comments, attributes, other spaces, and the paper itself."""
        self.exporter.partner_id.rcep_name_en = "BRIGHT & LAMP CO., LTD."
        certificate = self.sent()
        name, spaced = "BRIGHT & LAMP CO., LTD.", "BRIGHT  &amp;\n LAMP CO., LTD."
        paper = base64.b64encode(bytes(range(256)) * 3).decode()
        self.reply(
            f'<Receipt firm="BRIGHT &amp; LAMP CO., LTD."><!-- {name} --><CertNo>{certificate.application_no}</CertNo>'
            f"<ReceiveTime>{beijing()}</ReceiveTime><Channel>2</Channel>"
            f"<Note>BRIGHT &amp; LAMP CO., LTD. | {spaced}</Note>"
            f"<Other><![CDATA[{name}]]></Other><FileContent>{paper}</FileContent></Receipt>".encode()
        )
        self.assertEqual(certificate.state, "returned")
        files = self.unpacked(self.platform.with_user(self.manager)._redacted_replies())
        text = "".join(files.values())
        for secret in ("BRIGHT", "LAMP CO", paper[:40]):
            self.assertNotIn(secret, text, text)

    def test_only_its_manager_gets_them(self):
        self.replied()
        for name in ("clerk", "signer", "auditor", "engineer"):
            with self.subTest(name), self.assertRaises(UserError):
                self.platform.with_user(self.person(name, login=f"{name}.r")).action_export_replies()
        self.env.flush_all()
        for user, status in ((self.manager, 200), (self.signer, 404)):
            user.password = user.login
            self.authenticate(user.login, user.login)
            reply = self.url_open(self.platform.with_user(self.manager).action_export_replies()["url"])
            self.assertEqual(reply.status_code, status, user.login)
