"""Whom we write to without an account: in which language, and in which words, whatever Odoo has installed."""

from odoo import models

from ...tools import public_words


class RcepReader(models.AbstractModel):
    _name = "rcep.reader.mixin"
    _description = "Written of to somebody without an account"

    _mail_room = public_words.Room("rcep_eco/words/mail")

    def _reader_language(self):
        """That of its partner, of our nine."""
        partner, own = self.partner_id, self.company_id.partner_id
        country = partner.country_id or partner.commercial_partner_id.country_id
        return public_words.written_in(partner.lang, [public_words.of_country(country.code)], own.lang)

    def _english_below(self):
        """Whether the English stands below: no native reader confirmed the words, or the contact may prefer it."""
        language = self._reader_language()
        may_prefer = public_words.known(self.partner_id.lang) == public_words.ENGLISH != language
        return may_prefer or language not in public_words.CONFIRMED

    def _mail_text(self, key, language=None):
        """One sentence of a mail with the facts of the record, for templates in Odoo.

        :param language: one of ours; without it, the reader's
        """
        language = language or self._reader_language()
        return self._mail_room.words(language)[key] % self._mail_facts(language)

    def _mail_facts(self, language):
        """What is filled in: ``{name: text}``."""
        return {"name": self.partner_id.name or "", "exporter": self._exporter(language)}

    def _exporter(self, language):
        """The name of the firm as the reader knows it."""
        company = self.company_id
        return company.name if language == "zh" else company.partner_id._rcep_name()

    def _mail_link(self, language=None):
        """Its page, in a language: without one, the reader's."""
        return self.link and f"{self.link}?lang={language or self._reader_language()}"
