"""What box 1 and the applicant's part of an application say of the company."""

from odoo import fields, models
from stdnum.cn import uscc


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_uscc = fields.Char(
        "Unified social credit code", help="18 characters; identifies the applicant at the issuing body."
    )
    rcep_name_en = fields.Char("Name in English", help="As it stands in box 1 of the certificate.")
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


class ResUsers(models.Model):
    _inherit = "res.users"

    rcep_name_en = fields.Char("Signature in English", help="Box 15: the name under which this person signs.")
