"""A certificate that came with goods: it counts only as its issuer says it, and only to its day."""

import datetime

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..states import received_states
from .common import LedgerCommon


@tagged("post_install", "-at_install")
class TestReceived(LedgerCommon):
    def check(self, received=None):
        (received or self.received).with_user(self.clerk).action_check()

    def test_checked_it_says_who_and_when_and_nothing_of_it_changes(self):
        self.check()
        received = self.received.with_user(self.clerk)
        self.assertEqual((received.state, received.checked_by_id), ("checked", self.clerk))
        line = received.line_ids
        for change in (
            lambda: received.write({"valid_until": self.today}),
            lambda: received.write({"outcome": "differs"}),
            lambda: received.write({"line_ids": [Command.update(line.id, {"quantity": 5000})]}),
            lambda: line.write({"quantity": 5000}),
            line.unlink,
            lambda: line.copy({"number": 2}),
            lambda: self.receive(name="other").line_ids.write({"certificate_id": received.id, "number": 9}),
        ):
            with self.assertRaisesRegex(UserError, "is fixed"), self.env.cr.savepoint():
                change()
        with self.assertRaisesRegex(UserError, "it is kept"):
            received.unlink()
        with self.assertRaisesRegex(UserError, "set by its own steps"):
            received.state = "draft"

    def test_what_keeps_it_from_counting_is_one_sentence(self):
        for values, words in (
            ({"document": False}, "has no file"),
            ({"line_ids": [Command.clear()]}, "names no goods"),
            ({"looked_up_at": False}, "was not looked up"),
            ({"outcome": False}, "was not looked up"),
            ({"outcome": "differs"}, "Says something else"),
            ({"outcome": "unknown"}, "Not known there"),
            ({"outcome": "cancelled"}, "Cancelled there"),
            ({"kind": "declaration"}, "approved exporter's code"),
            ({"valid_until": self.today - datetime.timedelta(days=1)}, "today it does not"),
            ({"issued_on": self.today + datetime.timedelta(days=1)}, "today it does not"),
        ):
            with self.subTest(words):
                received = self.receive(name=str(values), **values)
                with self.assertRaisesRegex(UserError, words):
                    self.check(received)
                self.assertEqual(received.state, "draft")

    def test_what_cannot_be_on_a_certificate_is_not_taken(self):
        for values, line, words in (
            ({"valid_until": self.today + datetime.timedelta(days=400)}, {}, "a year after its issue"),
            ({}, {"hs6": "94-521"}, "no HS code"),
            ({}, {"uom_id": self.env.ref("uom.product_uom_kgm").id}, "cannot be counted in"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValidationError, words):
                self.receive(line, name=words, **values)
        for line in ({"quantity": 0}, {"number": 0}):
            with (
                self.subTest(line), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):  # fmt: skip
                self.receive(line, name=str(line))

    def test_one_number_is_there_once_unless_it_was_a_wrong_copy(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.receive()
        self.received.with_user(self.clerk).action_cancel()
        self.env.flush_all()
        self.check(self.receive())

    def test_the_day_after_its_last_it_is_over(self):
        self.check()
        with freeze_time(self.received.valid_until):
            self.received._cron_calendar()
            self.assertEqual(self.received.state, "checked")
        with freeze_time(self.received.valid_until + datetime.timedelta(days=1)):
            self.received._cron_calendar()
        self.assertEqual(self.received.state, "expired")

    def test_every_end_is_an_end(self):
        self.assertEqual({before for before, _after in received_states.MOVES}, {"draft", "checked"})
