"""Tier by tier: a supplier passes a line of its page on to its own supplier, who answers on a page of its own.

Neither has an account. A token names one request or one question; from it only the questions right below are read.
These pages show no firm but the two between which a question stands: not the exporter, nor who else is asked.
"""

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..texts.supplier_words import say
from ..tools import public_words
from .supplier_answer import LONGEST, typed
from .supplier_page import FORM_BYTES, HEADERS, ROUTE, criteria, dead, frame, keep, lines_of, parties_of, speak

# Without the frame of a website, which shows whose it is.
OURS = {**ROUTE, "website": False}
BELOW = "/rcep/<any(declare,forwarded):kind>/<string:token>/<int:line>"
DEAD = "rcep_eco.forwarded_dead"
ANSWERED = "rcep_forwarded_answered"  # in the session: the question that was just answered
DOCUMENT_KINDS = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


class ForwardedQuestions(Controller):
    # --- answering ---------------------------------------------------------------------------------------
    @route("/rcep/forwarded/<string:token>", methods=["GET"], **OURS)
    def page(self, token, lang="", **_query):
        """What is asked, by whom, and what was answered."""
        code, question = speak(lang), _question(token)
        if not question:
            return dead(code, DEAD)
        return self._page(question, token, code, saved=request.session.pop(ANSWERED, None) == question.id)

    @route("/rcep/forwarded/<string:token>", methods=["POST"], max_content_length=FORM_BYTES, **OURS)
    def answer(self, token, lang="", who="", **form):
        """Keep the answer, or say what is wrong with it."""
        code, question = speak(lang), _question(token)
        if not question:
            return dead(code, DEAD)
        who = typed(who, LONGEST["name"])
        lines = lines_of(form, question.filtered(lambda each: each.state == "requested"))
        if not lines:
            return self._page(question, token, code, who=who, notice=say(request.env, "wrong_answer"))
        if not who:
            notice = say(request.env, "wrong_name")
            return self._page(question, token, code, lines=lines, notice=notice)
        if not question.try_lock_for_update(allow_referencing=True):
            notice = say(request.env, "busy")
            return self._page(question, token, code, lines=lines, who=who, notice=notice)
        problems = keep(question, lines[question], request.httprequest.files.get(f"document_{question.id}"), who)
        if problems:
            return self._page(question, token, code, lines=lines, who=who, problems=problems)
        request.session[ANSWERED] = question.id
        return request.redirect(f"/rcep/forwarded/{token}?lang={code}", code=303)

    def _page(self, question, token, code, *, lines=None, who="", notice="", problems=(), saved=False):
        question = question.with_context(**request.env.context)
        parties, names = parties_of(question.env, code)
        values = {
            **frame(code), "question": question, "token": token, "who": who, "notice": notice, "saved": saved,
            "parties": parties, "names": names, "criteria": criteria(code), "problems": problems,
            "typed_line": (lines or {}).get(question, {}),
        }  # fmt: skip
        until = public_words.day(question.expires_on)
        values["intro"] = say(request.env, "tier_intro", asker=question.asker, day=until)
        status = 422 if notice or problems else 200
        return request.render("rcep_eco.forwarded_page", values, status=status, headers=HEADERS)

    # --- asking ------------------------------------------------------------------------------------------
    @route(f"{BELOW}/pass-on", methods=["GET"], **OURS)
    def asked(self, kind, token, line, lang="", **_query):
        """Whom this supplier asked about a line, what came back, and a form to ask one more."""
        code, above = speak(lang), _above(kind, token, line)
        if not above:
            return dead(code, DEAD)
        return self._asked(above, kind, token, code)

    @route(f"{BELOW}/pass-on", methods=["POST"], max_content_length=64 * 1024, **OURS)
    def ask(self, kind, token, line, lang="", **form):
        """Ask one tier below: a link of its own, mailed where an address was given."""
        code, above = speak(lang), _above(kind, token, line)
        if not above or above.state != "requested":
            return dead(code, DEAD)
        facts = {name: typed(form.get(name), LONGEST["name"]) for name in ("asker", "firm", "email", "item")}
        if not above.try_lock_for_update(allow_referencing=True):
            notice = say(request.env, "busy")
            return self._asked(above, kind, token, code, facts=facts, notice=notice)
        question = request.env["rcep.forwarded.question"].sudo()  # as the system: nobody here has an account
        declaration, parent = (above, question) if kind == "declare" else (above.declaration_id, above)
        try:
            with request.env.cr.savepoint():
                question._pass_on(declaration, parent, **facts)
        except UserError as error:
            return self._asked(above, kind, token, code, facts=facts, notice=str(error))
        return request.redirect(f"/rcep/{kind}/{token}/{line}/pass-on?lang={code}", code=303)

    @route(f"{BELOW}/withdraw", methods=["POST"], max_content_length=64 * 1024, **OURS)
    def withdraw(self, kind, token, line, lang="", question="", **_form):
        """Whoever asked needs no answer any more: the link below is dead."""
        code, above = speak(lang), _above(kind, token, line)
        if not above:
            return dead(code, DEAD)
        _below(above).filtered(lambda each: str(each.id) == question and each.state == "requested")._withdraw()
        return request.redirect(f"/rcep/{kind}/{token}/{line}/pass-on?lang={code}", code=303)

    @route(f"{BELOW}/document/<int:question>", methods=["GET"], **OURS)
    def document(self, kind, token, line, question, **_query):
        """The document of an answer, for whoever asked for it."""
        found = _below(_above(kind, token, line)).filtered(lambda each: each.id == question and each.document)
        if not found:
            return dead(speak(""), DEAD)
        ending = found.document_name.rpartition(".")[2]
        stream = request.env["ir.binary"]._get_stream_from(found, "document", filename=found.document_name)
        stream.mimetype = DOCUMENT_KINDS[ending]
        answer = stream.get_response(as_attachment=True, max_age=0)
        answer.headers.extend({**HEADERS, "X-Content-Type-Options": "nosniff"})
        return answer

    def _asked(self, above, kind, token, code, *, facts=None, notice=""):
        above = above.with_context(**request.env.context)
        if kind == "declare":
            named = {"item": above.product_id.name, "asker": above.partner_id.commercial_partner_id.name}
        else:
            named = {"item": above.item, "asker": above.firm}
        values = {
            **frame(code), "names": parties_of(above.env, code)[1],
            "above": above, "below": _below(above), "kind": kind, "token": token, "notice": notice,
            "item": named["item"], "facts": {"asker": named["asker"], **(facts or {})},
        }  # fmt: skip
        status = 422 if notice else 200
        return request.render("rcep_eco.forwarded_asked", values, status=status, headers=HEADERS)


# --- records -----------------------------------------------------------------------------------------------
def _question(token):
    # A supplier's supplier has no account. The token names one question.
    return request.env["rcep.forwarded.question"].sudo()._of_token(token)


def _above(kind, token, line):
    """What is passed on: a line of the request of this token, or the question of this token; else an empty record."""
    if kind == "forwarded":
        return _question(token).filtered(lambda question: question.id == line)
    # A supplier has no account. The token names one request; the line has to be one of its own.
    asked = request.env["rcep.declaration.request"].sudo()._of_token(token)
    return asked._shown().filtered(lambda declaration: declaration.id == line)


def _below(above):
    """The questions right below, as the system: whoever asked them asks for them."""
    if above._name == "rcep.supplier.declaration":
        return above.question_ids.filtered(lambda each: not each.parent_id)
    return above.child_ids
