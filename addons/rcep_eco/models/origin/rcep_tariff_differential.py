"""Tariff differentials (Art. 2.6.3): the goods of an importing Party's Appendix, for which box 11 asks for more.

The lists name the importer's national tariff lines, of which an exporter's product shares six digits at most. Where
only longer lines match, the good is *perhaps* among them, and somebody who knows it must say.
"""

from odoo import api, fields, models

ANSWERS = [
    ("unchecked", "Not checked: no list"),
    ("no", "Not in the Appendix"),
    ("perhaps", "Perhaps in the Appendix"),
    ("yes", "In the Appendix"),
]
ASKED = ("unchecked", "perhaps")  # what the list leaves open, a person answers


class RcepParty(models.Model):
    _inherit = "rcep.party"

    appendix_complete = fields.Char(
        "List is complete for",
        help="Beginnings of HS codes of which every line of the Appendix is in the list, separated by commas; * for "
        "all. Outside them nobody says that a good is not in the Appendix.",
    )

    def _is_complete(self, hs6):
        """Whether the list of this Party's Appendix holds all that there is of a subheading."""
        beginnings = [each.strip() for each in (self.appendix_complete or "").split(",") if each.strip()]
        return "*" in beginnings or (bool(hs6) and hs6.startswith(tuple(beginnings or ("-",))))


class RcepTariffDifferential(models.Model):
    _name = "rcep.tariff.differential"
    _description = "Line of a tariff-differential list"
    _order = "party_id, code"
    _rec_name = "code"

    party_id = fields.Many2one("rcep.party", "Importing Party", required=True, ondelete="cascade", index=True)
    code = fields.Char("Tariff line", required=True, index=True, help="6 to 10 digits, as the Party numbers its lines.")
    valid_from = fields.Date(help="Empty: from the entry into force.")
    valid_to = fields.Date(help="Empty: while the list holds.")
    source = fields.Char()

    @api.model
    def _answer(self, party, hs6, date, national=None):
        """Whether a good is in a Party's Appendix on a date.

        :param national: the Party's own code of the good, where it is known
        :return: (a key of `ANSWERS`, the lines that match)
        """
        if not party or not party.tariff_differential:
            return "no", self.browse()
        lines = self.search([("party_id", "=", party.id)])
        if not lines:
            return "unchecked", lines
        matching = lines.filtered(
            lambda line: line.code.startswith(hs6 or "-")
            and (not line.valid_from or line.valid_from <= date)
            and (not line.valid_to or date <= line.valid_to)
        )
        if not matching:
            return ("no" if party._is_complete(hs6) else "unchecked"), matching
        certain = any(line.code == hs6 or (national or "").startswith(line.code) for line in matching)
        return ("yes" if certain else "perhaps"), matching
