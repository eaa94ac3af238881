"""Sentences made of the engine's steps and needs, for people to read; all of them translatable."""

import re

from markupsafe import Markup
from odoo.tools.translate import LazyTranslate

from ..cases.case_builder import CHOICE, FREIGHT, QUANTITY

_lt = LazyTranslate(__name__)

VERDICTS = {
    "originating": _lt("Originating"),
    "not_originating": _lt("Not originating"),
    "unresolved": _lt("Facts missing"),
}
CRITERIA = [("WO", "WO"), ("PE", "PE"), ("CTC", "CTC"), ("RVC", "RVC"), ("CR", "CR")]

# Art. 3.3: what makes a good wholly obtained or produced.
OBTAINED = [
    ("a", "(a) plants and what they bear, grown and harvested, picked or gathered there"),
    ("b", "(b) live animals born and raised there"),
    ("c", "(c) obtained from live animals raised there"),
    ("d", "(d) obtained by hunting, trapping, fishing, farming, aquaculture, gathering or capturing there"),
    ("e", "(e) minerals and other natural substances taken from its soil, waters or seabed"),
    ("f", "(f) taken from the waters or seabed beyond territorial seas by its vessels or persons"),
    ("g", "(g) sea-fishing and other marine life taken by its vessels from the high seas"),
    ("h", "(h) made on its factory ships only of what (f) or (g) names"),
    ("i", "(i) waste, scrap and used goods collected there, fit only for disposal or recovery of raw materials"),
    ("j", "(j) made there only of what (a) to (i) name, or of what derives from it"),
]

