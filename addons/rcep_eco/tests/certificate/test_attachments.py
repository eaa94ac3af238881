"""Papers that go with an application by files: each leaves once, after its application, for its number."""

import base64
import io
import zipfile
from unittest import mock

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from psycopg2 import IntegrityError

from ... import link
from ...models.certificate import attachment as attachments
from ...states import attachment_states
from ..platform.folder_common import PROFILE, FolderCase, beijing, receipt

PDF = b"%PDF-1.7 paper"
PAPERS = PROFILE.attachment_folders


def of_paper(number, name, kind="1", note="", moment=None):
    """A reply of the office about an attachment."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><FileRet><CertNo>{number}</CertNo><RetType>{kind}</RetType>'
        f"<FileName>{name}</FileName><FileType>1</FileType><Note>{note}</Note>"
        f"<ReceiveTime>{moment or beijing()}</ReceiveTime></FileRet>"
    ).encode()


class PaperCase(FolderCase):
    """A certificate with papers."""

    def attach(self, certificate, name="Invoice 77.pdf", user=None, **values):
        values = {"certificate_id": certificate.id, "name": name, "content": base64.b64encode(PDF), **values}
        return self.env["rcep.certificate.attachment"].with_user(user or self.signer).create(values)

    def with_paper(self):
        """A submitted certificate with one paper, whose files have been written."""
        certificate = self.certify()
        paper = self.attach(certificate)
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        return certificate, paper

    def taken(self):
        """As `with_paper`, where the client has taken both."""
        certificate, paper = self.with_paper()
        self.deliver()
        for folders in (PROFILE.folders, PAPERS):
            self.take(folders)
        return certificate, paper

    def take(self, folders):
        """The client takes what lies in a folder, and the outbox sees it."""
        self.deliver()
        for name in self.names("out", folders):
            (self.part("out", folders) / name).rename(self.part("sent", folders) / name)
        self.deliver()
        self.deliver()  # what has waited for that

    def answer(self, body, name="p.xml"):
        (self.part("in", PAPERS) / name).write_bytes(body)
        self.run_job("_cron_follow", "rcep.platform.event")


@tagged("post_install", "-at_install")
class TestAttachments(PaperCase):
    # --- its life
    def test_it_leaves_after_its_application_and_is_accepted(self):
        certificate, paper = self.with_paper()
        self.assertEqual((paper.name, paper.state), ("Invoice_77.pdf", "sent"))
        self.deliver()
        self.assertEqual((len(self.names("out")), self.names("out", PAPERS)), (1, []))
        self.take(PROFILE.folders)
        self.assertEqual(self.names("out", PAPERS), [f"{paper.client_ref}-1.xml"])
        self.take(PAPERS)
        self.assertEqual(paper.message_line_ids.state, "delivered")
        self.answer(of_paper(certificate.application_no, paper.name))
        self.assertEqual(paper.state, "accepted")
        self.assertEqual(certificate.state, "submitted")

    def test_its_message_says_what_it_is(self):
        certificate, paper = self.taken()
        body = (self.part("sent", PAPERS) / f"{paper.client_ref}-1.xml").read_text()
        for words in (certificate.application_no, "<FileType>1<", "<FileName>Invoice_77.pdf<", "<DocType>PDF<"):
            self.assertIn(words, body)

    def test_a_rejected_one_is_mended_and_sent_again(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, paper.name, "2", "附件不清晰"))
        self.assertEqual((paper.state, paper.rejected_text), ("rejected", "附件不清晰"))
        self.assertIn("附件不清晰", certificate.activity_ids.note)
        self.assertFalse(certificate.has_unsent_attachments)
        paper.with_user(self.signer).content = base64.b64encode(PDF + b" anew")
        self.assertTrue(certificate.has_unsent_attachments)
        certificate.with_user(self.signer).action_send_attachments()
        self.take(PAPERS)
        self.assertEqual(self.names("sent", PAPERS), [f"{paper.client_ref}-{each}.xml" for each in (1, 2)])
        self.answer(of_paper(certificate.application_no, paper.name, moment=beijing(minutes=1)), "q.xml")
        self.assertEqual((paper.state, paper.rejected_text), ("accepted", False))

    def test_it_is_answered_before_odoo_has_noted_that_it_left(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, paper.name, "2", "附件不清晰"))
        paper.with_user(self.signer).content = base64.b64encode(PDF + b" anew")
        certificate.with_user(self.signer).action_send_attachments()
        moment = beijing()
        with self.slow_to_note():
            self.deliver()
        self.answer(of_paper(certificate.application_no, paper.name, moment=moment), "q.xml")
        self.assertEqual(paper.state, "accepted")

    def test_one_that_the_client_refuses_is_its_signers_task(self):
        certificate, paper = self.with_paper()
        self.deliver()
        self.take(PROFILE.folders)
        name = f"{paper.client_ref}-1.xml"
        (self.part("out", PAPERS) / name).rename(self.part("failed", PAPERS) / name)
        (self.part("in", PAPERS) / f"Failed_{name[:-4]}_20261128100000123.xml").write_bytes(
            of_paper(certificate.application_no, paper.name, "4", "附件格式错误")
        )
        self.deliver()
        self.assertEqual((paper.state, certificate.state), ("rejected", "submitted"))
        self.assertIn("附件格式错误", paper.rejected_text)
        self.assertEqual(certificate.activity_ids.user_id, self.signer)

    def test_under_the_next_number_it_leaves_once_more(self):
        certificate, paper = self.taken()
        taken = certificate.application_no
        self.reply(receipt(taken, channel="2", text="证书号已存在"))
        self.assertNotEqual(certificate.application_no, taken)
        self.take(PROFILE.folders)
        self.take(PAPERS)
        self.assertEqual((paper.revision, paper.sent_as), (2, certificate.application_no))
        self.assertEqual(len(self.names("sent", PAPERS)), 2)

    def test_what_is_taken_back_before_it_left_is_not_sent(self):
        certificate, paper = self.with_paper()
        self.deliver()
        name = self.names("out")[0]
        (self.part("out") / name).rename(self.part("failed") / name)
        self.deliver()
        self.assertEqual(certificate.state, "returned")
        certificate.action_draft()
        self.deliver()
        self.assertEqual((paper.state, self.names("out", PAPERS)), ("not_sent", []))
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.take(PROFILE.folders)
        self.take(PAPERS)
        self.assertEqual((paper.state, self.names("sent", PAPERS)), ("sent", [f"{paper.client_ref}-2.xml"]))

    def test_one_of_a_resubmission_stays_with_the_office(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, paper.name))
        self.reply(receipt(certificate.application_no, kind="3", text="退回"))
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.assertEqual((paper.state, paper.revision), ("accepted", 1))

    def test_added_later_it_is_sent_by_the_button(self):
        certificate = self.sent()
        paper = self.attach(certificate, "B L.pdf", kind="transport")
        self.assertTrue(certificate.has_unsent_attachments)
        with self.assertRaises(AccessError):
            certificate.with_user(self.person("clerk", login="clerk.z")).action_send_attachments()
        certificate.with_user(self.signer).action_send_attachments()
        self.take(PAPERS)
        self.assertEqual((paper.state, len(self.names("sent", PAPERS))), ("sent", 1))

    # --- replies
    def test_late_and_doubled_replies_change_nothing(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, paper.name, moment=beijing(minutes=3)))
        late = of_paper(certificate.application_no, paper.name, "2", "旧", moment=beijing(minutes=1))
        self.answer(late, "q.xml")
        self.answer(late, "r.xml")
        self.assertEqual(paper.state, "accepted")
        stored = self.env["rcep.platform.event"].search([("attachment_id", "=", paper.id)])
        self.assertEqual(sorted(stored.mapped("handling")), ["applied", "kept"])

    def test_a_reply_about_another_paper_is_set_aside(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, "other.pdf"))
        self.answer(of_paper("RC26SOMEBODY0001", paper.name), "q.xml")
        self.assertEqual(paper.state, "sent")
        odd = self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)])
        self.assertEqual(odd.mapped("handling"), ["odd", "odd"])
        self.assertIn("other.pdf", odd[-1].why)

    def test_a_folder_of_papers_that_vanished_holds_up_no_certificate(self):
        certificate = self.sent()
        folder = self.part("in", PAPERS)
        folder.rmdir()
        self.addCleanup(folder.mkdir)
        self.reply(receipt(certificate.application_no, kind="2"))
        self.assertEqual(certificate.state, "under_review")
        self.assertIn("Replies to attachments were not read", self.platform.feed_remark)

    # --- by hand
    def test_by_hand_it_lies_in_the_same_zip_and_its_reply_is_uploaded(self):
        self.platform.folder = False
        certificate, paper = self.with_paper()
        name, content = certificate.with_user(self.signer)._files()
        self.assertEqual(name, "applications.zip")
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.assertEqual(
                sorted(packed.namelist()),
                sorted([f"CooFile/{paper.client_ref}-1.xml", f"{certificate.client_ref}-1.xml"]),
            )
        upload = self.env["rcep.receipts.upload"].with_user(self.signer).create({"attachment_ids": [
            (0, 0, {"name": "r.xml", "raw": of_paper(certificate.application_no, paper.name)})]})  # fmt: skip
        upload.action_upload()
        self.assertEqual(paper.state, "accepted")
        self.assertIn("Accepted", upload.line_ids.summary)
        self.assertEqual(paper.message_line_ids.state, "delivered")

    # --- who, and what not
    def test_what_was_sent_is_neither_changed_nor_removed(self):
        _certificate, paper = self.taken()
        for change in ({"content": base64.b64encode(PDF)}, {"name": "x.pdf"}, {"kind": "other"}):
            with self.subTest(change), self.assertRaisesRegex(UserError, "cannot be changed"):
                paper.write(change)
        for change in ({"state": "accepted"}, {"client_ref": "x"}, {"revision": 0}, {"sent_as": "x"}):
            with self.subTest(change), self.assertRaisesRegex(UserError, "own steps"):
                paper.write(change)
        with self.assertRaisesRegex(UserError, "it is kept"):
            paper.unlink()

    def test_bad_papers_are_refused_in_words(self):
        certificate = self.certify()
        for name, content, words in (
            ("a.exe", b"MZ", "it takes PDF"), ("b.pdf", b"<html>", "no PDF inside"),
            ("a:b.pdf", PDF, "cannot be the name"),
            ("c.pdf", PDF[:5] + bytes(link.attachment.LARGEST), "larger than 5 MB"),
        ):  # fmt: skip
            with self.subTest(name), self.assertRaisesRegex(ValidationError, words):
                self.attach(certificate, name, content=base64.b64encode(content))
        self.attach(certificate, "a.pdf")
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.attach(certificate, "a.pdf")

    def test_there_are_not_more_than_a_client_takes(self):
        certificate = self.certify()
        self.attach(certificate, "a.pdf")
        with mock.patch.object(link.attachment, "MOST", 1), self.assertRaisesRegex(UserError, "at most 1"):
            self.attach(certificate, "b.pdf")

    def test_nothing_is_attached_to_what_is_decided_or_where_no_platform_takes_it(self):
        certificate = self.sent()
        self.reply(receipt(certificate.application_no, kind="5"))
        with self.assertRaisesRegex(UserError, "Nothing can be attached"):
            self.attach(certificate)
        self.platform.profile = link.profiles.DEFAULT
        with self.assertRaisesRegex(UserError, "Nothing can be attached"):
            self.attach(self.certify())

    def test_a_cost_statement_is_for_signers_and_cost_engineers(self):
        certificate = self.certify()
        paper = self.attach(certificate, kind="cost_statement")
        for name in ("clerk", "auditor", "manager"):
            with self.subTest(name), self.assertRaises(AccessError):
                paper.with_user(self.person(name, login=f"{name}.c")).read(["name", "content"])
        for name in ("signer", "engineer"):
            paper.with_user(self.person(name, login=f"{name}.c")).read(["name", "content"])

    def test_every_kind_and_state_is_known(self):
        self.assertEqual(set(dict(attachments.KINDS)), set(link.attachment.KINDS))
        named = {state for move in attachment_states.MOVES for state in move}
        self.assertEqual(named, set(dict(attachment_states.STATES)))
