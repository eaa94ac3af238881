"""An agent's desk: one list over systems of several principals; what they say stands here, and nothing else."""

from odoo.addons.rcep_eco import link
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KEY, DeskCommon, piece


@tagged("post_install", "-at_install")
class TestDesk(DeskCommon):
    # --- what is told ------------------------------------------------------------------------------------
    def test_states_and_deadlines_stand_here_the_nearest_first(self):
        self.has_work(
            piece(31, until="2099-02-01"), piece(32, state="returned", until="2099-01-01", next=[]),
            issued=[piece(30, state="issued", certificate_no="26C330/1", until=None, next=[])],
            invoices=[{"id": 42, "number": "INV/9", "date": "2026-11-27", "consignee": "Saigon"}],
        )  # fmt: skip
        work = self.ask().sorted()
        self.assertEqual(work.mapped("display_name"), ["ECO/2026/00032", "ECO/2026/00031", "INV/9", "26C330/1"])
        self.assertEqual(work.mapped("state"), ["returned", "draft", "to_certify", "issued"])
        self.assertEqual(work.mapped("may_ask"), [False, True, False, False])
        self.assertEqual((self.principal.authority_no, self.principal.open_count), ("POA-7", 3))
        self.assertFalse(self.principal.problem)
        self.assertEqual(self.asked[0][2]["Authorization"], f"Bearer {KEY}")

    def test_what_is_told_no_more_is_here_no_more(self):
        self.has_work(piece(31), piece(32))
        first = self.ask().filtered(lambda each: each.number == 31)
        self.has_work(piece(31, state="submitted", next=[]))
        self.assertEqual((self.ask(), first.state), (first, "submitted"))

    def test_nothing_new_changes_nothing(self):
        self.has_work(piece(), ETag='"7"')
        work = self.ask()
        self.says(304)
        self.assertEqual(self.ask(), work)
        self.assertEqual(self.asked[-1][2]["If-None-Match"], '"7"')

    def test_a_state_that_is_not_known_here_is_another(self):
        self.has_work(piece(state="pondered"))
        self.assertEqual(self.ask().state, "other")

    def test_a_returned_certificate_is_a_task_once(self):
        self.has_work(piece(state="under_review"))
        self.ask()
        self.assertFalse(self.principal.activity_ids)
        self.has_work(piece(state="returned"))
        self.ask()
        self.ask()
        (task,) = self.principal.activity_ids
        self.assertEqual(task.user_id, self.clerk)
        self.assertIn("ECO/2026/00031", task.summary)
        self.assertIn("https://haichuan.example/my/eco/3/certificate/31", task.note)

    # --- what is not told --------------------------------------------------------------------------------
    def test_a_key_that_is_not_good_any_more_leaves_nothing_here(self):
        for status in (401, 403):
            with self.subTest(status):
                self.principal.activity_ids.unlink()
                self.has_work(piece(), ETag='"7"')
                self.assertEqual(len(self.ask()), 1)
                self.says(status, {"detail": "The authority ended on 2026-11-28."})
                self.assertFalse(self.ask())
                self.ask()
                told = self.principal
                self.assertEqual((told.problem, told.etag, told.authority_no), (
                    "The authority ended on 2026-11-28.", False, False))  # fmt: skip
                self.assertEqual(len(told.activity_ids), 1)

    def test_what_another_system_says_is_text_in_a_task(self):
        self.has_work(piece())
        self.ask()
        self.says(403, {"detail": 'Renew <a href="https://evil.example">your key here</a>.'})
        self.ask()
        (task,) = self.principal.activity_ids
        self.assertNotIn("<a", task.note)
        self.assertIn("&lt;a href", task.note)

    def test_who_does_not_answer_keeps_its_list_and_is_said_so(self):
        self.has_work(piece())
        work = self.ask()
        answered = self.principal.answered_at
        for wrong in (None, (500, b"<html>"), (200, b"<html>"), (200, b"{}"), (302, b""), (429, b"")):
            with self.subTest(wrong):
                self.replies.clear()
                if wrong:
                    self.says(*wrong)
                self.assertEqual(self.ask(), work)
                self.assertTrue(self.principal.problem)
                self.assertEqual(self.principal.answered_at, answered)

    def test_one_that_does_not_answer_holds_up_no_other(self):
        silent = self.make_principal(name="Aardvark", address="https://silent.example")
        self.has_work(piece())
        self.run_job("_cron_ask", "rcep.principal")
        self.assertEqual(len(self.principal.work_ids), 1)
        self.assertTrue(silent.problem)

    def test_one_whose_answer_breaks_its_turn_comes_again_after_the_others(self):
        broken = self.make_principal(name="Broken")
        self.patch(type(broken), "_keep", lambda *_told: 1 / 0)
        self.has_work(piece())
        with mute_logger("odoo.addons.rcep_eco.tools.isolated"):
            self.run_job("_cron_ask", "rcep.principal")
        self.assertTrue(broken.asked_at and self.principal.asked_at)

    # --- steps there -------------------------------------------------------------------------------------
    def test_steps_are_done_there_and_what_became_of_them_is_asked(self):
        self.has_work(piece(), piece(32, state="ready", next=["submit"]),
                      invoices=[{"id": 42, "number": "INV/9", "date": None, "consignee": None}])  # fmt: skip
        work = {each.number: each.with_user(self.clerk) for each in self.ask()}
        steps = (
            (42, "action_make_draft", "/invoices/42/certificate", 201),
            (31, "action_ask_approval", "/certificates/31/approval", 200),
            (32, "action_submit", "/certificates/32/submission", 200),
        )
        for number, step, path, status in steps:
            self.says(status, {}, "POST", path)
            getattr(work[number], step)()
            self.assertEqual([each[:2] for each in self.asked[-2:]], [("POST", path), ("GET", "/work")])

    def test_a_refusal_is_the_principals_own_sentence(self):
        self.has_work(piece())
        work = self.ask().with_user(self.clerk)
        self.says(422, {"detail": "Item 1: the number of packages is missing (box 8)."}, "POST",
                  "/certificates/31/approval")  # fmt: skip
        with self.assertRaisesRegex(UserError, "Haichuan: Item 1: the number of packages"):
            work.action_ask_approval()
        with self.assertRaisesRegex(UserError, "another kind of work"):
            work.action_make_draft()
        with self.assertRaisesRegex(UserError, "may have been done or not"):
            work.action_submit()

    def test_more_than_anybody_asked_for_after_a_step_is_said_in_words(self):
        self.has_work(piece())
        work = self.ask().with_user(self.clerk)

        def endless(*_told, **_more):
            raise link.exchange.TooLong

        self.patch(link.exchange, "ask", endless)
        with self.assertRaisesRegex(UserError, "may have been done or not"):
            work.action_ask_approval()

    # --- the key -----------------------------------------------------------------------------------------
    def test_a_key_goes_nowhere_but_to_the_system_that_made_it(self):
        self.has_work(piece())
        self.ask()
        self.principal.with_user(self.manager).address = "https://elsewhere.example"
        self.assertFalse(self.principal.has_secret or self.principal.work_ids)
        self.principal.with_user(self.manager).write({"address": "https://haichuan.example", "new_secret": KEY})
        self.assertTrue(self.principal.has_secret)
        self.assertFalse(self.principal.copy().has_secret)

    def test_what_is_no_key_or_no_address_is_refused_in_words(self):
        manager = self.principal.with_user(self.manager)
        for key in ("secret", f"{KEY}\nX-Other: 1", KEY[:-1]):
            with self.subTest(key), self.assertRaisesRegex(ValidationError, "no key of Haichuan"):
                manager.new_secret = key
        for address in ("http://haichuan.example", "haichuan.example", "https://169.254.169.254"):
            with self.subTest(address), self.assertRaises(ValidationError):
                manager.write({"address": address, "new_secret": KEY})

    def test_nobody_reads_the_key_and_only_clerks_call(self):
        for name in ("auditor", "clerk", "signer", "engineer", "manager"):
            user = self.person(name, login=f"{name}.of.desk")
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    self.principal.with_user(user).read(["client_secret"])
                if user.has_group("rcep_eco.group_manager"):
                    self.assertFalse(self.principal.with_user(user).new_secret)
        with self.assertRaises(AccessError):
            self.principal.with_user(self.person("auditor", login="auditor.calls")).action_ask()
