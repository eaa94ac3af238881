"""The inbox: one odd event or field is set aside with a sentence, and all others go on, whatever the platform says."""

import datetime
import json
from unittest import mock

import psycopg2
import psycopg2.errors
from odoo.fields import Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import link
from ..common import OutboxCommon, place

PROFILE = link.profiles.get(link.profiles.DEFAULT)
DEEP = "[" * 400 + "]" * 400


@tagged("post_install", "-at_install")
class TestInbox(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.submit()
        cls.second = cls.certify()
        place(cls.second, state="submitted", environment="sandbox", revision=1, signer_id=cls.signer.id)

    def event_data(self, number=2, certificate=None, **facts):
        """An event in the platform's words."""
        return {
            "event_id": f"e-{number}", "client_ref": (certificate or self.certificate).client_ref, "revision": 1,
            "sequence": number, "state": "REVIEWING", "occurred_at": "2026-05-01T08:00:00Z", **facts,
        }  # fmt: skip

    def feed(self, *events, cursor="5", more=False, text=None):
        """One run over a feed that holds these events, as the bytes of an answer."""
        body = text or json.dumps({"data": {"events": list(events), "cursor": cursor, "more": more}})
        page = PROFILE.read_events(link.profiles.Reply(200, {}, body.encode()))
        client = self.answering(events=lambda _cursor: page)
        with mute_logger("odoo.addons.rcep_eco.models.platform.rcep_platform_event",
                         "odoo.addons.rcep_eco.tools.isolated", "odoo.sql_db"):  # fmt: skip
            self.run_job("_cron_follow", "rcep.platform.event")
            self.apply_events()
        return client

    def events(self, handling=None):
        domain = [("handling", "=", handling)] if handling else []
        return self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id), *domain])

    def assert_set_aside(self, odd, text=None, message=""):
        """That one is set aside with a sentence, and its neighbours before and after are applied."""
        before, after = self.event_data(2), self.event_data(3, self.second)
        if text:
            texts = [json.dumps(before), text, json.dumps(after)]
            self.feed(text=f'{{"data": {{"events": [{", ".join(texts)}], "cursor": "5", "more": false}}}}')
        else:
            self.feed(before, odd, after)
        self.assertEqual((self.certificate.state, self.second.state), ("under_review", "under_review"))
        aside = self.events("odd")
        self.assertEqual(len(aside), 1, self.events().mapped("handling"))
        self.assertTrue(aside.why)
        self.assertIn(message, aside.why)
        self.assertEqual(self.platform.events_odd, 1)
        self.assertIn("were set aside", self.platform.findings)
        self.assertEqual((self.platform.events_cursor, self.platform.troubles), ("5", 0))
        self.assertTrue(self.platform.activity_ids)

    # --- one odd event -----------------------------------------------------------------------------------
    def test_odd_events(self):
        odd = {
            "an unknown state word": {"state": "DANCING"},
            "a list where a text belongs": {"state": ["ISSUED"]},
            "an object where a text belongs": {"client_ref": {"a": 1}},
            "an over-long reference": {"event_id": "x" * 5000},
            "an over-long number": {"certificate_no": "9" * 3000},
            "a number with HTML": {"certificate_no": "<b>26C3302</b>"},
            "a number with a script": {"certificate_no": "26C\"onload='x'"},
            "a year that no calendar has": {"occurred_at": "99999-01-01T00:00:00Z"},
            "a year that no database has": {"issued_at": "9999-12-31T23:59:59-23:59"},
            "a text where a number belongs": {"sequence": "seven"},
            "a number that no column holds": {"revision": 2**40},
            "a null character": {"client_ref": "a\0b"},
            "half a character": {"certificate_id": "\ud800"},
            "no reference at all": {"client_ref": None},
        }
        for what, facts in odd.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                self.assert_set_aside(self.event_data(7, **facts))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_is_no_event_at_all(self):
        plain = json.dumps(self.event_data(7))
        texts = {"a number": "17", "a text": '"news"', "nothing": "null", "a list": "[]", "depth": DEEP,
                 "a key twice": plain.replace("{", '{"state": "ISSUED", ', 1),
                 "an inner key twice": plain[:-1] + ', "errors": [{"a": 1, "a": 2}]}'}  # fmt: skip
        for what, text in texts.items():
            with self.subTest(what), self.env.cr.savepoint() as savepoint:
                self.assert_set_aside(None, text)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_it_is_set_aside_once_however_often_it_comes(self):
        for _again in range(3):
            self.feed(self.event_data(7, state="DANCING"), cursor="")
        self.assertEqual(len(self.events("odd")), 1)
        self.assertEqual(len(self.platform.activity_ids), 1)

    def test_a_flood_of_them_is_bounded(self):
        with mock.patch("odoo.addons.rcep_eco.models.platform.rcep_platform_event.MOST_ODD", 5):
            self.feed(*(self.event_data(number, state="DANCING") for number in range(10, 30)), self.event_data(2))
        self.assertEqual(len(self.events("odd")), 5)
        self.assertEqual(self.certificate.state, "under_review")

    def test_a_flood_about_certificates_that_are_not_ours_is_bounded(self):
        strange = [self.event_data(number, client_ref=f"theirs-{number}") for number in range(10, 30)]
        with (
            mock.patch("odoo.addons.rcep_eco.models.platform.rcep_platform_event.MOST_FOREIGN", 5),
            mock.patch("odoo.addons.rcep_eco.models.platform.rcep_platform_health.MOST_FOREIGN", 5),
        ):
            self.assertNotIn("not in this database", self.platform.findings or "")
            self.feed(*strange, self.event_data(2))
            self.platform.invalidate_recordset()
            self.assertIn("about certificates that are not in this database", self.platform.findings)
        self.assertEqual(len(self.events("foreign")), 5)
        self.assertEqual((self.certificate.state, self.platform.events_cursor), ("under_review", "5"))

    # --- one odd field -----------------------------------------------------------------------------------
    def test_an_odd_field_is_left_out_and_the_rest_counts(self):
        issued = {"state": "ISSUED", "certificate_no": "26C3302B0007/00031", "certificate_id": "c-1",
                  "issued_at": "2026-05-01T08:00:00Z"}  # fmt: skip
        for name, value in {"valid_until": "99999-01-01", "print_state": "FOLDED", "issuer_check_url": "javascript:x",
                            "errors": "none"}.items():  # fmt: skip
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self.feed(self.event_data(2, **{**issued, name: value}))
                self.assertEqual((self.certificate.state, self.certificate.certificate_no),
                                 ("issued", "26C3302B0007/00031"))  # fmt: skip
                self.assertFalse(self.certificate.issuer_check_url)
                self.assertEqual(self.certificate.valid_until, datetime.date(2027, 5, 1))
                if name != "errors":  # of which a part is read, if any
                    self.assertIn(name, self.events("applied").why)
                    self.assertIn("left out", str(self.certificate.message_ids[:1].body))
                savepoint.rollback()
                self.env.invalidate_all()

    # --- an odd feed -------------------------------------------------------------------------------------
    def test_a_feed_that_never_ends_is_left(self):
        pages = iter(range(10_000))

        def page(_cursor):
            return link.event.EventPage(events=(), cursor=f"c-{next(pages)}", more=True)

        client = self.answering(events=page)
        with mock.patch("odoo.addons.rcep_eco.models.platform.rcep_platform_feed.PAGES", 20):
            self.run_job("_cron_follow", "rcep.platform.event")
        self.assertLessEqual(client.events.call_count, 21)
        self.assertIn("does not end", self.platform.findings)

    def test_a_cursor_that_goes_back_is_no_circle(self):
        self.platform.events_cursor = "5"
        client = self.answering(events=lambda cursor: link.event.EventPage(
            events=(), cursor={"5": "6", "6": "5"}[cursor], more=True))  # fmt: skip
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertEqual(client.events.call_count, 2)
        self.assertIn("goes in circles", self.platform.findings)

    def test_a_cursor_that_is_none_is_reported_and_news_are_kept(self):
        for cursor in (["5"], None, "x" * 5000, 5):
            with self.subTest(str(cursor)[:9]), self.env.cr.savepoint() as savepoint:
                client = self.feed(self.event_data(2), cursor=cursor, more=True)
                self.assertEqual(client.events.call_count, 1)
                self.assertEqual((self.certificate.state, self.platform.events_cursor), ("under_review", False))
                self.assertIn("does not say how far", self.platform.findings)
                savepoint.rollback()
                self.env.invalidate_all()

    # --- an odd database ---------------------------------------------------------------------------------
    def test_what_the_database_does_not_hold_holds_up_nobody(self):
        events = self.env.registry["rcep.platform.event"]
        plain = events._keep
        for error in (psycopg2.errors.ProgramLimitExceeded, psycopg2.errors.StringDataRightTruncation, ValueError):
            with self.subTest(error.__name__), self.env.cr.savepoint() as savepoint:

                def keep(records, values, error=error):
                    if values["event_id"] == "e-7" and values["handling"] != "odd":
                        raise error("no")
                    return plain(records, values)

                with mock.patch.object(events, "_keep", keep):
                    self.assert_set_aside(self.event_data(7))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_what_cannot_be_applied_is_tried_later_and_at_last_a_persons(self):
        certificates = self.env.registry["rcep.certificate"]
        plain = certificates._apply

        def apply(certificate, data):
            if certificate.id == self.certificate.id:
                raise psycopg2.errors.NumericValueOutOfRange("no")
            return plain(certificate, data)

        with mock.patch.object(certificates, "_apply", apply):
            self.feed(self.event_data(2), self.event_data(3, self.second))
            self.assertEqual(self.second.state, "under_review")
            stuck = self.events("waiting")
            self.assertEqual(stuck.attempts, 1)
            self.assertGreaterEqual((stuck.next_try - Datetime.now()).total_seconds(), 50)
            with mute_logger("odoo.addons.rcep_eco.tools.isolated", "odoo.sql_db"):
                self.apply_events()
            self.assertEqual(stuck.attempts, 1)  # not each time that the job looks
            for _again in range(7):
                stuck.next_try = False
                with mute_logger("odoo.addons.rcep_eco.tools.isolated", "odoo.sql_db"):
                    self.apply_events()
        self.assertEqual(stuck.handling, "odd")
        self.assertIn("server's log", stuck.why)
        self.assertTrue(self.platform.activity_ids)

    # --- of another place --------------------------------------------------------------------------------
    def test_an_event_signed_for_one_environment_is_not_applied_to_a_certificate_of_another(self):
        self.feed(self.event_data(2))
        self.platform.write({"environment": "test", "client_id": "C-2", "client_secret": "another"})
        self.feed(self.event_data(3, state="ISSUED", certificate_no="T-1", issued_at="2026-05-01T08:00:00Z"))
        self.assertEqual((self.certificate.state, self.certificate.certificate_no), ("under_review", False))
        self.assertEqual(self.events("elsewhere").environment, "test")

    def test_what_waited_while_the_connection_moved_is_of_where_it_was_signed(self):
        event = PROFILE.read_push(json.dumps(self.event_data(2)).encode())
        self.env["rcep.platform.event"]._receive(self.platform, event, "push")
        self.platform.environment = "test"
        self.apply_events()
        self.assertEqual(self.certificate.state, "under_review")  # signed for the sandbox, as the certificate is

    def test_another_place_numbers_its_events_anew(self):
        self.feed(self.event_data(2))
        self.platform.write({"environment": "test", "client_id": "C-2", "client_secret": "another"})
        third = self.certify()
        place(third, state="submitted", environment="test", revision=1)
        self.feed(self.event_data(2, third))
        self.assertEqual(third.state, "under_review")

    # --- words -------------------------------------------------------------------------------------------
    def test_states_and_reasons_are_words(self):
        self.feed(self.event_data(2))
        self.feed(self.event_data(3, revision=0))
        self.assertEqual(self.events("applied").state_word, "Under review")
        self.assertIn("was not applied", self.events("not_taken").why)

    def test_a_conformance_run_leaves_nothing_that_looks_like_a_mistake(self):
        run = self.env["rcep.conformance.run"].create(
            {"platform_id": self.platform.id, "environment": "sandbox", "profile": self.platform.profile,
             "state": "passed"}
        )  # fmt: skip
        self.env["rcep.conformance.case"].create({"run_id": run.id, "case": "token", "client_ref": "made-up"})
        self.feed(self.event_data(2, client_ref="made-up"), self.event_data(3, client_ref="nobodys"))
        self.assertEqual(sorted(self.events().mapped("handling")), ["foreign", "rehearsal"])

    # --- floods ------------------------------------------------------------------------------------------
    def test_a_page_without_end_is_read_no_longer_than_a_run_may_take(self):
        page = PROFILE.read_events(link.profiles.Reply(200, {}, json.dumps({"data": {"cursor": "5", "events": [
            self.event_data(number, client_ref="nobodys") for number in range(2, 60)]}}).encode()))  # fmt: skip
        self.answering(events=lambda _cursor: page)
        left = iter([1.0] * 10)
        self.patch(link.guarded_connections, "left", lambda _seconds: next(left, 0.0))
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertEqual((len(self.events()), self.platform.events_cursor, self.platform.troubles), (10, False, 0))
        self.patch(link.guarded_connections, "left", lambda seconds: seconds)
        self.run_job("_cron_follow", "rcep.platform.event")  # it goes on where it was: nothing is lost or kept twice
        self.assertEqual((len(self.events()), self.platform.events_cursor), (58, "5"))

    def test_more_events_than_a_page_may_hold_are_not_read(self):
        body = b'{"data": {"cursor": "5", "events": [' + b"5," * 5000 + b"5]}}"
        with self.assertRaisesRegex(link.errors.Unreadable, "more than 5000 events"):
            PROFILE.read_events(link.profiles.Reply(200, {}, body))

    def test_a_pause_that_the_feed_asks_for_is_kept(self):
        def busy(_cursor):
            raise link.errors.Busy(900)

        self.answering(events=busy)
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertGreater(self.platform.paused_until, Datetime.now() + datetime.timedelta(seconds=800))

    def test_a_token_that_is_no_header_field_is_the_platforms_mistake(self):
        for token in ("a\r\nX: y", "a b", "a\0"):
            with self.assertRaisesRegex(link.errors.Unreadable, "no access token"):
                PROFILE.read_token(link.profiles.Reply(200, {}, json.dumps({"access_token": token}).encode()))


