"""Tier by tier: a supplier passes a question on to its own supplier, who answers to it, and may pass it on in turn.

Each tier knows who asked it and whom it asked, and no more. The exporter sees a tree of states: who the firms are, what
they sell and what they answered is read by those two alone, on their pages.
"""

import re
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS
from odoo.tools import email_normalize, formataddr

from ...states import actors, question_states
from ...texts import explanations, supplier_words
from ...texts.supplier_words import say
from ...tools import public_words
from ..base.rcep_signed_link import OF_THE_LINK


class RcepForwardedQuestion(models.Model):
    _name = "rcep.forwarded.question"
    _description = "Question passed on to a supplier's supplier"
    _inherit = ["rcep.signed.link.mixin", "rcep.moves.mixin"]
    _order = "declaration_id, branch, id"
    _rec_name = "branch"
    _link_scope = "rcep_eco.forwarded"
    _link_path = "/rcep/forwarded"
    _steps = OF_THE_LINK
    _moves = question_states.MOVES
    _moved = frozenset({"state", "state_on"})
    _initial_values = {"state": "requested"}
    _set_at_creation = frozenset({"state_on"})

    declaration_id = fields.Many2one(
        "rcep.supplier.declaration", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="declaration_id.company_id", store=True, index=True)
    parent_id = fields.Many2one(
        "rcep.forwarded.question", "Passed on from", readonly=True, index=True, ondelete="cascade"
    )
    child_ids = fields.One2many("rcep.forwarded.question", "parent_id", "Passed on", readonly=True)
    tier = fields.Integer(readonly=True, help="1 is the supplier that you asked yourself.")
    branch = fields.Char(readonly=True, help="Its place in the tree: 1.2 is the second question passed on from 1.")
    state = fields.Selection(
        question_states.STATES, default="requested", required=True, readonly=True, index=True, copy=False
    )
    state_on = fields.Datetime("Since", readonly=True, copy=False, default=fields.Datetime.now)
    is_waiting = fields.Boolean(
        "Waits for a tier below", compute="_compute_is_waiting", help="It was passed on, and has no answer yet."
    )
    link = fields.Char(groups=NO_ACCESS)
    # Between whoever asks and whoever is asked: read on their two pages, and by no account.
    asker = fields.Char("Asked by", groups=NO_ACCESS)
    firm = fields.Char("Asked firm", groups=NO_ACCESS)
    email = fields.Char(groups=NO_ACCESS)
    item = fields.Char("Asked for", groups=NO_ACCESS)
    party_id = fields.Many2one("rcep.party", "Originates in", groups=NO_ACCESS)
    criterion = fields.Selection(explanations.CRITERIA, groups=NO_ACCESS)
    rvc = fields.Float("RVC %", digits=(5, 2), groups=NO_ACCESS)
    name = fields.Char("Reference", groups=NO_ACCESS)
    date_from = fields.Date("Valid from", groups=NO_ACCESS)
    date_to = fields.Date("Valid to", groups=NO_ACCESS)
    document = fields.Binary(attachment=True, groups=NO_ACCESS)
    document_name = fields.Char(groups=NO_ACCESS)
    reason = fields.Text(groups=NO_ACCESS)
    answered_by = fields.Char(groups=NO_ACCESS)

    # --- compute -----------------------------------------------------------------------------------------
    @api.depends("state", "child_ids.state")
    def _compute_is_waiting(self):
        for question in self:
            question.is_waiting = question.state == "requested" and "requested" in question.child_ids.mapped("state")

    def _is_alive(self):
        """A question lives while it is asked; what was answered is read until the link's own day."""
        return super()._is_alive() and self.state in question_states.READABLE

    # --- passing on --------------------------------------------------------------------------------------
    @api.model
    def _pass_on(self, declaration, parent, *, asker, firm, email, item):
        """Ask one tier below.

        :param declaration: the line of the exporter's request
        :param parent: the question that is passed on, empty where the exporter's own supplier asks
        :raises UserError: with one sentence for whoever asks
        """
        asked = parent.child_ids if parent else declaration.question_ids.filtered(lambda each: not each.parent_id)
        for missing, sentence in (
            (not item, say(self.env, "wrong_item")),
            (not firm, say(self.env, "wrong_firm")),
            (not asker, say(self.env, "wrong_asker")),
            (email and not email_normalize(email), say(self.env, "wrong_email", email=email)),
            (any(map(_is_address, (item, firm, asker))),
             say(self.env, "wrong_address")),
        ):  # fmt: skip
            if missing:
                raise UserError(sentence)
        tier = (parent.tier or 1) + 1
        if tier > question_states.LAST_TIER or self._comes_back(declaration, parent, (asker, firm), email):
            # One sentence for both: who else is asked above, and how far above, is nothing to whoever asks.
            raise UserError(say(self.env, "wrong_circle", firm=firm))
        open_now = asked.filtered(lambda each: each.state == "requested")
        if any((each.firm, each.item) == (firm, item) for each in open_now):
            raise UserError(say(self.env, "wrong_again", firm=firm, item=item))
        of_all = declaration.request_id.declaration_ids.question_ids
        if len(open_now) >= question_states.OPEN_AT_ONCE or len(of_all) >= question_states.IN_ALL:
            raise UserError(say(self.env, "wrong_many"))
        branch = f"{parent.branch}.{len(asked) + 1}" if parent else str(len(asked) + 1)
        question = self.create(
            {
                "declaration_id": declaration.id, "parent_id": parent.id, "tier": tier, "branch": branch,
                "asker": asker, "firm": firm, "email": email_normalize(email or "") or False, "item": item,
            }
        )  # fmt: skip
        question._ask()
        return question

    @api.model
    def _comes_back(self, declaration, parent, named, email):
        """Whether a firm is asked that was asked above, or asks itself; by its name and by its mail address."""
        asker, firm = named
        company, supplier = declaration.company_id, declaration.partner_id
        of_supplier = {supplier.name, supplier.commercial_partner_id.name, supplier._rcep_name()}
        own = {parent.firm} if parent else of_supplier
        names = {company.name, company.partner_id._rcep_name()}  # who stands strictly above whoever asks
        names |= of_supplier if parent else set()
        mails = {company.email, supplier.email, supplier.commercial_partner_id.email}
        while parent:
            names |= {parent.asker, parent.parent_id.firm}
            mails.add(parent.email)
            parent = parent.parent_id
        names = set(map(_plain, names)) - {""}
        return (
            _plain(asker) in names
            or _plain(firm) in names | set(map(_plain, own | {asker}))
            or (email_normalize(email or "") or "") in {email_normalize(mail or "") for mail in mails} - {False}
        )

    # --- answers -----------------------------------------------------------------------------------------
    def _answer(self, originates, who, values):
        """What the firm answered on its page, to whoever asked it; an answer that is there stays as it is."""
        self.ensure_one()
        self.invalidate_recordset(["state"])  # another sending may have come first
        if self.state != "requested":
            return
        self._move("originates" if originates else "refused", actors.SUPPLIER, **values, answered_by=who)
        self.child_ids._close()
        self._tell_asker()

    def _move(self, after, by=None, **values):
        return super()._move(after, by, state_on=fields.Datetime.now(), **values)

    def _withdraw(self):
        """Whoever asked needs no answer any more."""
        self._move("withdrawn", actors.ASKER)
        self.child_ids._close()

    def _close(self):
        """What it was asked for is settled: nobody needs its answer, nor those below."""
        tier = self
        while tier:
            tier.filtered(lambda each: each.state == "requested")._move("closed", actors.ASKER)
            tier = tier.child_ids

    # --- mails -------------------------------------------------------------------------------------------
    def _ask(self):
        """The question by mail, where its asker gave an address."""
        rest = say(self.env, "mail_rest", day=self.expires_on.date())
        self._send("rcep_eco.forwarded_question_mail", self.email, self.asker, "mail_asks", link=self.link, rest=rest)

    def _tell_asker(self):
        above, request = self.parent_id, self.declaration_id.request_id
        address = above.email if above else request.partner_id.email
        link = above.link if above else request.link
        spoken = supplier_words.language(self.env)  # by whoever answers; what the asker speaks is not known
        language = spoken if spoken in public_words.CONFIRMED else public_words.ENGLISH
        asker = self.with_context(**{supplier_words.LANGUAGE: language})
        asker._send("rcep_eco.forwarded_answer_mail", address, self.firm, "mail_answered", link=link)

    def _send(self, template, address, sender, key, **values):
        """Queue a mail that stands with no record: whoever reads the question here would read the names in it."""
        if not address or not values["link"]:
            return
        values["link"] += f"?lang={supplier_words.language(self.env)}"
        subject = say(self.env, key, asker=self.asker, firm=self.firm, item=self.item)
        words = supplier_words.words(supplier_words.language(self.env))
        address_of_server = email_normalize(self.company_id.email_formatted or "") or ""
        # No account may read this mail: it names firms that the company here has no right to know.
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject, "email_to": address, "email_from": formataddr((sender, address_of_server)),
                "body_html": self.env["ir.qweb"]._render(template, {"sentence": subject, "words": words, **values}),
                "author_id": False, "auto_delete": True,
            }
        )  # fmt: skip
        # Nor does anybody here keep the jobs; the firm should not wait for the hourly one.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()


def _plain(name):
    """A firm's name as it is compared: no case, no signs, no legal form."""
    letters = unicodedata.normalize("NFKC", name or "").casefold()
    return re.sub(r"\b(co|ltd|limited|company|inc)\b|[\W_]", "", letters)


def _is_address(text):
    return bool(re.search(r"://|www\.|@|\.[a-z]{2,}/", text, re.IGNORECASE))
