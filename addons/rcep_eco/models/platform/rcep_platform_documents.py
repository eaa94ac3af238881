"""Documents of the issuing office from a folder: where people save what the office's own system printed.

A PDF that names the number of one certificate, and says all that was applied for, becomes its document by itself. Any
other is left where it lies: whoever keeps the connection is told, and compares it by eye.
"""

import base64
import collections
import datetime
import logging
import pathlib
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import link
from ...texts.coded_messages import CodedMessage
from ...tools import document_text
from ...tools.isolated import isolated

_logger = logging.getLogger(__name__)

SUFFIX = ".pdf"
SETTLED = datetime.timedelta(seconds=30)  # a file that is younger may still be written
# The texts of PDFs that this process has read, by database, connection and file.
_TEXTS = collections.defaultdict(dict)


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    document_folder = fields.Char(
        "Folder of printed documents",
        copy=False,
        tracking=True,
        help="Below the client's folder, such as PDF. A PDF of the issuing office that somebody saves there is "
        "compared with its application and taken in by itself. Empty: documents are taken in on the certificate.",
    )

    @api.constrains("document_folder")
    def _check_document_folder(self):
        for platform in self.filtered("document_folder"):
            path = pathlib.PurePosixPath(platform.document_folder)
            if path.is_absolute() or ".." in path.parts or "\\" in platform.document_folder:
                raise ValidationError(
                    self.env._(
                        "“%s” is no folder below that of the client: write its name alone, such as PDF.",
                        platform.document_folder,
                    )
                )

    def _document_place(self):
        return self._place(dict.fromkeys(link.folder_access.PARTS, self.document_folder))

    def _read_documents(self):
        """Take in what was printed; what cannot be read now is read in the next run, and health says why."""
        wanting = self._wanting_documents()
        if not (self._root() and self.document_folder and wanting):
            return
        self.env["ir.cron"]._commit_progress()  # no transaction is open while files are read
        texts = _TEXTS[self.env.cr.dbname, self.id]
        try:
            place = self._document_place()
            entries = [each for each in place.entries(link.folder_access.IN) if each.name.lower().endswith(SUFFIX)]
            for gone in texts.keys() - set(entries):
                del texts[gone]
            for entry in sorted(entries, key=lambda each: (each.changed, each.name)):
                link.guarded_connections.check_time()
                if datetime.datetime.now(datetime.timezone.utc) - entry.changed > SETTLED:
                    self._read_document(place, entry, texts, wanting)
        except link.errors.TimeOver:
            raise
        except link.errors.LinkError as error:
            _logger.info("The documents of %s were not read: %s", self.name, error)

    def _wanting_documents(self):
        issued = self.env["rcep.certificate"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("environment", "=", self.environment),
                ("state", "=", "issued"),
                ("certificate_no", "!=", False),
            ]
        )
        return issued.filtered("wants_document")

    def _read_document(self, place, entry, texts, wanting):
        """Give one PDF to the certificate whose number it names, if it says all of it."""
        if entry.size > document_text.MOST_BYTES:
            return
        if entry in texts and not _named(wanting, entry, texts[entry]):
            return  # its receipt may still come
        try:
            pdf = place.fetch(link.folder_access.IN, entry.name, document_text.MOST_BYTES)
        except link.folder_access.Away:
            return
        # What is kept is what was compared: by now it may be another file than the one that was read before.
        text = texts[entry] = document_text.of_pdf(pdf) or ""
        named = _named(wanting, entry, text)
        if not named:
            return
        fingerprint = link.canonical.digest(pdf)
        if self._is_known(fingerprint):
            return  # somebody was told of it
        facts = {"file": link.errors.plain(entry.name), "number": named[0].certificate_no}
        if len(named) > 1:
            message = CodedMessage("document_of_several", **facts)
        elif not text:
            message = CodedMessage("document_of_pictures", **facts)
        elif named._differences(text):
            message = CodedMessage("document_differs", **facts)
        else:
            keep = partial(named._keep_document, base64.b64encode(pdf), entry.name)
            isolated(self.env, keep, f"the document of {named.certificate_no}")
            return
        odd = link.event.OddEvent(
            coded=message.to_json(), event_id=fingerprint, client_ref=named[0].client_ref, text=facts["file"]
        )
        self.env["rcep.platform.event"]._set_aside(self, odd, "feed")

    def _findings(self):
        yield from super()._findings()
        if self._root() and self.document_folder:
            try:
                with link.guarded_connections.within(10):
                    next(iter(self._document_place().entries(link.folder_access.IN)), None)
            except link.errors.LinkError as error:
                yield self.env._("Printed documents are not taken in: %s", error)


def _named(wanting, entry, text):
    """The certificates whose number a PDF names; where it holds no text, its file."""
    result = document_text.without_spaces(text or entry.name)
    return wanting.filtered(lambda each: each._is_named_in(result))
