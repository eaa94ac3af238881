"""A key from its making to its end, and how often it calls."""

import datetime
import pathlib

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.rcep_integration_call import KEPT_DAYS
from .common import KeyCommon, make_key

NEUTRALIZE = pathlib.Path(__file__).parents[1] / "data/neutralize.sql"


@tagged("post_install", "-at_install")
class TestKey(KeyCommon):
    def test_it_is_known_by_its_hash_alone(self):
        self.assertEqual(self.keys._of_token(self.token), self.key)
        self.env.flush_all()
        self.env.cr.execute("SELECT row_to_json(k)::text FROM rcep_integration_key k WHERE id = %s", (self.key.id,))
        self.assertNotIn(self.token[17:], self.env.cr.fetchone()[0])
        self.assertTrue(self.token.startswith(f"{self.key.number}_"))

    def test_whatever_is_another_is_nobody(self):
        changed = self.token[:-1] + ("A" if self.token[-1] != "A" else "B")
        for token in (changed, "", "eco_", self.token[:30], self.key.number, f"{self.token}x", "é" * 60):
            self.assertFalse(self.keys._of_token(token), token)

    def test_unknown_ended_and_revoked_take_the_same_steps(self):
        revoked, token = make_key(self.manager)
        revoked.with_user(self.manager).action_revoke()
        ended, old = make_key(self.manager)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE rcep_integration_key SET valid_from = '2020-01-01', valid_until = '2020-12-31' WHERE id = %s",
            (ended.id,),
        )
        self.env.invalidate_all()
        counts = []
        for each in (token, old, "eco_" + "0" * 12 + "_" + "x" * 43, "nonsense"):
            self.keys._of_token(each)  # what is read once a process is read
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertFalse(self.keys._of_token(each))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(max(counts) - min(counts), 1, counts)

    def test_one_minute_after_its_last_day_it_is_nobody(self):
        until = self.key.valid_until
        evening = datetime.datetime.combine(until, datetime.time(15, 59))  # 23:59 in China
        with freeze_time(evening):
            self.assertTrue(self.keys._of_token(self.token))
        with freeze_time(evening + datetime.timedelta(minutes=1)):
            self.assertFalse(self.keys._of_token(self.token))

    def test_what_was_given_out_stays_as_it_is(self):
        key = self.key.with_user(self.manager)
        for values in ({"name": "x"}, {"valid_until": "2099-01-01"}, {"state": "draft"}, {"digest": "0" * 64}):
            with self.assertRaises(UserError):
                key.write(values)
        with self.assertRaises(UserError):
            key.action_give()
        with self.assertRaises(UserError):
            key.unlink()
        key.per_minute = 5
        key.action_revoke()
        with self.assertRaises(UserError):
            key.action_give()

    def test_a_key_that_allows_nothing_is_not_given_out(self):
        key = self.keys.with_user(self.manager).create({"name": "Nothing"})
        with self.assertRaises(UserError) as caught:
            key.action_give()
        self.assertIn("allows nothing", str(caught.exception))

    def test_in_a_neutralised_copy_it_is_nobody(self):
        self.env.flush_all()
        self.env.cr.execute(NEUTRALIZE.read_text())
        self.env.invalidate_all()
        self.assertFalse(self.keys._of_token(self.token))

    def test_in_a_duplicate_it_is_nobody(self):
        self.env["ir.config_parameter"].init(force=True)  # what Odoo does to a duplicate
        self.assertFalse(self.keys._of_token(self.token))

    # --- how often -------------------------------------------------------------------------------------
    def call(self, moment):
        with freeze_time(moment):
            return self.calls._note(self.key, "GET", "/eco", 0)

    def test_more_than_its_calls_a_minute_wait(self):
        self.registry_enter_test_mode()
        self.key.with_user(self.manager).per_minute = 3
        noon = fields.Datetime.now().replace(microsecond=0)
        for second in (0, 10, 20):
            self.assertEqual(self.call(noon + datetime.timedelta(seconds=second))[1], 0)
        note, wait = self.call(noon + datetime.timedelta(seconds=25))
        self.assertEqual((bool(note), wait), (True, 35))
        for second in range(26, 50):  # hammering fills no table, and puts nothing off
            self.assertEqual(self.call(noon + datetime.timedelta(seconds=second)), (False, 60 - second))
        self.assertEqual(self.calls.search_count([("key_id", "=", self.key.id)]), 4)
        self.assertEqual(self.call(noon + datetime.timedelta(seconds=61))[1], 0)

    def test_calls_are_kept_ninety_days(self):
        now = fields.Datetime.now()
        old, new = (
            self.calls.create({"key_id": self.key.id, "at": now - datetime.timedelta(days=days)})
            for days in (KEPT_DAYS + 1, KEPT_DAYS - 1)
        )
        self.calls._gc_old()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())
        self.assertEqual((self.key.call_count, self.key.last_used_on), (1, self.today - datetime.timedelta(days=89)))
