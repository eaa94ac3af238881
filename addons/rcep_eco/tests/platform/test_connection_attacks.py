"""A connection under attack from inside: by a manager of another company, by a clerk, and by an address."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import OTHER_USCC, OutboxCommon

SECRET = "not-for-clerks"
NO_PLATFORM = (
    "http://169.254.169.254", "http://169.254.169.254/latest/meta-data", "http://100.100.100.200", "http://[fe80::1]",
    "http://[::ffff:169.254.169.254]", "http://[fd00:ec2::254]", "http://0.0.0.0", "http://224.0.0.1", "http://[::",
)  # fmt: skip
NOT_WHOLE = ("platform.example", "https://me:secret@platform.example", "https://platform.example?x=", "file:///etc/passwd",
             "https://platform.example#x", "https://platform.example:0", "https://platform.example:99999",
             "https://platform.example:\u00b2", "https://platform.example/a/../b", "https://platform.example/%2e%2e/b",
             "https://platform.example/\u00e9", "https://169.254.169.254\u200b", "https://169\u00ad.254.169.254",
             "https://good.example\\@evil.example", "https://a b")  # fmt: skip
STEPS = ("action_next", "action_back", "action_generate_key", "action_enrol", "action_check", "action_conformance",
         "action_open_platform")  # fmt: skip


@tagged("post_install", "-at_install")
class TestConnectionAttacks(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager")
        cls.other = cls.make_company("宁波另家有限公司", OTHER_USCC)
        cls.stranger = cls.person("manager", cls.other)  # manages the connection of the other company only

    def as_stranger(self, record):
        return record.with_user(self.stranger).with_context(allowed_company_ids=self.other.ids)

    def setup(self, user, **values):
        values = {"base_url": "https://platform.example", **values}
        return self.env["rcep.platform.setup"].with_user(user).create(values)

    # --- another company's manager -----------------------------------------------------------------------
    def test_another_companys_manager_has_nothing_done_over_our_connection(self):
        client = self.answering(connect=lambda: None)
        client.skew = 0
        self.platform.paused_until = "2099-01-01 00:00:00"
        for action in ("action_test", "action_reconcile", "action_start_conformance", "action_generate_key"):
            with self.assertRaises(AccessError, msg=action):
                getattr(self.as_stranger(self.platform), action)()
        self.assertFalse(client.connect.called)
        self.assertTrue(self.platform.paused_until)

    def test_the_wizard_takes_no_other_connection_than_the_companys(self):
        setup = self.as_stranger(self.env["rcep.platform.setup"]).create(
            {"company_id": self.other.id, "platform_id": self.platform.id}
        )
        self.assertFalse(setup.platform_id)
        setup.write({"new_secret": "stolen", "platform_key_name": "stolen", "platform_id": self.platform.id})
        self.env.flush_all()
        with self.assertRaises(AccessError):
            setup.web_save({"platform_id": self.platform.id}, {"has_secret": {}, "client_id": {}, "paper": {}})
        self.env.invalidate_all()
        self.assertEqual((self.platform.client_secret, self.platform.platform_key_name), (SECRET, False))

    def test_the_wizard_is_of_no_other_company_than_the_users(self):
        with self.assertRaises(AccessError):
            self.as_stranger(self.env["rcep.platform.setup"]).create({"company_id": self.exporter.id})
        setup = self.as_stranger(self.env["rcep.platform.setup"]).create({"base_url": "https://platform.example"})
        setup.company_id = self.exporter
        self.env.flush_all()
        self.env.invalidate_all()
        for act in (setup.action_next, lambda: setup.read(["client_id"])):
            with self.assertRaises(AccessError):
                act()

    def test_not_even_a_form_that_is_not_saved_shows_anothers_secret(self):
        wizard = self.as_stranger(self.env["rcep.platform.setup"])
        shown = {name: {} for name in ("company_id", "has_secret", "client_id", "paper")}
        with self.assertRaises(AccessError):
            wizard.onchange({"company_id": self.exporter.id, "platform_id": self.platform.id}, ["company_id"], shown)

    def test_a_wizard_is_its_own_users(self):
        setup = self.setup(self.manager)
        colleague = self.env["res.users"].browse(self.manager.copy({"login": "colleague"}).id)
        with self.assertRaises(AccessError):
            setup.with_user(colleague).read(["client_id"])
        with self.assertRaises(AccessError):
            setup.with_user(colleague).action_next()

    def test_a_connection_does_not_take_its_history_along_to_another_company(self):
        for platform in (self.platform, self.platform.with_user(self.manager)):
            with self.assertRaisesRegex(UserError, "stays with its company"):
                platform.company_id = self.other

    # --- the secret is entered, and never read -----------------------------------------------------------
    def test_no_call_of_its_own_manager_gives_the_secret_back(self):
        connections = self.env["rcep.platform"].with_user(self.manager)
        mine = connections.browse(self.platform.id)
        mine.new_secret = "entered-by-the-manager"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.platform.client_secret, "entered-by-the-manager")
        self.assertEqual(mine.read(["has_secret", "new_secret"]), [
            {"id": mine.id, "has_secret": True, "new_secret": False}])  # fmt: skip
        own = {"client_secret": {}}
        spied = {
            "read": lambda: mine.read(["client_secret"]),
            "web_read": lambda: mine.web_read(own),
            "export": lambda: mine.export_data(["client_secret"]),
            "search": lambda: connections.search([("client_secret", "=like", "e%")]),
            "search by path": lambda: connections.env["rcep.platform.event"].search(
                [("platform_id.client_secret", "=like", "e%")]),
            "order": lambda: connections.search([], order="client_secret"),
            "group": lambda: connections.formatted_read_group([], ["client_secret"], ["__count"]),
            "write": lambda: mine.write({"client_secret": "forged"}),
        }  # fmt: skip
        for way, spy in spied.items():
            with self.subTest(way), self.assertRaises(UserError):  # of which refused access is one
                spy()
        self.assertNotIn("entered-by-the-manager", str(mine.onchange({}, [], {"has_secret": {}, "new_secret": {}})))
        copied = mine.copy_data()[0]
        self.assertFalse({"client_secret", "new_secret"} & copied.keys())

    def test_what_was_typed_in_the_wizard_is_read_by_nobody_either(self):
        setup = self.setup(self.manager, new_secret="typed-in-the-wizard")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(setup.sudo().client_secret, "typed-in-the-wizard")
        self.assertEqual((setup.has_secret, setup.new_secret), (True, False))
        with self.assertRaises(AccessError):
            setup.read(["client_secret"])

    def test_an_empty_secret_leaves_the_one_before(self):
        self.platform.with_user(self.manager).write({"new_secret": False, "give_up_hours": 30})
        self.assertEqual(self.platform.client_secret, SECRET)

    def test_a_new_place_is_entered_with_its_secret_at_once(self):
        self.platform.with_user(self.manager).write(
            {"base_url": "https://another.example", "client_id": "C-9", "new_secret": "of-the-other"}
        )
        self.assertEqual((self.platform.client_id, self.platform.client_secret), ("C-9", "of-the-other"))

    def test_another_place_takes_the_secret_away_from_its_manager_too(self):
        self.platform.with_user(self.manager).base_url = "https://another.example"
        self.assertFalse(self.platform.client_secret or self.platform.client_id)

    def test_our_public_address_is_no_mark_up_of_our_pages(self):
        for address in ('https://x/"><script>', "https://x.example/'onload=1", "https://a&b.example"):
            with self.assertRaises(ValidationError, msg=address):
                self.platform.with_user(self.manager).page_url = address

    # --- who is no manager -------------------------------------------------------------------------------
    def test_a_clerk_gets_nowhere_with_a_managers_wizard(self):
        setup = self.setup(self.manager)
        for name in ("clerk", "signer", "engineer", "auditor"):
            person = self.person(name) if name != "signer" else self.signer
            for step in STEPS:
                with self.assertRaises(UserError, msg=f"{name} {step}"):
                    getattr(setup.with_user(person), step)()
            for act in (lambda one: one.read(["client_id"]), lambda one: one.write({"client_id": "x"}),
                        lambda one: one.unlink()):  # fmt: skip
                with self.assertRaises(AccessError):
                    act(setup.with_user(person))
        self.assertEqual(setup.step, "place")

    def test_nobody_writes_a_conformance_run_by_hand(self):
        runs = self.env["rcep.conformance.run"]
        values = {"platform_id": self.platform.id, "environment": "sandbox", "profile": "p", "state": "passed"}
        run = runs.create({**values, "state": "failed"})
        line = self.env["rcep.conformance.case"].create({"run_id": run.id, "case": "push"})
        for user in (self.manager, self.signer):
            for act in (lambda mine: mine.create(values),
                        lambda mine: run.with_env(mine.env).write({"state": "passed"}),
                        lambda mine: run.with_env(mine.env).unlink(),
                        lambda mine: line.with_env(mine.env).write({"seen": True})):  # fmt: skip
                with self.assertRaises(AccessError):
                    act(runs.with_user(user))

    # --- addresses ---------------------------------------------------------------------------------------
    def test_no_platform_is_where_a_cloud_hands_out_credentials(self):
        for address in NO_PLATFORM:
            with self.assertRaisesRegex(ValidationError, "No platform can be at|is not whole", msg=address):
                self.platform.with_user(self.manager).base_url = address
            with self.assertRaisesRegex(UserError, "No platform can be at|is not whole", msg=address):
                self.setup(self.manager, base_url=address).action_next()

    def test_an_address_holds_neither_a_password_nor_a_query(self):
        for address in NOT_WHOLE:
            with self.assertRaisesRegex(ValidationError, "is not whole", msg=address):
                self.platform.with_user(self.manager).base_url = address
            with self.assertRaisesRegex(UserError, "is not whole", msg=address):
                self.setup(self.manager, base_url=address).action_next()

    def test_a_gateway_of_the_firms_own_network_is_a_platform(self):
        for address in ("https://192.168.1.20:8080", "https://10.0.0.7/ccpit", "http://127.0.0.1:8169", "http://[::1]"):
            self.platform.with_user(self.manager).base_url = address
