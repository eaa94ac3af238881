"""What an agent does with certificates of its principal: makes, fills in, asks, submits, each under its authority.

The origin of goods, their costs and their declarations stay the principal's: none of it is shown, none is taken.
"""

import dataclasses

from odoo import fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.models.certificate.rcep_certificate import MOVED
from odoo.addons.rcep_eco.states import actors, certificate_states
from odoo.exceptions import UserError

# What an agent may fill in: box 4, box 14, and of a good boxes 7 and 8.
SHIPMENT = ("departure_date", "means", "vessel", "port_loading", "port_discharge", "remarks")
PACKING = ("marks", "packages_count", "packages_kind", "gross_weight")
# What is the principal's to settle, and whose sentences may speak of its costs, its materials or its other work.
PRINCIPALS = ("_replacement_problems", "_exporter_problems", "_price_problems", "_goods_problems", "_firm_problems")
# Says who acts; with an object of this process, which no request can name.
_ACTING = object()


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"
    _moved = frozenset(MOVED | {"authorisation_id"})

    authorisation_id = fields.Many2one(
        "rcep.authorisation", "Agent's authority", readonly=True, copy=False, index="btree_not_null",
        help="Under which its agent acted last; each act stands in the history.",
    )  # fmt: skip

    def _under(self, authority, user):
        """The certificates as the agent's steps see them: the system's rights, in the person's name."""
        # An agent has no rights of its own: what it may do says its authority, which each step asks first.
        # It follows nothing: what the principal's people write to each other stays among them.
        return self.with_user(user).sudo().with_company(authority.company_id).with_context(
            allowed_company_ids=authority.company_id.ids,
            rcep_authority=(_ACTING, authority.id),
            mail_create_nosubscribe=True,
            mail_post_autofollow_author_skip=True,
        )

    def _agent_makes(self, authority, user, invoice):
        """Make the draft of an invoice that the authority covers.

        :raises UserError: where there is none to be made, as for the principal's own people
        """
        authority._check(user, "prepare")
        invoices = self.browse()._under(authority, user).env["account.move"].browse(invoice.id)
        made = invoices.action_create_rcep_certificate()
        certificate = self.browse(made["res_id"])._under(authority, user)
        certificate._acted("made", authority, user)
        return certificate

    def _agent_fills(self, authority, user, shipment, packing):
        """Fill in box 4, box 14 and what the goods are packed in.

        :param shipment: {field of :data:`SHIPMENT`: value}
        :param packing: {id of a line: {field of :data:`PACKING`: value}}
        """
        authority._check(user, "prepare")
        unknown = shipment.keys() - set(SHIPMENT)
        unknown |= {name for each in packing.values() for name in each} - set(PACKING)
        if unknown:
            words = self.env._("%s is not filled in by an agent: the principal does that.")
            raise UserError(words % ", ".join(sorted(unknown)))
        certificate = self._under(authority, user)
        certificate._lock()
        lines = {line.id: line for line in certificate.line_ids}
        if packing.keys() - lines.keys():
            raise UserError(self.env._("Certificate %s has no such item: open it again.", self.name))
        changed = _write_changed(certificate, shipment)
        for number, values in packing.items():
            changed += _write_changed(lines[number], values)
        if changed:
            certificate._acted("changed", authority, user, ", ".join(dict.fromkeys(changed)))

    def _agent_asks(self, authority, user):
        """Ask the principal's signer to approve it."""
        authority._check(user, "prepare")
        certificate = self._under(authority, user)
        certificate._determine_lines()
        missing = certificate._agent_sees()  # before the whole check, whose sentences may name materials
        if missing:
            raise UserError("\n".join(missing))
        certificate.action_ask_approval()
        certificate._acted("asked", authority, user)

    def _agent_submits(self, authority, user):
        """Send what the principal's signer has approved; it leaves over the principal's own connection."""
        authority._check(user, "submit")
        certificate = self._under(authority, user)
        certificate._lock()
        if certificate.state != "ready":
            raise UserError(certificate._not_from_here())
        certificate._submit(actors.AGENT)
        certificate._acted("submitted", authority, user)

    def _agent_uploads(self, authority, user, kind, name, content):
        """Add a paper to the application.

        :param content: base64
        """
        authority._check(user, "prepare")
        certificate = self._under(authority, user)
        if link.attachment.file_name(name or "") in certificate.attachment_line_ids.mapped("name"):
            words = self.env._("%(certificate)s has a paper “%(name)s” already: give this one another name.")
            raise UserError(words % {"certificate": certificate.name, "name": name})
        paper = certificate.env["rcep.certificate.attachment"].create(
            {"certificate_id": certificate.id, "kind": kind, "name": name, "content": content}
        )
        certificate._acted("paper", authority, user, paper.name)

    def action_take_from_agent(self):
        """Take a draft out of its agent's hands: it is the firm's own again, or that of another agent who covers it."""
        self.check_access("write")
        for certificate in self.filtered("authorisation_id"):
            certificate._lock()
            if certificate.state not in certificate_states.EDITABLE:
                raise UserError(certificate._not_from_here())
            agent = certificate.authorisation_id.agent_id.name
            certificate._write_moved(authorisation_id=False)
            certificate._message_log(body=self.env._("Taken out of the hands of %s.", agent))
        return True

    def _acted(self, kind, authority, user, detail=""):
        self.env["rcep.authorised.act"]._note(authority.sudo(), self, kind, user, detail)  # acts are the system's

    def _filer_of(self, platform, number):
        """Who types the application in is the agent, where one submits it."""
        filer = super()._filer_of(platform, number)
        acting = self.env.context.get("rcep_authority")
        if not isinstance(acting, tuple) or acting[0] is not _ACTING:
            return filer
        authority = self.env["rcep.authorisation"].sudo().browse(acting[1])  # as its steps do
        return dataclasses.replace(filer, uscc=authority.agent_code or filer.uscc)

    def _responsible(self):
        """No task of the principal goes to its agent, who made the draft: whoever gave the authority has it."""
        user = super()._responsible()
        # Who that is, is no secret; a job or a person of another room may ask.
        return user if not user.share else self.sudo().authorisation_id.confirmed_by_id or self._signer()

    # --- for the agent's eyes ----------------------------------------------------------------------------
    def _agent_sees(self):
        """What is to be done about it: sentences without a word on materials, costs or suppliers."""
        self.ensure_one()
        if self.state not in certificate_states.EDITABLE:
            return []
        found = [sentence for sentence in (*self._invoice_problems(), *self._shipment_problems()) if sentence]
        found += [
            self.env._("Item %s: the number of packages is missing (box 8).", line.number)
            for line in self._goods()
            if line.packages_kind != "nude" and line.packages_count <= 0
        ]
        left = [line for line in self._goods() if line.verdict != "originating" or line._classification_problem()]
        if left:
            words = self.env._("The principal has to settle the origin of %s.")
            found.append(words % ", ".join(line.description or line.product_id.display_name for line in left))
        elif any(each and each not in found for part in PRINCIPALS for each in getattr(self, part)()):
            found.append(self.env._("The principal has to settle what is left of %s: its people see what.", self.name))
        return found


def _write_changed(record, values):
    """Write what is other than it was; the names of those fields."""
    changed = {name: value for name, value in values.items() if (record[name] or False) != (value or False)}
    if changed:
        record.write(changed)
    return list(changed)
