"""What the public reads, in nine languages of our own, whether or not Odoo has them installed.

Who opens a link is no user: an officer, a supplier, a consignee. Texts for them lie as ``words/<room>/<language>.json``
in the folder of an add-on, one file a language, each with the same keys; what is filled in is written ``%(name)s``.
Days are filled in as ISO writes them (2026-03-05): that is read the same way everywhere, and in one calendar only.
"""

import functools
import json
import re
from typing import NamedTuple
from urllib.parse import urlencode

from babel import Locale
from odoo.tools.misc import file_open
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

# What each calls itself, in the order of the chooser: the members' own languages first.
LANGUAGES = {
    "vi": "Tiếng Việt", "th": "ไทย", "ms": "Bahasa Melayu", "id": "Bahasa Indonesia", "tl": "Filipino",
    "km": "ភាសាខ្មែរ", "lo": "ລາວ", "zh": "中文", "en": "English",
}  # fmt: skip
ENGLISH, CHINESE = "en", "zh"
# Of a page's language, where it is not our name of it.
TAGS = {"zh": "zh-CN", "tl": "fil"}
# Ours by the other first parts of tags under which browsers and systems know them.
OTHER_NAMES = {"fil": "tl", "in": "id", "zsm": "ms", "cmn": "zh"}
# What these say was confirmed by readers of their own; beside what decides in any other stands the English.
CONFIRMED = (ENGLISH, CHINESE)
VARY = "Accept-Language"  # a cached answer in a language that was not in its address depends on it
TAG = re.compile("([a-z]{2,3})(?:[-_@.][a-z0-9]{1,8})*", re.ASCII)


@functools.cache
def words(room, language):
    """The words of one room in one language: ``{key: text}``.

    :param room: the folder of its files, such as ``rcep_eco/words/consignee``
    :param language: one of LANGUAGES
    """
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is none of the languages of the public's words")
    with file_open(f"{room}/{language}.json") as file:
        return json.load(file)


class Room(NamedTuple):
    """The words of one kind of page.

    :param folder: of its files
    :param decisive: keys of what decides: what is declared, what is valid
    """

    folder: str
    decisive: tuple = ()

    def words(self, language):
        """All words of one language: {key: text}."""
        return words(self.folder, language)

    def beside(self, language):
        """What decides, in English, where it is not read in words that were confirmed."""
        english = self.words(ENGLISH)
        return {} if language in CONFIRMED else {key: english[key] for key in self.decisive}


def known(tag):
    """Our name of a language by a tag as ``vi-VN`` or a code as ``vi_VN``; None where it is none of ours."""
    name = isinstance(tag, str) and TAG.fullmatch(tag.strip().lower())
    name = name and OTHER_NAMES.get(name[1], name[1])
    return name if name in LANGUAGES else None


def tag(language):
    """How a page, and a link to it, names one of our languages: ``fil`` for ``tl``."""
    return TAGS.get(language, language)


def accepted(header):
    """Our languages of an ``Accept-Language``, the dearest first; what a browser gives no weight is not wanted."""
    weighed = parse_accept_header(header or "", LanguageAccept)  # sorted by weight, equal ones as they came
    return list(dict.fromkeys(filter(None, (known(each) for each, weight in weighed if weight > 0))))


def chosen(asked="", header="", theirs=()):
    """The language of a page: the visitor's choice, then the browser's, then that of the importing Party, else English.

    :param asked: what stands behind ``?lang=`` in the address
    :param header: the browser's ``Accept-Language``
    :param theirs: tags of those who are written to, in their order
    """
    wishes = [known(asked), *accepted(header), *map(known, theirs)]
    return next(filter(None, wishes), ENGLISH)


def of_country(code):
    """Our name of the language that is most spoken in a country, by its code of two letters; None where it is not ours.

    >>> [of_country(each) for each in ("VN", "PH", "BN", "CN", "JP", "", None)]
    ['vi', 'tl', 'ms', 'zh', None, None, None]
    """
    return known(Locale.parse(f"und_{code}").language) if code else None


def written_in(theirs, market, own):
    """The language in which somebody without an account is written to.

    Odoo gives each contact the language of whoever entered it. So the contact's language counts where it is neither
    English nor that of the firm which writes; else the first language of the market; else what the contact has.

    :param theirs, market, own: language tags of the contact, of its market in their order, of the firm which writes
    """
    theirs = known(theirs)
    if theirs and theirs not in (ENGLISH, known(own)):
        return theirs
    return next(filter(None, map(known, market)), None) or theirs or ENGLISH


def links(language, path="", **query):
    """What a template shows as the choice of languages, in their own names.

    :param path: address of the page; empty for the one that is shown
    :param query: what else has to stay in the address
    :return: ``[{"code", "tag", "name", "href", "current"}]``; ``current`` is for ``aria-current``
    """
    kept = {name: value for name, value in query.items() if value}
    return [
        {
            "code": code, "tag": tag(code), "name": name, "href": f"{path}?{urlencode({**kept, 'lang': code})}",
            "current": "true" if code == language else None,
        }
        for code, name in LANGUAGES.items()
    ]  # fmt: skip


def countries(records, language):
    """Names of countries: Odoo's in the languages that it is read in, else those of the Unicode consortium.

    :param records: ``res.country``, in Odoo's language for it
    :return: ``{its name in Odoo: name}``
    """
    in_odoo = language in (ENGLISH, CHINESE) or known(records.env.lang) == language
    names = {} if in_odoo else territories(language)
    return {each.name: names.get(each.code) or each.name for each in records}


def territories(language):
    """Names of countries as the Unicode consortium has them: ``{code of two letters: name}``."""
    return Locale.parse(tag(language), sep="-").territories


def frame(language, words, choice):
    """What a page in the layout of Odoo's website has: its language, its words, its choice of languages.

    :param choice: what :func:`links` gives
    """
    name = tag(language)
    return {
        "code": language,
        "html_data": {"lang": name},
        "rcep_language": name,  # for a website's layout, which says otherwise that of the visitor's Odoo
        "words": words,
        "languages": choice,
    }


def day(value):
    """A day or the day of a moment as ISO writes it; empty where there is none."""
    return value.strftime("%Y-%m-%d") if value else ""
