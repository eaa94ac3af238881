"""The script ``/eco/widget.js``: our own file with its words in it, the verifier's where both say the same."""

import functools
import hashlib
import json

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tools import public_words
from odoo.tools.misc import file_open

from ..verifier import words as verifiers

ROOM = "rcep_eco_website/words/widget"
FILE = "rcep_eco_website/static/src/widget/widget.js"
SHARED = (
    "number", "issued_on", "valid_until", "importing_party", "exporter", "specimen", "valid", "expired",
    "cancelled", "replaced", "live_unknown", "open_page", "issuer",
)  # fmt: skip


def all_words():
    """The words of each language: ``{language: {key: text}}``."""
    return {
        language: {name: said[name] for name in SHARED} | public_words.words(ROOM, language)
        for language, said in verifiers.all_words().items()
    }


def all_countries():
    """Names of the Parties in each language: ``{language: {code: name}}``; browsers do not have all of them."""
    named = {language: public_words.territories(language) for language in public_words.LANGUAGES}
    return {language: {code: names[code] for code in link.form.PARTIES} for language, names in named.items()}


@functools.cache
def text():
    """The script as it is sent, and the mark by which a browser knows that it has this one."""
    with file_open(FILE, "r") as stream:
        script = stream.read()
    script = script.replace("/*words*/ {}", json.dumps(all_words(), ensure_ascii=False))
    script = script.replace("/*countries*/ {}", json.dumps(all_countries(), ensure_ascii=False))
    script = script.replace("/*tags*/ {}", json.dumps(public_words.TAGS))
    script = script.replace("/*names*/ {}", json.dumps(public_words.OTHER_NAMES))
    return script, hashlib.sha256(script.encode()).hexdigest()[:32]
