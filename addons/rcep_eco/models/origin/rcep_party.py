"""The Parties of the agreement: when it entered into force there, and what they apply."""

from odoo import api, fields, models


class RcepParty(models.Model):
    _name = "rcep.party"
    _description = "RCEP Party"
    _order = "country_id"
    _rec_name = "country_id"

    country_id = fields.Many2one("res.country", required=True, index=True)
    code = fields.Char(related="country_id.code")
    in_force = fields.Date("In force since", required=True, help="Entry into force of the agreement for this Party.")
    eco_platform = fields.Boolean(
        "On the e-CO platform", help="Its customs receives certificates from the RCEP ASEAN e-CO platform."
    )
    tariff_differential = fields.Boolean(
        "Keeps an Appendix", help="Applies tariff differentials: for goods of its Appendix, Art. 2.6.3 asks for more."
    )
    note = fields.Char(translate=True)

    _country_unique = models.Constraint("UNIQUE(country_id)", "This country is a Party already.")

    def _of_country(self, country):
        """The Party of a country, or an empty record."""
        return self.search([("country_id", "=", country.id)], limit=1) if country else self.browse()

    @api.model
    def _importers(self):
        """Since when the agreement is in force in each country: {id of the country: date}."""
        return {party.country_id.id: party.in_force for party in self.search_fetch([], ["country_id", "in_force"])}

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()  # rulebooks hold the Parties
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
