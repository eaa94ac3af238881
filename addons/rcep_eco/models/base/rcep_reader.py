"""Whom we write to without an account: in which language, and in which words, whatever Odoo has installed."""

from odoo import models

from ...tools import languages, public_words

MAIL = public_words.Room("rcep_eco/words/mail")


class RcepReader(models.AbstractModel):
    _name = "rcep.reader.mixin"
    _description = "Written of to somebody without an account"

    _mail_room = MAIL

    def _reader_language(self):
        """That of its partner, of our nine."""
        partner, own = self.partner_id, self.company_id.partner_id
        country = partner.country_id or partner.commercial_partner_id.country_id
        market = [*self._market_languages(), public_words.of_country(country.code)]
        return public_words.written_in(partner.lang, market, own.lang)

    def _market_languages(self):
        """Tags that are asked for before that of the country."""
        return []

    def _reader_odoo(self):
        """Odoo's language for names of goods and for what Odoo itself adds to a mail: the reader's, else English."""
        return languages.of_ours(self.env, self._reader_language())

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
        return self.company_id._rcep_name_in(language)

    def _mail_link(self, language=None):
        """Its page, in a language: without one, the reader's."""
        return self.link and f"{self.link}?lang={language or self._reader_language()}"
