"""A connection manager who has never seen it connects the sandbox, and shows it every case of a conformance run."""

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.texts import coded_messages
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import WithPlatform


class SetupCommon(WithPlatform):
    def setup(self, **values):
        """The wizard as the manager opens it."""
        form = Form(self.env["rcep.platform.setup"].with_user(self.manager))
        form.base_url = values.pop("base_url", self.connection.base_url)
        for name, value in values.items():
            form[name] = value
        return form.save()


@tagged("post_install", "-at_install")
class TestSetup(SetupCommon):
    def connect(self):
        """Through the steps to the last one."""
        setup = self.setup()
        setup.action_next()
        setup.action_next()
        setup.action_enrol()
        return setup

    def run_cases(self):
        run = self.env["rcep.conformance.run"].browse(self.connected().action_start_conformance()["res_id"])
        self.run_job("_cron_rehearse", "rcep.conformance.run")
        return run

    def connected(self):
        return self.connection.with_user(self.manager)

    # --- the wizard --------------------------------------------------------------------------------------
    def test_step_by_step_to_a_connection_on_which_every_call_works(self):
        self.connection.sudo().write({"client_id": False, "client_secret": False})  # a manager has no word to do so
        setup = self.connect()
        self.assertEqual(setup.step, "check")
        self.assertEqual(setup.call_ids.filtered(lambda call: not call.is_well).mapped("why"), [])
        self.assertEqual(len(setup.call_ids), len(link.connection_test.CALLS) + 1)
        self.assertTrue(setup.is_well and self.connection.last_contact and self.connection.has_secret)

    def test_an_address_that_is_not_whole_is_reported_at_once(self):
        for address in ("platform.example", "ftp://platform.example", "https://platform.example?x=1", "https://"):
            setup = self.setup(base_url=address)
            with self.assertRaisesRegex(UserError, "The address “.*” is not whole: it begins with https://"):
                setup.action_next()
            self.assertEqual(setup.step, "place")

    def test_no_address_is_asked_for_in_words(self):
        with self.assertRaisesRegex(UserError, "Enter the platform's address"):
            self.setup(base_url=" ").action_next()

    def test_an_address_at_which_something_else_answers(self):
        """Another server says 404, and none of its words about references help whoever typed the address."""
        setup = self.setup(base_url=self.control)
        setup.action_next()
        setup.action_next()
        with self.assertRaisesRegex(UserError, f"no sandbox answers at {self.control}.*compare the address"):
            setup.action_enrol()
        self.assertEqual(setup.step, "enrol")

    def test_who_we_are_at_the_sandbox_is_not_reported_to_the_test_platform(self):
        setup = self.setup(environment="test")
        self.assertRegex(setup.warning, "is connected to “Sandbox”.*takes this client number and its secret away")
        setup.action_next()
        mine = self.connection
        self.assertEqual((mine.environment, mine.client_id, mine.has_secret), ("test", False, False))
        self.assertIn("Not connected yet. Missing: Client number, Client secret.", self.connected().findings)

    def test_another_address_is_warned_of_and_the_same_one_is_not(self):
        self.assertRegex(self.setup(base_url="https://other.example").warning, f"is registered at {self.url}")
        self.assertFalse(self.setup().warning)

    def test_production_is_not_left_by_going_through_the_wizard(self):
        self.env["rcep.conformance.run"].create(
            {"platform_id": self.connection.id, "environment": "sandbox", "profile": self.connection.profile,
             "state": "passed"}
        )  # fmt: skip
        self.connected().environment = "production"
        setup = self.setup()
        self.assertIn("is connected to production", setup.warning)
        with self.assertRaisesRegex(UserError, "takes it off production does so under Configuration, Platform"):
            setup.action_next()
        self.assertEqual(self.connection.environment, "production")

    def test_an_address_at_which_nobody_answers(self):
        setup = self.setup(base_url="http://127.0.0.1:9")
        setup.action_next()
        setup.action_next()
        with self.assertRaisesRegex(UserError, "was not registered.*could not be reached"):
            setup.action_enrol()
        self.assertEqual(setup.step, "enrol")

    def test_a_connection_that_works_gives_way_to_no_address_at_which_nobody_answers(self):
        self.assertEqual(self.connection.action_test()["params"]["type"], "success")
        before = self.connection.client_id
        for values in ({"base_url": "http://127.0.0.1:9"}, {"base_url": "https://127.0.0.1:9", "environment": "test"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "stays connected as it is"):
                self.setup(**values).action_next()
            self.assertEqual((self.connection.base_url, self.connection.client_id), (self.url, before))

    def test_a_company_that_is_registered_with_another_key_learns_what_to_do(self):
        setup = self.setup()
        setup.action_next()
        setup.action_next()
        setup.action_generate_key()
        with self.assertRaisesRegex(UserError, f"enrol the key “{setup.key_name}” on its control port, or start it"):
            setup.action_enrol()

    def test_a_company_without_a_valid_code_is_reported_before_anything(self):
        self.company.rcep_uscc = "91330206MA2AEXAM00"
        with self.assertRaisesRegex(UserError, "is not valid: compare it with the licence"):
            self.setup().action_next()

    def test_a_secret_that_is_wrong_is_reported_beside_the_call(self):
        setup = self.connect()
        setup.new_secret = "wrong"
        setup.action_check()
        call = setup.call_ids.filtered(lambda each: not each.is_well)
        self.assertEqual(call.call, "connect")
        self.assertIn("did not accept who is asking", call.why)
        self.assertFalse(setup.is_well)
        self.assertTrue(setup.is_kept)

    def test_a_clock_that_is_off_is_reported_by_the_wizard_and_by_health(self):
        setup = self.connect()
        self.fault("clock", "clock_off", seconds=600)
        setup.action_check()
        result = setup.call_ids.filtered(lambda call: call.call == "clock").why
        self.assertRegex(result, r"^The platform's clock is (599|600|601) seconds ahead of this server's")
        self.assertRegex(self.connected().findings, "(?s)did not accept who is asking.*The clocks differ by")

    def test_for_a_platform_that_takes_nobody_by_a_call_there_is_a_paper(self):
        setup = self.setup(environment="test")
        setup.action_next()
        self.assertFalse(setup.can_enrol)
        self.assertIn(self.company.rcep_uscc, setup.paper)
        self.assertIn("BEGIN PUBLIC KEY", setup.paper)
        self.assertNotIn("PRIVATE", setup.paper)
        setup.action_next()
        with self.assertRaisesRegex(UserError, "Enter what the platform answered.*Missing: Client number"):
            setup.action_next()

    def test_nobody_but_a_connection_manager_opens_it(self):
        for user in (self.clerk, self.signer, self.engineer):
            with self.assertRaises(AccessError):
                self.env["rcep.platform.setup"].with_user(user).create({})

    # --- the conformance run -----------------------------------------------------------------------------
    def test_every_case_is_shown_and_seen_but_the_push_that_has_no_website(self):
        run = self.run_cases()
        missing = run.line_ids.filtered(lambda line: not line.seen)
        self.assertEqual(missing.mapped("case"), ["push"])  # nobody listens at the test's address
        self.assertEqual(run.state, "failed")
        self.assertEqual(set(run.line_ids.mapped("outcome")), {"passed"})
        self.assertTrue(run.report_ref)

    def test_production_asks_for_a_passed_run(self):
        with self.assertRaisesRegex(ValidationError, "has not passed a conformance run yet"):
            self.connected().environment = "production"
        self.env["rcep.conformance.run"].create(
            {"platform_id": self.connection.id, "environment": "sandbox", "profile": self.connection.profile,
             "state": "passed"}
        )  # fmt: skip
        self.connected().environment = "production"

    def test_a_run_that_a_crash_cut_off_is_not_left_running(self):
        run = self.env["rcep.conformance.run"].create(
            {"platform_id": self.connection.id, "environment": "sandbox", "profile": self.connection.profile,
             "state": "running"}
        )  # fmt: skip
        self.run_job("_cron_rehearse", "rcep.conformance.run")
        self.assertEqual(run.state, "failed")
        self.assertIn("start another run", run.error)

    def test_one_run_at_a_time_and_none_over_production(self):
        self.connected().action_start_conformance()
        with self.assertRaisesRegex(UserError, "under way already"):
            self.connected().action_start_conformance()

    def test_a_platform_that_does_not_answer_ends_the_run_in_words(self):
        self.connection.base_url = "http://127.0.0.1:9"
        run = self.run_cases()
        self.assertEqual(run.state, "failed")
        self.assertIn("could not be reached", run.error)

    def test_the_report_can_be_handed_in(self):
        run = self.run_cases()
        html, _kind = self.env["ir.actions.report"]._render_qweb_html("rcep_eco.report_conformance", run.ids)
        for words in (self.company.rcep_uscc, "NOT PASSED · 未通过", "not an official text", run.report_ref):
            self.assertIn(words, html.decode())

    # --- health ------------------------------------------------------------------------------------------
    def test_health_says_what_needs_care(self):
        ill = {
            "last_coded": coded_messages.stored("It is down."),
            "clock_skew": -400,
            "key_expires_on": self.env.cr.now(),
        }
        self.connection.write(ill)
        findings = self.connected().findings
        for words in ("It is down.", "differ by 400 seconds", "is to be renewed by", "conformance run"):
            self.assertIn(words, findings)

    def test_health_counts_the_queue(self):
        self.submit(self.prepare())
        health = self.connected()
        self.assertEqual((health.queued, health.unknown, health.stuck), (5, 0, 0))
        self.assertTrue(health.oldest_at)
        waiting = self.env["rcep.platform.message"].search(health.action_open_waiting()["domain"])
        self.assertEqual(len(waiting), 5)
