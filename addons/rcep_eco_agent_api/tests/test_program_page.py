"""Joint debugging: both sides see the last calls and what was wrong, and nobody else does."""

from odoo.addons.rcep_eco.tests.common import OTHER_USCC
from odoo.tests import tagged

from .common import ProgramCommon


@tagged("post_install", "-at_install")
class TestProgramPage(ProgramCommon):
    def page(self, login, authority=None):
        self.authenticate(login, login)
        return self.url_open(f"/my/eco/{(authority or self.authority).id}/program", allow_redirects=False)

    def test_both_sides_see_what_was_wrong_and_no_key(self):
        self.call("PATCH", f"/certificates/{self.certificate.id}", {"shipment": {"means": "camel"}})
        for login in ("wang.broker", "keeper"):
            with self.subTest(login):
                page = self.page(login)
                self.assertEqual(page.status_code, 200)
                self.assertIn("cannot be chosen", page.text)
                self.assertIn("422", page.text)
                self.assertIn("curl -X PATCH", page.text)
                self.assertNotIn(self.token[-20:], page.text)
        self.assertIn("/program", self.url_open(self.key.with_user(self.manager).action_open_agents_page()["url"]).url)

    def test_before_the_first_call_it_says_how_to_begin(self):
        page = self.page("wang.broker").text
        self.assertIn("No call has come yet", page)
        self.assertIn("/eco/agent/v1/work", page)

    def test_nobody_else_sees_it(self):
        self.call("GET", "/work")
        self.person("engineer", login="cost.engineer")
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        self.person("manager", other, login="other.keeper")
        for login in ("chen.broker", "cost.engineer", "other.keeper"):
            with self.subTest(login):
                self.assertEqual(self.page(login).status_code, 404)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"/my/eco/{self.authority.id}/program", allow_redirects=False).status_code, 303)

    def test_of_another_authority_no_call_is_shown(self):
        other = self.make_authority(name="POA-2026-08", agent_id=self.stranger.partner_id.parent_id.id,
                                    user_ids=[(6, 0, self.stranger.ids)])  # fmt: skip
        other.with_user(self.signer).action_confirm()
        self.call("GET", "/certificates/999999999")
        self.assertNotIn("999999999", self.page("chen.broker", other).text)

    def test_a_manager_makes_a_key_from_the_authority(self):
        action = self.authority.with_user(self.manager).action_open_keys()
        keys = self.env["rcep.integration.key"].with_user(self.manager).with_context(**action["context"])
        key = keys.create({})
        self.assertEqual((key.authorisation_id, key.agent_user_id, key.valid_until),
                         (self.authority, self.broker, self.authority.valid_until))  # fmt: skip
        self.assertTrue(key.action_give())
        self.assertEqual(self.authority.with_user(self.manager).key_count, 2)