@tagged("post_install", "-at_install")
class TestOthersTime(OutboxCommon):
    """No company's platform takes another's time, and no clock that was wrong takes anybody's."""

    def test_a_slow_platform_has_its_turn_and_no_more(self):
        other = self.make_company("宁波另家有限公司", "91330200MA00000012")
        slow, quick = self.platform, self.make_platform(other)
        messages = self.env["rcep.platform.message"]
        for number in range(4):
            for platform in (slow, slow, quick):
                filing = self.env["rcep.filing"].create(
                    {"platform_id": platform.id, "environment": "sandbox",
                     "product_id": self.make_good(f"G{number}", f"G{platform.id}-{number}-{len(messages)}").id}
                )  # fmt: skip
                messages |= messages._put(platform, "filing", b"{}", filing=filing)
        turns = []
        for _turn in range(4):
            message = self.env["rcep.platform.message"]._turn()
            turns.append(message.platform_id)
            message._to("sending")
            message._to("delivered")
        self.assertEqual(set(turns[:2]), {slow, quick})
        self.assertEqual(set(turns[2:]), {slow, quick})

    def test_who_waits_for_a_platform_leaves_the_others_to_other_senders(self):
        other = self.make_company("宁波另家有限公司", "91330200MA00000012")
        quick = self.make_platform(other)
        waited_for = self.submit()
        filing = self.env["rcep.filing"].create(
            {"platform_id": quick.id, "environment": "sandbox", "product_id": self.make_good("G", "G").id})
        mine = self.env["rcep.platform.message"]._put(quick, "filing", b"{}", filing=filing)
        waited_for[:1].lease_until = Datetime.now() + datetime.timedelta(seconds=60)
        self.assertEqual(self.env["rcep.platform.message"]._turn(), mine)

    def test_one_companys_feed_does_not_hold_up_anothers(self):
        other = self.make_company("宁波另家有限公司", "91330200MA00000012")
        second = self.make_platform(other)
        asked = []

        def follow(_events, platform):
            asked.append(platform)
            if platform == self.platform:
                raise RuntimeError

        self.patch(self.registry["rcep.platform.event"], "_follow", follow)
        self.patch(self.registry["rcep.platform"], "_client", lambda _platform: mock.Mock(skew=None))
        with mute_logger("odoo.addons.rcep_eco.tools.isolated"):
            self.run_job("_cron_follow", "rcep.platform.event")
        self.assertEqual({each.id for each in asked}, {self.platform.id, second.id})
        self.assertIn("server's log", self.platform.last_error)

    # --- clocks ------------------------------------------------------------------------------------------
    def test_a_day_ahead_and_set_right_again_nothing_waits(self):
        message = self.submit().filtered(lambda each: each.kind == "filing")
        tomorrow = Datetime.now() + datetime.timedelta(days=1)
        message.write({"next_try": tomorrow, "lease_until": tomorrow, "attempts": 1, "state": "sending"})
        self.platform.write({"paused_until": tomorrow, "keys_read_at": tomorrow, "last_contact": tomorrow})
        due = self.env["rcep.platform.message"].search(self.env["rcep.platform.message"]._due_domain())
        self.assertIn(message, due)
        self.assertFalse(self.platform._is_paused(Datetime.now()))
        self.assertTrue(self.platform._may_ask_for_keys())

    def test_what_was_given_up_by_a_clock_that_was_ahead_is_tried_again(self):
        message = self.submit().filtered(lambda each: each.kind == "filing")
        message.write({"attempts": 1, "give_up_at": Datetime.now() + datetime.timedelta(hours=1)})
        message._wait_for_person(gave_up=True)
        self.assertIn(message, message.search(message._due_domain()))
        message._wait_for_person()
        self.assertNotIn(message, message.search(message._due_domain()))

    def test_jobs_that_were_put_off_a_day_are_called_again(self):
        job = self.env.ref("rcep_eco.ir_cron_events")
        daily = self.env.ref("rcep_eco.ir_cron_reconcile")
        planned = daily.nextcall
        job.nextcall = Datetime.now() + datetime.timedelta(days=1)
        self.env["rcep.platform"]._mend_clock()
        self.assertLessEqual(job.nextcall, Datetime.now())
        self.assertEqual(daily.nextcall, planned)

    def test_health_says_that_the_jobs_stand_still(self):
        messages = self.submit()
        self.assertNotIn("stand still", self.platform.findings or "")
        long_ago = Datetime.now() - datetime.timedelta(minutes=20)
        messages.next_try = long_ago
        self.env.flush_all()
        self.env.cr.execute("UPDATE rcep_platform_message SET create_date = %s", [long_ago])
        self.env.invalidate_all()
        self.assertIn("stand still", self.platform.findings)

    # --- strangers ---------------------------------------------------------------------------------------
    def test_a_strangers_key_is_asked_for_less_and_less_often_and_stops_nothing(self):
        self.platform._want_keys()
        self.assertTrue(self.platform.keys_wanted)
        client = self.answering(announced_keys=link.errors.NotSent("no"), events=lambda _c: link.event.EventPage(
            events=(), cursor=""))  # fmt: skip
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertEqual((self.platform.keys_wanted, self.platform.keys_tries), (False, 1))
        self.assertFalse(self.platform.paused_until)
        self.assertTrue(client.events.called)
        self.platform._want_keys()
        self.assertFalse(self.platform.keys_wanted)
        self.platform.keys_read_at = Datetime.now() - datetime.timedelta(seconds=301)
        self.platform._want_keys()
        self.assertFalse(self.platform.keys_wanted)  # ten minutes by now
        self.platform.keys_read_at = Datetime.now() - datetime.timedelta(seconds=601)
        self.platform._want_keys()
        self.assertTrue(self.platform.keys_wanted)

    def test_announced_keys_are_looked_at_one_by_one(self):
        good = link.signatures.LocalSigner.generate("platform-2").public_pem().decode()
        keys = [{"key_id": "platform-2", "public_key_pem": good}, {"key_id": ["x"], "public_key_pem": good},
                {"key_id": "bad name \0", "public_key_pem": good}, {"key_id": "p-3", "public_key_pem": "-----BEGIN"},
                {"key_id": "p-4", "public_key_pem": good, "ends": "99999-01-01T00:00:00Z"}, "text",
                {"key_id": "p-5", "public_key_pem": "x" * 100_000}]  # fmt: skip
        body = json.dumps({"data": {"keys": keys}}).encode()
        result = PROFILE.read_keys(link.profiles.Reply(200, {}, body))
        self.answering(announced_keys=lambda: result)
        self.platform.keys_wanted = True
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertEqual(self.platform.announced_key_names, "platform-2")
        self.assertIn("announces these keys: platform-2", str(self.platform.message_ids[:1].body))