# By the code of the step; placeholders are the step's facts.
STEPS = {
    "rule": _lt("The rule for %(hs)s (row %(row)s) is: %(rule)s."),
    "rule_unknown": _lt("The HS code of the good is not known, and so neither is its rule."),
    "product_list_open": _lt(
        "Another rule may hold for the good: the agreement's product list, which may name it, is not loaded."
    ),
    "rule_given": _lt("The rule is given with the case: %(rule)s."),
    "work_presumed": _lt("No processing step is recorded; more than a minimal operation is presumed."),
    "work_sufficient": _lt("Work done in the Parties is more than a minimal operation: %(kinds)s."),
    "work_minimal": _lt(
        "Work done in the Parties is only minimal (%(kinds)s), so no rule can make the good "
        "originate."
    ),
    "work_outside": _lt(
        "The work that makes the good was done last in %(state)s, outside the Parties: it is not produced in a "
        "Party, and "
        "no criterion is open to it."
    ),
    "work_in_several_places": _lt(
        "The good was worked on in %(state)s and then elsewhere: what came from there is a material of its own, with "
        "its "
        "own code, value and origin."
    ),
    "material_originates": _lt("%(material)s (HS %(hs)s) originates in %(origin)s and counts as originating."),
    "material_undetermined": _lt(
        "%(material)s (HS %(hs)s): origin undetermined, so it counts as non-originating, at %(value)s %(currency)s."
    ),
    "material_foreign": _lt("%(material)s (HS %(hs)s) is non-originating, at %(value)s %(currency)s."),
    "material_from_outside": _lt(
        "%(material)s (HS %(hs)s), from outside the Parties (%(origin)s), is non-originating, at %(value)s "
        "%(currency)s."
    ),
    "cumulated": _lt("%(material)s originates in %(origin)s, another Party, and counts as originating by cumulation."),
    "transport_packing": _lt("%(material)s is packing for transport and is left out."),
    "retail_packing": _lt("%(material)s is retail packaging: left out for a tariff change, counted by value."),
    "accessory": _lt("%(material)s is an accessory: left out for a tariff change, counted by value."),
    "indirect": _lt("%(material)s is an indirect material and originates wherever it was made."),
    "intermediate_originates": _lt(
        "%(material)s (HS %(hs)s), made here, meets its own rule by %(criterion)s (%(rule)s) and "
        "counts as originating in full (roll-up); its cost stands in for its FOB value."
    ),
    "intermediate_looked_through": _lt(
        "%(material)s (HS %(hs)s), made here, does not meet its own rule (%(rule)s): its own materials are looked at."
    ),
    "intermediate_needs_cumulation": _lt(
        "%(material)s (HS %(hs)s), made here, meets its own rule (%(rule)s) only by cumulation, which is not used: its "
        "own materials are looked at."
    ),
    "intermediate_open": _lt(
        "%(material)s (HS %(hs)s), made here, cannot be decided yet: its own materials are looked "
        "at."
    ),
    "intermediate_no_code": _lt(
        "%(material)s, made here, has no HS code of six digits: its own materials are looked "
        "at."
    ),
    "intermediate_unknown": _lt(
        "%(material)s (HS %(hs)s) is made here, but what it is made of is not known: it counts as "
        "non-originating in full, at %(value)s %(currency)s, and its HS code proves no change."
    ),
    "intermediate_made_outside": _lt(
        "%(material)s (HS %(hs)s) was made outside the Parties and came back: it counts as "
        "non-originating in full, at %(value)s %(currency)s, whatever it was made of."
    ),
    "intermediate_of_other_party": _lt(
        "%(material)s (HS %(hs)s) was made in another Party: without proof from there it counts as "
        "non-originating in full, at %(value)s %(currency)s."
    ),
    "changed": _lt("%(material)s: HS %(hs)s differs from %(good)s at %(digits)s digits."),
    "not_changed": _lt("%(material)s: HS %(hs)s does not differ from %(good)s at %(digits)s digits."),
    "excepted": _lt("%(material)s: HS %(hs)s is barred by the rule's exception %(exception)s."),
    "code_too_short": _lt("%(material)s: HS %(hs)s has too few digits to tell."),
    "no_code": _lt("%(material)s has no HS code, so a change cannot be shown."),
    "de_minimis": _lt(
        "De minimis: what does not change is worth %(value)s of FOB %(total_value)s %(currency)s, that is "
        "%(percent_value)s per cent; %(asked)s are allowed."
    ),
    "de_minimis_textiles": _lt(
        "De minimis: what does not change is worth %(value)s of FOB %(total_value)s %(currency)s, that is "
        "%(percent_value)s per cent, and weighs %(weight)s of %(total_weight)s, that is %(percent_weight)s per cent; "
        "%(asked)s are allowed by either."
    ),
    "build_down": _lt(
        "Regional value content, build-down: (FOB %(fob)s − non-originating %(vnm)s) / FOB = %(rvc)s "
        "per cent, %(asked)s per cent required; that is reached from an FOB value of %(floor)s "
        "%(currency)s."
    ),
    "build_down_any_price": _lt(
        "Regional value content, build-down: (FOB %(fob)s − non-originating %(vnm)s) / FOB = %(rvc)s "
        "per cent, %(asked)s per cent required (amounts in %(currency)s)."
    ),
    "build_down_all": _lt("Regional value, build-down: nothing non-originating counts against the good."),
    "build_down_open": _lt(
        "Regional value, build-down: a value is missing; non-originating so far %(vnm)s %(currency)s."
    ),
    "deducted": _lt(
        "%(material)s: %(value)s %(currency)s of %(kind)s are left out of its value (evidence: %(evidence)s)."
    ),
    "not_deducted": _lt(
        "%(material)s: %(value)s %(currency)s of %(kind)s are not left out of its value, for want of evidence."
    ),
    "loss": _lt("The good is sold at a loss of %(loss)s %(currency)s: its profit is negative."),
    "build_up": _lt(
        "Regional value content, build-up: %(sum)s of FOB %(fob)s %(currency)s = %(rvc)s per cent, "
        "%(asked)s per cent required."
    ),
    "build_up_open": _lt(
        "Regional value content, build-up: a cost or value is missing; what is known is %(sum)s of "
        "FOB %(fob)s %(currency)s, %(asked)s per cent required."
    ),
    "reaction": _lt("A chemical reaction in a Party is looked for among the processing steps."),
    "wholly_obtained": _lt("Whether the good is wholly obtained in a Party."),
    "exclusively": _lt("Whether the good is made of originating materials alone; those that are not: %(materials)s."),
    "no_materials": _lt("No materials are recorded."),
    "condition_open": _lt("The rule depends on a fact that is not stated: %(condition)s."),
    "evidence_days": _lt("Declaration %(reference)s holds from %(from)s to %(to)s; the day is %(date)s."),
    "evidence_criterion": _lt(
        "Declaration %(reference)s states criterion %(criterion)s, which the good's rule must "
        "offer."
    ),
    "evidence_rvc": _lt(
        "Declaration %(reference)s states a regional value content of %(rvc)s per cent, %(asked)s "
        "per cent required."
    ),
    "evidence_party": _lt(
        "Declaration %(reference)s states origin in %(party)s; exported from %(exporting)s. Goods of another Party "
        "need a back-to-back certificate."
    ),
    "original_counts": _lt(
        "Original %(number)s counts: it was looked up with its issuer and is not cancelled, and the file that was "
        "checked is kept (SHA-256 %(document)s)."
    ),
    "original_kind": _lt(
        "Original %(number)s is an RCEP certificate or declaration of the first exporting Party: under another "
        "agreement, or itself back-to-back, it carries no back-to-back certificate."
    ),
    "original_days": _lt("Original %(number)s holds from %(from)s to %(to)s; the day is %(date)s."),
    "original_issuer": _lt(
        "Original %(number)s was issued in %(in)s: it has to be another Party than %(exporting)s, from which the goods "
        "go, and than %(importing)s, to which they go."
    ),
    "original_partly": _lt(
        "Original %(number)s was issued in %(in)s, with which not every Party applies the Agreement: ask the issuing "
        "body."
    ),
    "original_for": _lt(
        "Original %(number)s names %(for)s as importing Party; goods that go on from %(exporting)s need one that names "
        "%(exporting)s."
    ),
    "original_party": _lt(
        "Original %(number)s states origin in %(party)s %(mark)s, and was issued in %(in)s: where these differ, or a "
        "mark stands in box 11, ask the issuing body."
    ),
    "original_good": _lt(
        "Original %(number)s, item %(item)s, names HS %(hs)s; the good is shipped as %(ours)s, and has to be the same."
    ),
    "original_criterion": _lt(
        "Original %(number)s states criterion %(criterion)s, which the good's rule must offer."
    ),
    "original_rvc": _lt(
        "Original %(number)s: its exporter states a regional value content of %(rvc)s per cent, %(asked)s required."
    ),
    "original_code": _lt("Declaration %(number)s bears the approved exporter's code: %(authorisation)s."),
    "original_quantity": _lt(
        "Original %(number)s, item %(item)s, names %(quantity)s, of which %(drawn)s are shipped in all."
    ),
    "originals_cover": _lt(
        "%(quantity)s are shipped, and %(covered)s of them are drawn from originals: draw as much as is shipped."
    ),
    "originals_agree": _lt(
        "The originals differ in Party, criterion or its addition: ship what differs on lines of its own."
    ),
    "untouched": _lt("In %(exporting)s the goods underwent repacking and logistics only. Known by: %(by)s."),
    "original_in_appendix": _lt(
        "The Appendix of %(importer)s names the good, and box 11 of an original was decided for another importing "
        "Party: ask the issuing body."
    ),
    "original_appendix_open": _lt(
        "Whether the Appendix of %(importer)s (tariff differentials) names the good is not known: state it on the item."
    ),
    "appendix_not_checked": _lt(
        "Whether the Appendix of %(importer)s (tariff differentials) names the good is not known: both answers were "
        "tried."
    ),
    "added_value": _lt(
        "Value added in %(party)s is %(percent)s per cent; %(asked)s per cent are required for goods "
        "of the Appendix."
    ),
    "added_value_unknown": _lt("The value added in %(party)s is not known."),
    "only_minimal_here": _lt("Only a minimal operation took place in %(party)s."),
    "acquired_elsewhere": _lt(
        "The RCEP country of origin is %(party)s, where the good acquired its originating status."
    ),
    "exporting_party": _lt("The RCEP country of origin is the exporting Party, %(party)s."),
    "highest_contributor": _lt("The RCEP country of origin is the highest contributor, %(party)s."),
    "no_contributor": _lt("No single Party contributed most: the mark in box 11 is yours to choose."),
}

