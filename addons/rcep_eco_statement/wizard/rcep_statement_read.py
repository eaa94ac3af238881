"""Read a supplier's signed statement: its link, its text or its file becomes a declaration like any other."""

import base64

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups, link
from odoo.exceptions import AccessError, UserError

from .. import texts
from ..statements import jose
from ..statements.wrong import Wrong


class RcepStatementRead(models.TransientModel):
    _name = "rcep.statement.read"
    _description = "Read a signed statement"

    declaration_id = fields.Many2one("rcep.supplier.declaration", "Asked for", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one(
        "res.partner", "Supplier", required=True, compute="_compute_asked", store=True, readonly=False, precompute=True
    )
    product_id = fields.Many2one(
        "product.product", required=True, compute="_compute_asked", store=True, readonly=False, precompute=True
    )
    text = fields.Text("Link or signed text", help="As the supplier sent it.")
    file = fields.Binary()
    file_name = fields.Char()

    @api.depends("declaration_id")
    def _compute_asked(self):
        for wizard in self:
            wizard.partner_id = wizard.declaration_id.partner_id or wizard.partner_id
            wizard.product_id = wizard.declaration_id.product_id or wizard.product_id

    def action_read(self):
        """Check all of it, and record the declaration: received, until a cost engineer verifies it."""
        self.ensure_one()
        if not self.env.user.has_group(groups.ENGINEER):
            raise AccessError(self.env._("Declarations are recorded by cost engineers: ask one."))
        self.check_access("write")
        declarations = self.env["rcep.supplier.declaration"].with_company(self.company_id)
        try:
            text = self._signed_text()
            whose = self._whose()
            values = declarations._of_statement(text, whose.partner_id, whose.product_id, whose.company_id)
        except Wrong as wrong:
            raise UserError(texts.sentence(self.env, wrong)) from wrong
        own = {name: self[name].id for name in ("partner_id", "product_id", "company_id")}
        declaration = declarations._record_stated(self.declaration_id, own, text, values)
        return declaration._get_records_action(name=self.env._("Supplier declaration"))

    def _whose(self):
        """What says of whom and for which good it is: what was asked for, where it was."""
        return self.declaration_id or self

    def _signed_text(self):
        """The text, wherever it was given.

        :raises Wrong: where its server does not give it
        """
        given = (self.text or "").strip()
        if self.file:
            raw = base64.b64decode(self.with_context(bin_size=False).file)
            given = raw[: jose.LONGEST + 1].decode("ascii", "replace").strip()
        if not given:
            raise Wrong("no_statement")
        if not given.lower().startswith(("https://", "http://")):
            return given
        source, firm = self.env["rcep.statement.source"], self._whose().partner_id.commercial_partner_id
        facts = {"supplier": firm.display_name, "host": link.addresses.host_of(given)}
        if not firm.website:
            raise Wrong("no_website", **facts)
        if link.addresses.host_of(firm.website) != facts["host"]:  # this server asks no other
            raise Wrong("other_host", **facts, website=link.addresses.host_of(firm.website))
        return source._text(given).strip()
