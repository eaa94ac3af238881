"""The keys under an authority, and the last calls by them: told to the agent as to the principal."""

from odoo import fields, models

LAST = 50


class RcepAuthorisation(models.Model):
    _inherit = "rcep.authorisation"

    key_count = fields.Integer("Keys of its program", compute="_compute_key_count", groups="rcep_eco.group_manager")

    def _compute_key_count(self):
        keys = self.env["rcep.integration.key"]
        counts = dict(keys._read_group([("authorisation_id", "in", self.ids)], ["authorisation_id"], ["__count"]))
        for authority in self:
            authority.key_count = counts.get(authority, 0)

    def action_open_keys(self):
        """Show the keys by which the agent's program acts, or make one."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_api.action_integration_key")
        people = self.sudo().user_ids  # as whom it acts; a manager may not read the agent's people in full
        made = {
            "default_authorisation_id": self.id,
            "default_agent_user_id": people[:1].id,
            "default_name": self.env._("Program of %s", self.agent_id.name),
            "default_valid_until": self.valid_until,
            "default_may_follow": True,
        }
        return {**action, "domain": [("authorisation_id", "=", self.id)], "context": made}

    def _last_calls(self):
        """The last calls by keys under it, the newest first."""
        # The log is the principal's; of these calls the agent made each itself.
        calls = self.env["rcep.integration.call"].sudo()
        return calls.search([("key_id.authorisation_id", "=", self.id)], limit=LAST)
