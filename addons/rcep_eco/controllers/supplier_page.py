"""The supplier's page: what it is asked to declare, answered without an account behind a signed link."""

import re

from odoo.exceptions import UserError, ValidationError
from odoo.http import Controller, request, route

from ..texts import explanations
from . import rate_limits, supplier_answer
from .supplier_answer import FIELDS, LONGEST, typed

PATH = "/rcep/declare/<string:token>"
ROUTE = {"type": "http", "auth": "public", "website": True, "multilang": False, "sitemap": False}
HEADERS = {
    "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    # Nobody has a supplier click on it inside another page.
    "Content-Security-Policy": "frame-ancestors 'self'", "X-Frame-Options": "SAMEORIGIN",
}  # fmt: skip
PART = 50  # lines on one page: a web server takes a thousand fields in one form, and people fewer
FORM_BYTES = 64 * 1024 * 1024  # all documents of one sending
ANSWERED = "rcep_declared"  # in the session: the request that was just answered
LANGUAGES = {"en": "en_US", "zh": "zh_CN"}
NAMES = [("en", "English"), ("zh", "中文")]


class Declare(Controller):
    @route(PATH, methods=["GET"], **ROUTE)
    def page(self, token, lang="", part="", **_query):
        """What is asked of the supplier, and what it answered; one same page for every link that is dead."""
        asked = self._asked(token)
        if not asked:
            return self._dead(lang)
        self._speak(lang, asked)
        # Nothing but an answer says so: a link with words of its own would have a supplier believe that it answered.
        return self._page(asked, token, part=part, saved=request.session.pop(ANSWERED, None) == asked.id)

    @route(PATH, methods=["POST"], max_content_length=FORM_BYTES, **ROUTE)
    def answer(self, token, lang="", who="", part="", **form):
        """Keep each line that is complete, and say of each other line what is wrong with it."""
        asked = self._asked(token)
        if not asked:
            return self._dead(lang)
        code = self._speak(lang, asked)
        asked = asked.with_context(lang=request.env.lang)
        lines = lines_of(form, asked.open_ids)
        who = typed(who, LONGEST["name"])
        if not lines:
            notice = request.env._("Choose an answer for at least one product.")
            return self._page(asked, token, part=part, who=who, notice=notice)
        if not who:
            notice = request.env._("Enter your name: a declaration is made by a person.")
            return self._page(asked, token, part=part, lines=lines, notice=notice)
        if not asked.try_lock_for_update(allow_referencing=True):
            notice = request.env._("This page is being answered by somebody else at this moment: send it again.")
            return self._page(asked, token, part=part, lines=lines, who=who, notice=notice)
        wrong = {}
        for declaration, line in lines.items():
            problems = keep(declaration, line, request.httprequest.files.get(f"document_{declaration.id}"), who)
            if problems:
                wrong[declaration] = problems
        if wrong:
            stored = len(wrong) < len(lines)
            return self._page(asked, token, part=part, lines=lines, who=who, wrong=wrong, saved=stored, status=422)
        request.session[ANSWERED] = asked.id
        return request.redirect(f"/rcep/declare/{token}?lang={code}", code=303)

    # --- records -----------------------------------------------------------------------------------------
    def _asked(self, token):
        # A supplier has no account. The token names one request; nothing but its own lines is read or written.
        return request.env["rcep.declaration.request"].sudo()._of_token(token)

    # --- pages -------------------------------------------------------------------------------------------
    def _speak(self, lang, asked=None):
        """Answer in the language that was chosen, else the supplier's, else English."""
        return speak(lang, "zh" if asked and (asked.partner_id.lang or "").startswith("zh") else "en")

    def _dead(self, lang):
        return dead(speak(lang))

    def _page(self, asked, token, *, part="", lines=None, wrong=None, who="", saved=False, notice="", status=None):
        asked = asked.with_context(lang=request.env.lang)
        code = next(code for code, lang in LANGUAGES.items() if lang == request.env.lang)
        shown = asked._shown()
        todo = shown.filtered(lambda each: each.state == "requested")
        parts = max(1, -(-len(todo) // PART))
        part = min(int(part), parts) if re.fullmatch("[1-9][0-9]{0,5}", str(part)) else 1
        values = {
            "asked": asked,
            "token": token,
            "code": code,
            "html_data": {"lang": code},
            "languages": NAMES,
            "todo": todo[(part - 1) * PART : part * PART],
            "part": part,
            "parts": parts,
            "done": shown - todo,
            "parties": asked.env["rcep.party"].search([]).sorted(lambda party: party.country_id.name),
            "criteria": criteria(asked.env),
            "typed": {declaration.id: line for declaration, line in (lines or {}).items()},
            "wrong": {declaration.id: problems for declaration, problems in (wrong or {}).items()},
            "who": who,
            "saved": saved,
            "notice": notice,
        }
        status = status or (422 if notice else 200)
        return request.render("rcep_eco.declare_page", values, status=status, headers=HEADERS)


def speak(lang, own="en"):
    """Answer in the language that was chosen, else in the visitor's own, else in English.

    :return: its short code
    """
    code = lang if lang in LANGUAGES else own
    if not request.env["res.lang"]._get_data(code=LANGUAGES[code]):
        code = "en"
    request.update_context(lang=LANGUAGES[code])
    return code


def dead(code, template="rcep_eco.declare_dead"):
    """One same page for every link that is dead; who guesses too often gets none."""
    caller = rate_limits.caller()
    if not rate_limits.may_try("link", caller):
        return rate_limits.too_many(HEADERS.items())
    rate_limits.note("link", caller)
    values = {"html_data": {"lang": code}, "code": code, "languages": NAMES}
    return request.render(template, values, status=404, headers=HEADERS)


def lines_of(form, records):
    """What was answered, of the records that are still asked for: {record: {field: text}}."""
    lines = {}
    for record in records:
        line = {name: typed(form.get(f"{name}_{record.id}"), lines=name == "reason") for name in FIELDS}
        if line["answer"] in supplier_answer.ANSWERS:
            lines[record] = line
    return lines


def keep(record, line, upload, who):
    """Write the answer to one line, or nothing of it.

    :param record: a declaration or a question passed on, as the system: it is one of the link that was given
    :return: sentences that say what is wrong; none where it was kept
    """
    values, problems = supplier_answer.read(record.env, line, upload)
    if problems:
        return problems
    try:
        with record.env.cr.savepoint():
            record._answer(line["answer"] == "originates", who, values)
    except (UserError, ValidationError) as error:
        record.invalidate_recordset()
        return [str(error)]
    return []


def criteria(env):
    """What each criterion means, in a supplier's words."""
    words = {
        "WO": env._("WO: wholly obtained"),
        "PE": env._("PE: originating materials only"),
        "CTC": env._("CTC: change of tariff code"),
        "RVC": env._("RVC: regional value, 40 % or more"),
        "CR": env._("CR: chemical reaction"),
    }
    return [(code, words[code]) for code, _name in explanations.CRITERIA]
