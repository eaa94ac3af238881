"""A certificate's page and its JSON as they are served: made once for a state and a language, then the same bytes.

A page is kept in memory for a minute, so that what it has of the company (its logo, its name, its address) is never
older than that.
"""

import hashlib
import json
import time
from typing import NamedTuple

from odoo import api, models
from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tools import public_words
from odoo.tools.lru import LRU

FRESH = 60  # seconds that a page is kept here, and a copy of its JSON anywhere
MOST_KEPT = 2000  # pages, of some kilobytes each
WORDS = "rcep_eco_website/words/page"
SHELL = {
    "css": "/rcep_eco_website/static/src/page/page.css",
    "script": "/rcep_eco_website/static/src/page/page.js",
}
EXPORTING = "CN"
CODES = {name: code for code, name in link.form.PARTIES.items()}

_kept: LRU = LRU(MOST_KEPT)
_minute = [0.0]  # in which they were made


class Served(NamedTuple):
    """What goes out, and the mark by which whoever has it already knows it again."""

    body: bytes
    etag: str


def forget():
    """Make every page anew."""
    _kept.clear()


class RcepVerification(models.Model):
    _inherit = "rcep.verification"

    def _page_served(self, language, asked_at=None):
        """The page in one of our languages.

        :param asked_at: the company on whose website it is asked for, where that may be another than the exporter
        """
        other = (asked_at or self.company_id) - self.company_id
        if other and other._rcep_base_url() == self.company_id._rcep_base_url():
            other = other.browse()  # one website for both
        return self._served(language, lambda: _stripped(self._render_page(language, other)), other)

    def _json_served(self):
        """The same for machines."""
        return self._served("", lambda: json.dumps(self._as_json(), ensure_ascii=False).encode())

    def _served(self, language, make, other=()):
        self.ensure_one()
        now = time.monotonic() // FRESH
        if now != _minute[0]:
            _minute[0] = now
            forget()
        key = (self.env.cr.dbname, self.id, self.edition, self._state_now(), self._would_have_ended(), language, *other)
        served = _kept.get(key)
        if not served:
            body = make()
            served = _kept[key] = Served(body, hashlib.sha256(body).hexdigest()[:32])
        return served

    def _language(self, asked, header):
        """The language of the page: the visitor's choice, the browser's, that of the importing Party, else English."""
        theirs = () if public_words.known(asked) or public_words.accepted(header) else self._languages_of_party()
        return public_words.chosen(asked, header, theirs)

    def _languages_of_party(self):
        party = self.certificate_id.importing_party_id
        return (self.env["rcep.market"]._of_party(party).languages or "").split()

    # --- what stands on it -------------------------------------------------------------------------------
    def _render_page(self, language, other):
        words = public_words.words(WORDS, language)
        state, facts, ended = self._state_now(), self._facts_read(language), self._would_have_ended()
        return self.env["ir.qweb"]._render(
            "rcep_eco_website.verification_page",
            {
                **self._frame(self.company_id, language, words["title"], f"/eco/{self.token}"),
                "state": state,
                "facts": facts,
                "said": self._said(state, words),
                "would_read": ended and words["would_read"] % {"state": self._said(ended, words)},
                "checked": f"{self.published_at:%Y-%m-%d %H:%M} UTC",
                "block": _block(facts, words),
                "elsewhere": other and words["elsewhere"] % {"firm": other._rcep_name_in(language)},
                "own_page": self._url(),
                "sites": self.company_id._rcep_proven_sites(),
            },
        )

    def _said(self, state, words):
        return words[state] % {"day": self.valid_until or ""}

    @api.model
    def _frame(self, company, language, heading, path):
        """What each public page has around it: the firm's name and logo, and the choice of languages."""
        words = public_words.words(WORDS, language)
        name = company._rcep_name_in(language)
        logo = "" if company.uses_default_logo else f"/eco/logo/{company.id}.png"
        return {
            "words": words,
            "tag": public_words.tag(language),
            "heading": heading,
            "languages": public_words.links(language, path),
            "brand": {"name": name, "logo": logo, "home": f"{company._rcep_base_url()}/"},
            "shell": SHELL,
        }

    def _facts_read(self, language):
        """The facts with their countries in the reader's language: in English as the form has them."""
        self.ensure_one()
        facts = self.facts
        goods = [{**good, "origin": _origin(good["origin"], language)} for good in facts["goods"]]
        originals = [
            {**each, "issued_in": country(each["issued_in"], language)} for each in facts.get("originals", ())
        ]
        party = country(facts["importing_party"], language)
        return {**facts, "importing_party": party, "goods": goods, "originals": originals}


def country(message, language):
    """A country's name in one of our languages.

    :param message: its code of two letters, or the English name with which older pages were published
    """
    code = CODES.get(message, message)
    if language == public_words.ENGLISH:
        return link.form.country_name(code)
    return public_words.territories(language).get(code, message)


def _origin(origin, language):
    code, *mark = origin.split(" ")
    return " ".join((country(code, language), *mark))


def _block(facts, words):
    """What is typed abroad, to be copied: only what the page shows, and so no invoice."""
    local = facts.get("issued_local")
    day = f"{facts['issued_on']} ({local})" if local else facts["issued_on"]
    values = {"number": facts["certificate_no"], "day": day, "country": EXPORTING}
    return "\n".join(words[name] % values for name in ("block_number", "block_day", "block_country"))


def _stripped(html):
    return str(html).strip().encode()
