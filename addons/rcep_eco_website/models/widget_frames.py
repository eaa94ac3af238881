"""Which other websites may show our check inside a page of theirs."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..widget.origins import MOST, origins


class ResCompany(models.Model):
    _inherit = "res.company"

    rcep_frame_origins = fields.Text(
        "Websites that may frame the check", help="One address a line, with https: no other site shows it in a frame."
    )

    def _rcep_frame_origins(self):
        """The websites, as a header for browsers names them."""
        return origins(self.rcep_frame_origins)[0][:MOST]

    @api.constrains("rcep_frame_origins")
    def _check_frame_origins(self):
        odd = self.env._(
            "%(typed)s is no address of a website that may show our check: write https:// and the name of its "
            "server, one a line, as https://www.lamps.example"
        )
        many = self.env._("%(company)s may list %(most)s websites that show our check: shorten the list.")
        self._rcep_check_sites("rcep_frame_origins", odd, many)

    def _rcep_check_sites(self, name, odd, many):
        """Refuse a list of websites that holds something else, or more of them than are asked or named.

        :param name: the field that holds the list
        :param odd: sentence for what is no address, ``%(typed)s``
        :param many: sentence for too many, ``%(company)s`` and ``%(most)s``
        """
        for company in self:
            good, bad = origins(company[name])
            if bad:
                raise ValidationError(odd % {"typed": bad[0]})
            if len(good) > MOST:
                raise ValidationError(many % {"company": company.name, "most": MOST})


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    rcep_frame_origins = fields.Text(related="company_id.rcep_frame_origins", readonly=False)
