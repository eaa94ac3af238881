"""Goods of which the website says that they originate: those that somebody chose, while their verdict holds today.

A wrong *yes* is worse than none: a good is not shown where its verdict is of another day, is being recomputed or has
lost its seal, nor where it stands on a certificate that would be decided otherwise now, or the last order that was
determined made it otherwise than its bill says. Verdicts are read at each look, never from a copy.
"""

import json

from odoo import api, fields, models
from odoo.addons.rcep_eco import groups, origin
from odoo.addons.rcep_eco.tools import languages, public_words
from odoo.addons.rcep_eco.values import amounts

from .rcep_borders import GOODS

ROOM = "rcep_eco_website/words/goods"
PAGE_ROOM = "rcep_eco_website/words/page"
ORIGINATING = "originating"
BETWEEN = {public_words.CHINESE: "、"}  # names of a list; elsewhere a comma and a space


class ProductTemplate(models.Model):
    _inherit = "product.template"

    rcep_on_website = fields.Boolean(
        "Show on the website that it originates",
        company_dependent=True,
        copy=False,
        groups=groups.READER,
        help="In the building block Our goods under RCEP, as long as its verdict at list price is: it originates.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("rcep_on_website"):  # it is shown once it was determined today
            self.product_variant_ids._rcep_facts_changed(self.env.company)
        return result


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    # --- kept current ------------------------------------------------------------------------------------
    @api.model
    def _chosen_for_website(self, company):
        """The goods of a company's catalogue that its website may show."""
        products = self.env["product.product"].with_company(company)
        chosen = fields.Domain("product_tmpl_id.rcep_on_website", "=", True)
        return products.search(chosen & products._rcep_catalogue_domain(company))

    @api.model
    def _cron_shown_goods(self):
        """Each hour: what the website may show is determined anew once a day, soon after midnight in China."""
        for company in self._exporters():
            products = self._chosen_for_website(company)
            own = self.search([("company_id", "=", company.id), ("product_id", "in", products.ids)])
            today = own.filtered(lambda verdict: verdict.date == amounts.today()).product_id
            (products - today)._rcep_facts_changed(company)
        self._mark_what_changed()

    # --- shown -------------------------------------------------------------------------------------------
    @api.model
    def _shown_on_website(self, company):
        """The verdicts that the website of a company may show now."""
        found = self.search(
            [
                ("company_id", "=", company.id),
                ("product_id", "in", self._chosen_for_website(company).ids),
                ("verdict", "=", ORIGINATING),
                ("date", "=", amounts.today()),
                ("stale", "=", False),
                ("problem", "=", False),
                ("dossier_sha256", "!=", False),
            ]
        )
        in_doubt = self._in_doubt(found.product_id, company)
        return found.filtered(lambda verdict: verdict.product_id not in in_doubt and verdict._is_sealed())

    def _is_sealed(self):
        """Whether the dossier behind it is there, unaltered, and says the same."""
        self.ensure_one()
        dossier = json.loads(self.dossier) if self.dossier else None
        return bool(
            dossier
            and origin.sha256_of(dossier) == self.dossier_sha256
            and dossier["verdict"]["verdict"] == self.verdict
            and origin.facts_of(dossier)["date"] == self.date.isoformat()
        )

    @api.model
    def _website_goods(self, company, language):
        """What the public page shows: goods by their names, no price, material or supplier.

        :return: ``[{"name", "hs6", "criterion", "origin"}]``
        """
        open_ = public_words.words(ROOM, language)["goods_open"]
        parties = _names_of(self.env["rcep.party"].search([("in_force", "!=", False)]), language)
        goods = []
        for verdict in self._shown_on_website(company):
            product = _read_in(verdict.product_id, language)
            party = not verdict.country_needs and verdict.origin_country_code
            goods.append(
                {
                    "name": product.display_name,
                    "hs6": origin.facts_of(json.loads(verdict.dossier))["good"]["hs"],
                    "criterion": " ".join(filter(None, (verdict.criterion, verdict.modifiers))),
                    "origin": parties[party] if party else open_,
                }
            )
        return sorted(goods, key=lambda good: (good["hs6"], good["name"]))

    @api.model
    def _render_goods_page(self, company, language):
        words = public_words.words(PAGE_ROOM, language) | public_words.words(ROOM, language)
        goods = self._website_goods(company, language)
        frame = self.env["rcep.verification"]._frame(company, language, words["goods_title"], GOODS)
        values = {**frame, "words": words, "goods": goods, "notes": self._goods_notes(company, language, words)}
        return self.env["ir.qweb"]._render("rcep_eco_website.goods_page", values)

    @api.model
    def _goods_notes(self, company, language, words):
        """The sentences under the goods: of which day, what counts, for import into which Parties.

        :return: ``[{"text", "lang"}]``, ``lang`` being that of a sentence in another language than the page's
        """
        today = amounts.today()
        importing = [("in_force", "<=", today), ("country_id", "!=", company.country_id.id)]
        parties = self.env["rcep.party"].search(importing)
        graded, between = parties.filtered("tariff_differential"), BETWEEN.get(language, ", ")
        names, of_graded = (between.join(_names_of(each, language).values()) for each in (parties, graded))
        notes = [words["goods_day"] % {"day": public_words.day(today)}, words["goods_counts"]]
        notes.append(words["goods_parties"] % {"parties": names})
        notes += [words["goods_box_11"] % {"parties": of_graded}] if graded else []
        english = public_words.words(ROOM, public_words.ENGLISH)["goods_counts"]  # it decides
        beside = [] if language in public_words.CONFIRMED else [{"text": english, "lang": public_words.ENGLISH}]
        return [{"text": note, "lang": None} for note in notes] + beside


def _names_of(parties, language):
    """Names of Parties in one of our languages, sorted: ``{code of two letters: name}``."""
    other = {} if language == public_words.ENGLISH else public_words.territories(language)
    names = {party.code: other.get(party.code) or languages.english(party.country_id).name for party in parties}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def _read_in(products, language):
    """The same products with their names in one of our languages where this Odoo reads it, else in English."""
    read = [code for code, _name in products.env["res.lang"].get_installed() if public_words.known(code) == language]
    return products.with_context(lang=read[0] if read else languages.ENGLISH, display_default_code=False)
