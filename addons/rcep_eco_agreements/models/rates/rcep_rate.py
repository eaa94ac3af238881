"""One line of an importing Party's tariff under an agreement, or of its MFN duty, for a time.

A rate is a decimal as text: what is not known stays empty, and an empty text is no zero in any sum.
"""

import re

from odoo import api, fields, models
from odoo.addons.rcep_eco import origin
from odoo.exceptions import ValidationError
from odoo.tools import SQL

AD_VALOREM, EXCLUDED, BY_SUBLINE = "ad_valorem", "excluded", "by_subline"
TYPES = [
    (AD_VALOREM, "Per cent of the value"),
    ("specific", "Amount per unit"),
    ("mixed", "Per cent and amount per unit"),
    (EXCLUDED, "Excluded from the agreement"),
    ("quota", "Within a quota"),
    (BY_SUBLINE, "By longer lines"),
    ("unparsed", "Could not be read"),
]
# Which numbers each type has to have; every other stays empty. A quota's rate is that within it, and is optional.
NEEDED = {AD_VALOREM: {"rate"}, "specific": {"specific_amount"}, "mixed": {"rate", "specific_amount"}}
OPTIONAL = {"quota": {"rate", "specific_amount"}}
NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
LENGTHS = (2, 4, 6, 8, 10)  # of an odd number a spreadsheet has taken the leading zero

_OVERLAPPING = """
    SELECT a.id, b.id
      FROM rcep_rate a
      JOIN rcep_rate b ON b.party_id = a.party_id AND b.national_code = a.national_code AND b.id != a.id AND b.active
       AND b.agreement_id IS NOT DISTINCT FROM a.agreement_id AND b.origin_id IS NOT DISTINCT FROM a.origin_id
       AND a.valid_from <= COALESCE(b.valid_to, 'infinity') AND b.valid_from <= COALESCE(a.valid_to, 'infinity')
     WHERE a.active AND a.id = ANY(%s)
     LIMIT 1
"""


