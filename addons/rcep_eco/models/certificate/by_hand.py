"""What people do for a certificate where its platform does not: carry files, record decisions, take in the paper.

Which of it is offered follows from what the connection's profile offers, and from nothing else.
"""

import base64
import io
import logging
import re
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import groups, link
from ...states import actors, message_states
from ...texts.coded_messages import CodedMessage, stored
from ...tools import document_text
from .form_print import NOTE

_logger = logging.getLogger(__name__)

RECORDED = {"withdrawal": "withdrawn", "cancellation": "cancelled"}
MOST_FILES = 200  # in one ZIP
PRINTED = "printed"


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    asks_by_message = fields.Boolean(
        compute="_compute_by_hand", help="Taking back and cancelling are asked of the platform; else they are recorded."
    )
    has_file = fields.Boolean(compute="_compute_by_hand", help="Its message is a file that people may carry.")
    file_coded = fields.Text(
        "What its file waits for", compute="_compute_file_coded", help="Where it lies, and what is to be done."
    )
    wants_document = fields.Boolean(compute="_compute_by_hand", help="The platform hands out no document.")
    wants_print = fields.Boolean(compute="_compute_by_hand", help="Nobody has said yet that it was printed there.")

    @api.depends("state", "company_id", "document", "print_state", "message_line_ids.state")
    def _compute_by_hand(self):
        platforms = self.env["rcep.platform"].sudo()  # only what its profile offers
        of_company = {each.company_id: each for each in platforms.search([("company_id", "in", self.company_id.ids)])}
        for certificate in self:
            platform = of_company.get(certificate.company_id)
            certificate.asks_by_message = not platform or platform._offers("cancellation")
            certificate.has_file = bool(platform) and platform.uses_folders and bool(certificate._file_message())
            by_hand = bool(platform) and not platform._offers("document") and certificate.state == "issued"
            certificate.wants_document = by_hand and not certificate.document
            certificate.wants_print = by_hand and certificate.print_state == "not_printed"

    @api.depends("message_line_ids.state", "message_line_ids.error_coded")
    @api.depends_context("lang")
    def _compute_file_coded(self):
        for certificate in self:
            message = certificate._file_message().with_env(certificate.sudo().env)  # read in the language of who asks
            certificate.file_coded = certificate.has_file and message.state == "unknown" and message.error

    # --- what the office did -----------------------------------------------------------------------------
    def _record(self, kind, reason):
        """A person says what the office did: the platform has no message for it, and says nothing by itself."""
        open_ones = self.sudo().message_line_ids.filtered(  # the outbox is the system's
            lambda message: message.state in message_states.OPEN
        )
        if open_ones.filtered(lambda message: message.placed_at or message._may_lie() or message._is_leased()):
            raise UserError(
                self.env._(
                    "The file of certificate %s lies in the folder and may be sent at any moment: have it taken out "
                    "of the single window's client first, or wait until it was sent.",
                    self.name,
                )
            )
        for message in open_ones:
            message._to("failed", error_coded=stored(CodedMessage("overtaken")))
        self._move(RECORDED[kind], actors.PLATFORM)
        label = dict(self._fields["pending_request"]._description_selection(self.env))[kind]
        self.message_post(
            body=self.env._("%(request)s recorded, as the office did it: %(reason)s", request=label, reason=reason)
        )

    # --- files -------------------------------------------------------------------------------------------
    def _file_message(self):
        """The message of the application as it stands."""
        return self.sudo().message_line_ids.filtered(  # the outbox is the system's
            lambda each: each.kind == "application" and each.revision == self.revision and each.state != "failed"
        )[:1]

    def _file(self):
        """(name, content) of the file of its application."""
        self.ensure_one()
        message = self._file_message()
        if not message:
            raise UserError(self.env._("Certificate %s has no file: submit it first.", self.name))
        if link.profiles.get(message.profile).wire != link.profiles.FOLDERS:
            raise UserError(self.env._("The application of certificate %s travels by itself.", self.name))
        for each in (message, *self._attachment_messages()):
            self._check_no_folder(each)
        return message._file()

    def _check_no_folder(self, message):
        goes_by_folder = message.placed_at or message._may_lie() or message.platform_id._root()
        if message.state in message_states.OPEN and goes_by_folder:
            raise UserError(
                self.env._(
                    "The file of certificate %s goes by the folder and may be sent at any moment: by hand it would "
                    "arrive twice. A connection manager first empties the folder and leaves it out of the connection, "
                    "then has the message asked for again.",
                    self.name,
                )
            )

    def _attachment_messages(self):
        """The messages of its attachments as they were sent last."""
        return self.sudo().attachment_line_ids.message_line_ids.filtered(  # as above
            lambda each: each.revision == each.attachment_id.revision and each.state != "failed"
        )

    def action_download_file(self):
        """Download the file of the application, or a ZIP of several, to import it by hand."""
        self._check_may_carry()
        if len(self) > MOST_FILES:
            raise UserError(
                self.env._(
                    "Choose %(most)s certificates or fewer: there are %(number)s.", most=MOST_FILES, number=len(self)
                )
            )
        for certificate in self:
            certificate._file()
        ids = ",".join(map(str, self.ids))
        return {"type": "ir.actions.act_url", "url": f"/rcep_eco/files?ids={ids}", "target": "download"}

    def _check_may_carry(self):
        """Files hold the number of an identity card: who may sign or keeps the connection carries them."""
        self.check_access("read")
        if not self.env.su and not any(map(self.env.user.has_group, (groups.SIGNER, groups.MANAGER))):
            raise UserError(self.env._("Only a signer or a connection manager carries these files: ask one."))

    def _files(self):
        """(name, content) of one file, or of a ZIP of several, for a person who has them from now on.

        Attachments lie in a folder of their own, since the client imports them on their own.
        """
        files = dict(certificate._file() for certificate in self)
        for certificate in self:
            papers = certificate._attachment_messages()
            files |= {f"{link.profiles.get(each.profile).attachment_folder}/{name}": content
                      for each in papers for name, content in [each._file()]}  # fmt: skip
            (certificate._file_message() | papers)._carry()
        if len(files) == 1:
            return next(iter(files.items()))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
            for name, content in files.items():
                folder.writestr(name, content)
        return "applications.zip", packed.getvalue()

    # --- the office's paper ------------------------------------------------------------------------------
    def action_take_document(self):
        """Take in the PDF that the office's own system printed."""
        self.check_access("write")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Document of the issuing body"),
            "res_model": "rcep.document.upload",
            "view_mode": "form",
            "target": "new",
            "context": {"default_certificate_id": self.id},
        }

    def _compare_document(self, pdf):
        """What of the certificate a document does not say, in sentences.

        :raises UserError: where it is no PDF, or not of this certificate
        """
        self.ensure_one()
        if len(pdf) > document_text.MOST_BYTES or not pdf.startswith(link.client.PDF_START):
            raise UserError(self.env._("This is no PDF of at most 20 MB: choose the one that the office printed."))
        text = document_text.of_pdf(pdf)
        if text is None:
            raise UserError(self.env._("This PDF cannot be read: print it anew there."))
        if not text:
            return [self.env._("It holds no text, only pictures: compare it by eye, number and goods above all.")]
        if not self._is_named_in(document_text.without_spaces(text)):
            raise UserError(
                self.env._(
                    "This PDF does not name %(number)s: it is not the document of %(name)s.",
                    number=self.certificate_no,
                    name=self.name,
                )
            )
        if _is_ours(text):
            raise UserError(self._sentence_of_ours())
        return self._differences(text)

    def _sentence_of_ours(self):
        return self.env._("This is a print of this system, not the issuing body's document: print it there.")

    def _is_named_in(self, text):
        """Whether a text without spaces names the number of this certificate."""
        return bool(self.certificate_no) and document_text.without_spaces(self.certificate_no) in text

    def _differences(self, text):
        """What of the application a text does not say, in sentences."""
        application = self._application()
        found = [self._sentence_of_ours()] if _is_ours(text) else []
        if application.agreement == "RCEP" and not _says(text, link.form_sheets.AGREEMENT):
            found.append(self.env._("It does not say “%s”, as a certificate does.", link.form_sheets.AGREEMENT))
        found += [
            self.env._("It names %(number)s too, which is of %(name)s.", number=number, name=name)
            for number, name in self._others_named_in(document_text.without_spaces(text))
        ]
        asked = [("exporter", application.exporter.name_en), ("consignee", application.consignee.name_en)]
        asked += [(f"invoices.{i}.number", invoice.number) for i, invoice in enumerate(application.invoices)]
        for i, item in enumerate(application.items):
            asked += [(f"items.{i}.description", item.description), (f"items.{i}.hs6", item.hs6)]
            asked.append((f"items.{i}.quantity", f"{item.quantity:f}"))
        return found + [
            self.env._("%(path)s: it does not say “%(text)s”.", path=self._path_words(path), text=words)
            for path, words in asked
            if not (_counts(text, words) if path.endswith(".quantity") else _says(text, words))
        ]

    def _others_named_in(self, text):
        """(number, name) of other certificates of the firm that a text without spaces names.

        A certificate names those that it takes the place of; that is no other's document for it.
        """
        before, others = self, []
        while before.old_certificate_id - before:
            before |= before.old_certificate_id
        ours = [("company_id", "=", self.company_id.id)]
        whole = self.sudo()  # of whomever they are
        for each in whole.env["rcep.application.number"].search([*ours, ("certificate_id", "not in", before.ids)]):
            others.append((each.name, each.certificate_id.name))
        for each in whole.search([*ours, ("id", "not in", before.ids), ("certificate_no", "!=", False)]):
            others.append((each.certificate_no, each.name))
        return sorted({(number, name) for number, name in others if document_text.without_spaces(number) in text})

    def _keep_document(self, document, source):
        """Keep the issuing body's document; there is none before it was printed.

        :param document: in base64
        :param source: name of its file
        """
        self._lock()
        if not self.wants_document:
            return
        self._write_moved(document=document)
        if self.wants_print:
            self._write_moved(print_state=PRINTED)
        theirs = self._theirs()
        theirs._message_log(body=theirs.env._("The issuing body's document was taken in from “%s”.", source))

    def action_printed(self):
        """Somebody printed it at the office's system: until then customs abroad do not find its number."""
        self.check_access("write")
        for certificate in self:
            if not certificate.wants_print:
                raise UserError(certificate._not_from_here())
            certificate._write_moved(print_state=PRINTED)
            certificate._message_log(body=self.env._("Printed at the issuing body's system."))
        return {"type": "ir.actions.client", "tag": "soft_reload"}


