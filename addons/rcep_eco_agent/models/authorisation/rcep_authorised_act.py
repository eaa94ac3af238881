"""What an agent did under an authority: which person, what, when. It is added to and never changed."""

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups

ACTS = [
    ("made", "Made the draft"),
    ("changed", "Changed it"),
    ("paper", "Uploaded a paper"),
    ("asked", "Asked for the approval"),
    ("submitted", "Submitted it"),
    ("reminded", "Reminded a supplier"),
    ("handed_in", "Handed in a supplier's paper"),
]


class RcepAuthorisedAct(models.Model):
    _name = "rcep.authorised.act"
    _description = "Act under an agent's authority"
    _order = "id desc"
    _rec_name = "kind"

    authorisation_id = fields.Many2one("rcep.authorisation", "Authority", required=True, readonly=True, index=True,
                                       ondelete="restrict")  # fmt: skip
    company_id = fields.Many2one("res.company", "Principal", required=True, readonly=True, index=True)
    agent_id = fields.Many2one(related="authorisation_id.agent_id")
    certificate_id = fields.Many2one("rcep.certificate", readonly=True, index=True, ondelete="set null")
    certificate_name = fields.Char("Reference", readonly=True, help="Of the certificate, should a draft be deleted.")
    request_id = fields.Many2one(
        "rcep.declaration.request", "Request to a supplier", readonly=True, index="btree_not_null", ondelete="set null",
        groups=groups.ENGINEER,
    )  # fmt: skip
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True)
    kind = fields.Selection(ACTS, "What", required=True, readonly=True)
    detail = fields.Char(readonly=True)
    done_at = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)

    @api.model
    def _note(self, authority, certificate, kind, user, detail=""):
        """Keep one act, and say so on the certificate with the authority under which it was done."""
        act = self._keep(
            authority, kind, user, detail, certificate_id=certificate.id, certificate_name=certificate.name
        )
        certificate._write_moved(authorisation_id=authority.id)
        theirs = certificate.with_context(lang=certificate._responsible().lang)
        theirs.message_post(body=act._in_words(theirs.env), author_id=user.partner_id.id)
        return act

    @api.model
    def _keep(self, authority, kind, user, detail, **of):
        values = {"authorisation_id": authority.id, "company_id": authority.company_id.id, "user_id": user.id}
        return self.create({**values, "kind": kind, "detail": detail, **of})

    def _in_words(self, env):
        """What was done, by whom, and under which authority."""
        words = env._("%(what)s: %(user)s of %(agent)s, under authority %(authority)s, in force until %(day)s.")
        facts = {
            "what": dict(self._fields["kind"]._description_selection(env))[self.kind],
            "user": self.user_id.name,
            "agent": self.authorisation_id.agent_id.name,
            "authority": self.authorisation_id.name,
            "day": self.authorisation_id.valid_until,
        }
        return words % facts
