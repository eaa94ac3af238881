"""What box 8 says of a good: as the invoice has it, and told apart from its other variants."""

from odoo import models

from ... import link
from ...tools import languages


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _rcep_description(self):
        """The label that somebody wrote on the invoice, where it may stand on the form; else product and variant."""
        self.ensure_one()
        product = self.product_id
        code = f"[{product.default_code}]"
        label = link.plain_text.normalised((self.name or "").split("\n")[0].removeprefix(code))
        names = (each.display_name.removeprefix(code) for each in self._rcep_named(product))
        usual = {link.plain_text.normalised(name) for name in names}
        if label and label not in usual and all(map(link.plain_text.is_latin, label)):
            return label
        english = languages.english(product)
        variant = english.product_template_attribute_value_ids._get_combination_name()
        return link.plain_text.normalised(f"{english.name} ({variant})" if variant else english.name)

    def _rcep_named(self, product):
        """The product in the languages in which Odoo may have put it on the invoice."""
        codes = {self.move_id.partner_id.lang, self.env.lang, self.env.user.lang, "en_US"} - {False, None}
        return [product.with_context(lang=code) for code in codes]
