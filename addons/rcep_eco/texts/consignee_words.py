"""What the consignee reads, in nine languages of its own, whether or not Odoo has them: mail and page of one question.

One file a language in ``consignee/``; English stands for what another lacks.
"""

import functools
import json

from odoo.tools.misc import file_open

# In the order of the chooser: the members' languages first.
LANGUAGES = ("vi", "th", "ms", "id", "tl", "km", "lo", "zh", "en")
HTML = {"zh": "zh-CN", "tl": "fil"}  # tags of the page's language, where they are not the name of the file
OTHER_NAMES = {"fil": "tl"}  # by which a language is known elsewhere
ENGLISH = "en"


@functools.cache
def words(language):
    """The words of one language: {key: text}."""
    with file_open(f"rcep_eco/texts/consignee/{language}.json") as file:
        return json.load(file)


def known(tag):
    """Our name of a language by a tag as ``vi-VN`` or a code as ``vi_VN``; None where it is none of ours."""
    name = (tag or "").replace("_", "-").split("-")[0].lower()
    name = OTHER_NAMES.get(name, name)
    return name if name in LANGUAGES else None


def names():
    """[(language, what it calls itself)], for the chooser."""
    return [(each, words(each)["language"]) for each in LANGUAGES]


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
