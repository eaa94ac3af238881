"""The guide for beginners: from a product with nothing to its verdict, one question after another, each with its why.

It knows no rules: it shows what the one determination says and what that says is missing, and writes answers to the
places where these facts live. So what it shows cannot differ from what a certificate will say, given the same facts.
"""

from decimal import Decimal, InvalidOperation

from odoo import models
from odoo.exceptions import UserError

from ... import groups, origin
from ...cases import case_builder
from ...cases.verdict_fields import verdict_fields
from ...texts import explanations, guide_texts
from ...values import amounts, hs_codes

HIGHEST = Decimal("1e9")
ASKED_ANYWAY = ("fob", "wholly_obtained", "condition")
INLINE = ("text", "choice", "number")
# Facts that say what a good is made of and what it costs: a cost engineer's.
COSTS = ("value", "process", "added_value", "materials", "intermediate")


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_rcep_guide(self):
        """Show the guide for this good."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.certificate"].check_access("read")
        if not self.product_variant_id:
            raise UserError(
                self.env._("%s is archived or has no variant: bring it back first, then go on.", self.display_name)
            )
        return self.product_variant_id.action_rcep_guide()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def action_rcep_guide(self):
        """Show the guide for this good."""
        self.ensure_one()
        self.check_access("read")
        self.env["rcep.certificate"].check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco.action_origin_guide")
        return {**action, "params": {"product_id": self.id}}

    def get_rcep_guide(self):
        """What the page shows of a product.

        :return: ``{"product", "questions": [{"code", "title", "why", "kind", "value", "detail", "state", "who",
            "places"}], "verdict": {"code", "title", "text", "steps"}, "hidden"}``; ``state`` is *done*, *open* or
            *idle* (the verdict does not wait for it), ``hidden`` a sentence on what only others may be asked
        :raises UserError: one sentence, where the product can have no verdict here
        """
        self._rcep_check_guided()
        return self._rcep_guide()

    def answer_rcep_guide(self, code="", value=""):
        """Write one answer to where its fact lives, and show the page anew.

        :param code: that of a question that the page asks this user
        :param value: as typed or chosen
        :raises UserError: one sentence, where it is no answer; then nothing is written
        """
        self._rcep_check_guided()
        question = next((each for each in self._rcep_guide()["questions"] if each["code"] == code), None)
        if question is None or question["kind"] not in INLINE:
            raise UserError(self.env._("This is not asked any more: look at the page again."))
        if question["who"]:
            raise UserError(question["who"])
        name, _colon, ref = code.partition(":")
        product = self.browse(int(ref)) if ref else self
        getattr(product, f"_rcep_answer_{name}")(str(value if value is not None else "").strip())
        return self._rcep_guide()

    def open_rcep_guide_place(self, code="", place=""):
        """The action of the screen in which a question is answered that has one of its own.

        :raises UserError: where the page asks no such thing of this user
        """
        self._rcep_check_guided()
        question = next((each for each in self._rcep_guide()["questions"] if each["code"] == code), None)
        if question is None or place not in [name for name, _words in question["places"]]:
            raise UserError(self.env._("This is not asked any more: look at the page again."))
        _name, _colon, ref = code.partition(":")
        product = self.browse(int(ref)) if ref else self
        return getattr(product, f"_rcep_place_{place}")()

    def _rcep_check_guided(self):
        self.env["rcep.certificate"].check_access("read")
        if len(self.exists()) != 1 or not self.has_access("read"):
            raise UserError(
                self.env._("This product is not here any more or belongs to another company: choose another one.")
            )
        company = self.env.company
        if self.company_id and self.company_id != company:
            raise UserError(
                self.env._(
                    "%(product)s belongs to another company than %(company)s: change to its company first.",
                    product=self.display_name,
                    company=company.name,
                )
            )
        if not self.active:
            raise UserError(self.env._("%s is archived: bring it back first, then go on.", self.display_name))
        if self.type != "consu":
            raise UserError(self.env._("%s is no good: only goods have an origin.", self.display_name))

    # --- the page ----------------------------------------------------------------------------------------
    def _rcep_guide(self):
        company = self.env.company
        self.env["rcep.origin"]._mark_what_changed()  # what was determined before an answer of just now counts no more
        determined = next(iter(self._rcep_determined(company, amounts.today())))
        facts = verdict_fields(determined.verdict) if determined.verdict else {}
        decided = facts.get("verdict") in ("originating", "not_originating")
        asked, hidden = self._rcep_asked(facts.get("needs") or ())
        questions = [*self._rcep_own_questions(company, determined, asked), *asked]
        for question in questions:
            if question["state"] == "open" and decided:
                question["state"] = "idle"
        return {
            "product": {"id": self.id, "name": self.display_name},
            "questions": questions,
            "verdict": self._rcep_guide_verdict(determined, facts),
            "hidden": hidden,
        }

    def _rcep_guide_verdict(self, determined, facts):
        if not determined.verdict:
            title, text = self.env._("Not decided yet"), determined.problem
        else:
            title = self.env._(explanations.VERDICTS[facts["verdict"]])
            text = self.env["rcep.origin"].new({**facts, "company_id": self.env.company.id}).summary
        # The steps tell what materials cost.
        costs = determined.verdict and self.env.user.has_group(groups.ENGINEER)
        steps = [explanations.of_step(self.env, step) for step in determined.verdict.trace] if costs else []
        return {"code": facts.get("verdict") or "", "title": title, "text": text or "", "steps": steps}

    def _rcep_own_questions(self, company, determined, asked):
        """What is asked of the good itself, in the order in which a beginner can answer it."""
        code, obtained = self._rcep_code(), self.rcep_obtained
        problem = self._rcep_hs_problem() if code else None
        rule = code and not problem and self.product_tmpl_id.rcep_rule_text
        words = rule and self.env._("The rule is: %s", explanations.of_rule(self.env, rule))
        yield self._rcep_question("hs_code", "text", code, bool(code) and not problem, problem or words)
        answered = bool(obtained) and (obtained == "no" or bool(self.rcep_obtained_case))
        value = self.rcep_obtained_case or "" if obtained == "yes" else obtained or ""
        question = self._rcep_question("obtained", "choice", value, answered)
        yield question | {"choices": guide_texts.cases(self.env)}
        if obtained != "yes":
            yield from self._rcep_source_questions(company)
        if self.product_tmpl_id.rcep_question and code:
            question = self._rcep_question("condition", "choice", self.rcep_answer or "", bool(self.rcep_answer))
            yield question | {"title": self.product_tmpl_id.rcep_question, "choices": self._rcep_yes_no()}
        price = amounts.exact(self.with_company(company).lst_price)
        question = self._rcep_question("price", "number", amounts.text(price) if price > 0 else "", price > 0)
        yield question | {"unit": self.currency_id.name}
        # What is wrong and is asked for by none of the questions above.
        own = [sentence for sentence, ref in determined.problems if not self._rcep_is_asked(ref, asked, price, company)]
        if own:
            yield self._rcep_question("problem", "place", "", False, "\n".join(dict.fromkeys(own)))

    def _rcep_is_asked(self, ref, asked, price, company):
        """Whether what is wrong with a product is asked for by a question of its own on the page."""
        if case_builder.product_id_of(ref) != self.id:
            return False
        return bool(self._rcep_hs_problem() or price <= 0 or not (self._rcep_is_made(company) or self._rcep_proven()))

    def _rcep_source_questions(self, company):
        made, suppliers = self._rcep_is_made(company), self._rcep_suppliers(company)
        places = self._rcep_source_places()
        detail = ""
        if made:
            detail = self.env._("It is made here: a bill of materials says of what.")
        elif suppliers:
            detail = self.env._("It is bought from %s.", ", ".join(suppliers.mapped("display_name")))
        proven = self._rcep_proven()
        done = bool(made or suppliers or proven)
        yield self._rcep_question("source", "place", "", done, detail) | {"places": places}
        if made or not (suppliers or proven):
            return
        declarations = self.rcep_declaration_ids.filtered(lambda each: each.company_id == company)
        states = dict(declarations._fields["state"]._description_selection(self.env))
        told = [f"{each.partner_id.display_name}: {states[each.state]}" for each in declarations]
        places = [["ask", self.env._("Ask the supplier")]]
        if declarations:
            places.append(["declarations", self.env._("Look at what was declared")])
        may_ask = self.env["rcep.declaration.request"].has_access("create")
        who = "" if may_ask else self.env._("A cost engineer does this.")
        detail = "\n".join(told) or self.env._("It was not asked yet.")
        question = self._rcep_question("declaration", "place", "", bool(proven), detail)
        yield question | {"who": who, "places": places if may_ask else []}

    def _rcep_proven(self):
        return self._rcep_declaration(self.env.company, amounts.today())

    def _rcep_source_places(self):
        """[(place, words)]: where it is entered how one comes by the good."""
        if self.env["product.supplierinfo"].has_access("create"):
            return [["supplier", self.env._("Bought: enter the supplier")]]
        return []

    def _rcep_is_made(self, company):
        """Whether something here says what the good is made of."""
        # Only whether there is a bill: whoever reads verdicts may know that.
        return self.sudo()._rcep_production(company, amounts.today()) is not None

    def _rcep_asked(self, needs):
        """What the determination itself says is missing: (questions, a sentence on what only others are asked)."""
        engineer = self.env.user.has_group(groups.ENGINEER)
        result, hidden = [], 0
        for fact, of, *rest in needs:
            ref = rest[0] if rest else ""
            product_id = case_builder.product_id_of(ref)
            own = product_id in (None, self.id)
            if own and (fact in ASKED_ANYWAY or (fact == "hs_code" and not of)):
                continue
            if not engineer and (fact in COSTS or not own):
                hidden += 1
                continue
            result.append(self._rcep_need(fact, of, ref, product_id or self.id))
        sentence = self.env._("A cost engineer is asked %s more questions, about materials and costs.", hidden)
        return result, sentence if hidden else ""

    def _rcep_need(self, fact, of, ref, product_id):
        words = explanations.of_need(self.env, origin.trace.Need(fact, of, ref))
        plain = ref in ("", case_builder.ref_of(product_id))
        kind = {"hs_code": "text", "weight": "number"}.get(fact) if plain else None
        product = self.browse(product_id)
        places = []
        if not kind:
            places = product._rcep_need_places(fact, plain)
        value = {"hs_code": product._rcep_code() or ""}.get(fact, "")
        question = self._rcep_question(f"{fact}:{product_id}", kind or "place", value, False) | {"places": places}
        if fact == "weight":
            question["unit"] = product._get_weight_uom_name_from_ir_config_parameter()
        title = words[:1].upper() + words[1:]
        return question | {"title": title, "why": self.env._(guide_texts.WHY.get(fact, guide_texts.OTHER))}

    def _rcep_need_places(self, fact, plain):
        """[(place, words)]: where a fact of this material is entered that has a screen of its own."""
        if fact == "value" and plain and self.env["product.supplierinfo"].has_access("create"):
            return [["supplier", self.env._("Enter supplier and price")]]
        return [["product", self.env._("Open the product")]]

    def _rcep_question(self, code, kind, value, done, detail=""):
        title, why = guide_texts.QUESTIONS.get(code, ("", ""))
        who = ""
        if kind in INLINE and not self.product_tmpl_id.has_access("write"):
            who = self.env._("Whoever may change products answers this.")
        return {
            "code": code,
            "kind": kind,
            "title": self.env._(title) if title else "",
            "why": self.env._(why) if why else "",
            "value": value or "",
            "state": "done" if done else "open",
            "detail": detail or "",
            "choices": [],
            "unit": "",
            "who": who,
            "places": [],
        }

    def _rcep_yes_no(self):
        return [["", self.env._("Nobody has said yet")], ["yes", self.env._("Yes")], ["no", self.env._("No")]]

    # --- answers, each to where its fact lives -----------------------------------------------------------
    def _rcep_answer_hs_code(self, value):
        problem = hs_codes.problem_of(self.env, self.display_name, value)
        if problem:
            raise UserError(problem)
        self.write({"rcep_variant_hs" if self.rcep_variant_hs else "hs_code": value})

    def _rcep_answer_obtained(self, value):
        if value not in [code for code, _words in guide_texts.cases(self.env)]:
            raise UserError(self.env._("Choose no, or the case of Art. 3.3 by which it is wholly obtained."))
        case = value if value != guide_texts.NO else ""
        self.write({"rcep_obtained": "yes" if case else value or False, "rcep_obtained_case": case or False})

    def _rcep_answer_condition(self, value):
        if value not in ("", "yes", "no"):
            raise UserError(self.env._("Choose yes or no."))
        self.write({"rcep_answer": value or False})

    def _rcep_answer_price(self, value):
        self.lst_price = float(self._rcep_number(value))

    def _rcep_answer_weight(self, value):
        self.weight = float(self._rcep_number(value))

    def _rcep_number(self, value):
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 < number <= HIGHEST:
            raise UserError(
                self.env._(
                    "%(product)s: “%(value)s” is no number above zero: write it as 12.50.",
                    product=self.display_name,
                    value=value,
                )
            )
        return number

    # --- places that have a screen of their own ----------------------------------------------------------
    def _rcep_place_supplier(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Supplier of %s", self.display_name),
            "res_model": "product.supplierinfo",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_product_tmpl_id": self.product_tmpl_id.id,
                "default_company_id": self.env.company.id,
                "default_currency_id": self.env.company.currency_id.id,
            },
        }

    def _rcep_place_ask(self):
        return self.action_rcep_ask_suppliers()

    def _rcep_place_declarations(self):
        declarations = self.rcep_declaration_ids.filtered(lambda each: each.company_id == self.env.company)
        return declarations._get_records_action(name=self.env._("Supplier declarations"))

    def _rcep_place_product(self):
        return self._get_records_action()