# The same said on the line of the material itself, where its name, code and value stand already.
ON_LINE = {
    "material_originates": _lt("Originates in %(origin)s."),
    "material_undetermined": _lt("Origin undetermined: counts as non-originating."),
    "material_foreign": _lt("Counts as non-originating."),
    "cumulated": _lt("Originates in %(origin)s, another Party: counts as originating by cumulation."),
    "transport_packing": _lt("Packing for transport: left out."),
    "retail_packing": _lt("Retail packaging: left out for a tariff change, counted by value."),
    "accessory": _lt("Accessory: left out for a tariff change, counted by value."),
    "indirect": _lt("Indirect material: originates wherever it was made."),
    "intermediate_originates": _lt(
        "Made here; meets its own rule by %(criterion)s (%(rule)s): counts as originating in full "
        "(roll-up), at its cost."
    ),
    "material_from_outside": _lt("From outside the Parties: counts as non-originating."),
    "intermediate_unknown": _lt("Made here of unknown materials: counts as non-originating in full."),
    "intermediate_made_outside": _lt("Made outside the Parties: counts as non-originating in full."),
    "intermediate_of_other_party": _lt(
        "Made in another Party, without proof from there: counts as non-originating in full."
    ),
    "intermediate_looked_through": _lt(
        "Made here; does not meet its own rule (%(rule)s): its own materials are looked at."
    ),
    "intermediate_needs_cumulation": _lt(
        "Made here; meets its own rule (%(rule)s) only by cumulation, which is not used here: its own materials are "
        "looked at."
    ),
    "intermediate_open": _lt("Made here; cannot be decided yet: its own materials are looked at."),
    "intermediate_no_code": _lt("Made here; has no HS code of six digits: its own materials are looked at."),
    "changed": _lt("Differs from HS %(good)s at %(digits)s digits."),
    "not_changed": _lt("Does not differ from HS %(good)s at %(digits)s digits."),
    "excepted": _lt("Barred by the rule's exception %(exception)s."),
    "code_too_short": _lt("Its HS code has too few digits to tell whether it changes."),
    "no_code": _lt("It has no HS code, so a change cannot be shown."),
    "deducted": _lt("%(value)s %(currency)s of %(kind)s are left out of its value (evidence: %(evidence)s)."),
    "not_deducted": _lt("%(value)s %(currency)s of %(kind)s are not left out of its value, for want of evidence."),
}

