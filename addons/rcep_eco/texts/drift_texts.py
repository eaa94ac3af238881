"""Sentences on a certificate whose good would be decided otherwise today: what differs, why, and what to do."""

from markupsafe import Markup
from odoo.tools.translate import LazyTranslate

from . import explanations

_lt = LazyTranslate(__name__)

# What of the certificate would be another today; placeholders are what it says and what it would say.
RISKS = {
    "verdict": _lt("It was certified as originating; by what is known today it is: %(after)s."),
    "problem": _lt("It was certified as originating; today it cannot be determined: %(after)s"),
    "criterion": _lt("Box 10 says %(before)s; by what is known today it would be %(after)s."),
    "box_11": _lt("Box 11 says %(before)s; by what is known today it would be %(after)s."),
    "rvc_band": _lt("The regional value was %(before)s per cent; by what is known today it is %(after)s."),
}
# Why: by the code of :mod:`..cases.dossier_difference`.
DIFFERENCES = {
    "rule": _lt("The rule was %(before)s and is now %(after)s."),
    "evidence_gone": _lt("It was decided by its supplier's declaration, which does not count any more."),
    "evidence_new": _lt("It was decided by what it is made of; now its supplier's declaration decides."),
    "evidence_reference": _lt("The supplier's declaration was %(before)s and is now %(after)s."),
    "evidence_criterion": _lt("The declared criterion was %(before)s and is now %(after)s."),
    "evidence_party": _lt("The declared Party was %(before)s and is now %(after)s."),
    "evidence_rvc": _lt("The declared regional value was %(before)s and is now %(after)s."),
    "evidence_valid_to": _lt("The declaration held until %(before)s and now holds until %(after)s."),
    "original": _lt("Original %(number)s is not what it was: see it among the certificates received."),
    "good_hs": _lt("The HS code was %(before)s and is now %(after)s."),
    "good_fob": _lt("The FOB value of a unit was %(before)s and is now %(after)s."),
    "good_wholly_obtained": _lt("What is said of “wholly obtained” was %(before)s and is now %(after)s."),
    "good_in_importer_appendix": _lt("What is said of the importing Party's Appendix was %(before)s, is %(after)s."),
    "material_new": _lt("%(material)s was not among the materials and now is, at %(value)s."),
    "material_gone": _lt("%(material)s was among the materials and is not any more."),
    "material_hs": _lt("%(material)s: the HS code was %(before)s and is now %(after)s."),
    "material_value": _lt("%(material)s: the value in one unit was %(before)s and is now %(after)s."),
    "material_origin": _lt("%(material)s: the country was %(before)s and is now %(after)s."),
    "material_originating": _lt("%(material)s: it counted as originating: %(before)s; now: %(after)s."),
    "costs": _lt("Labour, overhead or profit are not what they were. %(of)s"),
    "work": _lt("The processing steps are not what they were. %(of)s"),
}
# Where the certificate says nothing that is wrong.
STILL_HOLDS = _lt(
    "What the certificate says still holds; it has less room: see what became dearer before the next one."
)
# What to do, by the state of the certificate.
PROPOSALS = {
    "ready": _lt("Take it back to draft, check it, and approve it again."),
    "returned": _lt("Take it back to draft, correct what has changed, check it, and have it approved again."),
    "submitted": _lt("Withdraw it, correct what has changed, and submit it again."),
    "issued": _lt("Press “What happened?” on the certificate and have it replaced or cancelled, before customs ask."),
}
VALUES = ("good_fob", "material_value", "material_new")
SUMS = ("before", "after", "value")
AT_PLATFORM = ("submitted", "under_review")
UNKNOWN = _lt("unknown")
ANSWERS = {"true": _lt("yes"), "false": _lt("no"), "": UNKNOWN}


def as_html(env, sentences):
    """A list of sentences, or an empty text."""
    rows = Markup().join(Markup("<li>%s</li>") % each for each in sentences)
    return Markup('<ul class="mb-0 ps-3">%s</ul>') % rows if rows else Markup()


def risk(env, code, facts):
    """What of the certificate would be another today."""
    verdicts = dict(explanations.verdicts(env["rcep.origin"]))
    words = env._(RISKS[code])
    return words % {name: verdicts.get(text) or text or env._(UNKNOWN) for name, text in facts.items()}


def difference(env, code, facts, currency):
    """One thing that is not as it was.

    :param currency: name of the currency of its values
    """
    if code in VALUES:
        facts = {name: _amount(env, text, currency) if name in SUMS else text for name, text in facts.items()}
    texts = {name: env._(ANSWERS[text]) if text in ANSWERS and name != "of" else text for name, text in facts.items()}
    words = env._(DIFFERENCES[code])
    return (words % texts).strip()


def _amount(env, text, currency):
    """A value as people read it; what is not known stays so."""
    return f"{env['res.currency']._rcep_amount(text, currency)} {currency}" if text else text


def proposal(env, state, codes):
    """What to do with a certificate in a state, for its risks by their codes."""
    if set(codes) == {"rvc_band"}:
        return env._(STILL_HOLDS)
    words = PROPOSALS.get("submitted" if state in AT_PLATFORM else state)
    return env._(words) if words else ""
