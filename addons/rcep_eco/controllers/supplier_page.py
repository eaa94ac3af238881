"""The supplier's page: what it is asked to declare, answered without an account behind a signed link."""

import re

from odoo.exceptions import UserError, ValidationError
from odoo.http import Controller, request, route

from ..texts import explanations, supplier_words
from ..texts.supplier_words import say
from ..tools import languages, public_words
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
        asked = asked.with_context(**request.env.context)
        lines = lines_of(form, asked.open_ids)
        who = typed(who, LONGEST["name"])
        if not lines:
            notice = say(request.env, "wrong_none")
            return self._page(asked, token, part=part, who=who, notice=notice)
        if not who:
            notice = say(request.env, "wrong_name")
            return self._page(asked, token, part=part, lines=lines, notice=notice)
        if not asked.try_lock_for_update(allow_referencing=True):
            notice = say(request.env, "busy")
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
        """Answer in the language that was chosen, else the browser's, else the supplier's, else English."""
        return speak(lang, [asked.partner_id.lang] if asked else ())

    def _dead(self, lang):
        return dead(speak(lang))

    def _page(self, asked, token, *, part="", lines=None, wrong=None, who="", saved=False, notice="", status=None):
        asked = asked.with_context(**request.env.context)
        code = request.env.context[supplier_words.LANGUAGE]
        shown = asked._shown()
        todo = shown.filtered(lambda each: each.state == "requested")
        parts = max(1, -(-len(todo) // PART))
        part = min(int(part), parts) if re.fullmatch("[1-9][0-9]{0,5}", str(part)) else 1
        parties, names = parties_of(asked.env, code)
        values = {
            **frame(code, part=part if parts > 1 else ""),
            "asked": asked,
            "token": token,
            "todo": todo[(part - 1) * PART : part * PART],
            "part": part,
            "parts": parts,
            "done": shown - todo,
            "parties": parties,
            "names": names,
            "criteria": criteria(code),
            "typed": {declaration.id: line for declaration, line in (lines or {}).items()},
            "wrong": {declaration.id: problems for declaration, problems in (wrong or {}).items()},
            "who": who,
            "saved": saved,
            "notice": notice,
        }
        status = status or (422 if notice else 200)
        return request.render("rcep_eco.declare_page", values, status=status, headers=HEADERS)


def speak(lang, theirs=()):
    """Answer in the language that was chosen, else the browser's, else that of whoever is asked, else English.

    Names of goods come in that language where Odoo has it, else in English.

    :return: its short code
    """
    code = public_words.chosen(lang, request.httprequest.headers.get("Accept-Language"), theirs)
    request.update_context(lang=languages.of_ours(request.env, code), **{supplier_words.LANGUAGE: code})
    return code


def frame(code, room=supplier_words.ROOM, **query):
    """What every page has: its language, its words, the choice of languages; ``query`` stays in their addresses."""
    words = room.words(code)
    choice = public_words.links(code, **query)
    return {**public_words.frame(code, words, choice), "heading": words["heading"], "beside": room.beside(code)}


def dead(code, template="rcep_eco.declare_dead", room=supplier_words.ROOM):
    """One same page for every link that is dead; who guesses too often gets none."""
    caller = rate_limits.caller()
    if not rate_limits.may_try("link", caller):
        return rate_limits.too_many(HEADERS.items())
    rate_limits.note("link", caller)
    return request.render(template, frame(code, room), status=404, headers=HEADERS)


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


def parties_of(env, code):
    """The Parties in the order of their names, and what the page calls each country."""
    parties = env["rcep.party"].search([])
    names = public_words.countries(parties.country_id, code)
    return parties.sorted(lambda party: names[party.country_id.name]), names


def criteria(code):
    """What each criterion means, in a supplier's words."""
    return [(each, supplier_words.words(code)[each]) for each, _name in explanations.CRITERIA]
