"""A product filing: what the issuing body knows of a good before any certificate for it is asked for."""

import datetime
import logging
import uuid
from decimal import Decimal
from functools import partial

import psycopg2.errors
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from ... import link
from ...states import actors, filing_states
from ...texts import coded_messages, explanations
from ...tools import backoff, languages
from ...tools.isolated import isolated
from ...values import amounts
from .rcep_platform import ENVIRONMENTS
from .rcep_platform_connection import LONGEST_AHEAD

_logger = logging.getLogger(__name__)

ZERO = Decimal(0)
FOLLOW = "rcep_eco.ir_cron_events"  # the job that asks what became of filings
BATCH = 100  # filings asked for in one run
FIRST_PAUSE, LONGEST_PAUSE = 5, 3600  # seconds between two questions; doubled each time


class RcepFiling(models.Model):
    _name = "rcep.filing"
    _description = "Product filing"
    _inherit = ["rcep.moves.mixin"]
    _order = "id desc"
    _moves = filing_states.MOVES
    _initial_values = {"state": "pending"}

    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="restrict", index=True)
    platform_id = fields.Many2one("rcep.platform", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="platform_id.company_id", store=True, index=True)
    environment = fields.Selection(
        ENVIRONMENTS, required=True, readonly=True, help="What is filed in one place is not filed in another."
    )
    client_ref = fields.Char(required=True, readonly=True, default=lambda self: str(uuid.uuid4()))
    hs6 = fields.Char("HS code", readonly=True)
    criterion = fields.Selection(explanations.CRITERIA, readonly=True)
    content_digest = fields.Char("Content hash", readonly=True, help="SHA-256 of what was last sent.")
    state = fields.Selection(filing_states.STATES, readonly=True, default="pending")
    valid_until = fields.Date(readonly=True)
    returned_coded = fields.Json("Sent back, by code", readonly=True)
    platform_errors = coded_messages.translated_field("returned_coded", "What was sent back")
    questions = fields.Integer("Questions without an answer", readonly=True)
    next_question = fields.Datetime("Asked again", readonly=True)
    message_line_ids = fields.One2many("rcep.platform.message", "filing_id", "Messages")

    _product_unique = models.Constraint(
        "UNIQUE(product_id, platform_id, environment)", "This product has a filing already."
    )

    @api.depends("product_id")
    def _compute_display_name(self):
        for filing in self:
            filing.display_name = filing.product_id.display_name

    @api.model
    def _at(self, platform, products):
        """The filings of these products where the connection leads now."""
        return self.search(
            [
                ("platform_id", "=", platform.id),
                ("environment", "=", platform.environment),
                ("product_id", "in", products.ids),
            ]
        )

    @api.model
    def _ensure(self, platform, line):
        """See that the product of a certificate's line is filed with what it is made of now.

        Nothing is sent where the issuing body holds the same content, accepted and valid.
        """
        product = line.product_id
        filing = self._at(platform, product)
        if not filing:
            place = {"platform_id": platform.id, "environment": platform.environment}
            filing = self._first(product, place)
        body = platform._profile().filing_body(filing._filing(line))
        digest = link.canonical.digest(body)
        valid = not filing.valid_until or filing.valid_until >= amounts.today()  # the issuing body's day
        if filing.content_digest == digest and filing.state != "returned" and valid:
            return filing
        filing._move_or_update(
            "pending",
            actors.OUTBOX,
            content_digest=digest,
            returned_coded=False,
            valid_until=False,
            hs6=line.hs6,
            criterion=line.criterion,
        )
        self.env["rcep.platform.message"]._put(platform, "filing", body, filing=filing)
        return filing

    def _first(self, product, place):
        """The first filing of a product; where somebody else makes it at this moment, whoever is second is told.

        :raises UserError: what was begun is taken back whole, and goes well at the next try
        """
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.create({"product_id": product.id, **place})
        except psycopg2.errors.UniqueViolation as error:
            raise UserError(
                self.env._(
                    "%s is filed for the first time by somebody else just now: submit again in a moment.",
                    product.display_name,
                )
            ) from error

    # --- what the platform says --------------------------------------------------------------------------
    def _apply(self, outcome):
        """Take over what the platform tells of this filing (:class:`link.event.FilingOutcome`)."""
        self.ensure_one()
        if outcome.content_digest not in ("", self.content_digest):  # of earlier content: a later message is on its way
            return
        sentences = [coded_messages.field_message(self.platform_id.profile, error) for error in outcome.errors]
        waits = outcome.state == "pending"
        self._move_or_update(
            outcome.state,
            actors.PLATFORM,
            valid_until=outcome.valid_until or False,
            returned_coded=coded_messages.stored(*sentences),
            questions=self.questions + 1 if waits else 0,
            next_question=self._next_question() if waits else False,
        )
        if outcome.state == "pending":
            self.env.ref(FOLLOW)._trigger(self.next_question)
        else:
            self._wake_applications()

    def _next_question(self):
        pause = backoff.doubled(self.questions, FIRST_PAUSE, LONGEST_PAUSE)
        return fields.Datetime.now() + datetime.timedelta(seconds=pause)

    def _wake_applications(self):
        """Applications that wait for these filings look again."""
        waiting = self.env["rcep.platform.message"].search(
            [
                ("kind", "=", "application"),
                ("state", "=", "queued"),
                ("platform_id", "=", self.platform_id.id),
                ("certificate_id.line_ids.product_id", "in", self.product_id.ids),
            ]
        )
        waiting.try_lock_for_update(allow_referencing=True).write({"next_try": fields.Datetime.now()})
        self.env["rcep.platform.message"]._wake_senders()

    def _not_delivered(self, _message, message):
        """The platform did not take the filing: the applications that wait for it go back to their people."""
        self._move_or_update("returned", actors.PLATFORM, returned_coded=message, next_question=False)
        self._wake_applications()

    @api.model
    def _ask_pending(self, platform):
        """Ask what became of the filings that are looked at; the platform tells nothing of them by itself."""
        due = [
            ("platform_id", "=", platform.id), ("environment", "=", platform.environment), ("state", "=", "pending")
        ]  # fmt: skip
        now = fields.Datetime.now()
        # A moment further ahead than any pause was written while our clock was wrong.
        asked = ["|", ("next_question", "<=", now), ("next_question", ">", now + LONGEST_AHEAD)]
        filings = self.search([*due, *asked], limit=BATCH)
        if not filings:
            return
        client = platform._client()
        references = {filing: filing.client_ref for filing in filings}
        self.env["ir.cron"]._commit_progress()  # no transaction is open while the platform is asked
        for filing, client_ref in references.items():
            try:
                outcome = client.filing_status(client_ref)
            except (link.errors.UnknownOutcome, link.errors.NotFound) as error:  # of this one: the others go on
                _logger.info("The filing %s was not answered for: %s", client_ref, error)
                filing.write({"questions": filing.questions + 1, "next_question": filing._next_question()})
            else:
                isolated(self.env, partial(filing._apply, outcome), f"filing {client_ref}")
            self.env["ir.cron"]._commit_progress()

    # --- content -----------------------------------------------------------------------------------------
    def _filing(self, line):
        """The canonical filing of a product, with the criterion and regional value of a certificate's line."""
        chosen = tuple(line.invoice_line_id._rcep_chosen().ids)
        product, company = self.product_id.with_company(self.company_id), self.company_id
        product = product.with_context(rcep_chosen=chosen)
        date = line.invoice_id.invoice_date
        production = product._rcep_production(company, date)
        fob = line._unit_fob()
        materials = list(self._materials(production) if production else self._bought(product, company, date))
        spent = sum((material.originating_value + material.non_originating_value for material in materials), ZERO)
        costs = _costs(production)
        left = fob - spent - sum(costs.values(), ZERO)
        return link.filing.Filing(
            client_ref=self.client_ref,
            product_ref=product._rcep_ref(),
            name_en=languages.english(product).name,
            name_zh=languages.chinese(product).name,
            specification=languages.english(product).product_template_attribute_value_ids._get_combination_name(),
            unit=product._rcep_unit(),
            currency=company.currency_id.name,
            hs6=line.hs6,
            criterion=line.criterion,
            ex_works=fob,
            fob=fob,
            **costs,
            profit=max(left, ZERO),
            rvc=Decimal(line.rvc) if line.shows_fob and line.rvc else None,
            materials=tuple(materials),
            processes=tuple(self._processes(production, company, date)),
        )

    def _processes(self, production, company, date):
        if production:
            for number, step in enumerate(production.steps, start=1):
                yield link.filing.Process(number=number, name_en=step.name, place=step.place, country=step.country)
        declaration = self.product_id._rcep_declaration(company, date)
        if not production and declaration:  # made by whoever declares its origin
            yield link.filing.Process(
                number=1,
                name_en=f"Made by {declaration.partner_id._rcep_name()}",
                place=declaration.partner_id.city or "",
                country=declaration.party_id.code,
            )

    # A material's `supplier_invoice` stays empty: its value may rest on several bills, receipts or a price list, and no
    # single number would prove it. The province of what a firm makes of many suppliers' lots is not known either.
    def _materials(self, production):
        for item in production.materials:
            value = item.value or ZERO
            own = item.originating or item.made_of
            yield link.filing.Material(
                name=item.name,
                name_zh=item.name_zh,
                hs6=item.hs or "",
                origin_country=item.origin or "",
                supplier=item.supplier,
                unit=item.unit,
                unit_price=(value / item.quantity).quantize(amounts.PLACES) if item.quantity else ZERO,
                use_per_unit=amounts.against_exporter(item.quantity, cost=True),
                originating_value=value if own else ZERO,
                non_originating_value=ZERO if own else value,
            )

    def _bought(self, product, company, date):
        declaration = product._rcep_declaration(company, date)
        price = amounts.exact(product.standard_price)
        return [
            link.filing.Material(
                name=languages.english(product).name,
                name_zh=languages.chinese(product).name,
                hs6=product._rcep_hs6() or "",
                origin_country=declaration.party_id.code or "",
                origin_province=_province(declaration),
                supplier=declaration.partner_id._rcep_name(),
                unit=languages.english(product.uom_id).name,
                unit_price=price,
                use_per_unit=Decimal(1),
                originating_value=price,
            )
        ]


def _province(declaration):
    """Where in China the good was made, as far as its declarer's address says; empty for goods of other Parties."""
    maker = declaration.partner_id
    return maker.state_id.name or "" if declaration.party_id.code == "CN" == maker.country_id.code else ""


def _costs(production):
    """Labour, overhead and other costs of a unit, as far as they are known."""
    costs = production and production.costs
    return {name: getattr(costs, name, None) or ZERO for name in ("labour", "overhead", "other")}
