"""The whole life of a certificate by files that people carry, where there is no folder."""

import base64
import io
import zipfile

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..platform.folder_common import FolderCase, beijing, office_pdf, receipt


@tagged("post_install", "-at_install")
class TestByHand(FolderCase):
    """Without a folder people carry the files."""

    def setUp(self):
        super().setUp()
        self.platform.folder = False

    def carried(self):
        """A certificate whose file a person has."""
        certificate = self.submitted()
        certificate.with_user(self.signer)._files()
        return certificate

    def test_downloaded_imported_and_uploaded(self):
        certificate = self.submitted()
        self.deliver()
        self.assertIn("download it", certificate.message_line_ids.error)
        self.assertTrue(certificate.has_file)
        name, content = certificate.with_user(self.signer)._files()
        self.assertEqual(name, f"{certificate.client_ref}-1.xml")
        self.assertIn(certificate.application_no.encode(), content)
        upload = self.upload(receipt(certificate.application_no, kind="5", text="审核通过"))
        self.assertIn("Issued", upload.line_ids.summary)
        self.apply_events()
        self.assertEqual(certificate.state, "issued")
        self.assertEqual(certificate.message_line_ids.state, "delivered")

    def upload(self, *bodies, user=None):
        user = user or self.signer
        files = self.env["ir.attachment"].with_user(user).create(
            [{"name": f"r{i}.xml", "raw": body} for i, body in enumerate(bodies)]
        )
        upload = self.env["rcep.receipts.upload"].with_user(user).create(
            {"attachment_ids": [Command.set(files.ids)]}
        )
        upload.action_upload()
        return upload

    def test_a_file_that_a_person_has_is_not_written_into_a_folder_too(self):
        """It may be imported already: a second file would be refused for its number, and applied for under another."""
        certificate = self.carried()
        self.platform.folder = str(self.root)
        self.deliver()
        message = certificate.message_line_ids
        self.assertEqual((self.names("out"), message.state, message.waits_for_person), ([], "unknown", True))
        self.assertIn("downloaded", message.error)
        self.upload(receipt(certificate.application_no, kind="2"))
        self.apply_events()
        self.assertEqual((certificate.state, message.state), ("under_review", "delivered"))

    def test_a_file_that_lies_in_a_folder_is_not_handed_to_a_person_too(self):
        self.platform.folder = str(self.root)
        certificate = self.submitted()
        self.deliver()
        for folder in (str(self.root), False):
            self.platform.folder = folder
            with self.subTest(folder), self.assertRaisesRegex(UserError, "arrive twice"):
                certificate.with_user(self.signer).action_download_file()
        certificate.message_line_ids.with_user(self.manager).action_retry()
        self.assertTrue(certificate.with_user(self.signer).action_download_file())

    def test_a_reply_to_a_file_that_nobody_has_is_somebody_elses(self):
        certificate = self.submitted()
        self.deliver()
        upload = self.upload(receipt(certificate.application_no, kind="5"))
        self.apply_events()
        self.assertEqual((certificate.state, upload.line_ids.is_odd), ("submitted", True))

    def test_no_identity_card_is_kept_of_what_was_uploaded(self):
        """Somebody takes the application itself for a reply; an office repeats the number in its words."""
        certificate = self.carried()
        content = certificate._file_message()._content()
        self.assertIn(b"330200199001010000", content)
        number = certificate.application_no
        self.upload(content, receipt(number, kind="3", text="身份证号330200199001010000有误"))
        self.apply_events()
        self.assertIn("身份证号", certificate.platform_errors)
        events = self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)])
        self.assertEqual(len(events), 2)
        notes = "".join(certificate.message_ids.mapped("body"))
        stored = f"{events.read(['raw', 'content', 'why_coded'])} {certificate.platform_errors} {notes}"
        self.assertNotIn("330200199001010000", stored)

    def test_a_zip_of_replies_is_read_file_by_file(self):
        certificate = self.carried()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as folder:
            folder.writestr("InBox/a.xml", receipt(certificate.application_no, kind="2", moment=beijing(minutes=5)))
            folder.writestr("InBox/b.xml", b"nothing")
        upload = self.upload(packed.getvalue())
        self.assertEqual(upload.line_ids.mapped("is_odd"), [False, True])
        again = self.upload(packed.getvalue())
        self.assertEqual(set(again.line_ids.mapped("summary")), {"It was read before."})

    def test_a_bomb_is_refused_in_words(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
            folder.writestr("a.xml", b"0" * (30 * 1024 * 1024))
        for body in (packed.getvalue(), packed.getvalue()[:-30]):
            with self.subTest(len(body)):
                if zipfile.is_zipfile(io.BytesIO(body)):
                    with self.assertRaisesRegex(UserError, "is not a ZIP of replies"):
                        self.upload(body)

    def test_clerks_and_auditors_carry_no_files(self):
        certificate = self.submitted()
        for name in ("clerk", "auditor"):
            with self.subTest(name), self.assertRaises(UserError):
                certificate.with_user(self.person(name, login=f"{name}.y"))._check_may_carry()

    def test_a_cancellation_is_recorded_as_the_office_did_it(self):
        self.platform.environment = "production"
        certificate = self.carried()
        self.upload(receipt(certificate.application_no, kind="5"))
        self.apply_events()
        self.assertFalse(certificate.asks_by_message)
        request = self.env["rcep.certificate.request"].with_user(self.signer).create(
            {"certificate_id": certificate.id, "kind": "cancellation", "reason": "ORDER FELL THROUGH"}
        )
        self.assertTrue(request.is_recorded)
        request.action_request()
        self.assertEqual((certificate.state, certificate.public_state), ("cancelled", "cancelled"))
        self.assertIn("ORDER FELL THROUGH", certificate.message_ids[0].body)
        self.assertEqual(certificate.message_line_ids.mapped("kind"), ["application"])

    def test_our_own_print_is_not_taken_for_the_offices(self):
        certificate = self.carried()
        self.upload(receipt(certificate.application_no, kind="5"))
        self.apply_events()
        take = self.env["rcep.document.upload"].with_user(self.signer)
        with self.assertRaisesRegex(UserError, "print of this system"):
            ours = base64.b64encode(certificate._form_pdf())
            take.create({"certificate_id": certificate.id, "document": ours, "was_compared": True}).action_take()

    def test_the_offices_paper_is_compared_and_kept(self):
        certificate = self.carried()
        self.upload(receipt(certificate.application_no, kind="5"))
        self.apply_events()
        pdf = office_pdf(certificate)
        take = self.env["rcep.document.upload"].with_user(self.signer).create(
            {"certificate_id": certificate.id, "document": base64.b64encode(pdf)}
        )
        self.assertFalse(take.differences, take.differences)
        take.action_take()
        self.assertEqual(base64.b64decode(certificate.document), pdf)
        self.assertFalse(certificate.wants_document or certificate.wants_print)

    def test_anothers_paper_is_not_taken(self):
        certificate = self.carried()
        self.upload(receipt(certificate.application_no, kind="5"))
        self.apply_events()
        foreign = office_pdf(certificate)
        certificate._write_moved(certificate_no="RC26MA2AEXAM9999")
        take = self.env["rcep.document.upload"].with_user(self.signer)
        for content, words in ((foreign, "does not name"), (b"GIF89a", "is no PDF"), (b"%PDF-1.7 broken", "cannot be")):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                take.create({"certificate_id": certificate.id, "document": base64.b64encode(content)}).action_take()

    def test_it_was_printed(self):
        certificate = self.carried()
        self.upload(receipt(certificate.application_no, kind="5"))
        self.apply_events()
        certificate.action_printed()
        self.assertEqual((certificate.print_state, certificate.wants_print), ("printed", False))
