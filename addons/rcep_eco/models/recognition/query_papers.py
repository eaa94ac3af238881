"""What answers a query of foreign customs: gathered from what was sealed, named with what is secret, released once.

The list says of each paper what in it nobody outside should read without need. A manager confirms that list; whatever
changes it takes the confirmation away. What left is kept with its hash.
"""

import base64
import hashlib
import io
import json
import zipfile

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import groups
from ...states import query_states
from ...tools import languages
from ...values import amounts

READS = f"{groups.ENGINEER},{groups.MANAGER}"
INDEX = "index.txt"


class RcepCustomsQueryPaper(models.Model):
    _name = "rcep.customs.query.paper"
    _description = "Paper that answers a query"
    _order = "sequence, id"

    query_id = fields.Many2one("rcep.customs.query", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="query_id.company_id", store=True, index=True)
    sequence = fields.Integer(readonly=True)
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("Document", required=True, readonly=True, translate=True)
    secret = fields.Char(
        "Secret in it", readonly=True, translate=True, help="What nobody outside should read without need."
    )
    included = fields.Boolean("Goes along", default=True)
    sha256 = fields.Char("SHA-256", readonly=True, help="Of what left.")

    def write(self, vals):
        """Whoever prepares the answer chooses what goes along; the rest is the list's own, and is never changed."""
        if not self.env.su:
            other = vals.keys() - {"included"}
            if other:
                raise UserError(self.env._("%s of a paper is set by its list.", ", ".join(sorted(other))))
            for query in self.query_id.filtered(lambda each: each.state not in query_states.OPEN):
                raise UserError(query._not_from_here())
        return super().write(vals)


class RcepCustomsQuery(models.Model):
    _inherit = "rcep.customs.query"

    paper_ids = fields.One2many("rcep.customs.query.paper", "query_id", "Papers")
    confirmed_by = fields.Many2one("res.users", "Confirmed by", readonly=True, copy=False, tracking=True)
    confirmed_on = fields.Datetime("Confirmed", readonly=True, copy=False)
    confirmed_list = fields.Char(readonly=True, copy=False, help="Hash of the list that was confirmed.")
    is_confirmed = fields.Boolean("List confirmed", compute="_compute_is_confirmed")
    has_secrets = fields.Boolean(compute="_compute_is_confirmed")
    released_by = fields.Many2one("res.users", "Released by", readonly=True, copy=False, tracking=True)
    released_on = fields.Datetime("Released", readonly=True, copy=False)
    # Not as attachments: those could be written by whoever may write the case.
    package_pdf = fields.Binary("All papers in one PDF", attachment=False, readonly=True, copy=False, groups=READS)
    package_zip = fields.Binary("All papers as ZIP", attachment=False, readonly=True, copy=False, groups=READS)
    package_pdf_sha256 = fields.Char("SHA-256 of the PDF", readonly=True, copy=False)
    package_zip_sha256 = fields.Char("SHA-256 of the ZIP", readonly=True, copy=False)
    package_pdf_name = fields.Char(compute="_compute_package_names")
    package_zip_name = fields.Char(compute="_compute_package_names")

    @api.depends("name")
    def _compute_package_names(self):
        for query in self:
            stem = (query.name or "").replace("/", "-")
            query.package_pdf_name, query.package_zip_name = f"{stem}.pdf", f"{stem}.zip"

    @api.depends("confirmed_list", "paper_ids.included", "paper_ids.secret")
    def _compute_is_confirmed(self):
        for query in self:
            query.has_secrets = any(query._going().mapped("secret"))
            query.is_confirmed = bool(query.confirmed_list) and query.confirmed_list == query._list_hash()

    def _going(self):
        """The papers that go along."""
        return self.paper_ids.filtered("included").sorted()

    def _list_hash(self):
        listed = [[paper.key, paper.name, paper.secret or ""] for paper in languages.english(self._going())]
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()

    # --- gathering ---------------------------------------------------------------------------------------
    def action_gather(self):
        """List the papers that answer the query; what was left off before stays off."""
        self.check_access("write")
        for query in self:
            if query.state not in query_states.OPEN:
                raise UserError(query._not_from_here())
            left_off = {paper.key for paper in query.paper_ids if not paper.included}
            # The list is made by the system: what is secret in a paper is named, and shown to nobody here.
            whole = languages.english(query.sudo())
            whole.paper_ids.unlink()
            papers = whole.paper_ids.create(
                [
                    {"query_id": query.id, "sequence": number, "key": key, "name": name, "secret": secret,
                     "included": key not in left_off}
                    for number, (key, (name, secret, _make)) in enumerate(whole._papers().items(), start=1)
                ]
            )  # fmt: skip
            for code in languages.others(self.env, languages.ENGLISH):
                words = whole.with_context(lang=code)._papers()
                for paper in papers.with_context(lang=code):
                    paper.name, paper.secret = words[paper.key][:2]
            if query.state == "received":
                query._move("gathered")
        return True

    # --- leaving -----------------------------------------------------------------------------------------
    def action_confirm(self):
        """A manager has read which papers go along, and what in them is secret."""
        self.check_access("write")
        for query in self:
            query._check_is_one_of((groups.MANAGER,))
            if query.state != "gathered" or not query._going():
                raise UserError(query._not_from_here())
            query._write_moved(
                confirmed_by=self.env.uid, confirmed_on=fields.Datetime.now(), confirmed_list=query._list_hash()
            )
        return True

    def action_release(self):
        """Make the one PDF and the ZIP of what was confirmed; what left is kept with its hash."""
        self.check_access("write")
        for query in self:
            query._check_is_one_of((groups.MANAGER,))
            if query.state != "gathered":
                raise UserError(query._not_from_here())
            if not query.is_confirmed:
                raise UserError(
                    self.env._(
                        "%s: nobody has confirmed this list of papers, or it has changed since. Read what in it is "
                        "secret, leave off what need not go, then press “Confirm the list”.",
                        query.name,
                    )
                )
            query._release()
        return True

    def _release(self):
        whole = self.sudo()  # costs and suppliers stand in it: that is why a manager confirmed the list
        papers = whole._papers()
        going = [paper for paper in whole._going() if paper.key in papers]
        if len(going) != len(whole._going()):
            raise UserError(self.env._("%s: papers are not there any more: gather them anew.", self.name))
        files = {}
        for paper in going:
            extension, content = papers[paper.key][2]()
            files[f"{len(files) + 1:02d}-{paper.key}.{extension}"] = content
            paper.sha256 = hashlib.sha256(content).hexdigest()
        pdf, archive = whole._one_pdf(files), _zip_of(files)
        self._move(
            "answered",
            released_by=self.env.uid,
            released_on=fields.Datetime.now(),
            package_pdf=base64.b64encode(pdf),
            package_pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            package_zip=base64.b64encode(archive),
            package_zip_sha256=hashlib.sha256(archive).hexdigest(),
        )
        whole.activity_unlink(["mail.mail_activity_data_todo"])
        self._message_log(
            body=self.env._(
                "Released: %(number)s papers, SHA-256 of the PDF %(pdf)s, of the ZIP %(zip)s.",
                number=len(files),
                pdf=self.package_pdf_sha256,
                zip=self.package_zip_sha256,
            )
        )


def _zip_of(files):
    """One ZIP of the papers, with a list of their hashes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(name, content)
        lines = [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items()]
        folder.writestr(INDEX, "\n".join([f"Made on {amounts.today().isoformat()}", *lines, ""]))
    return out.getvalue()