class RcepRate(models.Model):
    _name = "rcep.rate"
    _description = "Duty rate"
    _order = "party_id, national_code, agreement_id, valid_from desc, id"
    _rec_name = "national_code"

    party_id = fields.Many2one("rcep.party", "Importing Party", required=True, ondelete="cascade", index=True)
    agreement_id = fields.Many2one("rcep.agreement", ondelete="restrict", index=True, help="Empty: the MFN duty.")
    origin_id = fields.Many2one("res.country", "Goods from", help="Empty: from everywhere.")
    hs_edition = fields.Char("Edition", required=True, help="In which the code stands, such as AHTN2022.")
    national_code = fields.Char("Code", required=True, help="2 to 10 digits; the longest beginning of a code counts.")
    hs6 = fields.Char(compute="_compute_hs6", store=True, index=True)
    valid_from = fields.Date("From", required=True)
    valid_to = fields.Date("Until", help="Empty: while nothing else is known.")
    rate_type = fields.Selection(TYPES, "Kind", required=True, default=AD_VALOREM)
    rate = fields.Char("Rate %", help="Per cent of the customs value. Empty: not known, which is not zero.")
    specific_amount = fields.Char("Amount per unit")
    specific_unit = fields.Char("Per")
    currency = fields.Char("Of the amount")
    excluded_origins = fields.Char("Not for goods from", help="Codes of countries, separated by spaces.")
    condition = fields.Char(help="Under which the rate holds; it is shown, and a rate with one is not counted.")
    other_reading = fields.Char("Another source reads", help="Where sources differ, neither is counted.")
    other_reading_of = fields.Char("That source is of")
    source = fields.Char(required=True)
    source_date = fields.Date("Source of")
    confidence = fields.Char(help="How sure the reading is, in codes separated by semicolons.")
    layer_id = fields.Many2one("rcep.rate.layer", "Import", readonly=True, index=True, ondelete="restrict")
    is_complete = fields.Boolean(related="layer_id.is_complete")
    valid_to_before = fields.Date(readonly=True)
    closed_by_id = fields.Many2one("rcep.rate.layer", "Ended by", readonly=True, index="btree_not_null")
    active = fields.Boolean(default=True)

    _key_index = models.Index("(party_id, national_code, agreement_id)")
    _days_in_order = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from <= valid_to)", "A rate ends on the day on which it begins, or later."
    )

    @api.depends("national_code")
    def _compute_hs6(self):
        for rate in self:
            rate.hs6 = (rate.national_code or "")[: origin.hs.SUBHEADING]

    @api.constrains("national_code", "rate_type", "rate", "specific_amount")
    def _check_numbers(self):
        for rate in self:
            code = rate.national_code
            if not (code.isascii() and code.isdigit() and len(code) in LENGTHS):
                raise ValidationError(
                    self.env._("“%s” is no tariff line: enter 2, 4, 6, 8 or 10 digits, with a leading zero.", code)
                )
            numbers = ("rate_type", "rate", "specific_amount")
            problem = problem_of_numbers(self.env, {name: rate[name] or "" for name in numbers})
            if problem:
                raise ValidationError(self.env._("Rate of %(code)s: %(problem)s.", code=code, problem=problem))

    @api.constrains("party_id", "agreement_id", "origin_id", "national_code", "valid_from", "valid_to", "active")
    def _check_overlap(self):
        self.flush_model()
        self.env.cr.execute(SQL(_OVERLAPPING, self.ids))
        found = self.env.cr.fetchone()
        if found:
            one, other = self.browse(found[:1]), self.browse(found[1:])
            raise ValidationError(
                self.env._(
                    "%(code)s has two rates of %(which)s at %(party)s on some of the same days: from %(one)s and from "
                    "%(other)s. End one first.",
                    code=one.national_code,
                    which=one.agreement_id.code or "MFN",
                    party=one.party_id.display_name,
                    one=min(one.valid_from, other.valid_from),
                    other=max(one.valid_from, other.valid_from),
                )
            )

    def _key(self):
        """What one rate a day may hold for."""
        self.ensure_one()
        return self.party_id.id, self.agreement_id.id, self.origin_id.id, self.national_code

    def _words(self):
        """The rate in a few signs, as lists of changes show it."""
        self.ensure_one()
        return words_of(self.env, self)


def words_of(env, row):
    """A rate in a few signs: 12.5 %, 1.5 THB/l, or its kind where it is no number.

    :param row: a rate, or its values
    """
    percent = f"{row['rate']} %" if row["rate"] else ""
    specific = f"{row['specific_amount']} {row['currency']}/{row['specific_unit']}" if row["specific_amount"] else ""
    if row["rate_type"] in NEEDED:
        return " + ".join(filter(None, (percent, specific)))
    kind = dict(env["rcep.rate"]._fields["rate_type"]._description_selection(env))[row["rate_type"]]
    return " ".join(filter(None, (kind, percent, specific)))


def problem_of_numbers(env, row):
    """What is wrong with the numbers of a rate, as the end of a sentence; None where nothing is."""
    needed = NEEDED.get(row["rate_type"], set())
    allowed = needed | OPTIONAL.get(row["rate_type"], set())
    for name, label in (("rate", env._("rate")), ("specific_amount", env._("amount per unit"))):
        value = row[name]
        if value and name not in allowed:
            return env._(
                "a line of the kind “%(kind)s” has no %(label)s, but “%(value)s” stands there: take it out",
                kind=row["rate_type"], label=label, value=value,
            )  # fmt: skip
        if name in needed and not value:
            return env._(
                "the %(label)s is missing, and a missing one is not zero: enter it, or another kind", label=label
            )
        if "," in value:
            return env._(
                "“%(value)s” has a comma, which is not guessed at: write %(label)s with a point, as 12.5",
                value=value, label=label,
            )  # fmt: skip
        if value and not NUMBER.fullmatch(value):
            return env._("“%(value)s” is no %(label)s: write digits with a point, as 12.5", value=value, label=label)
    return None
