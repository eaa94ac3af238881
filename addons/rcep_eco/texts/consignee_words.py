"""What the consignee reads, whether or not Odoo has its language: mail and page of one question."""

from ..tools import public_words
from ..tools.public_words import ENGLISH, known

ROOM = "rcep_eco/words/consignee"


def words(language):
    """The words of one language: {key: text}."""
    return public_words.words(ROOM, language)


def chosen(partner, market, own):
    """The language in which a consignee is written to.

    Odoo gives each contact the language of whoever entered it. So the contact's language counts where it is neither
    English nor the exporter's own; else the first language of the market; else what the contact has.

    :param partner, market, own: language tags of the consignee, of its market in their order, of the exporter
    """
    theirs = known(partner)
    if theirs and theirs not in (ENGLISH, known(own)):
        return theirs
    return next(filter(None, map(known, market)), None) or theirs or ENGLISH
