"""What the platform issued is what stands here, or no page says yes to it: its signer is told instead."""

from odoo.tests import tagged

from ..common import OutboxCommon, place

OTHER = "0" * 64


@tagged("post_install", "-at_install")
class TestIssuedOtherwise(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.message,) = cls.submit().filtered(lambda each: each.kind == "application")

    def issued(self, sequence=9, **facts):
        """What is told of the certificate's revision 1 as the platform says it."""
        facts = {"certificate_no": "26C1/00001", "content_digest": self.message.digest, **facts}
        revision = facts.pop("revision", 1)
        result = self.reported("issued", sequence, **facts)
        return self.certificate._apply(type(result)(**{**vars(result), "revision": revision}))

    def assert_not_taken(self, came, state="submitted", number=False):
        self.assertEqual(came, "not_taken")
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), (state, number))
        self.assertIn("The issuing body says something else", self.certificate.activity_ids.mapped("summary"))

    def test_what_was_sent_is_issued(self):
        self.assertEqual(self.issued(), "applied")
        self.assertEqual(self.certificate.state, "issued")

    def test_what_is_issued_without_a_number_is_valid_nowhere(self):
        self.assert_not_taken(self.issued(certificate_no=""))
        self.assertEqual(self.issued(10), "applied")
        self.assertEqual(self.certificate.state, "issued")

    def test_news_that_repeat_no_number_leave_the_one_that_is_there(self):
        self.issued()
        self.issued(10, certificate_no="")
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), ("issued", "26C1/00001"))

    def test_a_later_revision_than_ours_is_not_what_stands_here(self):
        """A database that was restored knows revision 1; the platform issued the second one."""
        self.assert_not_taken(self.issued(revision=2, content_digest=OTHER))

    def test_other_content_under_the_same_revision_is_not_what_stands_here(self):
        self.assert_not_taken(self.issued(content_digest=OTHER))

    def test_a_certificate_keeps_the_number_under_which_it_was_issued(self):
        self.issued()
        self.assert_not_taken(self.issued(10, certificate_no="26C1/00002"), "issued", "26C1/00001")

    def test_no_two_certificates_have_one_number(self):
        place(self.certify(), state="issued", environment="sandbox", certificate_no="26C1/00001")
        self.assert_not_taken(self.issued())

    def test_that_one_is_no_longer_valid_is_taken_over_whatever_revision_it_names(self):
        self.issued()
        cancelled = self.reported("cancelled", 11)
        self.assertEqual(self.certificate._apply(type(cancelled)(**{**vars(cancelled), "revision": 7})), "applied")
        self.assertEqual(self.certificate.state, "cancelled")
