"""What a key lets an agent's program do here: what its authority lets its person do, and no more than is ticked."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

GRANTS = ("may_follow", "may_act")


class RcepIntegrationKey(models.Model):
    _inherit = "rcep.integration.key"

    authorisation_id = fields.Many2one(
        "rcep.authorisation", "Agent's authority", index="btree_not_null", ondelete="restrict",
        domain=[("state", "=", "in_force")], help="Under which the agent's program acts; it ends with it.",
    )  # fmt: skip
    agent_user_id = fields.Many2one(
        "res.users", "Acts as", ondelete="restrict", domain=[("share", "=", True)],
        help="The person of the agent in whose name it is done, and in whose language it is answered.",
    )  # fmt: skip
    may_follow = fields.Boolean(
        "Follows the agent's work", help="Reads what is to be done under the authority, and what became of it."
    )
    may_act = fields.Boolean(
        "Does the agent's work",
        help="Makes drafts, fills them in, asks for the approval, submits: as the authority says.",
    )

    @api.constrains("authorisation_id", "agent_user_id", "company_id")
    def _check_authority(self):
        for key in self.filtered("authorisation_id"):
            authority = key.sudo().authorisation_id  # a manager may not read the agent's people in full
            facts = {"key": key.name, "authority": authority.name, "user": key.sudo().agent_user_id.name}
            if authority.company_id != key.company_id:
                words = key.env._("Key “%(key)s” is of another company than authority %(authority)s.")
                raise ValidationError(words % facts)
            if key.agent_user_id and key.agent_user_id not in authority.user_ids:
                words = key.env._(
                    "%(user)s is not named in authority %(authority)s: choose one of the people that it names."
                )
                raise ValidationError(words % facts)

    @api.model
    def _grants(self):
        return (*super()._grants(), *GRANTS)

    @api.model
    def _bound_to(self):
        return (*super()._bound_to(), "authorisation_id", "agent_user_id")

    def _is_agents(self):
        return self.may_follow or self.may_act

    def _lacking(self):
        if self._is_agents() and not (self.authorisation_id and self.agent_user_id):
            return self.env._(
                "Key “%s” is for an agent: choose its authority, and the person as whom it acts.", self.name
            )
        if self.authorisation_id and not self._is_agents():
            return self.env._("Key “%s” names an authority, but ticks nothing that an agent does.", self.name)
        if self.authorisation_id and any(self[name] for name in self._grants() if name not in GRANTS):
            return self.env._(
                "Key “%s” is for an agent: tick nothing else on it, and make another key for that.", self.name
            )
        return super()._lacking() or self._why_not()

    def _why_not(self):
        authority, user = self.authorisation_id, self.agent_user_id
        if not authority or authority._has(user):
            return super()._why_not()
        if (
            user in authority.user_ids
            and authority.agent_id.commercial_partner_id == user.partner_id.commercial_partner_id
        ):
            return authority._why_over()
        words = self.env._("%(user)s does not act for %(agent)s any more: another key is needed.")
        return words % {"user": user.name, "agent": authority.agent_id.name}

    def _acts_for(self):
        return self.agent_user_id or super()._acts_for()

    def action_open_agents_page(self):
        """Show the calls as the agent sees them."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/my/eco/{self.authorisation_id.id}/program", "target": "new"}
