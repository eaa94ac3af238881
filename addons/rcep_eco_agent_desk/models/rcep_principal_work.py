"""What is to be done in a principal's system: its state and its deadline, as that system last said; nothing else."""

from odoo import api, fields, models
from odoo.addons.rcep_eco.states.certificate_states import STATES
from odoo.exceptions import UserError

from ..reading import answers

TO_CERTIFY, OTHER = "to_certify", "other"
ALL_STATES = [("returned", "Returned"), (TO_CERTIFY, "To certify"),
              *(each for each in STATES if each[0] != "returned"), (OTHER, "Another state")]  # fmt: skip
RANK = {state: number for number, (state, _name) in enumerate(ALL_STATES)}
CLOSED = frozenset({"issued", "rejected", "withdrawn", "cancelled", "replaced"})
KEPT = tuple(name for name in answers.Piece._fields if name != "number")


class RcepPrincipalWork(models.Model):
    _name = "rcep.principal.work"
    _description = "Work in a principal's system"
    _order = "is_open desc, until NULLS LAST, rank, id"

    principal_id = fields.Many2one("rcep.principal", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="principal_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="principal_id.user_id", string="Followed by")
    kind = fields.Selection(
        [(answers.CERTIFICATE, "Certificate"), (answers.INVOICE, "Invoice")], "What", required=True, readonly=True
    )
    number = fields.Integer("Number there", required=True, readonly=True)
    name = fields.Char("Reference", readonly=True)
    state = fields.Selection(ALL_STATES, required=True, readonly=True)
    rank = fields.Integer(compute="_compute_rank", store=True)
    is_open = fields.Boolean("To be done", compute="_compute_rank", store=True)
    party_code = fields.Char("Importing Party", readonly=True)
    until = fields.Date("Deadline", readonly=True)
    certificate_no = fields.Char("Certificate No.", readonly=True)
    is_specimen = fields.Boolean("Specimen", readonly=True)
    may_ask = fields.Boolean("Approval may be asked for", readonly=True)
    may_submit = fields.Boolean("May be submitted", readonly=True)
    page = fields.Char("Page there", readonly=True)
    since = fields.Datetime("In this state since", readonly=True, help="As far as this system knows.")

    _number_unique = models.Constraint(
        "UNIQUE(principal_id, kind, number)", "This work is in the list already."
    )

    @api.depends("state")
    def _compute_rank(self):
        for work in self:
            work.rank, work.is_open = RANK[work.state], work.state not in CLOSED

    @api.depends("name", "certificate_no")
    def _compute_display_name(self):
        for work in self:
            work.display_name = work.certificate_no or work.name or str(work.number)

    # --- what it says ------------------------------------------------------------------------------------
    def _replace(self, principal, pieces):
        """Keep what a principal's system says, in the place of these, which it said until now.

        :param pieces: :class:`answers.Piece` each
        """
        said = {piece.key: piece for piece in pieces}
        self.filtered(lambda work: (work.kind, work.number) not in said).unlink()
        known = {(work.kind, work.number): work for work in self.exists()}
        now, returned, new = fields.Datetime.now(), self.browse(), []
        for key, piece in said.items():
            values = {name: getattr(piece, name) or False for name in KEPT}
            values["state"] = piece.state if piece.state in RANK else OTHER
            work = known.get(key)
            if not work:
                new.append({**values, "number": piece.number, "principal_id": principal.id, "since": now})
                continue
            changed = {name: value for name, value in values.items() if work[name] != value}
            if "state" in changed:
                changed["since"] = now
            if changed:
                work.write(changed)
                returned |= work.filtered(lambda each, new=changed: new.get("state") == "returned")
        returned |= self.create(new).filtered(lambda each: each.state == "returned")
        for work in returned:
            principal._task(
                self.env._("%s was returned: correct it in the principal's system", work.display_name), work._address()
            )

    # --- buttons -----------------------------------------------------------------------------------------
    def action_open(self):
        """Open it in the principal's own system."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self._address(), "target": "new"}

    def action_make_draft(self):
        """Have the draft of an invoice made there."""
        self._have_done(answers.INVOICE, "/invoices/%s/certificate")
        return True

    def action_ask_approval(self):
        """Ask the principal's signer to approve it."""
        self._have_done(answers.CERTIFICATE, "/certificates/%s/approval")
        return True

    def action_submit(self):
        """Have it sent to the issuing body, over the principal's own connection."""
        self._have_done(answers.CERTIFICATE, "/certificates/%s/submission")
        return True

    def _have_done(self, kind, path):
        self.ensure_one()
        self.check_access("read")
        self.principal_id._check_prepares()
        if self.kind != kind:
            raise UserError(self.env._("%s: this step is for another kind of work.", self.display_name))
        self.principal_id._step(path % self.number)

    def _address(self):
        return self.principal_id._page(self.page or answers.PORTAL)
