"""A mail to somebody without an account: in each of nine languages, with the right link and nothing left to fill in."""

import html
import re

from ..tools import public_words

# Where a contact sits who is written to in each language: Odoo itself gives it English.
COUNTRIES = {"vi": "vn", "th": "th", "ms": "my", "id": "id", "tl": "ph", "km": "kh", "lo": "la", "zh": "cn", "en": "sg"}


def check_mail(test, template, record, room, *, subject, sentences, link=True):
    """Send it to the record's partner in each of nine countries, and look at what is queued.

    :param room: the :class:`public_words.Room` of its words
    :param subject, sentences: the keys of its words
    :param link: whether it leads to a page
    """
    assert COUNTRIES.keys() == public_words.LANGUAGES.keys()
    template, record = test.env.ref(template), record.with_env(test.env)
    partner = record.partner_id
    for language, country in COUNTRIES.items():
        with test.subTest(template=template.name, language=language):
            partner.write({"country_id": test.env.ref(f"base.{country}").id, "lang": "en_US"})
            # Of a question that was asked before, the language stays: this one is asked anew.
            record.invalidate_recordset()
            record.modified(["certificate_id"]) if "language" in record._fields else None
            mail = test.env["mail.mail"].browse(template.send_mail(record.id))
            body, words = html.unescape(str(mail.body_html)), room.words(language)
            test.assertEqual(record._reader_language(), language)
            _check_filled(test, room, language, subject, mail.subject)
            for key in sentences:
                _check_filled(test, room, language, key, body)
                if language not in ("en", "zh") and key in sentences[:1]:
                    _check_filled(test, room, "en", key, body)
            test.assertNotRegex(mail.subject + body, r"%\(|\)s\b|\{\{|_mail_text|\bNone\b|\bFalse\b")
            test.assertIn(f'lang="{language}"', body)
            if link:
                test.assertIn(f"?lang={language}\"", body)
                test.assertEqual("?lang=en\"" in body, True if language == "en" else record._english_below())
            test.assertNotIn(words["hello" if "hello" in words else "mail_hello"], body)  # it names somebody


def _check_filled(test, room, language, key, text):
    """A sentence stands there, with something in each of its gaps."""
    gaps = re.sub(r"%\\\((\w+)\\\)s", ".+?", re.escape(room.words(language)[key]))
    test.assertRegex(text, gaps)