# What is asked for of a material by itself, by what ends its ref.
OF_PART = {
    FREIGHT: _lt("what freight and insurance of %(of)s to the port of entry cost"),
    CHOICE: _lt("what is chosen for %(of)s: %(what)s"),
    QUANTITY: _lt(
        "how much of %(of)s goes in: Odoo keeps a quantity of 0 (bill and line: %(what)s); use a smaller unit, or "
        "mark the "
        "line as optional"
    ),
}
NEEDS = {
    "untouched": _lt(
        "that nothing was done to the goods here but repacking and logistics: lots that show it, or a signer's "
        "statement"
    ),
    "fob": _lt("the FOB value of the good"),
    "hs_code": _lt("the HS code of %(of)s"),
    "value": _lt("the value of %(of)s"),
    "weight": _lt("the weight of %(of)s"),
    "wholly_obtained": _lt("whether the good is wholly obtained in a Party (Art. 3.3): yes or no"),
    "in_importer_appendix": _lt(
        "whether the importing Party's Appendix of tariff differentials names the good: yes or no"
    ),
    "added_value": _lt("what per cent of the good's value its producer added in its own Party (Art. 2.6)"),
    "intermediate": _lt("what came from %(of)s, where the good was worked on first: as a material of its own"),
    "process": _lt("how the good is made: its processing steps"),
    "condition": _lt("an answer to: %(of)s"),
    "product_list": _lt("the agreement's product list: load it, or enter the rule of this good"),
    "materials": _lt("what %(of)s is made of: a bill of materials, or a verified supplier declaration"),
}

