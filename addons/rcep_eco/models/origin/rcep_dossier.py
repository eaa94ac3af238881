"""Dossiers of determinations: the store of those of the catalogue, and what a determination leaves on a record."""

import json

from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools import SQL

from ... import groups, origin
from ...cases import case_builder
from ...cases.verdict_fields import verdict_fields
from ...texts import explanations

RVC_REQUIRED = float(origin.RVC_PERCENT)


class RcepDossier(models.Model):
    """A node of the tree of dossiers, named by its hash and never changed."""

    _name = "rcep.dossier"
    _description = "Dossier of a determination"
    _rec_name = "sha256"

    sha256 = fields.Char("Hash", required=True, readonly=True)
    content = fields.Text(required=True, readonly=True, help="Canonical JSON (RFC 8785).")

    _sha256_unique = models.Constraint("UNIQUE(sha256)", "This dossier is kept already.")

    @api.model
    def _keep(self, contents, *, hold=False):
        """Keep dossiers, each once.

        :param contents: {hash: canonical JSON}
        :param hold: whether those that are there are written again, so that nobody lets go of them meanwhile
        """
        if contents:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO rcep_dossier (sha256, content) SELECT * FROM unnest(%s::varchar[], %s::text[]) "
                    "ON CONFLICT %s",
                    list(contents),
                    list(contents.values()),
                    SQL("(sha256) DO UPDATE SET sha256 = EXCLUDED.sha256") if hold else SQL("DO NOTHING"),
                )
            )

    @api.model
    def _fetch(self, sha256):
        """The dossier behind a hash, as the engine replays it; None where it is not there."""
        found = self.search_fetch([("sha256", "=", sha256)], ["content"])
        return json.loads(found.content) if found else None

    @api.autovacuum
    def _gc_unused(self):
        """Let go of dossiers that no verdict of the catalogue, of an order or of a certificate leads to any more."""
        holders = sorted(self.env.registry["rcep.dossier.mixin"]._inherit_children)
        present = [self.env[name] for name in holders if self.env[name]._fields["dossier"].store]
        existing = SQL(" UNION ALL ").join(
            SQL("SELECT dossier FROM %s WHERE dossier IS NOT NULL", SQL.identifier(model._table)) for model in present
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
            WITH RECURSIVE used(sha256) AS (
               (SELECT sha256 FROM rcep_origin, LATERAL (VALUES (dossier_sha256), (part->>'sha256')) AS own (sha256)
                 WHERE sha256 IS NOT NULL
                 UNION
                SELECT part->'self_produced'->>'dossier_sha256'
                  FROM (%s) held
            CROSS JOIN jsonb_array_elements(COALESCE(held.dossier::jsonb->'case'->'materials', '[]')) part
                 WHERE part->'self_produced' ? 'dossier_sha256')
                 UNION
                SELECT part->'self_produced'->>'dossier_sha256'
                  FROM used
                  JOIN rcep_dossier dossier USING (sha256)
            CROSS JOIN jsonb_array_elements(COALESCE(dossier.content::jsonb->'case'->'materials', '[]')) part
                 WHERE part->'self_produced' ? 'dossier_sha256'
            )
            DELETE FROM rcep_dossier dossier
             WHERE NOT EXISTS (SELECT FROM used WHERE used.sha256 = dossier.sha256)
                """,
                existing,
            )
        )


class RcepDossierMixin(models.AbstractModel):
    """What a determination leaves behind on a record: its answer for all, its dossier for cost engineers."""

    _name = "rcep.dossier.mixin"
    _description = "Determination of origin"

    verdict = fields.Selection(explanations.verdicts, readonly=True)
    criterion = fields.Selection(explanations.CRITERIA, readonly=True, help="Box 10 of the certificate.")
    modifiers = fields.Char(readonly=True, help="ACU: cumulation was used. DMI: de minimis was used.")
    rule = fields.Char(readonly=True, help="The product-specific rule that was applied.")
    rvc = fields.Char(
        "RVC %", readonly=True, help="Regional value content, by build-down or build-up, whichever is more."
    )
    fob_floor = fields.Char(
        "Price floor", readonly=True, help="Lowest FOB value of a unit at which 40 per cent is still reached."
    )
    fob_floor_text = fields.Char(
        "Price floor with currency",
        compute="_compute_fob_floor_text",
        help="Lowest FOB value of a unit at which 40 per cent is still reached.",
    )
    lowest_fob = fields.Char(
        "Originates from",
        readonly=True,
        # By de minimis it is ten times the value of what fails, often of one material: so it is a cost.
        groups=groups.ENGINEER,
        help="Lowest FOB value of a unit at which any rule is met; empty where the price does not matter, or no price "
        "would do.",
    )
    margin = fields.Float(
        "Points above 40",
        compute="_compute_margin",
        digits=(6, 2),
        help="How far the regional value is above the 40 per cent required; negative: how much is lacking.",
    )
    price_margin = fields.Float(
        "Price above floor",
        compute="_compute_price_margin",
        digits="Product Price",
        help="How far the FOB value of a unit is above the price floor; negative: how much is lacking.",
    )
    origin_country_code = fields.Char("RCEP country of origin", readonly=True, help=(
        "Box 11 (Art. 2.6): the Party whose tariff rate the importing Party applies."
    ))
    needs = fields.Json("Missing facts", readonly=True, help="[[fact, of what, its ref]], cheapest first.")
    country_needs = fields.Json("Missing for box 11", readonly=True, help="As the missing facts, for Art. 2.6 alone.")
    needed = fields.Text("What is missing", compute="_compute_needed")
    summary = fields.Char(compute="_compute_summary")
    dossier = fields.Text(readonly=True, groups=groups.ENGINEER)
    dossier_sha256 = fields.Char("Dossier hash", readonly=True)
    explanation = fields.Html(compute="_compute_explanation", groups=groups.ENGINEER, sanitize=False)

    @api.depends("rvc")
    def _compute_margin(self):
        for record in self:
            record.margin = float(record.rvc) - RVC_REQUIRED if record.rvc else 0

    @api.depends("fob_floor", "dossier_sha256")
    def _compute_price_margin(self):
        for record in self:
            price = record._unit_price() if record.fob_floor else 0
            record.price_margin = price - float(record.fob_floor) if price else 0

    @api.depends("fob_floor", "company_id.currency_id")
    @api.depends_context("lang")
    def _compute_fob_floor_text(self):
        for record in self:
            record.fob_floor_text = record._floor_with_currency() if record.fob_floor else False

    def _floor_with_currency(self):
        name = self.company_id.currency_id.name
        return " ".join(filter(None, (self.env["res.currency"]._rcep_amount(self.fob_floor, name), name)))

    @api.depends("needs")
    @api.depends_context("lang")
    def _compute_needed(self):
        for record in self:
            record.needed = explanations.of_needs(self.env, [origin.trace.Need(*need) for need in record.needs or ()])

    def _unit_price(self):
        """The FOB value of a unit that was determined, in the company's currency."""
        whole = self.sudo()  # the price is no secret, the dossier is
        facts = json.loads(whole.dossier) if whole.dossier else {}
        return float((origin.facts_of(facts) if facts else {}).get("good", {}).get("fob") or 0)

    @api.depends("verdict", "criterion", "modifiers", "rvc", "fob_floor", "needed")
    @api.depends_context("lang")
    def _compute_summary(self):
        for record in self:
            record.summary = record._summary()

    def _summary(self):
        if self.verdict == "originating":
            words = " ".join(filter(None, (self.criterion, self.modifiers)))
            return self.env._("Originating by %s.", words)
        if self.verdict == "unresolved":
            return self.needed
        if self.verdict and self.rvc and self.fob_floor:
            return self.env._(
                "Not originating: regional value %(rvc)s per cent, 40 required; 40 is reached from %(floor)s "
                "%(currency)s a unit.",
                rvc=self.rvc,
                floor=self.env["res.currency"]._rcep_amount(self.fob_floor, self.company_id.currency_id.name),
                currency=self.company_id.currency_id.name or "",
            )
        return self.env._("Not originating.") if self.verdict else False

    @api.depends("dossier_sha256")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for record in self:
            record.explanation = record._explain() if record.dossier else False

    def _explain(self):
        dossier = json.loads(self.dossier)
        if origin.is_of_earlier_format(dossier):
            return Markup("<p>%s</p>") % self.env._(
                "This was determined by an earlier version. The verdict stands as it was sealed and is not decided "
                "again; "
                "determine it anew to see its steps."
            )
        name = dossier["rule"]["edition"]
        edition = self.env["rcep.rule.edition"].search([("name", "=", name)])
        if not edition:
            return Markup("<p>%s</p>") % self.env._("The rules of this dossier, %s, are not here any more.", name)
        try:
            # Who may read this dossier may read what stands in it by its hash; the store itself is nobody's to search.
            rulebook, fetch = edition._rulebook(), self.env["rcep.dossier"].sudo()._fetch
            verdict = origin.replay(dossier, rulebook, fetch)
            tipping = [material.name for material in case_builder.tipping_materials(dossier, verdict, rulebook, fetch)]
            return explanations.explanation(self.env, verdict, tipping)
        except origin.OriginError as error:
            return Markup("<p>%s</p>") % self.env._("The dossier cannot be replayed: %s.", error)

    @api.model
    def _answer_values(self, verdict, dossier):
        """The values of these fields for a verdict of the engine."""
        return {
            **verdict_fields(verdict),
            "dossier": origin.canonical_json(dossier).decode(),
            "dossier_sha256": origin.sha256_of(dossier),
        }

    @api.model
    def _stored_answer_values(self, verdict, dossier):
        """As :meth:`_answer_values`, with the dossiers of the good's parts kept for as long as the record's own."""
        self.env["rcep.dossier"].sudo()._keep(dossier.parts, hold=True)  # the store itself is nobody's
        return self._answer_values(verdict, dossier)

    @api.model
    def _no_answer(self):
        """The values of these fields where nothing is determined."""
        answer = ("verdict", "criterion", "modifiers", "rule", "rvc", "fob_floor", "lowest_fob", "needs")
        return dict.fromkeys((*answer, "country_needs", "origin_country_code", "dossier", "dossier_sha256"), False)
