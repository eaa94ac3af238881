"""A connection that works is not touched by a wizard in which another one is tried, whatever is typed and left off."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_setup import SetupCommon

KEPT = (
    "environment", "profile", "base_url", "client_id", "client_secret", "key_name", "key_expires_on",
    "platform_key_name", "platform_public_key", "paused_until", "troubles", "last_coded", "events_cursor",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestSetupKept(SetupCommon):
    def setUp(self):
        super().setUp()
        self.assertEqual(self.connection.action_test()["params"]["type"], "success")
        self.before = self.now()
        self.elsewhere = self.url.replace("127.0.0.1", "localhost")

    def now(self):
        connection = self.connection.sudo()
        connection.invalidate_recordset()
        return {**{name: connection[name] for name in KEPT}, "key": connection.private_key_id}

    def assert_stored(self):
        self.assertEqual(self.now(), self.before)
        self.assertEqual(self.connection.action_test()["params"]["type"], "success")
        self.before = self.now()  # a test by hand may end a pause

    def test_another_address_another_key_and_wrong_credentials_change_nothing(self):
        setup = self.setup(base_url=self.control)  # a server that answers, and is no platform
        setup.action_next()
        self.assert_stored()
        self.assertEqual(setup.step, "key")
        setup.action_generate_key()
        self.assertNotEqual(setup.key_name, self.before["key_name"])
        self.assert_stored()
        setup.action_next()
        with self.assertRaisesRegex(UserError, "no sandbox answers"):
            setup.action_enrol()
        setup.write({"client_id": "C-9", "new_secret": "wrong"})
        setup.action_next()
        self.assertFalse(setup.is_well)
        self.assertTrue(setup.is_kept)
        self.assert_stored()

    def test_back_and_forth_changes_nothing_and_loses_nothing_that_was_typed(self):
        setup = self.setup(base_url=self.elsewhere)
        for _step in range(2):
            setup.action_next()
        self.assertFalse(setup.client_id)  # who we are is not told to another server
        setup.write({"client_id": "C-9", "new_secret": "wrong"})
        for _step in range(2):
            setup.action_back()
        for _step in range(2):
            setup.action_next()
        self.assertEqual((setup.client_id, setup.sudo().client_secret), ("C-9", "wrong"))
        self.assert_stored()

    def test_closing_halfway_takes_the_key_that_was_made_along(self):
        setup = self.setup(base_url=self.elsewhere)
        setup.action_next()
        setup.action_generate_key()
        setup.action_generate_key()
        made = setup.sudo().private_key_id
        self.assertTrue(made)
        setup.unlink()
        self.assertFalse(made.exists())
        self.assert_stored()

    def test_other_credentials_at_the_same_place_that_are_refused_change_nothing(self):
        setup = self.setup()
        setup.action_next()
        self.assertEqual(setup.client_id, self.before["client_id"])
        setup.action_next()
        for wrong in ({"client_id": "C-9"}, {"new_secret": "wrong"}, {"client_id": self.before["client_id"]}):
            setup.write(wrong)
            setup.action_check()
            self.assertFalse(setup.is_well)
            self.assert_stored()

    def test_another_environment_changes_nothing_before_it_works(self):
        setup = self.setup(environment="test")
        setup.action_next()
        setup.action_next()
        with self.assertRaisesRegex(UserError, "Missing: Client number, Client secret"):
            setup.action_next()
        self.assert_stored()

    def test_the_new_one_takes_its_place_in_one_moment_once_every_call_works(self):
        setup = self.setup(base_url=self.elsewhere)
        setup.action_next()
        setup.action_generate_key()
        key = setup.key_name
        result = self.control_of("POST", "/enterprises", {
            "name": self.company.name, "uscc": self.company.rcep_uscc, "public_key_pem": setup.public_key_pem,
            "key_id": key, "push_url": ""})  # fmt: skip
        setup.action_next()
        self.assertEqual(self.now(), self.before)
        setup.write({"client_id": result["client_id"], "new_secret": result["client_secret"],
                     "platform_key_name": result["platform_key_id"],
                     "platform_public_key": result["platform_public_key_pem"]})  # fmt: skip
        setup.action_next()
        self.assertTrue(setup.is_well, setup.call_ids.mapped("why"))
        now = self.now()
        self.assertEqual((now["base_url"], now["key_name"]), (self.elsewhere, key))
        self.assertEqual(now["client_secret"], result["client_secret"])
        self.assertFalse(setup.is_kept or setup.has_secret)
        self.assertEqual(self.connection.action_test()["params"]["type"], "success")

    def test_nobody_names_a_key_to_sign_with(self):
        theirs = self.env["certificate.key"].sudo()._generate_ec_private_key(self.company, name="PAYROLL-1")
        setup = self.env["rcep.platform.setup"].with_user(self.manager).create({"private_key_id": theirs.id})
        setup.write({"private_key_id": theirs.id, "new_key_name": "PAYROLL-1"})
        self.assertFalse(setup.sudo().private_key_id or setup.sudo().new_key_name)
