"""What a supplier reads on its page, and its own suppliers on theirs, whether or not Odoo has their language."""

from ..tools import public_words

LANGUAGE = "public_language"  # in the context: in which of our languages its reader is answered
ROOM = public_words.Room("rcep_eco/words/supplier", decisive=("yes", "no", "by_sending"))


def words(language):
    """The words of one language: {key: text}."""
    return ROOM.words(language)


def language(env):
    """That of whoever reads: of the page, else of the user."""
    return env.context.get(LANGUAGE) or public_words.known(env.lang) or public_words.ENGLISH


def say(env, key, **facts):
    """One text in the language of whoever reads, with what is filled in."""
    text = words(language(env))[key]
    return text % facts if facts else text
