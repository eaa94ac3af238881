"""What the importing customs want of a certificate: a paper original, what the importer types, what they refuse."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...states import original_states
from ...values import amounts
from ..market.rcep_market import HAND_SIGNED
from .notifications import ISSUED

# How a day is written where the certificate is typed in, by the market's first language; ISO stands beside it.
DATE_ORDERS = {"vi-VN": "%d/%m/%Y", "th-TH": "%d/%m/%Y", "ms-MY": "%d/%m/%Y", "id-ID": "%d/%m/%Y", "en-PH": "%m/%d/%Y",
               "km-KH": "%d/%m/%Y", "lo-LA": "%d/%m/%Y", "ms-BN": "%d/%m/%Y", "en-SG": "%d/%m/%Y"}  # fmt: skip
BUDDHIST_ERA = 543  # years that Thai dates count more; said beside the other year, never instead of it


class RcepCertificate(models.Model):
    _inherit = "rcep.certificate"

    market_id = fields.Many2one("rcep.market", compute="_compute_market_id")
    market_note = fields.Text("What its customs ask for", compute="_compute_market_note")
    taken_as = fields.Selection(
        [("eco", "Electronic certificate (e-CO)"), ("ordinary", "Ordinary certificate")],
        "Customs take it as",
        compute="_compute_taken_as",
        help="How the importing customs take it: by the market's stage on the day of issue.",
    )
    original_state = fields.Selection(
        original_states.STATES, "Paper original", readonly=True, copy=False, tracking=True,
        help="Where the importing customs want an original signed by hand: on its way to the customer.",
    )  # fmt: skip
    courier_number = fields.Char("Courier number", copy=False, help="Of the original that was sent to the customer.")
    original_sent_on = fields.Date("Original sent on", readonly=True, copy=False)

    @api.depends("importing_party_id")
    def _compute_market_id(self):
        for certificate in self:
            certificate.market_id = self.env["rcep.market"]._of_party(certificate.importing_party_id)

    @api.depends("importing_party_id", "issued_at")
    def _compute_taken_as(self):
        for certificate in self:
            day = certificate._issued_on() or amounts.today()
            certificate.taken_as = "eco" if certificate.market_id._takes_eco(day) else "ordinary"

    @api.depends("state", "importing_party_id")
    @api.depends_context("lang")
    def _compute_market_note(self):
        for certificate in self:
            draft = certificate.state == "draft"
            certificate.market_note = "\n".join(certificate._market_warnings()) or False if draft else False

    def _move(self, after, by=None, **values):
        result = super()._move(after, by, **values)
        if after == "issued":
            # Of a specimen there is no original.
            for certificate in self:
                if certificate.is_specimen or certificate.market_id.print_mode != HAND_SIGNED:
                    continue
                certificate._write_moved(original_state=original_states.FIRST)
                theirs = certificate._theirs()
                theirs.activity_schedule(
                    ISSUED,
                    summary=theirs.env._(
                        "Collect, sign and send the original: %s takes paper", theirs.market_id.display_name
                    ),
                    user_id=certificate._responsible().id,
                )
        return result

    def action_original_next(self):
        """The next step of the paper original was done: collected, signed and stamped, sent with its courier number."""
        self.check_access("write")
        for certificate in self:
            before = certificate.original_state
            after = next((after for known, after in original_states.MOVES if known == before), None)
            if certificate.state != "issued" or not after:
                raise UserError(certificate._not_from_here())
            certificate._check_is_one_of(original_states.MOVES[before, after])
            values = {"original_state": after}
            if after == original_states.LAST:
                if not certificate.courier_number:
                    raise UserError(
                        self.env._(
                            "The original of %s has no courier number: enter it beside “Paper original”, then go on.",
                            certificate.certificate_no or certificate.name,
                        )
                    )
                values["original_sent_on"] = amounts.today()
            certificate._write_moved(**values)
        return True

    def _market_warnings(self):
        """Sentences on what the importing customs' practice asks of this certificate, before it is approved."""
        market = self.market_id
        if not market:
            return
        if market._is_off(self.company_id):
            yield self.env._(
                "The market %s is off for this company: switch it on under Markets first.", market.display_name
            )
        if market.print_mode == HAND_SIGNED:
            yield self.env._(
                "%(market)s takes an original signed by hand (as of %(day)s): plan to collect, sign and send it.",
                market=market.display_name,
                day=market.as_of,
            )
        if market.refusal_causes:
            yield self.env._(
                "%(market)s refuses most: %(causes)s", market=market.display_name, causes=market.refusal_causes
            )

    def _copy_block(self, language=None):
        """What the importer types into its declaration, line by line, to be copied; empty before the issue."""
        self.ensure_one()
        if not (self.certificate_no and self._issued_on()):
            return ""
        return "\n".join(self._mail_text(f"copy_{key}", language) for key in ("number", "day", "invoice", "country"))

    def _day_at_market(self, day):
        """A day as the importing customs write it, with the unmistakable form beside it."""
        local = self._local_day(day)
        return f"{day.isoformat()} ({local})" if local else day.isoformat()

    def _local_day(self, day):
        """A day in the order of the importing customs alone; empty where their order is not known."""
        tag = (self.market_id.languages or "").split()[:1]
        order = DATE_ORDERS.get(tag[0]) if tag and day else None
        if not order:
            return ""
        local = day.strftime(order)
        return f"{local}, พ.ศ. {day.year + BUDDHIST_ERA}" if tag[0] == "th-TH" else local
