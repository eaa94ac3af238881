"""The signer at the screen: many certificates approved at once; one that is not complete keeps no other."""

from odoo.tests import HttpCase, tagged

from .common import GOODS, DemoCommon


@tagged("post_install", "-at_install")
class TestTourSigner(DemoCommon, HttpCase):
    def test_the_signer_approves_many_at_once(self):
        bad, first, second = (self.prepare(GOODS[:1]) for _each in range(3))
        bad.line_ids.packages_count = 0
        self.env.flush_all()
        self.start_tour("/odoo/certificates-of-origin", "rcep_eco_signer", login=self.signer.login)
        self.assertEqual([each.state for each in (first, second, bad)], ["ready", "ready", "draft"])
        self.assertEqual(first.signer_id, self.signer)
