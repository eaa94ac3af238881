"""What somebody without an account reads on a page, in each of nine languages, and in English where it decides."""

import html
import re

from ..tools import public_words

LONG = 12  # characters: shorter texts may be a part of others


def said(reply):
    """What people read of a page."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", "", reply.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", body)).split())


def check_each_language(test, room, path):
    """Each language says everything of a page: its own heading and its own name, and no English but what decides.

    :param test: the test, which opens pages
    :param room: the :class:`public_words.Room` of the page
    """
    english = room.words("en")
    for language, name in public_words.LANGUAGES.items():
        with test.subTest(path=path, language=language):
            reply = test.url_open(f"{path}?lang={language}")
            words, text = room.words(language), said(reply)
            test.assertRegex(reply.text, rf'<html[^>]*lang="{public_words.tag(language)}"')
            test.assertRegex(reply.text, rf'aria-current="true"[^>]*>{name}<')
            test.assertIn(words["heading"], html.unescape(reply.text))
            left = [each for key, each in english.items() if len(each) > LONG and each != words[key]
                    and key not in room.decisive and each in text]  # fmt: skip
            test.assertEqual(left if language != "en" else [], [])
            test.assertNotRegex(text, r"%\(|\w+_on\)s")


def check_english_beside(test, room, path, key, **facts):
    """What decides is said in the language, and in English right behind it where nobody has confirmed the words."""
    for language in public_words.LANGUAGES:
        with test.subTest(path=path, language=language, key=key):
            text = said(test.url_open(f"{path}?lang={language}"))
            words, english = room.words(language)[key] % facts, room.words("en")[key] % facts
            test.assertIn(words, text)
            test.assertEqual(f"{words} {english}" in text, language not in public_words.CONFIRMED)
