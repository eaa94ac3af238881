"""What went wrong is told in the language of whoever reads it: kept by its code, never as words of another one."""

import json
import re

from odoo.tests import tagged

from ... import link
from ...texts import coded_messages
from ..common import OutboxCommon, place

CHINESE = "zh_CN"
FACT = "⟦7⟧"
# Names and codes, which are the same in every language.
NAMES = {
    "JSON", "TLS", "PDF", "UTF", "https", "HS", "FOB", "RVC", "NTP", "ES", "RS", "RSA", "CCPIT", "DNS", "Odoo", "LED",
    "XML", "MiB", "UTC", "RCEP", "SOCKS", "HTTP", "HTTPS", "ALL", "NO", "PROXY",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z]{2,}")


@tagged("post_install", "-at_install")
class TestTold(OutboxCommon):
    def chinese(self, record):
        return record.with_context(lang=CHINESE)

    def assert_chinese(self, text, *facts):
        """No word of another language is left but names, and what was handed in."""
        for fact in facts:
            text = text.replace(fact, "")
        self.assertEqual([word for word in WORD.findall(text) if word not in NAMES], [], text)

    # --- by enumeration ----------------------------------------------------------------------------------
    def test_every_sentence_that_is_kept_reads_in_chinese(self):
        env = self.env(context={**self.env.context, "lang": CHINESE})
        for code, template in link.message_texts.SENTENCES.items():
            names = re.findall(r"%\((\w+)\)s", template)
            with self.subTest(code):
                message = coded_messages.translated(
                    env, coded_messages.CodedMessage(code, **dict.fromkeys(names, FACT))
                )
                self.assert_chinese(message, FACT)
                self.assertEqual(message.count(FACT), len(names), message)

    def test_every_explanation_of_every_profile_reads_in_chinese(self):
        env = self.env(context={**self.env.context, "lang": CHINESE})
        codes = {
            "ccpit-json-1": link.profiles.ccpit_json_1.TABLES["errors"],
            "gacc-xml-2022": link.profiles.gacc_xml_2022.EXPLANATIONS,
        }
        self.assertEqual(set(codes), {code for code in link.profiles.registry() if not code.startswith("odd")})
        for profile, known in codes.items():
            for code in known:
                error = link.record.FieldError(path="items.0.hs6", code=code, message=FACT)
                with self.subTest(code):
                    self.assert_chinese(
                        coded_messages.translated(env, coded_messages.field_message(profile, error)), FACT
                    )

    def test_what_is_kept_is_reported_by_every_field_that_shows_it(self):
        """Each field that keeps sentences is shown by one that tells them; nothing else of a job's is kept as words."""
        fields = [
            (model, name) for model in self.env.registry.models if model.startswith("rcep.")
            for name, field in self.env[model]._fields.items() if field.type == "json" and name.endswith("_coded")
        ]  # fmt: skip
        self.assertGreater(len(fields), 8)
        for model, name in fields:
            shown = [each for each, other in self.env[model]._fields.items()
                     if other.type == "text" and name in self.env.registry.field_depends[other]]  # fmt: skip
            with self.subTest(f"{model}.{name}"):
                self.assertTrue(shown)
                self.assertFalse(self.env[model]._fields[shown[0]].store)

    def test_every_place_of_an_application_and_a_filing_has_a_name(self):
        asked, seen = [link.application.Application, link.filing.Filing], set()
        while asked:
            record = asked.pop()
            seen.add(record)
            for slot in link.record.slots(record).values():
                with self.subTest(slot.name):
                    self.assertIn(slot.name, coded_messages.PATHS)
                    self.assert_chinese(
                        coded_messages.path_label(self.env(context={"lang": CHINESE}), f"items.0.{slot.name}")
                    )
                if issubclass(slot.type, link.record.Record) and slot.type not in seen:
                    asked.append(slot.type)

    # --- by what happens ---------------------------------------------------------------------------------
    def test_a_platform_that_is_away_reads_in_chinese_by_message_connection_and_health(self):
        self.submit()
        self.run_job()
        message = self.chinese(self.messages("filing"))
        self.assert_chinese(message.error, "127.0.0.1")
        self.assert_chinese(self.chinese(self.platform).last_error, "127.0.0.1")
        english = message.with_context(lang="en_US").error
        self.assertIn("could not be reached", english)

    def test_what_a_platform_refuses_is_reported_at_its_field_in_chinese(self):
        error = link.record.FieldError(path="items.0.hs6", code="format", message="六位")
        place(self.certificate, state="returned", returned_coded=self.certificate._wrong_fields([error]))
        chinese = self.chinese(self.certificate)
        self.assert_chinese(chinese.platform_errors)
        self.assert_chinese(chinese.line_ids[:1].platform_error)
        self.assert_chinese(json.dumps(chinese.platform_error_paths, ensure_ascii=False), "items.0.hs6")
        self.assertIn("six digits for an HS code", self.certificate.platform_errors)

    def test_a_task_is_written_in_the_language_of_whoever_gets_it(self):
        manager = self.person("manager")
        (self.signer | manager).lang = CHINESE
        self.submit()
        self.messages("application")._wait_for_person()
        self.certificate._report(coded_messages.CodedMessage("unknown_there", name="7"))
        self.platform._report_unprocessed(self.certificate, coded_messages.CodedMessage("no_event"))
        tasks = self.certificate.activity_ids | self.platform.activity_ids
        self.assertEqual(len(tasks), 3)
        for task in tasks:
            with self.subTest(task.summary):
                self.assert_chinese(f"{task.summary} {re.sub('<[^>]*>', '', task.note)}", self.certificate.name)
        logged = re.sub("<[^>]*>", "", self.certificate.message_ids[0].body)
        self.assert_chinese(logged)

    def test_what_a_platform_says_is_text_in_every_task(self):
        link_of_theirs = '<a href="https://evil.example">pay here</a>'
        result = coded_messages.stored(link.errors.Refused(422, "no", link_of_theirs))
        self.submit()
        cancellation = self.messages("application")
        cancellation.error_coded = result
        cancellation._wait_for_person()
        self.certificate._request_refused(cancellation, result)
        self.certificate._report(coded_messages.CodedMessage.of(link_of_theirs))
        self.platform._report_unprocessed(self.certificate, coded_messages.CodedMessage.of(link_of_theirs))
        tasks = self.certificate.activity_ids | self.platform.activity_ids
        self.assertEqual(len(tasks), 4)
        for note in (*tasks.mapped("note"), *self.certificate.message_ids.mapped("body")):
            self.assertNotIn("<a href", note.replace('<a href="#"', ""))

    def test_what_nobody_here_ever_sent_stops_no_screen(self):
        """Such as of another version, or of a person who writes what is kept."""
        odd = [{"code": "of tomorrow 100%", "facts": {}}, {"code": "busy", "facts": {}}, {"code": "plain", "facts": {}},
               {"code": "selection", "facts": {"field": "res.users.nothing", "value": "7"}},
               {"code": "selection", "facts": {}}, {"code": "wrong_field", "facts": {}}]  # fmt: skip
        odd += [{"code": "wrong_field", "facts": {"path": f"items.{number}.hs6", "message": "no"}}
                for number in ("\u00b2", "\u0663", "9" * 5000)]  # fmt: skip
        self.platform.last_coded = odd
        self.assertIn("of tomorrow 100%", self.platform.last_error)
        self.assertIn("of tomorrow 100%", self.platform.findings)
