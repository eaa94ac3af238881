"""What an agent must not reach by any way round: scope, tasks, sentences, and in whose name it files."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..models.work import account_move
from .common import AgentCommon


@tagged("post_install", "-at_install")
class TestWalls(AgentCommon):
    def agree(self, **values):
        return self.make_authority(name="POA-walls", **values)

    def make(self, invoice=None):
        invoice = invoice or self.make_invoice()
        return self.env["rcep.certificate"].sudo()._agent_makes(self.authority, self.broker, invoice)

    def test_a_good_that_is_archived_or_deleted_does_not_open_all_others(self):
        fan = self.make_good("Fan", "FAN")
        authority = self.agree(product_ids=[Command.set(fan.ids)])
        fan.active = False
        authority.invalidate_recordset()
        self.assertEqual(authority.product_ids, fan)
        self.assertFalse(authority._covers(self.certificate.invoice_ids))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            fan.unlink()

    def test_the_tasks_of_a_draft_that_an_agent_made_are_the_principals(self):
        certificate = self.make()
        self.assertEqual(certificate.create_uid, self.broker)
        self.assertEqual(certificate._responsible(), self.signer)
        certificate._report("at_risk")
        self.assertEqual(certificate.activity_ids.user_id, self.signer)
        self.assertNotIn(self.broker.partner_id, certificate.message_partner_ids)

    def test_it_files_under_the_code_that_was_confirmed_and_only_where_it_acts(self):
        self.agent.vat = "91330206MA2OTHER99"
        self.assertEqual(self.authority.agent_code, "91330206MA2AGENT18")
        with self.assertRaisesRegex(UserError, "set by its own steps"):
            self.authority.with_user(self.person("clerk")).agent_code = "91330206MA2OTHER99"
        platform = self.certificate._get_platform()
        own = self.certificate._filer_of(platform, "X").uscc
        for named in (self.authority.id, [0, self.authority.id], [None, self.authority.id], "1"):
            said = self.certificate.with_context(rcep_authority=named)
            self.assertEqual(said._filer_of(platform, "X").uscc, own)
        acting = self.certificate._under(self.authority, self.broker)
        self.assertEqual(acting._filer_of(platform, "X").uscc, "91330206MA2AGENT18")

    def test_the_firms_own_findings_are_not_told_to_it(self):
        certificate = self.certificate
        secret = "Copper of Ningbo Metals costs 40"
        with patch.object(self.registry["rcep.certificate"], "_firm_problems", lambda each: [secret]):
            with self.assertRaises(UserError) as refused:
                certificate.sudo()._agent_asks(self.authority, self.broker)
            self.assertIn(secret, certificate._problems())
        self.assertNotIn(secret, str(refused.exception))
        self.assertIn("its people see what", str(refused.exception))

    def test_what_is_approved_is_not_filled_in_any_more(self):
        self.certificate.with_user(self.signer).action_approve()
        with self.assertRaises(UserError):
            self.certificate.sudo()._agent_fills(self.authority, self.broker, {"vessel": "LATE"}, {})

    def test_what_it_covers_is_found_however_much_else_is_newer(self):
        fan = self.make_good("Fan", "FAN", hs_code="84145100")
        mine = self.certificate.invoice_ids, self.make_invoice()
        for _each in range(3):
            invoice = self.make_invoice((self.lamp, 1, 1.0), (fan, 1, 1.0))
            self.assertIn(invoice, self.authority._invoices())
        authority = self.agree(product_ids=[Command.set(self.lamp.ids)])
        with patch.object(account_move, "MANY", 1):
            self.assertEqual(authority._invoices(), mine[1])
            self.assertIn(self.certificate, authority._certificates())
