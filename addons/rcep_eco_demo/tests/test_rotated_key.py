"""The platform changes the key that signs its pushes: soon the new one is known, without anybody's doing."""

import contextlib
import datetime
import http.server
import itertools
import json
import queue
import threading

from odoo import fields
from odoo.addons.rcep_eco import link
from odoo.tests import HttpCase, tagged

from .common import GOODS, WithPlatform

PUSH = "/rcep/platform/v1/events"
_numbers = itertools.count(1)


@contextlib.contextmanager
def listening():
    """A website that takes every push; its address, and a queue of (header fields, body)."""
    came = queue.SimpleQueue()

    class Website(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            del self.headers["Host"]
            came.put((dict(self.headers.items()), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202)
            self.end_headers()

        def log_message(self, *_said):
            """Nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Website) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", came
        server.shutdown()


@tagged("post_install", "-at_install")
class TestRotatedKey(WithPlatform, HttpCase):
    def setUp(self):
        super().setUp()
        self.connection.sudo().write({"announced_keys": False, "keys_read_at": False, "keys_wanted": False})

    def rotate(self, **when):
        return self.control_of("POST", "/keys/rotate", {"overlap_seconds": 600, **when})

    def night(self):
        self.run_job("_cron_reconcile", "rcep.platform")

    def push(self, key):
        """An event of nobody's, signed with a key; the answer's status."""
        number = next(_numbers)
        body = json.dumps({
            "event_id": f"rotated-{number}", "client_ref": f"nobody-{number}", "revision": 1, "sequence": 1,
            "state": "RECEIVED", "occurred_at": "2026-05-01T08:00:00Z",
        }).encode()  # fmt: skip
        signed = link.signatures.sign(key, "POST", PUSH, body, now=datetime.datetime.now(datetime.timezone.utc))
        return self.url_open(PUSH, data=body, headers={**signed, "Content-Type": "application/json"}).status_code

    def test_the_new_key_is_known_after_a_night(self):
        old, new = self.connection.platform_key_name, self.rotate()["key_id"]
        self.assertNotIn(new, self.connection.sudo()._known().keys)
        self.night()
        self.assertEqual(next(iter(self.connection.sudo()._known().keys)), old)  # the one that a person entered
        self.assertIn(new, self.connection.sudo()._known().keys)

    def test_a_push_with_an_unknown_key_wakes_the_job_once_and_the_next_is_taken(self):
        new = link.signatures.LocalSigner.generate("platform-next")
        job = self.env.ref("rcep_eco.ir_cron_events")
        woken = [("cron_id", "=", job.id)]
        before, asked = self.env["ir.cron.trigger"].search_count(woken), self.calls("keys")
        self.assertEqual([self.push(new) for _time in range(3)], [401, 401, 401])
        self.assertEqual(self.env["ir.cron.trigger"].search_count(woken), before + 1)
        self.assertTrue(self.connection.keys_wanted)
        self.assertEqual(self.calls("keys"), asked)  # never while a push waits for its answer
        announced = link.onboarding.AnnouncedKey(key_id=new.key_id, public_key_pem=new.public_pem().decode())
        self.patch(link.client.Client, "announced_keys", lambda _client: (announced,))
        self.follow()
        self.assertFalse(self.connection.keys_wanted)
        self.assertEqual(self.push(new), 202)

    def test_what_the_sandbox_pushes_after_it_rotated_is_taken_once_its_keys_were_read(self):
        with listening() as (address, came):
            result = self.control_of("POST", "/enterprises", {**self.enrolment(), "push_url": address + PUSH})
            self.connection.new_secret = result["client_secret"]
            new = self.rotate()["key_id"]
            self.submit(self.prepare(GOODS[:1]))
            self.until(lambda: not came.empty(), self.deliver)
            headers, body = came.get()
        self.assertIn(new, headers["Signature-Input"])

        def arrives():
            return self.url_open(PUSH, data=body, headers=headers).status_code

        self.assertEqual(arrives(), 401)
        self.run_job("_cron_follow", "rcep.platform.event")
        self.assertIn(new, self.connection.announced_key_names)
        self.assertIn(arrives(), (200, 202))  # the feed may have told it meanwhile

    def test_keys_are_not_asked_for_again_at_once(self):
        self.night()
        stranger = link.signatures.LocalSigner.generate("stranger")
        self.assertEqual(self.push(stranger), 401)
        self.assertFalse(self.connection.keys_wanted)

    def test_a_key_that_has_ended_is_no_longer_known(self):
        ended = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
        key = link.signatures.LocalSigner.generate("platform-past")
        result = link.onboarding.AnnouncedKey(key_id=key.key_id, public_key_pem=key.public_pem().decode(), ends=ended)
        self.connection.sudo().announced_keys = [result.to_json()]
        self.assertEqual(self.push(key), 401)

    def test_no_announced_key_takes_the_place_of_the_entered_one(self):
        forged = link.signatures.LocalSigner.generate(self.connection.platform_key_name)
        result = link.onboarding.AnnouncedKey(key_id=forged.key_id, public_key_pem=forged.public_pem().decode())
        self.connection.sudo().announced_keys = [result.to_json()]
        self.assertEqual(self.push(forged), 401)

    def test_at_another_address_the_announced_keys_are_forgotten(self):
        self.night()
        self.assertTrue(self.connection.announced_key_names)
        self.connection.base_url = "http://127.0.0.1:9"
        self.assertFalse(self.connection.announced_keys or self.connection.keys_read_at)

    def test_a_key_of_a_kind_that_is_not_checked_is_left_out(self):
        odd = link.onboarding.AnnouncedKey(key_id="odd", public_key_pem="-----BEGIN PUBLIC KEY-----")
        self.patch(link.client.Client, "announced_keys", lambda _client: (odd,))
        self.night()
        self.assertEqual((self.connection.announced_keys or [], bool(self.connection.keys_read_at)), ([], True))

    def test_a_platform_that_does_not_answer_for_its_keys_is_compared_all_the_same(self):
        self.fault("keys", "error_500")
        before = fields.Datetime.now()
        self.night()
        self.assertGreaterEqual(self.connection.reconciled_at, before)
