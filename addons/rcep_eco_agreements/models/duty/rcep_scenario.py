"""What if, in duty: what the importer pays on one unit and saves against MFN, today and then.

Duty is known by importing Party alone. What is not known is said in words and never as a zero.
"""

from odoo import fields, models
from odoo.addons.rcep_eco.values import amounts, hs_codes

from ..rates.rate_lookup import MFN
from . import compared
from .duty_goods import Good

DUTY = ("mfn_rate", "preference", "duty", "saving")
SIDES = ("", "today_")


class RcepScenario(models.Model):
    _inherit = "rcep.scenario"

    rate_party = fields.Char("Rate for goods of, then", compute="_compute_verdicts")
    today_rate_party = fields.Char("Rate for goods of, today", compute="_compute_verdicts")
    mfn_rate = fields.Char("MFN then", compute="_compute_verdicts")
    preference = fields.Char("Rate under the agreement then", compute="_compute_verdicts")
    duty = fields.Char("Duty then", compute="_compute_verdicts", help="Of one unit, in the company's currency.")
    saving = fields.Char("Saved against MFN then", compute="_compute_verdicts")
    today_mfn_rate = fields.Char("MFN today", compute="_compute_verdicts")
    today_preference = fields.Char("Rate under RCEP today", compute="_compute_verdicts")
    today_duty = fields.Char("Duty today", compute="_compute_verdicts", help="Of one unit, in the company's currency.")
    today_saving = fields.Char("Saved against MFN today", compute="_compute_verdicts")
    duty_note = fields.Text("How the duty is counted", compute="_compute_verdicts")

    def _compute_verdicts(self):
        names = [f"{side}{name}" for side in SIDES for name in (*DUTY, "rate_party")]
        self.update(dict.fromkeys((*names, "duty_note"), False))
        result = super()._compute_verdicts()
        self._fill_duty()
        return result

    def _shown(self, verdict, case):
        box_11 = verdict.country_of_origin
        # Rates may differ by the country in box 11 (Art. 2.6); where that is open, so is the rate.
        party = box_11.party if box_11 else case.exporting_party
        return super()._shown(verdict, case) | {"rate_party": party or False}

    # --- counted -----------------------------------------------------------------------------------------
    def _fill_duty(self):
        """Fill in the duty of those that name an importing Party, with one look-up of rates for all."""
        decided = self.filtered("verdict")
        abroad = decided.filtered(
            lambda each: each.importing_party_id and each.importing_party_id.country_id != each.company_id.country_id
        )
        (decided - abroad).duty_note = self.env._("Choose the importing Party: duty is known by Party.")
        if not abroad:
            return
        keys = abroad._rate_keys(abroad._codes_abroad())
        rates = self.env["rcep.rate"]._rates([key for pair in keys.values() for key in pair], amounts.today())
        for scenario in abroad:
            notes = [
                self.env._(
                    "Counted on one unit at its price as FOB, in %s; customs count on CIF, which is more.",
                    scenario.currency_id.name,
                )
            ]
            for side in SIDES:
                mfn, preference = (rates[key] for key in keys[scenario, side])
                notes += [*mfn.warnings, *(preference.warnings if scenario[f"{side}verdict"] == "originating" else ())]
                values = scenario._duty_words(side, mfn, preference)
                scenario.update({f"{side}{name}": text for name, text in zip(DUTY, values, strict=True)})
            scenario.duty_note = "\n".join(dict.fromkeys(notes))

    def _codes_abroad(self):
        """{(scenario, side): the code of its good at the importer}."""
        codes = {}
        for party, scenarios in self.grouped("importing_party_id").items():
            national = self.env["rcep.national.code"]._of(scenarios.product_id, party, amounts.today())
            for scenario in scenarios:
                product = scenario.product_id
                own = product._rcep_hs6() or ""
                code = national[product].code if product in national else own
                asked = hs_codes.digits_of(scenario.hs_code) if scenario.hs_code else own
                codes[scenario, "today_"] = code
                codes[scenario, ""] = code if asked == own else asked  # the national line was of the other code
        return codes

    def _rate_keys(self, codes):
        """{(scenario, side): the keys of its MFN rate and of its rate under the agreement}."""
        heart = self.env.ref("rcep_eco_agreements.agreement_rcep")
        names = {name for scenario in self for name in (scenario.rate_party, scenario.today_rate_party) if name}
        countries = {each.code: each for each in self.env["res.country"].search([("code", "in", list(names))])}
        keys = {}
        for scenario in self:
            home, party = scenario.company_id.country_id, scenario.importing_party_id
            for side in SIDES:
                agreement = scenario.agreement_id if not side and scenario._is_under_other() else heart
                origin = countries.get(scenario[f"{side}rate_party"], home) if agreement == heart else home
                code = codes[scenario, side]
                keys[scenario, side] = (party, MFN, code, home), (party, agreement, code, origin)
        return keys

    def _duty_words(self, side, mfn, preference):
        """The words of one side, as :data:`DUTY` names them."""
        fob = amounts.exact(self[f"{side}fob"])
        good = Good(self.product_id, self.company_id, self.importing_party_id, amounts.today(), fob, fob)
        without, with_it = compared.duty_of(good, mfn), compared.duty_of(good, preference)
        verdict, rates = self[f"{side}verdict"], (mfn.text, preference.text)
        if verdict == "not_originating":
            duty = self._duty_amount(without, mfn) or self.env._("not known")
            return *rates, duty, self.env._("nothing: it does not originate")
        if verdict != "originating":
            why = self.env._("not known: its origin is open")
            return *rates, why, why
        if not self[f"{side}rate_party"] and not (not side and self._is_under_other()):
            why = self.env._("not known: the country in box 11 is open")
            return mfn.text, why, why, why
        return *rates, *self._saving_words(mfn, preference, without, with_it)

    def _saving_words(self, mfn, preference, without, with_it):
        """(duty, saving) of a good that originates, in words."""
        if mfn.is_certain and not mfn.rate:
            free = self.env._("nothing: no certificate is needed, the duty is zero for everybody")
            return self._duty_amount(without, mfn), free
        if without is None or with_it is None:
            unknown = self.env._("not known")
            return self._duty_amount(with_it, preference) or unknown, unknown
        if with_it >= without:
            return self._duty_amount(without, mfn), self.env._("nothing: MFN is no higher")
        return self._duty_amount(with_it, preference), self._duty_amount(without - with_it, mfn, preference)

    def _duty_amount(self, amount, *rates):
        """An amount with its currency, and whether it is to be checked; empty where it is not known."""
        if amount is None:
            return ""
        words = self._money(amount)
        if all(rate.is_certain for rate in rates):
            return words
        return self.env._("%s, to be checked", words)
