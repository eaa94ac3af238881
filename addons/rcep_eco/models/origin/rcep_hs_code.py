"""The names of the Harmonized System's chapters, headings and subheadings, to find a code by: HS 2022.

English names are those of UN Comtrade; a firm adds its own language as a translation.
"""

import csv

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

from ... import origin


class RcepHsCode(models.Model):
    _name = "rcep.hs.code"
    _description = "Code of the Harmonized System"
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, readonly=True, help="Chapter, heading or subheading: 2, 4 or 6 digits.")
    name = fields.Char(required=True, translate=True)

    _code_unique = models.Constraint("UNIQUE(code)", "This code has a name already.")

    def init(self):
        """The names that are shipped, all at once: what a firm wrote stays."""
        with tools.file_open("rcep_eco/data/hs2022_names.csv") as file:
            rows = [(row["hs_code"], row["name"]) for row in csv.DictReader(file)]
        self.env.cr.execute(
            SQL(
                "INSERT INTO rcep_hs_code (code, name) SELECT code, jsonb_build_object('en_US', name) "
                "FROM unnest(%s::varchar[], %s::varchar[]) AS named (code, name) ON CONFLICT (code) DO NOTHING",
                [code for code, _name in rows],
                [name for _code, name in rows],
            )
        )

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.code} {record.name}"

    @api.model
    def _named(self, codes):
        """{code: name} of chapters, headings and subheadings."""
        found = self.search_fetch([("code", "in", [code for code in codes if code])], ["code", "name"])
        return {record.code: record.name for record in found}


class ProductTemplate(models.Model):
    _inherit = "product.template"

    rcep_hs_id = fields.Many2one(
        "rcep.hs.code",
        "Find a code",
        compute="_compute_rcep_hs_id",
        inverse="_inverse_rcep_hs_id",
        domain=[("code", "=like", "______")],
        help="A subheading of HS 2022 by its digits or its name; it is written to the HS code.",
    )

    @api.depends("hs_code")
    def _compute_rcep_hs_id(self):
        codes = {product: product._rcep_hs6() for product in self}
        found = self.env["rcep.hs.code"].search([("code", "in", list(filter(None, codes.values())))])
        by_code = {record.code: record for record in found}
        for product in self:
            product.rcep_hs_id = by_code.get(codes[product])

    def _inverse_rcep_hs_id(self):
        for product in self:
            if product.rcep_hs_id and product.rcep_hs_id.code != product._rcep_hs6():
                product.hs_code = product.rcep_hs_id.code


class RcepRule(models.Model):
    _inherit = "rcep.rule"

    hs_name = fields.Char("Goods", compute="_compute_hs_name", help="What the code names in HS 2022.")
    applies_to = fields.Char("Rule of", compute="_compute_applies_to", search="_search_applies_to")

    @api.depends("hs_code")
    @api.depends_context("lang")
    def _compute_hs_name(self):
        names = self.env["rcep.hs.code"]._named(self.mapped("hs_code"))
        for rule in self:
            rule.hs_name = names.get(rule.hs_code)

    def _compute_applies_to(self):
        self.applies_to = False  # it is there to be searched

    @api.model
    def _search_applies_to(self, operator, value):
        """The row that applies to a code, of each edition: the one with the longest beginning of it."""
        if operator not in ("=", "ilike", "=ilike", "like") or not isinstance(value, str):
            return NotImplemented
        digits = origin.hs.compact(value)[: origin.hs.SUBHEADING]
        named = (
            [digits] if digits.isdigit() else self.env["rcep.hs.code"].search([("name", "ilike", value)]).mapped("code")
        )
        rows = self.search_fetch([], ["hs_code", "edition_id"])
        by_code = {(rule.edition_id, rule.hs_code): rule.id for rule in rows}
        found = set()
        for edition in rows.edition_id:
            for code in named:
                beginnings = (by_code.get((edition, code[:length])) for length in (6, 4, 2) if length <= len(code))
                found.add(next(filter(None, beginnings), None))
        return Domain("id", "in", list(found - {None}))
