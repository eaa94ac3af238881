"""What the verifier says, in languages of its own whether or not Odoo has them."""

from odoo.addons.rcep_eco.tools import public_words

ROOM = "rcep_eco_website/words/verifier"


def all_words():
    """The words of each language: ``{language: {key: text}}``."""
    return {language: public_words.words(ROOM, language) for language in public_words.LANGUAGES}
