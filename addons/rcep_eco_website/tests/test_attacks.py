"""The platform's door under attack: whatever is sent, one clear answer, and nothing moves without a key that is known.

Requests are written to the socket as they stand, where a client would not send them.
"""

import contextlib
import datetime
import gzip
import socket
import urllib.parse

from odoo.addons.rcep_eco import link
from odoo.tests import tagged

from .common import NOW, PUSH, PublicCommon

ORIGIN = "/rcep/platform/v1/origin-data"
HEALTH = "/rcep/platform/v1/health"
ASKED = f"{ORIGIN}?certificate_id=c-1"
MEGABYTE = 1024 * 1024
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


@tagged("post_install", "-at_install")
class TestAttacks(PublicCommon):
    def events(self):
        return self.env["rcep.platform.event"].search([("platform_id", "=", self.platform.id)])

    def reads(self):
        return self.env["rcep.data.read"].search([])

    def signed(self, method, target, body=b"", key=None, **headers):
        now = datetime.datetime.now(NOW)
        return link.signatures.sign(key or self.key, method, target, body, now=now, headers=headers)

    def call(self, method, target, **options):
        return self.opener.request(method, self.base_url() + target, timeout=20, allow_redirects=False, **options)

    def assert_refused(self, reply, status, code):
        self.assertEqual((reply.status_code, reply.json()["code"]), (status, code), reply.text[:300])
        self.assertTrue(reply.json()["message"].endswith("."))
        self.assertFalse(self.events())
        self.assertFalse(self.reads())

    # --- whose signature it is ---------------------------------------------------------------------------
    def test_two_signatures_are_none(self):
        stranger = self.signed("POST", PUSH, self.event(), link.signatures.LocalSigner.generate("stranger"))
        ours = self.signed("POST", PUSH, self.event())
        for first, second in ((ours, stranger), (stranger, ours), (ours, ours)):
            both = {name: f"{first[name]}, {second[name]}" for name in ("Signature-Input", "Signature")}
            self.assert_refused(self.call("POST", PUSH, data=self.event(), headers={**ours, **both}),
                                401, "bad_signature")  # fmt: skip

    def test_the_label_is_free_but_has_to_be_one(self):
        signed = self.signed("POST", PUSH, self.event())
        renamed = {**signed, "Signature": signed["Signature"].replace("sig1", "sig2")}
        self.assert_refused(self.call("POST", PUSH, data=self.event(), headers=renamed), 401, "bad_signature")

    def test_the_name_of_another_companys_key_does_not_help(self):
        forger = link.signatures.LocalSigner("platform-1", link.signatures.LocalSigner.generate("x")._private_key)
        for method, target, body in (("POST", PUSH, self.event()), ("GET", ASKED, b"")):
            reply = self.call(method, target, data=body, headers=self.signed(method, target, body, forger))
            self.assert_refused(reply, 401, "bad_signature")

    def test_what_a_signature_leaves_out_is_missed(self):
        signed = self.signed("POST", PUSH, self.event())
        for name in ("Date", "Content-Digest", "Signature", "Signature-Input"):
            rest = {key: value for key, value in signed.items() if key != name}
            self.assert_refused(self.call("POST", PUSH, data=self.event(), headers=rest), 401, "bad_signature")

    def test_another_method_path_or_query_is_another_request(self):
        self.issue(certificate_ref="c-1")
        signed = self.signed("GET", ASKED)
        for method, target in (("GET", f"{ASKED}&x=1"), ("GET", f"{ORIGIN}?certificate_id=c-2"), ("OPTIONS", ASKED)):
            self.assert_refused(self.call(method, target, headers=signed), 401, "bad_signature")

    def test_a_form_beside_the_query_asks_for_nothing_else(self):
        """A signed question for one certificate, caught on its way, opens no other one by a body."""
        self.issue(certificate_ref="c-1")
        other = f"{ORIGIN}?certificate_id=c-0"
        for options in ({"data": {"certificate_id": "c-1"}}, {"files": {"certificate_id": b"c-1"}}):
            self.assert_refused(self.call("GET", other, headers=self.signed("GET", other), **options), 400, "body")

    def test_a_question_has_no_body(self):
        self.issue(certificate_ref="c-1")
        for data in (b"x", iter([b"x"])):
            self.assert_refused(self.call("GET", ASKED, headers=self.signed("GET", ASKED), data=data), 400, "body")

    def test_a_certificate_is_named_once(self):
        self.issue(certificate_ref="c-1")
        for query in ("certificate_id=c-0&certificate_id=c-1", "certificate_id=c-1&certificate_id=c-1"):
            reply = self.call("GET", f"{ORIGIN}?{query}", headers=self.signed("GET", f"{ORIGIN}?{query}"))
            self.assert_refused(reply, 400, "no_certificate")

    def test_a_push_again_within_the_window_changes_nothing(self):
        signed = self.signed("POST", PUSH, self.event())
        answers = [self.call("POST", PUSH, data=self.event(), headers=signed).status_code for _time in range(3)]
        self.assertEqual((answers, len(self.events())), ([202, 200, 200], 1))

    # --- what a body may be ------------------------------------------------------------------------------
    def test_a_body_of_twenty_megabytes_without_a_length(self):
        chunks = (b"x" * MEGABYTE for _chunk in range(20))
        reply = self.written(b"POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" % PUSH.encode(), chunks)
        self.assertIn(b" 411 ", reply.splitlines()[0])
        self.assertFalse(self.events())

    def test_a_signed_body_in_chunks_has_to_name_its_length(self):
        signed = {**self.signed("POST", PUSH, self.event()), "Content-Type": "application/json"}
        self.assert_refused(self.call("POST", PUSH, data=iter([self.event()]), headers=signed), 411, "length")

    def test_a_form_is_no_event(self):
        for kind in FORMS:
            signed = {**self.signed("POST", PUSH, self.event()), "Content-Type": kind}
            self.assert_refused(self.call("POST", PUSH, data=self.event(), headers=signed), 415, "not_json")

    def test_a_long_form_is_not_even_read(self):
        for kind in FORMS:
            reply = self.call("POST", PUSH, data=b"x=" + b"y" * 2 * MEGABYTE, headers={"Content-Type": kind})
            self.assertEqual(reply.status_code, 413, kind)

    def test_nothing_is_unpacked(self):
        bomb = gzip.compress(b" " * 50 * MEGABYTE)
        self.assertLess(len(bomb), MEGABYTE)
        for body in (bomb, gzip.compress(self.event())):
            signed = {**self.signed("POST", PUSH, body), "Content-Type": "application/json", "Content-Encoding": "gzip"}
            self.assert_refused(self.call("POST", PUSH, data=body, headers=signed), 415, "not_json")

    def test_deep_and_endless_json_is_unreadable(self):
        deep, endless = (b"[" * 500_000, b'{"a":' * 100_000), (b"9" * 900_000, b'{"sequence": 1e999999}')
        for body in (*deep, *endless, b"\xff\xfe{\x00}\x00"):
            signed = {**self.signed("POST", PUSH, body), "Content-Type": "application/json"}
            self.assert_refused(self.call("POST", PUSH, data=body, headers=signed), 400, "unreadable")

    def test_characters_that_no_database_holds(self):
        names = ("event_id", "client_ref", "certificate_id", "certificate_no", "issuer_check_url", "content_digest",
                 "print_state", "occurred_at", "note")  # fmt: skip
        for text in ("\0", "a\0b", "\ud800", "\U0001f600", "\u202eabc"):
            for name in names:
                with self.subTest(name=name, text=text):
                    body = self.event(sequence=7, **{"event_id": f"e-{name}-{text!r}", name: text})
                    signed = {**self.signed("POST", PUSH, body), "Content-Type": "application/json"}
                    reply = self.call("POST", PUSH, data=body, headers=signed)
                    self.assertIn(reply.status_code, (200, 202, 400), reply.text[:200])

    def test_errors_with_characters_that_no_database_holds(self):
        for text in ("\0", "\ud800"):
            errors = [{"path": f"/application/{text}", "code": text, "message": text}]
            body = self.event("RETURNED", errors=errors, event_id=f"e-{text!r}")
            signed = {**self.signed("POST", PUSH, body), "Content-Type": "application/json"}
            self.assertIn(self.call("POST", PUSH, data=body, headers=signed).status_code, (202, 400))

    # --- addresses and methods ---------------------------------------------------------------------------
    def test_json_at_an_address_that_is_not_there_is_not_taken_for_kept(self):
        for target in ("/rcep/platform", "/rcep/platform/v1/event", f"{PUSH}/x", "/rcep/platform/v2/events"):
            self.assert_refused(self.call("POST", target, json={}), 404, "address")

    def test_methods_that_an_address_does_not_take(self):
        for target, takes in ((PUSH, "POST"), (ORIGIN, "GET"), (HEALTH, "GET")):
            for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - {takes}:
                for options in ({}, {"json": {}}, {"data": {"a": "b"}}):
                    reply = self.call(method, target, **options)
                    self.assert_refused(reply, 405, "method")
                    self.assertEqual(reply.headers["Allow"], takes)

    def test_asking_for_the_head_or_the_options_moves_nothing(self):
        for method in ("HEAD", "OPTIONS"):
            self.assertIn(self.call(method, PUSH).status_code, (204, 401, 405), method)
            self.assertEqual(self.call(method, ORIGIN).status_code, 401, method)

    def test_parameters_by_the_names_of_the_program(self):
        """A query or form field may be called as an argument of the method that reads it."""
        names = ("self", "token", "endpoint", "request", "certificate_id", "args", "kwargs", "_query", "rest", "parts")
        public = ("/eco", f"/eco/{self.page.token}", "/eco/openapi.json", "/rcep/platform/x", HEALTH, ORIGIN)
        for name in names:
            for target in public:
                reply = self.call("GET", f"{target}?{name}=1&{name}=2")
                self.assertLess(reply.status_code, 500, f"{target} {name}")

    def test_queries_that_are_no_text(self):
        for query in ("%00", "%FF%FE", "%ED%A0%80", "%F0%9F%98%80", urllib.parse.quote("编号"), "a" * 8000):
            for target in ("/eco", f"/eco/{query[:200]}", ORIGIN, HEALTH):
                reply = self.call("GET", f"{target}?certificate_id={query}")
                self.assertLess(reply.status_code, 500, f"{target} {query[:30]}")

    def written(self, head, chunks):
        """Write a request to the socket; the first answer to it."""
        place = ("127.0.0.1", self.http_port())
        with self.allow_requests(), socket.create_connection(place, timeout=20) as wire:
            cookies = "; ".join(f"{name}={value}" for name, value in self.opener.cookies.items())
            wire.sendall(head + f"Cookie: {cookies}\r\n\r\n".encode())
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused before it was read
                for chunk in chunks:
                    wire.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                wire.sendall(b"0\r\n\r\n")
            return wire.recv(65536)
