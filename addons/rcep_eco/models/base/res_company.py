"""How firms and signers are called on certificates: boxes 1, 2, 3 and 15."""

from odoo import fields, models
from stdnum.cn import uscc

from ... import link
from ...tools import public_words


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_uscc = fields.Char(
        "Unified social credit code", help="18 characters; identifies the applicant at the issuing body."
    )
    rcep_name_en = fields.Char(related="partner_id.rcep_name_en", readonly=False)
    rcep_address_en = fields.Char("Address in English")
    rcep_place = fields.Char("Place of declaration", help="Box 15, in English: for example NINGBO.")

    def _rcep_uscc_problem(self):
        """A sentence that says what is wrong with the company's code, or None."""
        self.ensure_one()
        if not self.rcep_uscc:
            return self.env._(
                "%s has no unified social credit code: enter its 18 characters in the company's settings.", self.name
            )
        if not uscc.is_valid(self.rcep_uscc):
            return self.env._(
                "The unified social credit code of %(company)s, %(code)s, is not valid: compare it with the licence.",
                company=self.name,
                code=self.rcep_uscc,
            )
        return None


    def _rcep_name_in(self, language):
        """The firm's name for readers of one of our languages: in Chinese its own, else that of the form."""
        return self.name if language == public_words.CHINESE else self.partner_id._rcep_name()

    def _rcep_trader(self):
        """The company as the exporter of an application (box 1)."""
        self.ensure_one()
        return link.application.Trader(
            name_en=self.rcep_name_en or "",
            name=self.name,
            uscc=self.rcep_uscc or "",
            address=self.rcep_address_en or "",
            country=self.country_id.code or "",
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    rcep_name_en = fields.Char(
        "Name in English", help="As it stands on certificates of origin; empty: the name itself."
    )

    def _rcep_name(self):
        """The firm's name in English; of an address in another country than its firm's, whoever receives there."""
        firm = self.commercial_partner_id
        if self.country_id and firm.country_id and self.country_id != firm.country_id:
            return self.rcep_name_en or self.name or ""
        return firm.rcep_name_en or firm.name or ""

    def _rcep_address_line(self):
        """Street, town and region in one line, as the form and the application have it."""
        self.ensure_one()
        parts = [self.street, self.street2, self.city, self.state_id.name, self.zip]
        return ", ".join(filter(None, parts))


class ResUsers(models.Model):
    _inherit = "res.users"

    rcep_name_en = fields.Char("Signature in English", help="Box 15: the name under which this person signs.")
