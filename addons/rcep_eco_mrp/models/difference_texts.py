"""Sentences about what a production order consumed otherwise than its bill of materials says; all translatable."""

from markupsafe import Markup
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# By the code of the difference; placeholders are its facts. Quantities are for one unit of the good.
DIFFERENCES = {
    "bill": _lt("The order follows another bill of materials (%(used)s) than the one that decides (%(planned)s)."),
    "other": _lt("%(material)s is not in the bill of materials: %(used)s %(unit)s went into each."),
    "missing": _lt("%(material)s was not consumed; the bill of materials says %(planned)s %(unit)s."),
    "more": _lt("%(material)s: more was consumed, %(used)s %(unit)s instead of %(planned)s."),
    "less": _lt("%(material)s: less was consumed, %(used)s %(unit)s instead of %(planned)s."),
    "origin": _lt("%(material)s: what was consumed is %(used)s; of the bill of materials it is %(planned)s."),
    "scrapped": _lt("%(material)s: %(used)s %(unit)s of the order were scrapped; they were bought too and count."),
    "unbuilt": _lt("%(used)s of %(planned)s that were made were taken apart again; what came back does not count."),
    "rvc": _lt("Regional value: %(used)s per cent, by the bill of materials %(planned)s."),
}
ORIGINS = {
    "made": _lt("made here"),
    "originating": _lt("originating in %s"),
    "stated": _lt("of %s, without evidence"),
    "unknown": _lt("of undetermined origin"),
}


def as_html(env, differences):
    """A list of sentences, or one that says that there is no difference."""
    sentences = [sentence(env, each) for each in differences]
    if not sentences:
        return Markup("<p>%s</p>") % env._("The order consumed what the bill of materials says.")
    rows = Markup().join(Markup("<li>%s</li>") % each for each in sentences)
    return Markup('<ul class="mb-0 ps-3">%s</ul>') % rows


def sentence(env, difference):
    facts = {
        name: " / ".join(_origin(env, *each) for each in value) if isinstance(value, list) else value
        for name, value in difference.items()
    }
    words = env._(DIFFERENCES[difference["code"]])
    return words % facts


def _origin(env, kind, country):
    words = env._(ORIGINS[kind])
    return words % country if country else words
