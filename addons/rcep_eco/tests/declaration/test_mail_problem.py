"""A mail to a supplier that was not delivered is a task, and stands on the request."""

from odoo.tests import tagged

from ..common import EcoCommon


@tagged("post_install", "-at_install")
class TestMailProblem(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engineer = cls.person("engineer", email="engineer@firm.example")
        cls.supplier.email = "sales@lamp-works.example"
        cls.socket = cls.make_good("Socket", "SOCKET")
        requests = cls.env["rcep.declaration.request"].with_user(cls.engineer)
        cls.request = requests._ask(cls.exporter, {cls.supplier: cls.socket}).sudo()
        cls.mail = cls.env["mail.mail"].search(
            [("model", "=", "rcep.declaration.request"), ("res_id", "=", cls.request.id)]
        )

    def assert_explained(self, word):
        self.assertIn(word, self.request.mail_problem)
        activity = self.request.declaration_ids.activity_ids
        self.assertEqual(activity.user_id, self.engineer)
        self.assertIn(word, str(activity.note))
        self.assertIn(word, str(self.request.declaration_ids.message_ids[:2].mapped("body")))

    def test_a_mail_that_the_server_did_not_take(self):
        self.mail._postprocess_sent_message([], [], failure_reason="the server said no", failure_type="mail_smtp")
        self.assert_explained("the server said no")

    def test_an_address_that_is_none(self):
        self.mail._postprocess_sent_message([], [], failure_type="mail_email_invalid")
        self.assert_explained("Invalid")

    def test_a_mail_that_came_back(self):
        self.request._message_receive_bounce("sales@lamp-works.example", self.supplier)
        self.assert_explained("sales@lamp-works.example")

    def test_the_next_mail_that_arrives_ends_it(self):
        self.mail._postprocess_sent_message([], [], failure_reason="no", failure_type="mail_smtp")
        self.mail._postprocess_sent_message(self.supplier.ids, [], failure_type=None)
        self.assertFalse(self.request.mail_problem)

    def test_other_mails_are_none_of_ours(self):
        mail = self.env["mail.mail"].create({"subject": "x", "model": "res.partner", "res_id": self.supplier.id})
        mail._postprocess_sent_message([], [], failure_reason="no", failure_type="mail_smtp")
        self.assertFalse(self.request.mail_problem)
