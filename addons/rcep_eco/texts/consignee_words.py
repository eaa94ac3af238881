"""What the consignee reads, whether or not Odoo has its language: mail and page of one question."""

from ..tools import public_words

ROOM = public_words.Room("rcep_eco/words/consignee")


def words(language):
    """The words of one language: {key: text}."""
    return ROOM.words(language)
