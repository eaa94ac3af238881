"""Replies of an office's system, brought by hand: kept and applied as if they had been read from a folder."""

import io
import zipfile

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..texts import coded_messages

MOST = 500  # files in one go
LONGEST = 20 * 1024 * 1024  # bytes of a ZIP, and of what is in it


class RcepReceiptsUpload(models.TransientModel):
    _name = "rcep.receipts.upload"
    _description = "Upload replies of the issuing body"

    platform_id = fields.Many2one(
        "rcep.platform", required=True, readonly=True, default=lambda self: self._default_platform()
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", help="XML files, or a ZIP of them.")
    line_ids = fields.One2many("rcep.receipts.upload.line", "upload_id", readonly=True)

    @api.model
    def _default_platform(self):
        return self.env["rcep.platform"].search([("company_id", "=", self.env.company.id)], limit=1)

    def action_upload(self):
        """Keep every reply; each is applied once this is committed."""
        self.check_access("write")
        self.env["rcep.certificate"]._check_may_carry()
        platform = self.platform_id.sudo()  # the inbox is the system's
        if not platform.uses_folders or platform.company_id not in self.env.companies:
            raise UserError(self.env._("The platform of this company tells by itself what it decided."))
        client, lines = platform._make_client(), []
        events = self.env["rcep.platform.event"].sudo()  # as above
        for name, body in self._files():
            page = client.uploaded([(name, body)])
            new = [events._take_in(platform, event, "hand") for event in page.events]
            new += [events._take_in_attachment(platform, each, "hand") for each in page.attachments]
            odd = [events._set_aside(platform, each, "hand") for each in page.odd]
            sentences = [coded_messages.translated(self.env, each.coded) for each in page.odd]
            if None in new:
                sentences.append(self.env._("Somebody is at work on its certificate just now: upload it again."))
            elif not new and not odd:
                sentences = [self.env._("It was read before.")]
            else:
                sentences += [self._sentence(event) for event in page.events]
                sentences += [self._attachment_sentence(receipt) for receipt in page.attachments]
            lines.append({"name": name, "summary": " ".join(sentences), "is_odd": bool(page.odd)})
        if not lines:
            raise UserError(self.env._("Choose the replies: XML files, or a ZIP of them."))
        self.attachment_ids.unlink()  # what they said is kept
        self.line_ids = [Command.clear(), *map(Command.create, lines)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What the replies say"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _sentence(self, event):
        certificate = self.env["rcep.certificate"].search([("client_ref", "=", event.client_ref)], limit=1)
        labels = dict(certificate._fields["state"]._description_selection(self.env))
        return self.env._("%(name)s: %(state)s.", name=certificate.name, state=labels[event.state])

    def _attachment_sentence(self, receipt):
        attachment = self.env["rcep.certificate.attachment"].sudo().search(  # a cost statement too is named
            [("client_ref", "=", receipt.client_ref)], limit=1
        )
        return self.env._(
            "%(certificate)s, attachment %(name)s: %(state)s.",
            certificate=attachment.certificate_id.name,
            name=attachment.name,
            state=attachment.with_env(self.env).sudo()._state_name(),
        )

    def _files(self):
        """(name, content) of every reply, those in a ZIP too."""
        found = []
        for attachment in self.attachment_ids:
            attachment.check_access("read")
            body = attachment.raw or b""
            if zipfile.is_zipfile(io.BytesIO(body)):
                found += self._unpacked(attachment.name, body)
            else:
                found.append((attachment.name, body))
        if len(found) > MOST:
            raise UserError(self.env._("Upload at most %s replies in one go.", MOST))
        return found

    def _unpacked(self, name, body):
        too_much = UserError(
            self.env._("%s is not a ZIP of replies: it is damaged, protected, or holds far too much.", name)
        )
        try:
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                inside = [each for each in packed.infolist() if not each.is_dir()]
                if len(inside) > MOST or sum(each.file_size for each in inside) > LONGEST:
                    raise too_much
                return [(each.filename.rpartition("/")[2], packed.read(each)[: LONGEST + 1]) for each in inside]
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
            raise too_much from error


class RcepReceiptsUploadLine(models.TransientModel):
    _name = "rcep.receipts.upload.line"
    _description = "What a reply says"
    _order = "id"

    upload_id = fields.Many2one("rcep.receipts.upload", required=True, ondelete="cascade")
    name = fields.Char("File", readonly=True)
    summary = fields.Char("Content", readonly=True)
    is_odd = fields.Boolean("Set aside", readonly=True)
