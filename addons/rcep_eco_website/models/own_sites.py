"""Which websites are the firm's own: said here, and by a file there; shown once both say so.

Whoever sees the check on a website learns from our page whether that website is the exporter's, and from the website's
own file whether this Odoo is. One side alone proves nothing.
"""

import datetime
import http
import logging

from odoo import api, fields, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tools.isolated import within_savepoint
from odoo.exceptions import UserError

from ..widget import site_file
from ..widget.origins import MOST, origins

_logger = logging.getLogger(__name__)
SECONDS = 4  # that a website may take: a night has many of them
PATIENCE = datetime.timedelta(days=7)  # so long a website may not answer and is still shown as it was found
FOUND, MISSING, SILENT = "found", "missing", "silent"


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_own_sites = fields.Text(
        "Our own websites", help="One address a line, with https: published, and looked for on each of them."
    )
    rcep_site_line = fields.Char(
        "Line for our websites", compute="_compute_rcep_site_line",
        help="Put it into the file /.well-known/rcep-eco.txt of each website.",
    )  # fmt: skip
    rcep_site_looks = fields.Json(
        "Site looks",
        readonly=True,
        copy=False,
        help="Of each website: what was looked for, when it was last found and asked, how.",
    )
    rcep_sites_said = fields.Text("What our websites say", compute="_compute_rcep_sites_said")

    @api.constrains("rcep_own_sites")
    def _check_own_sites(self):
        odd = self.env._(
            "%(typed)s is no address of a website of ours: write https:// and the name of its server, one a "
            "line, as https://www.lamps.example"
        )
        many = self.env._("%(company)s may list %(most)s websites of its own: shorten the list.")
        self._rcep_check_sites("rcep_own_sites", odd, many)

    @api.depends("rcep_uscc")
    def _compute_rcep_site_line(self):
        for company in self:
            company.rcep_site_line = site_file.line(company._rcep_base_url(), company.rcep_uscc or "")

    @api.depends("rcep_own_sites", "rcep_site_looks")
    def _compute_rcep_sites_said(self):
        words = {
            FOUND: self.env._("%(site)s: names us, last found on %(found)s"),
            MISSING: self.env._("%(site)s: has no such line in its file, asked on %(asked)s; it is not shown"),
            SILENT: self.env._("%(site)s: did not answer on %(asked)s"),
        }
        never = self.env._("%(site)s: not asked yet")
        for company in self:
            lines = []
            for site in origins(company.rcep_own_sites)[0]:
                look = company._rcep_look_at(site)
                days = {"site": site, "found": look.get("found", ""), "asked": look.get("asked", "")}
                lines.append(words.get(look.get("said"), never) % days)
            company.rcep_sites_said = "\n".join(lines)

    # --- shown -------------------------------------------------------------------------------------------
    def _rcep_proven_sites(self):
        """The websites that are shown as the exporter's own: said here, and found there not long ago.

        :return: ``[{"address", "found_on"}]``, ``found_on`` being the day (ISO, UTC) on which it was last found
        """
        self.ensure_one()
        first = fields.Datetime.to_string(fields.Datetime.now() - PATIENCE)
        looks = {site: self._rcep_look_at(site) for site in origins(self.rcep_own_sites)[0]}
        return [
            {"address": site, "found_on": look["found"][:10]}
            for site, look in looks.items()
            if look.get("said") in (FOUND, SILENT) and (look.get("found") or "") >= first
        ]

    def _rcep_look_at(self, site):
        """What was found there of what we are today; nothing where our address or our code was another one then."""
        look = (self.rcep_site_looks or {}).get(site) or {}
        return look if look.get("line") == self.rcep_site_line else {}

    # --- looked for --------------------------------------------------------------------------------------
    def _rcep_ask_sites(self):
        """Ask each website for its file, and keep what it said.

        :raises UserError: where nothing could be found that names us
        """
        self.ensure_one()
        if not self.rcep_site_line:
            words = self.env._(
                "A website can only name %s once its public address begins with https and its credit code is entered: "
                "see the connection and the company."
            )
            raise UserError(words % self.name)
        now = fields.Datetime.to_string(fields.Datetime.now())
        looks = {}
        for site in origins(self.rcep_own_sites)[0][:MOST]:
            before, said = self._rcep_look_at(site), self._rcep_ask_site(site)
            found = now if said == FOUND else before.get("found", "")
            looks[site] = {"line": self.rcep_site_line, "said": said, "asked": now, "found": found}
        self.rcep_site_looks = looks

    @api.model
    def _rcep_site_reply(self, site):
        hosts = self.env["rcep.platform"]._plain_hosts()
        return link.exchange.ask("GET", f"{site}{site_file.PATH}", plain_hosts=hosts, seconds=SECONDS,
                                 longest=site_file.LONGEST)  # fmt: skip

    def _rcep_ask_site(self, site):
        try:
            reply = self._rcep_site_reply(site)
        except link.exchange.NoReply:
            return SILENT
        except link.exchange.TooLong:  # it is some page, and no such file
            return MISSING
        if reply.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR or reply.status == http.HTTPStatus.TOO_MANY_REQUESTS:
            return SILENT
        text = reply.body.decode("utf-8-sig", "replace") if reply.status == http.HTTPStatus.OK else ""
        return FOUND if site_file.names(text, self._rcep_base_url(), self.rcep_uscc or "") else MISSING

    @api.model
    def _cron_rcep_own_sites(self):
        """Once a night: a website that stopped naming us is not shown any more."""
        progress = self.env["ir.cron"]
        companies = self.search([("rcep_own_sites", "!=", False)]).filtered("rcep_site_line")
        progress._commit_progress(remaining=len(companies))
        for company in companies:
            within_savepoint(self.env, company._rcep_ask_sites, f"websites of {company.name}")
            if not progress._commit_progress(1):
                break


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rcep_own_sites = fields.Text(related="company_id.rcep_own_sites", readonly=False)
    rcep_site_line = fields.Char(related="company_id.rcep_site_line")
    rcep_sites_said = fields.Text(related="company_id.rcep_sites_said")

    def action_rcep_ask_sites(self):
        """Save the list, and look for us on each website of it."""
        self.ensure_one()
        company = self.company_id
        company.check_access("write")
        company.rcep_own_sites = self.rcep_own_sites
        company._rcep_ask_sites()
        return {"type": "ir.actions.act_window", "res_model": self._name, "view_mode": "form", "target": "current",
                "context": {"module": "rcep_eco"}}  # fmt: skip
