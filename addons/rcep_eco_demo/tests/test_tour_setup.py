"""The connection manager at the screen: from a connection that lacks everything to one on which every call works."""

from odoo.tests import HttpCase, tagged

from .common import WithPlatform


@tagged("post_install", "-at_install")
class TestTourSetup(WithPlatform, HttpCase):
    def test_the_manager_connects_the_sandbox(self):
        answered = ("client_id", "client_secret", "platform_key_name", "platform_public_key")
        self.connection.sudo().write(dict.fromkeys(answered))  # a manager never empties the secret alone
        self.start_tour("/odoo/origin-health", "rcep_eco_setup", login=self.manager.login)
        self.assertEqual(self.connection.base_url, self.url)
        self.assertTrue(all(self.connection.sudo()[name] for name in answered))
        self.assertTrue(self.connection.last_contact)
        self.assertFalse(self.connection.last_error)
