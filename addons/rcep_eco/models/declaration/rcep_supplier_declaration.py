"""A supplier's declaration that what it sells originates in a Party: evidence for a material or a bought-in good."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ... import groups, origin
from ...states import actors, declaration_states
from ...texts import explanations
from ...values import amounts

# What only a move may write.
MOVED = {"state", "state_on", "request_id", "answered_by", "answered_on", "warned_on"}
# What the supplier declared, and nobody may change once it is decided on.
CONTENT = {
    "name", "partner_id", "product_id", "company_id", "party_id", "criterion", "rvc", "date_from", "date_to",
    "document", "document_name", "reason", "uses_acu", "uses_dmi", "added_value",
}  # fmt: skip
NEEDED = ("name", "party_id", "criterion", "date_from", "date_to")
VERIFY = "rcep_eco.activity_verify_declaration"
RENEW = "rcep_eco.activity_renew_declaration"


class RcepSupplierDeclaration(models.Model):
    _name = "rcep.supplier.declaration"
    _description = "Supplier declaration of origin"
    _inherit = ["rcep.moves.mixin", "mail.thread", "mail.activity.mixin"]
    _moves = declaration_states.MOVES
    _moved = MOVED
    _set_at_creation = frozenset({"state_on"})
    _initial_values = {"state": "received"}
    _order = "date_to desc, id desc"

    name = fields.Char("Reference", tracking=True, help="As the supplier numbered it.")
    partner_id = fields.Many2one("res.partner", "Supplier", required=True, index=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict")
    product_tmpl_id = fields.Many2one(related="product_id.product_tmpl_id", store=True, index=True)
    supplier_code = fields.Char(
        "Supplier's code", compute="_compute_supplier_code", compute_sudo=True, help="What the supplier calls it."
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    party_id = fields.Many2one("rcep.party", "Originates in")
    criterion = fields.Selection(explanations.CRITERIA)
    rvc = fields.Float("RVC %", digits=(5, 2), help="As the supplier states it, where the criterion is RVC.")
    uses_acu = fields.Boolean("ACU", help="The supplier's own determination rests on cumulation (Art. 3.4).")
    uses_dmi = fields.Boolean("DMI", help="The supplier's own determination rests on de minimis (Art. 3.7).")
    added_value = fields.Float(
        "Value added %",
        digits=(5, 2),
        help="Per cent of the good's value that was added in the Party, as the supplier states it; empty: not stated. "
        "It decides box 11 for goods of an importing Party's Appendix (Art. 2.6.3).",
    )
    date_from = fields.Date("Valid from")
    date_to = fields.Date("Valid to")
    document = fields.Binary(attachment=True)
    document_name = fields.Char()
    reason = fields.Text(
        "Reason of refusal", tracking=True, help="Why there is no declaration, or why it is not accepted."
    )
    state = fields.Selection(
        declaration_states.STATES,
        default="received",
        required=True,
        readonly=True,
        tracking=True,
        copy=False,
        index=True,
        group_expand=True,  # columns of a board stand in the order of the table
    )
    state_on = fields.Datetime("In this state since", readonly=True, copy=False)
    request_id = fields.Many2one(
        "rcep.declaration.request", readonly=True, copy=False, index=True, groups=groups.ENGINEER
    )
    answered_by = fields.Char(readonly=True, copy=False, tracking=True, help="Who answered on the supplier's page.")
    answered_on = fields.Datetime(readonly=True, copy=False)
    warned_on = fields.Datetime("Warned of its end", readonly=True, copy=False)

    # --- compute -----------------------------------------------------------------------------------------
    @api.depends("name", "product_id")
    def _compute_display_name(self):
        for declaration in self:
            asked = self.env._("Request for %s", declaration.product_id.display_name or "")
            declaration.display_name = declaration.name or asked

    @api.depends("partner_id", "product_id.seller_ids.product_code", "product_id.seller_ids.partner_id")
    def _compute_supplier_code(self):
        for declaration in self:
            firm = declaration.partner_id.commercial_partner_id
            sellers = declaration.product_id.seller_ids.grouped(lambda seller: seller.partner_id.commercial_partner_id)
            codes = sellers[firm].mapped("product_code") if firm in sellers else ()
            declaration.supplier_code = next(filter(None, codes), False)

    # --- checks ------------------------------------------------------------------------------------------
    @api.constrains("state", *NEEDED)
    def _check_complete(self):
        for declaration in self.filtered(lambda each: each.state in declaration_states.COMPLETE):
            missing = [self._fields[name]._description_string(self.env) for name in NEEDED if not declaration[name]]
            if missing:
                raise ValidationError(
                    self.env._(
                        "The declaration of %(supplier)s for %(product)s is not complete: enter %(missing)s.",
                        supplier=declaration.partner_id.display_name,
                        product=declaration.product_id.display_name,
                        missing=", ".join(missing),
                    )
                )

    @api.constrains("criterion", "rvc", "state")
    def _check_rvc(self):
        for declaration in self.filtered(lambda each: each.state in declaration_states.COMPLETE):
            if declaration.criterion == "RVC" and not 0 < declaration.rvc <= 100:
                raise ValidationError(
                    self.env._(
                        "Declaration %s rests on regional value: enter its percentage, as the supplier states it.",
                        declaration.name,
                    )
                )

    @api.constrains("date_from", "date_to", "party_id")
    def _check_dates(self):
        for declaration in self.filtered(lambda each: each.date_from):
            if declaration.date_to and declaration.date_from > declaration.date_to:
                raise ValidationError(
                    self.env._(
                        "Declaration %s ends before it begins: correct its dates.", declaration.name or ""
                    )
                )
            if declaration.party_id and declaration.date_from < declaration.party_id.in_force:
                raise ValidationError(
                    self.env._(
                        "Declaration %(name)s begins before the agreement entered into force in %(party)s on %(date)s.",
                        name=declaration.name or "",
                        party=declaration.party_id.display_name,
                        date=declaration.party_id.in_force,
                    )
                )

    # --- CRUD --------------------------------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            values["state_on"] = fields.Datetime.now()
        return super().create(vals_list)

    def write(self, vals):
        self._check_moved(vals)
        ends_early = {"date_to"} if vals.get("state") == "expired" else set()  # which only a move writes
        if content := vals.keys() & CONTENT - ends_early:
            open_in = declaration_states.REASONED if content == {"reason"} else declaration_states.EDITABLE
            for declaration in self.filtered(lambda each: each.state not in open_in):
                raise UserError(
                    self.env._(
                        "Declaration %(name)s is %(state)s and cannot be changed: revoke it if it counts, and record "
                        "the new one beside it.",
                        name=declaration.display_name,
                        state=declaration._state_name(),
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        for declaration in self.filtered(lambda each: each.state not in declaration_states.OPEN):
            raise UserError(
                self.env._(
                    "Declaration %(name)s is %(state)s: it is kept, because verdicts may rest on it.",
                    name=declaration.display_name,
                    state=declaration._state_name(),
                )
            )

    # --- moves -------------------------------------------------------------------------------------------
    def _move(self, after, by=None, **values):
        """Move to another state, as the table allows; verdicts that rest on it are told."""
        if not by:
            self.check_access("write")  # which cost engineers have, and nobody else
        counted = self.filtered(lambda each: "verified" in (each.state, after))
        result = super()._move(after, by, state_on=fields.Datetime.now(), **values)
        self.activity_unlink([VERIFY, RENEW])
        counted._mark_verdicts()
        return result

    def _mark_verdicts(self):
        for company, declarations in self.grouped("company_id").items():
            existing = declarations.filtered("date_from").mapped("date_from")
            declarations.product_id._rcep_facts_changed(company, min(existing, default=None))

    def _receive(self, by=None, **values):
        """The supplier has declared: somebody is to read it."""
        self._move("received", by, **values)
        for declaration in self:
            declaration._remind_engineer(VERIFY, self.env._("Read the supplier's declaration and verify it"))

    def _answer(self, originates, who, values):
        """What the supplier answered on its page; a line that was answered before stays as it is."""
        self.ensure_one()
        self.invalidate_recordset(["state"])  # another sending may have come first
        if self.state != "requested":
            return
        facts = {**values, "answered_by": who, "answered_on": fields.Datetime.now()}
        if originates:
            self._receive(actors.SUPPLIER, **facts)
        else:
            self._move("refused", actors.SUPPLIER, **facts)

    def _remind_engineer(self, activity, summary, deadline=None):
        """An activity for the person who keeps declarations in the company."""
        self.ensure_one()
        asker = self.sudo().request_id.user_id  # whoever reads the declaration may not see the request
        user = self.company_id._rcep_origin_user(asker)
        if user:
            self.activity_schedule(activity, summary=summary, user_id=user.id, date_deadline=deadline)

    # --- actions -----------------------------------------------------------------------------------------
    def action_receive(self):
        """The supplier has answered by other ways, and the cost engineer recorded what it said."""
        self._receive()

    def action_verify(self):
        """The cost engineer has read the document and believes it: from now on it counts."""
        self._move("verified")

    def action_refuse(self):
        """The supplier cannot declare, or what it declared is not accepted."""
        self.check_access("write")
        for declaration in self.filtered(lambda each: not each.reason):
            raise UserError(
                self.env._(
                    "Say why declaration %s is refused: enter the reason, then refuse it.", declaration.display_name
                )
            )
        self._move("refused")
        self.request_id._close_if_settled()

    def action_revoke(self):
        """The declaration no longer counts."""
        self._move("revoked")
        self.request_id._close_if_settled()

    def action_ask_again(self):
        """Ask the supplier: by a new mail where it has not answered, by a new request where the old one is over."""
        self.check_access("write")
        for declaration in self.filtered(lambda each: each.state not in ("requested", *declaration_states.OVER)):
            raise UserError(
                self.env._(
                    "Declaration %(name)s is %(state)s: there is nothing to ask for.",
                    name=declaration.display_name,
                    state=declaration._state_name(),
                )
            )
        requests = self.env["rcep.declaration.request"]
        for company, declarations in self.grouped("company_id").items():
            wanted = {
                partner: each.product_id for partner, each in declarations.grouped("partner_id").items()
            }
            requests |= requests._ask(company, wanted)
        asked = requests.declaration_ids.filtered(lambda each: each.product_id in self.product_id)
        return asked._get_records_action(name=self.env._("Asked"))

    def action_open_request(self):
        """Show the request with its link, mails and other goods."""
        self.check_access("read")
        return self.request_id._get_records_action()

    # --- what counts -------------------------------------------------------------------------------------
    @api.model
    def _holding(self, products, company, date, *more):
        """The verified declarations that hold on a date, even where they expired since.

        :param more: conditions of a domain that they meet too
        :return: {product.product: declaration}, without the products that have none
        """
        existing = self.search(
            [
                ("product_id", "in", products.ids),
                ("company_id", "=", company.id),
                ("state", "in", declaration_states.COUNTING),
                ("date_from", "<=", date),
                ("date_to", ">=", date),
                *more,
            ],
            order="date_to, id",  # the one that holds longest is kept
        )
        return {declaration.product_id: declaration for declaration in existing}

    def _evidence(self, exporting_party, good, date, importing_party=None):
        """The engine's :class:`origin.Evidence` for a good on a date."""
        self.ensure_one()
        return origin.Evidence(
            exporting_party=exporting_party,
            good=good,
            date=date,
            party=self.party_id.code,
            criterion=self.criterion,
            reference=self.name,
            valid_from=self.date_from,
            valid_to=self.date_to,
            rvc=amounts.exact(self.rvc) if self.criterion == "RVC" else None,
            modifiers=tuple(name for name, used in (("ACU", self.uses_acu), ("DMI", self.uses_dmi)) if used),
            added_value=amounts.exact(self.added_value) if self.added_value else None,
            importing_party=importing_party,
        )
