"""Records in English and in Chinese, in whatever languages a database has.

English is the language in which Odoo keeps its own texts, so it can be read in every database, active or not. Any other
is read where it is active; elsewhere Odoo refuses to read at all, and what stands in the texts themselves is taken.
"""

from . import public_words

ENGLISH, CHINESE = "en_US", "zh_CN"


def active(env, code):
    """The language itself where this database reads it, else English."""
    return code if code and env["res.lang"]._get_data(code=code) else ENGLISH


def of_ours(env, language):
    """The language of Odoo for one of our nine, where this database reads it; else English."""
    installed = [code for code, _name in env["res.lang"].get_installed()]
    in_odoo = (ENGLISH, CHINESE, *installed)
    return active(env, next((code for code in in_odoo if public_words.known(code) == language), ""))


def english(records):
    """The same records, whose texts are read in English."""
    return records.with_context(lang=ENGLISH)


def chinese(records):
    """The same records, whose texts are read in Chinese where the database has it."""
    return records.with_context(lang=active(records.env, CHINESE))


def others(env, code):
    """The languages that our texts are written in and this database reads, but for one."""
    return [each for each in (ENGLISH, CHINESE) if each != code and env["res.lang"]._get_data(code=each)]
