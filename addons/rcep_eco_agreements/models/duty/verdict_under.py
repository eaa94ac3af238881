"""Whether a good may claim the rate of an agreement: as its certificate says, else as decided at its price."""

from odoo import models

from ..agreement.decided_under import Answer, Sale


class RcepAgreement(models.Model):
    _inherit = "rcep.agreement"

    def _verdict_under(self, goods):
        """What each good is under this agreement.

        :param goods: [:class:`.duty_goods.Good`]
        :return: {index of the good: :class:`Answer`}; what cannot be decided is unresolved with the reason
        """
        self.ensure_one()
        return {index: self._verdict_of(good) for index, good in enumerate(goods)}

    def _verdict_of(self, good):
        country, line = good.party.country_id, good.certified
        if not self._is_open_to(country, good.date):
            return Answer("not_originating", missing=self.env._("%s is no Party of it.", country.name))
        if self.rules_of_heart and line and line.verdict:
            criterion = " ".join(filter(None, (line.criterion, line.modifiers)))
            missing = "" if line.verdict == "originating" else line.summary or ""
            return Answer(line.verdict, criterion, missing)
        if good.unit_fob is None:
            return Answer(
                "unresolved",
                missing=self.env._(
                    "The FOB value is not known: freight, insurance or duty are in the price. State them on lines of "
                    "their own."
                ),
            )
        # Whoever compares duties is told the verdict, and reads no costs.
        product = good.product.sudo()
        return self.sudo()._decide(product, Sale(good.company, good.unit_fob, good.date, country))