# Questions on which rules depend, by the name that the rules give them.
QUESTIONS = {
    "carp": _lt(
        "Is the good a fillet of carp (Catla catla, Osteochilus hasselti, Leptobarbus hoeveni, Cyprinus other than "
        "Cyprinus carpio, Carassius other than Carassius carassius, Labeo or Megalobrama)?"
    ),
    "insects": _lt("Is the good made of insects?"),
    "tobacco_substitute": _lt("Is the good a manufactured tobacco substitute?"),
    "acetal_peroxide": _lt("Is the good an acetal or hemiacetal peroxide?"),
    "active_ingredient_half_originating": _lt(
        "Does at least 50 per cent by weight of the total active ingredients originate?"
    ),
}

# Kinds of work, by the names that the engine gives them; all but the first two are minimal (Art. 3.6).
WORK = {
    "manufacturing": _lt("Manufacturing"),
    "chemical_reaction": _lt("Chemical reaction"),
    "preserving": _lt("Preserving for transport or storage"),
    "packaging": _lt("Packaging for transport or sale"),
    "simple_working": _lt("Simple sifting, sorting, cutting, bending, …"),
    "marking": _lt("Marking, labelling"),
    "dilution": _lt("Dilution with water or the like"),
    "disassembly": _lt("Disassembly into parts"),
    "slaughtering": _lt("Slaughtering"),
    "simple_painting_polishing": _lt("Simple painting or polishing"),
    "simple_peeling_stoning_shelling": _lt("Simple peeling, stoning or shelling"),
    "simple_mixing": _lt("Simple mixing"),
}

# What may be left out of a material's value (Art. 3.5.5), by the engine's names.
DEDUCTIONS = {
    "transport": _lt("transport to the producer"),
    "duties": _lt("duties, taxes and brokerage"),
    "waste": _lt("waste and spillage"),
}

# The facts of a step that are amounts of money; weights and percentages are told as they are.
_AMOUNTS = ("value", "total_value", "fob", "vnm", "floor", "sum", "loss")
# What a material counts as is a fact, not a test that it passes or fails.
_FACTS = ("material_", "rule", "cumulated")
_SIGNS = {True: "fa-check text-success", False: "fa-times text-danger", None: "fa-circle-o text-muted"}


def verdicts(records):
    """The choices of a field that holds a verdict, on whatever model: their words are this module's."""
    return [(code, records.env._(words)) for code, words in VERDICTS.items()]


