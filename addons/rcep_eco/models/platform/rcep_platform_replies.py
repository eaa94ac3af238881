"""Replies of a platform of files as samples for this project's tests, without the facts of the firm."""

import io
import json
import zipfile

from odoo import models

MOST = 500  # replies in one ZIP
INDEX = "replies.json"


class RcepPlatform(models.Model):
    _inherit = "rcep.platform"

    def action_export_replies(self):
        """Download all that the issuing office replied, with the firm's own facts taken out."""
        self.ensure_one()
        self._check_manager()
        return {"type": "ir.actions.act_url", "url": f"/rcep_eco/replies/{self.id}", "target": "download"}

    def _redacted_replies(self):
        """A ZIP of replies, with what was made of each in an index."""
        self.ensure_one()
        self._check_manager()
        events = self.env["rcep.platform.event"].sudo().search(  # a manager reads them; facts come from what was sent
            [("platform_id", "=", self.id)], limit=MOST
        )
        file, index = io.BytesIO(), []
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
            for place, event in enumerate(events.sorted("id"), 1):
                text, is_odd = event._reply()
                if not text:
                    continue  # it came over another wire
                name = f"{place:03d}-{event.state or event.handling}.{'txt' if is_odd else 'xml'}"
                folder.writestr(name, self._profile().redacted(text, self._facts_of(event)))
                index.append({"file": name, "state": event.state or "", "handling": event.handling})
            folder.writestr(INDEX, json.dumps(index, indent=1))
        return file.getvalue()

    def _facts_of(self, event):
        """{what a reply may repeat of the firm: by what name it is replaced}."""
        company, platform = self.company_id.partner_id, self.sudo()  # who files is taken out, not shown
        certificate = event.certificate_id or event.attachment_id.certificate_id
        facts = {
            company.name: "exporter",
            company.rcep_name_en: "exporter",
            self.company_id.rcep_uscc: "exporter.uscc",
            platform.filer_person: "filer.person",
            platform.filer_phone: "filer.phone",
            platform.filer_enterprise_no: "filer.enterprise_no",
            **dict.fromkeys(certificate.attachment_line_ids.mapped("name"), "attachment"),
            **(dict(_leaves(certificate._application().to_json(), "")) if certificate else {}),
        }
        return {fact: name for fact, name in facts.items() if fact}


class RcepPlatformEvent(models.Model):
    _inherit = "rcep.platform.event"

    def _reply(self):
        """(the reply as it came, whether it made no sense)."""
        try:
            return json.loads(self.raw)["reply"], False
        except (ValueError, KeyError, TypeError):
            return (self.raw or "").partition("\n")[2], True


def _leaves(content, path):
    """(text, path) of every text in a canonical record."""
    if isinstance(content, str):
        yield content, path
    elif isinstance(content, dict):
        for name, each in content.items():
            yield from _leaves(each, f"{path}.{name}".strip("."))
    elif isinstance(content, list):
        for each in content:
            yield from _leaves(each, path)
