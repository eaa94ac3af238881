"""What a supplier reads on its page, and its own suppliers on theirs, whether or not Odoo has their language."""

from ..tools import public_words

ROOM = "rcep_eco/words/supplier"
LANGUAGE = "public_language"  # in the context: in which of our languages its reader is answered

# What an answer declares. No native reader has confirmed it outside Chinese, so the English stands beside it.
DECISIVE = ("yes", "no", "by_sending")
CONFIRMED = ("en", "zh")


def words(language):
    """The words of one language: {key: text}."""
    return public_words.words(ROOM, language)


def beside(language):
    """The English of what an answer declares, where that is not read in words that were confirmed."""
    return {} if language in CONFIRMED else {key: words(public_words.ENGLISH)[key] for key in DECISIVE}


def language(env):
    """That of whoever reads: of the page, else of the user."""
    return env.context.get(LANGUAGE) or public_words.known(env.lang) or public_words.ENGLISH


def say(env, key, **facts):
    """One text in the language of whoever reads, with what is filled in."""
    text = words(language(env))[key]
    return text % facts if facts else text
