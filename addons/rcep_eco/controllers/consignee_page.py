"""The consignee's page: what its customs decided about one certificate, in two taps, behind a signed link."""

import datetime

from odoo.http import Controller, request, route

from ..link import plain_text
from ..models.recognition.rcep_recognition import OUTCOMES, UNKNOWN, WITH_CAUSE, WITH_DUTY
from ..texts import consignee_words
from ..tools import public_words
from ..values import amounts, typed_amounts
from . import rate_limits
from .supplier_answer import typed
from .supplier_page import HEADERS, ROUTE

PATH = "/rcep/outcome/<string:token>"
FORM_BYTES = 64 * 1024
ANSWERED = "rcep_outcome"  # in the session: the question that was just answered, and how
LONGEST_WORDS = 1000
ALWAYS = ("USD", "CNY")  # currencies that are offered beside that of the market


class Outcome(Controller):
    @route(PATH, methods=["GET"], **ROUTE)
    def page(self, token, lang="", **_query):
        """The question, what was answered, or one same page for every link that is dead."""
        asked = self._asked(token)
        if not asked:
            return self._dead(lang)
        said = request.session.pop(ANSWERED, None) or [0, ""]
        return self._page(asked, lang, said=said[1] if said[0] == asked.id else "")

    @route(PATH, methods=["POST"], max_content_length=FORM_BYTES, **ROUTE)
    def answer(self, token, lang="", **form):
        """Keep the answer, or say in one sentence what is wrong; a link that was used answers nothing more."""
        asked = self._asked(token)
        if not asked:
            return self._dead(lang)
        language = public_words.known(lang) or asked.language
        words = asked._words(language)
        if not asked.try_lock_for_update(allow_referencing=True):
            return self._page(asked, lang, form=form, wrong=words["busy"])
        asked.invalidate_recordset()
        if asked.answered_on:
            return self._page(asked, lang, status=409)
        values, wrong = _read(asked, form, words)
        if wrong:
            return self._page(asked, lang, form=form, wrong=wrong)
        asked._answer(values)
        request.session[ANSWERED] = [asked.id, values["outcome"]]
        return request.redirect(f"/rcep/outcome/{token}?lang={language}", code=303)

    # --- records -----------------------------------------------------------------------------------------
    def _asked(self, token):
        # A consignee has no account. The token names one question; nothing but its own certificate is read.
        return request.env["rcep.recognition.request"].sudo()._of_token(token)

    # --- pages -------------------------------------------------------------------------------------------
    def _page(self, asked, lang, *, form=None, wrong="", said="", status=None):
        language = public_words.known(lang) or asked.language
        certificate, words = asked.certificate_id, asked._words(language)
        used = asked.answered_on and words["used"] % {
            "day": asked.answered_on.isoformat(), "answer": words[asked.report_id.outcome],
        }  # fmt: skip
        values = {
            **_frame(language),
            "asked": asked,
            "certificate": certificate,
            "exporter": asked._exporter(language),
            "outcomes": [code for code, _name in OUTCOMES if code != UNKNOWN] + [UNKNOWN],
            "causes": asked.env["rcep.refusal.cause"].search([("code", "!=", False)]),
            "currencies": _currencies(asked),
            "typed": form or {},
            "wrong": wrong,
            "used": used if not said else "",
            "said": said and words["thanks_later" if said == UNKNOWN else "thanks"],
            "today": amounts.today(),
        }
        status = status or (422 if wrong else 200)
        return request.render("rcep_eco.outcome_page", values, status=status, headers=HEADERS)

    def _dead(self, lang):
        caller = rate_limits.caller()
        if not rate_limits.may_try("link", caller):
            return rate_limits.too_many(HEADERS.items())
        rate_limits.note("link", caller)
        language = public_words.known(lang) or public_words.ENGLISH
        return request.render("rcep_eco.outcome_dead", _frame(language), status=404, headers=HEADERS)


def _frame(language):
    """What every page has: its language, its words and the chooser."""
    words = consignee_words.words(language)
    return {**public_words.frame(language, words, public_words.links(language)), "heading": words["title"]}


def _currencies(asked):
    """The market's own currency first, then those of trade."""
    currencies = asked.env["res.currency"].with_context(active_test=False)
    own = asked.certificate_id.importing_party_id.country_id.currency_id
    others = currencies.search([("name", "in", ALWAYS)]).sorted(lambda each: ALWAYS.index(each.name))
    return own | others


def _read(asked, form, words):
    """What was typed on the page.

    :return: (values of a report, a sentence on what is wrong)
    """
    outcome = form.get("outcome")
    if outcome not in dict(OUTCOMES):
        return {}, words["wrong_answer"]
    values = {"outcome": outcome, "words": typed(form.get("words"), LONGEST_WORDS, lines=True) or False}
    if outcome == UNKNOWN:
        return values, ""
    day = _day(form.get("day"), asked.certificate_id)
    if not day:
        return {}, words["wrong_day"]
    values["decided_on"] = day
    if outcome in WITH_CAUSE and plain_text.is_number(form.get("cause") or ""):
        cause = asked.env["rcep.refusal.cause"].browse(int(form["cause"])).exists()
        values["cause_id"] = cause.id
    duty = typed(form.get("duty"), typed_amounts.LONGEST)
    if duty and outcome in WITH_DUTY:
        amount = typed_amounts.of(duty)
        if amount is None:
            return {}, words["wrong_amount"] % {"typed": duty}
        currency = _currencies(asked).filtered(lambda each: each.name == form.get("currency"))
        values |= {"duty_amount": float(amount), "currency_id": (currency or _currencies(asked))[0].id}
    return values, ""


def _day(text, certificate):
    """The day that was typed, today where none was; None where it cannot be."""
    today = amounts.today()
    if not text:
        return today
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    issued = certificate._issued_on()
    return day if (not issued or day >= issued) and day <= today else None
