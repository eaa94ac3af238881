"""Who chooses a storage, what it must say, and that a copy forgets it."""

from odoo.exceptions import AccessError, ValidationError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import Form, tagged

from .common import SftpCase
from .server import PASSWORD


@tagged("post_install", "-at_install")
class TestRights(SftpCase):
    def test_only_whoever_runs_the_server_chooses_it(self):
        platform = self.platform.with_user(self.manager)
        with self.assertRaises(AccessError):
            platform.storage_id = False
        with self.assertRaises(AccessError):
            platform.read(["storage_id"])
        with self.assertRaises(AccessError):
            self.env["fs.storage"].with_user(self.manager).search([])
        self.assertEqual(platform.sftp_root, f"sftp://imp@127.0.0.1:{self.server.port}{self.root}")
        self.assertNotIn(PASSWORD, str(platform.read()))
        form = Form(platform)
        self.assertNotIn("storage_id", form._view["fields"])
        self.manager.group_ids += self.env.ref("base.group_system")
        self.env.invalidate_all()
        with Form(self.platform.with_user(self.manager)) as form:
            self.assertEqual(form.storage_id, self.storage)

    def test_a_storage_that_takes_any_key_is_refused(self):
        for values in (
            {"protocol": "sftp"},
            {"options": '{"host": "127.0.0.1", "username": "imp"}'},
            {"options": '{"host": "127.0.0.1", "username": "imp", "host_key": "ssh-ed25519 AAAA", "port": "ssh"}'},
            {"options": False},
        ):
            storage = self.storage.copy({"code": str(values), **values})
            with self.subTest(values), self.assertRaisesRegex(ValidationError, "host_key"):
                self.platform.storage_id = storage

    def test_a_storage_that_was_changed_since_is_not_used(self):
        certificate = self.submitted()
        self.storage.protocol = "sftp"
        self.deliver()
        self.assertIn("whatever key", certificate.message_line_ids.error)
        self.storage.protocol = "sftp-known-host"
        for key in ("", "ssh-ed25519", "ssh-ed25519 AAAA", "nonsense"):
            self.know_server(host_key=key)
            self.platform.write({"paused_until": False})
            self.deliver()
            self.assertIn("another key", certificate.message_line_ids.error, key)
        self.assertEqual(self.names("out"), [])

    def test_a_folder_and_a_storage_are_never_both(self):
        with self.assertRaisesRegex(ValidationError, "never both"):
            self.platform.folder = str(self.root)

    def test_another_storage_is_read_from_its_beginning_and_binds_the_connection(self):
        self.platform.write({"events_cursor": "x", "home": False})
        self.platform.storage_id = self.storage.copy({"code": "other"})
        self.assertFalse(self.platform.events_cursor)
        self.assertTrue(self.platform.home)

    def test_a_copy_forgets_it(self):
        self.platform.home = "elsewhere"
        self.platform.with_user(self.manager).action_is_copy()
        self.assertFalse(self.platform.storage_id)

    def test_a_neutralised_database_forgets_it(self):
        self.env.flush_all()
        for query in get_neutralization_queries(["rcep_eco_sftp"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(self.platform.storage_id)

    def test_the_wizard_tries_it(self):
        setup = self.env["rcep.platform.setup"].with_user(self.manager).create({})
        setup.profile = self.platform.profile
        setup.action_next()
        self.assertEqual(setup.call_ids.mapped("is_well"), [True] * 4)
