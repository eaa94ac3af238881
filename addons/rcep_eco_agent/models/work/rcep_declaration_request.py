"""What an agent does with requests to its principal's suppliers: reminds them, and hands in papers that they gave it.

A paper is not read here and counts for nothing: a cost engineer of the principal records what it says and verifies it.
"""

from odoo import models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.declaration.rcep_declaration_request import REMINDED
from odoo.addons.rcep_eco.models.declaration.rcep_supplier_declaration import VERIFY
from odoo.addons.rcep_eco.texts import coded_messages
from odoo.addons.rcep_eco.tools.row_claims import claim
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError


class RcepAuthorisation(models.Model):
    _inherit = "rcep.authorisation"

    def _requests(self, domain=()):
        """The principal's requests that suppliers have still to answer and that this authority covers."""
        self.ensure_one()
        requests = self._principals("rcep.declaration.request")
        if not self.may_collect:
            return requests
        wanted = [
            ("company_id", "=", self.company_id.id), ("is_revoked", "=", False),
            ("declaration_ids.state", "=", "requested"), *domain,
        ]  # fmt: skip
        return self._first(requests, wanted, lambda each: self._covers_goods(each.open_ids.product_id))

    def _request(self, number):
        """One of them by its id, or an empty record: what is not there and what is not the agent's are the same."""
        return self._requests([("id", "=", number)])


class RcepDeclarationRequest(models.Model):
    _inherit = "rcep.declaration.request"

    def _agent_reminds(self, authority, user):
        """Send the supplier a mail, at most one a day."""
        authority._check(user, "collect")
        claim(self)  # one mail, however often it is pressed
        if not self._is_alive():
            words = self.env._("The link of %s is over: ask the principal for a new request.")
            raise UserError(words % self.partner_id.display_name)
        if amounts.issuing_day(self._reminded_last().done_at or self.asked_on) == amounts.today():
            words = self.env._("%s was written to today: wait for the answer until tomorrow.")
            raise UserError(words % self.partner_id.display_name)
        self._send(REMINDED)
        self._step(reminders=self.reminders + 1)
        self._acted("reminded", authority, user)

    def _reminded_last(self):
        acts = self.env["rcep.authorised.act"].sudo()  # whoever asks is an agent, by its authority
        return acts.search([("request_id", "=", self.id), ("kind", "=", "reminded")], limit=1)

    def _agent_hands_in(self, authority, user, name, content):
        """Keep a paper of the supplier with the request, for the principal's cost engineer to read.

        :param bytes content: of the file
        """
        authority._check(user, "collect")
        paper = link.attachment.Attachment(kind="other", name=link.attachment.file_name(name or ""), content=content)
        wrong = [coded_messages.translated(self.env, each.coded) for each in link.attachment.broken(paper)]
        if wrong:
            raise UserError("\n".join(wrong))
        act = self._acted("handed_in", authority, user, paper)
        for asked in self.open_ids[:1]:
            theirs = asked.with_context(lang=self.user_id.lang)
            words = theirs.env._("%(agent)s handed in “%(paper)s” of %(supplier)s: record what it says, and verify it")
            facts = {"agent": act.agent_id.name, "paper": paper.name, "supplier": self.partner_id.display_name}
            theirs._remind_engineer(VERIFY, words % facts)

    def _acted(self, kind, authority, user, paper=None):
        acts = self.env["rcep.authorised.act"]
        detail = " · ".join(filter(None, (self.partner_id.display_name, paper and paper.name)))
        act = acts._keep(authority.sudo(), kind, user, detail, request_id=self.id)  # acts are the system's
        theirs = self.with_context(lang=self.user_id.lang)
        files = [(paper.name, paper.content)] if paper else []
        theirs.message_post(body=act._in_words(theirs.env), author_id=user.partner_id.id, attachments=files)
        return act
