"""What a good is under an agreement: decided by the one engine, from the same facts that decide it under RCEP."""

import datetime
from decimal import Decimal
from typing import NamedTuple

from odoo import models
from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.texts import explanations
from odoo.exceptions import UserError

from ...cases import under_agreement


class Sale(NamedTuple):
    """One unit of a good as it is sold.

    :param Decimal fob: FOB value in the company's currency
    :param country: the importing country, None for any
    :param production: as of ``_rcep_determine``, where the caller has read it already
    """

    company: object
    fob: Decimal
    date: datetime.date
    country: object = None
    production: object = None


class Answer(NamedTuple):
    """A good under an agreement.

    :param verdict: ``originating``, ``not_originating`` or ``unresolved``
    :param criterion: as the agreement's form says it, such as 45%; empty where it does not originate
    :param missing: sentence that says what is missing, or why; empty where nothing is
    :param decided: :class:`origin.Verdict`, None where the good never came before the engine
    """

    verdict: str
    criterion: str = ""
    missing: str = ""
    decided: object = None


class RcepAgreement(models.Model):
    _inherit = "rcep.agreement"

    def _decide(self, product, sale):
        """A product under this agreement.

        :param Sale sale: at what price, when and where to it is sold
        :return: :class:`Answer`; what cannot be decided is unresolved with the reason, never a yes
        """
        self.ensure_one()
        country, date = sale.country, sale.date
        if country and not self._is_open_to(country, date):
            return Answer("not_originating", missing=self.env._("%s is no Party of it.", country.name))
        book = self._rulebook(sale.company, date)
        if book is None:
            return Answer("unresolved", missing=self.env._("No rules of it hold on %s.", date.isoformat()))
        try:
            verdict = self._verdict(book, product, sale)
        except origin.OriginError as error:
            return Answer("unresolved", missing=explanations.not_determined(self.env, product.display_name, error))
        except UserError as error:
            return Answer("unresolved", missing=str(error))
        needs = explanations.of_needs(self.env, verdict.needed) if verdict.verdict == "unresolved" else ""
        criterion = self._criterion_on_form(verdict, self._is_listed(book, verdict)) if verdict.criterion else ""
        return Answer(verdict.verdict, criterion, needs, verdict)

    def _verdict(self, book, product, sale):
        company, fob, date, country, production = sale
        if self.rules_of_heart:
            party = self.env["rcep.party"]._of_country(country)
            return product._rcep_determine(
                company, fob, date, importing_party=party or None, production=production
            )[0]
        importer = country.code if country else None
        # Evidence is of costs, which whoever asks for a verdict may not see; only the verdict goes back.
        whole = product.sudo()
        own = whole.env["rcep.supplier.declaration"]._holding_under(self, whole, company, date).get(whole)
        dossier = whole._rcep_determine(company, fob, date, production=production)[1]
        if "evidence" in dossier:
            if not own:
                raise UserError(
                    self.env._(
                        "%(product)s is bought: no supplier declares that it originates under %(agreement)s.",
                        product=product.display_name, agreement=self.name,
                    )
                )  # fmt: skip
            good = origin.Good(hs=product._rcep_hs6(), fob=fob, currency=company.currency_id.name)
            evidence = own._evidence(company.country_id.code, good, date, importer)
            return origin.determine_by_evidence(evidence, book)
        parts = whole.browse(under_agreement.products_in(dossier, dossier.fetch))
        holding = whole.env["rcep.supplier.declaration"]._holding_under(self, parts, company, date)
        declared = {part.id: declaration.party_id.code for part, declaration in holding.items()}
        case = under_agreement.case_of(dossier, dossier.fetch, declared, importer)
        return origin.determine(case, book)

    @staticmethod
    def _is_listed(book, verdict):
        """Whether the rule of a verdict stands in the product list and not in the general rule."""
        return bool(verdict.hs) and book.is_listed(verdict.hs)