def _is_ours(text):
    """Whether a text is that of our own print, which looks like the office's and is not."""
    return _says(text, NOTE)


def _says(text, words):
    """Whether a text says this, whatever its spaces and capitals."""
    return document_text.without_spaces(words) in document_text.without_spaces(text)


def _counts(text, number):
    """Whether a text says this number, and not as a part of a longer one, such as 800 of 8000."""
    return bool(re.search(rf"(?<![0-9])(?<![0-9][.,]){re.escape(number)}(?:\.0+)?(?![0-9]|[.,][0-9])", text))


class RcepDocumentUpload(models.TransientModel):
    _name = "rcep.document.upload"
    _description = "Document of the issuing body"

    certificate_id = fields.Many2one("rcep.certificate", required=True, readonly=True)
    document = fields.Binary("PDF", required=True, attachment=False)
    document_name = fields.Char()
    differences = fields.Text(compute="_compute_differences")
    was_compared = fields.Boolean("Compared by eye")

    @api.depends("document")
    @api.depends_context("lang")
    def _compute_differences(self):
        for upload in self:
            upload.differences = False
            if upload.document:
                found = upload.certificate_id._compare_document(base64.b64decode(upload.document))
                upload.differences = "\n".join(found) or False

    def action_take(self):
        """Keep it as the certificate's document; what differs was looked at by a person."""
        self.check_access("write")
        certificate = self.certificate_id
        certificate.check_access("write")
        if not certificate.wants_document:
            raise UserError(certificate._not_from_here())
        found = certificate._compare_document(base64.b64decode(self.document))
        if found and not self.was_compared:
            raise UserError("\n".join([self.env._("Compare these by eye, then say so:"), *found]))
        certificate._write_moved(document=self.document)
        if certificate.wants_print:
            certificate._write_moved(print_state=PRINTED)  # there is no document before it was printed
        note = self.env._("The issuing body's document was taken in by hand.")
        certificate._message_log(body="\n".join([note, *found]))
        return {"type": "ir.actions.act_window_close"}
