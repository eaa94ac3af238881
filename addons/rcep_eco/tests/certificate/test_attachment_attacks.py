"""Papers of an application under attack: replies of others, an application that never arrived, another way."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..platform.folder_common import PROFILE, beijing
from .test_attachments import PAPERS, PDF, PaperCase, of_paper


@tagged("post_install", "-at_install")
class TestAttachmentAttacks(PaperCase):
    # --- replies
    def test_a_reply_from_next_year_settles_nothing(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, paper.name, moment=beijing(days=400)))
        self.assertEqual(paper.state, "sent")
        self.answer(of_paper(certificate.application_no, paper.name, "2", "附件不清晰"), "q.xml")
        self.assertEqual(paper.state, "rejected")

    def test_a_late_reply_to_what_was_sent_before_says_nothing_of_what_was_mended(self):
        certificate, paper = self.taken()
        before = beijing(seconds=-5)
        self.answer(of_paper(certificate.application_no, paper.name, "2", "附件不清晰", beijing(minutes=1)))
        paper.with_user(self.signer).content = base64.b64encode(PDF + b" anew")
        certificate.with_user(self.signer).action_send_attachments()
        self.take(PAPERS)
        self.answer(of_paper(certificate.application_no, paper.name, moment=before), "late.xml")
        self.assertEqual(paper.state, "sent")

    def test_a_reply_from_before_the_application_left_is_somebody_elses(self):
        certificate, paper = self.taken()
        self.answer(of_paper(certificate.application_no, paper.name, moment=beijing(hours=-5)))
        self.assertEqual(paper.state, "sent")

    # --- an application that did not arrive
    def test_it_does_not_leave_for_an_application_that_the_client_refused(self):
        certificate, paper = self.with_paper()
        self.deliver()
        (name,) = self.names("out")
        (self.part("out") / name).rename(self.part("failed") / name)
        self.deliver()
        self.deliver()
        self.assertEqual((certificate.state, self.names("out", PAPERS)), ("returned", []))
        self.assertEqual(paper.state, "not_sent")
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.take(PROFILE.folders)
        self.take(PAPERS)
        self.assertEqual(len(self.names("sent", PAPERS)), 1)

    # --- another way
    def test_queued_when_the_connection_leads_elsewhere_it_goes_with_the_next_submission(self):
        certificate, paper = self.with_paper()
        self.platform.environment = "production"
        self.deliver()
        self.assertEqual((certificate.state, paper.state), ("returned", "not_sent"))
        certificate.action_draft()
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        self.take(PROFILE.folders)
        self.take(PAPERS)
        self.assertEqual((paper.state, len(self.names("sent", PAPERS))), ("sent", 1))

    def test_it_goes_the_way_of_its_application_or_not_at_all(self):
        certificate = self.sent()
        self.attach(certificate, "late.pdf")
        self.platform.environment = "production"
        with self.assertRaisesRegex(UserError, "another connection"):
            certificate.with_user(self.signer).action_send_attachments()

    def test_it_stays_with_its_certificate(self):
        one, other = self.certify(), self.certify()
        paper = self.attach(one)
        with self.assertRaises(UserError):
            paper.with_user(self.signer).certificate_id = other

    def test_who_keeps_the_connection_reads_no_costs_in_messages(self):
        certificate = self.certify()
        paper = self.attach(certificate, kind="cost_statement")
        certificate.with_user(self.signer).action_approve()
        certificate.with_user(self.signer).action_submit()
        message = paper.message_line_ids
        result = message.with_user(self.manager).read(["body_personal", "error"])
        self.assertNotIn(base64.b64encode(PDF).decode(), str(result))
        with self.assertRaises(AccessError):
            message.with_user(self.manager).read(["body"])
