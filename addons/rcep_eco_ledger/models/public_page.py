"""The page of a certificate received, where its exporter uses this suite: read when entered, watched until it is over.

The page is the exporter's word and not the issuing body's: nothing counts because of it, but what it says is cancelled
counts no more. It is asked on the website of the firm from which the certificate came, and nowhere else.
"""

import http
import logging

from odoo import api, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.states import actors
from odoo.addons.rcep_eco.tools.isolated import within_savepoint
from odoo.exceptions import UserError

from ..reading import public_record
from ..states import received_states

_logger = logging.getLogger(__name__)
WARNING = "mail.mail_activity_data_warning"


class RcepReceivedCertificate(models.Model):
    _inherit = "rcep.received.certificate"

    @api.model
    def _page_on(self, code, partner):
        """The address behind a code, on the website of the firm that it came from.

        :raises UserError: where it leads nowhere, or to somebody else
        """
        address, firm = public_record.page_of(code or ""), partner.commercial_partner_id
        if not address:
            raise UserError(
                self.env._(
                    "This is no address of a certificate's page: copy what the QR code holds, as https://…/eco/…"
                )
            )
        if not firm.website:
            words = self.env._("%s has no website on its contact: enter it, from its papers and not from this code.")
            raise UserError(words % firm.display_name)
        if not link.addresses.is_server_of(address, firm.website):
            words = self.env._(
                "The code leads to %(host)s, and the website of %(firm)s is %(website)s: it is not asked."
            )
            hosts = {"host": link.addresses.host_of(address), "website": link.addresses.host_of(firm.website)}
            raise UserError(words % {"firm": firm.display_name, **hosts})
        return address

    @api.model
    def _ask_page(self, address):
        """What a page says, or None where it knows no such certificate.

        :raises UserError: where nothing comes back that can be read
        """
        host = link.addresses.host_of(address)
        try:
            reply = link.exchange.ask("GET", f"{address}.json", plain_hosts=self.env["rcep.platform"]._plain_hosts())
            if reply.status == http.HTTPStatus.NOT_FOUND:
                return None
            if reply.status == http.HTTPStatus.OK:
                return public_record.record_of(reply.body)
        except link.exchange.NoReply as error:
            raise UserError(self.env._("%s does not answer: try again later.", host)) from error
        except (link.exchange.TooLong, public_record.Odd) as error:
            raise UserError(self.env._("%s does not answer as a page of this suite does.", host)) from error
        raise UserError(self.env._("%s does not answer as a page of this suite does.", host))

    @api.model
    def _cron_pages(self):
        """Once a day: ask the pages of what counts whether it still does; none holds up the next."""
        progress = self.env["ir.cron"]
        known = self.search([("state", "=", received_states.CHECKED), ("looked_up_at", "like", "/eco/")])
        pages = known.filtered(lambda each: public_record.page_of(each.looked_up_at))
        progress._commit_progress(remaining=len(pages))
        for record in pages:
            within_savepoint(self.env, record._look_again, f"page of received certificate {record.name}")
            if not progress._commit_progress(1):
                break

    def _look_again(self):
        try:
            page = self._ask_page(self._page_on(self.looked_up_at, self.partner_id))
        except UserError as error:  # it may answer tomorrow; whoever relies on it looks for themselves
            _logger.info("Page of received certificate %s: %s", self.name, error)
            return
        if page is None or page.number != self.name:
            self._warn(self.env._("The page of %s does not know it any more: ask its issuer", self.name))
        elif page.state in public_record.CANCELLED:
            self._move("cancelled", actors.CALENDAR, cancelled_reason=self.env._("Its page says so: %s", page.state))
            self._warn(self.env._("%s was cancelled: its page says so, and it counts no more", self.name))
            self._counts_no_more()

    def _warn(self, summary):
        """A task for whoever checked it, once."""
        if summary not in self.activity_ids.mapped("summary"):
            self.activity_schedule(WARNING, summary=summary, user_id=self.checked_by_id.id)