def of_step(env, step, table=None, **words):
    """The sentence of one :class:`origin.trace.Step`.

    :param table: :data:`ON_LINE` for the short form; what does not stand there is said in full
    :param words: facts in other words than the step's own, such as the name of a country for its code
    """
    amounts = {name: step.facts[name] for name in _AMOUNTS if step.facts.get(name)}
    currency = step.facts.get("currency") or ""
    words |= {name: env["res.currency"]._rcep_amount(amount, currency) for name, amount in amounts.items()}
    facts = {name: value or env._("not known") for name, value in {**step.facts, **words}.items()}
    facts["currency"] = step.facts.get("currency") or ""  # a firm of one currency need not say it
    if "rule" in facts:
        facts["rule"] = of_rule(env, step.facts["rule"])
    if "condition" in facts and facts["condition"] in QUESTIONS:
        facts["condition"] = env._(QUESTIONS[facts["condition"]])
    if "kinds" in facts:
        facts["kinds"] = ", ".join(env._(WORK[kind]) for kind in step.facts["kinds"].split(", ") if kind)
    deducted = DEDUCTIONS.get(step.facts.get("kind"))
    if deducted:
        facts["kind"] = env._(deducted)
    sentence = env._((table or {}).get(step.code) or STEPS[step.code])
    return re.sub(r" +(?=[.;,)。；，）]| )", "", sentence % facts)


def of_rule(env, rule):
    """A rule in words; one whose condition is not answered with the question on which it depends."""
    usual, found, rest = rule.partition("; if ")
    question, _colon, other = rest.partition(": ")
    if not found or question not in QUESTIONS:
        return rule
    return env._(
        "%(rule)s; where the answer to “%(question)s” is yes: %(other)s",
        rule=usual,
        question=env._(QUESTIONS[question]),
        other=other,
    )


def of_article(env, article):
    """Where the treaty says so: a number needs no words, an annex does."""
    return env._("Annex 3A") if article == "Annex 3A" else article


def of_need(env, need):
    """The words for one :class:`origin.trace.Need`."""
    of = env._(QUESTIONS[need.of]) if need.of in QUESTIONS else need.of or env._("the good")
    name, _colon, what = need.of.rpartition(": ")
    for ending, sentence in OF_PART.items():
        if need.ref.endswith(ending):
            words = env._(sentence)
            return words % {"of": name, "what": what}
    words = env._(NEEDS[need.fact])
    return words % {"of": of}


def of_needs(env, needs):
    """One sentence for all that is missing, or an empty text."""
    words = [of_need(env, need) for need in needs]
    return env._("What is missing: %s.", "; ".join(words)) if words else ""


def explanation(env, verdict, tipping=()):
    """The steps of a verdict as HTML: a sign, the article, the sentence.

    :param tipping: names of materials of which one declaration would make the good originate
    """
    rows = Markup().join(
        Markup(
            '<li class="d-flex gap-2 py-1"><i class="fa fa-fw mt-1 %s" role="img"></i>'
            '<span class="text-muted text-nowrap" style="min-width: 5.5rem">%s</span><span>%s%s</span></li>'
        )
        % (
            _SIGNS[None if step.code.startswith(_FACTS) else step.result],
            of_article(env, step.article),
            of_step(env, step),
            Markup(' <i class="text-muted">%s</i>') % env._("(an interpretation)") if step.interpretation else "",
        )
        for step in verdict.trace
    )
    steps = Markup('<ol class="list-unstyled mb-0">%s</ol>') % rows
    if not tipping:
        return steps
    words = env._("A supplier's declaration for any one of these would make it originate: %s.", "; ".join(tipping))
    return Markup('<p class="alert alert-info py-2">%s</p>%s') % (words, steps)


# --- why a good is not determined: one good and a whole catalogue are refused in the same words -----------------
def no_rules(env, date):
    return env._("No edition of the rules holds on %s: load one, or correct the date.", date.isoformat())


def no_price(env, name):
    return env._("%s has a price of zero or less: enter the price at which it is sold.", name)


def not_determined(env, name, error):
    """
    :param error: the engine's :class:`origin.OriginError`; that of a case says where in it the fault is
    """
    return env._(
        "The origin of %(product)s cannot be determined: %(reason)s (%(path)s). Correct it and try again.",
        product=name,
        reason=getattr(error, "reason", error),
        path=getattr(error, "path", ""),
    )
