"""Another platform, quite different, is served by one file more and nothing else: its whole life through Odoo."""

import base64
import re
from unittest import mock

from odoo.tests import tagged

from ... import link
from ..common import CallsPlatform, EcoCommon
from . import odd_platform

ODD = odd_platform.load(link.profiles)
link.profiles.register(ODD.PROFILE)
SECRET = "shared-between-us"


@tagged("post_install", "-at_install")
class TestOddProfile(EcoCommon, CallsPlatform):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer, cls.clerk = cls.person("signer"), cls.person("clerk")
        cls.platform = cls.make_platform(profile="odd-1", client_secret=SECRET)
        cls.certificate = cls.certify()

    def setUp(self):
        super().setUp()
        self.there = odd_platform.OddPlatform(ODD, SECRET)
        self.platform.base_url = self.enterContext(odd_platform.running(self.there))

    def submit(self):
        """What the signer does, until the application went out: the filing goes before it."""
        signer = self.certificate.with_user(self.signer)
        signer.action_approve()
        signer.action_submit()
        self.deliver()
        self.deliver()

    def deliver(self):
        """The outbox and the feed, with everything due."""
        waits = self.env["rcep.platform.message"].search([("platform_id", "=", self.platform.id)])
        waits.filtered(lambda each: each.state != "delivered").next_try = self.env.cr.now()
        self.platform.paused_until = False
        self.run_job()
        self.run_job("_cron_follow", "rcep.platform.event")
        self.run_job("_cron_apply", "rcep.platform.event")

    def ask(self, action):
        dialogue = getattr(self.certificate.with_user(self.signer), action)()
        wizard = self.env[dialogue["res_model"]].with_user(self.signer).with_context(**dialogue["context"])
        wizard.create({"reason": "Not shipped"}).action_request()

    def test_it_is_offered_beside_ours(self):
        self.assertIn(("odd-1", ODD.Odd.name), self.env["rcep.platform"]._get_profiles())

    def test_issued_with_its_document_and_cancelled(self):
        self.submit()
        self.assertEqual(self.certificate.state, "submitted")
        self.there.issue(self.certificate.client_ref)
        self.deliver()
        self.assertEqual(self.certificate.state, "issued")
        self.assertRegex(self.certificate.certificate_no, r"^ODD/\d$")
        self.deliver()
        self.assertEqual(base64.b64decode(self.certificate.document), odd_platform.PDF)
        self.ask("action_cancel")
        self.deliver()
        self.assertEqual(self.certificate.state, "cancelled")

    def test_an_answer_that_is_lost_is_asked_for_and_not_sent_again(self):
        self.submit()
        self.assertEqual(self.there.operations.count("SQ"), 1)
        self.there.silent = 1
        self.ask("action_withdraw")
        self.deliver()
        self.assertEqual(self.certificate.message_line_ids.sorted("id")[-1].state, "unknown")
        self.deliver()
        self.assertEqual(self.certificate.state, "withdrawn")
        self.assertEqual(self.there.operations.count("CH"), 1)

    def test_what_it_sends_back_stands_at_the_field_in_its_own_words(self):
        self.certificate.line_ids.marks = "MADE IN KOREA"
        with mock.patch.object(type(self.certificate), "_lint", return_value=[]):  # our own check would stop it before
            self.submit()
        self.assertEqual(self.certificate.state, "returned")
        result = self.certificate.line_ids.platform_error
        for words in ("The marks name another origin.", "Correct the marks.", "MADE IN KOREA"):
            self.assertIn(words, result)

    def test_who_it_does_not_know_learns_it(self):
        self.platform.client_secret = "another"
        self.submit()
        self.assertIn("did not accept who is asking", self.platform.last_error)
        self.assertFalse(self.there.filings)

    def test_what_was_written_in_the_words_of_one_profile_never_leaves_in_another(self):
        self.platform.profile = link.profiles.DEFAULT
        self.certificate.with_user(self.signer).action_approve()
        self.certificate.with_user(self.signer).action_submit()
        self.platform.profile = "odd-1"
        self.deliver()
        self.assertFalse(self.there.filings or self.there.applications)
        self.assertEqual(self.certificate.state, "returned")
        self.assertIn("It has not left: submit it again", self.certificate.platform_errors)

    def test_nothing_of_any_profile_stands_outside_its_folder(self):
        """Words and names of a profile's wire are in ``link/profiles/``, and nowhere else in the add-on."""
        root = odd_platform.FILE.parents[2]
        wire = re.compile(r"ccpit_json_1|ccpit-json-1|goods_name_en|origin_criterion_sub|oauth|/v1/", re.IGNORECASE)
        found = [
            path.relative_to(root).as_posix()
            for path in sorted(root.rglob("*.py"))
            if not {"profiles", "tests"} & set(path.relative_to(root).parts)
            and any(wire.search(line) for line in path.read_text().splitlines() if not line.lstrip().startswith("#"))
        ]
        self.assertEqual(found, [])
