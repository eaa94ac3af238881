"""What the verifier says, in languages of its own whether or not Odoo has them: one file a language in ``words/``."""

import functools
import json

from odoo.tools.misc import file_open

LANGUAGES = ("en", "zh")  # in the order of the chooser
TAGS = {"zh": "zh-CN", "tl": "fil"}  # of a page's language, where it is not the name of the file


@functools.cache
def all_words():
    """The words of each language: ``{language: {key: text}}``."""
    found = {}
    for language in LANGUAGES:
        with file_open(f"rcep_eco_website/verifier/words/{language}.json") as stream:
            found[language] = json.load(stream)
    return found
