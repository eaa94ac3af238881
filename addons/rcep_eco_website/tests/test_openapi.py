"""The description of this website: it has every route, says what goes over the wire, and whose it is."""

import inspect
import re

from odoo.addons.rcep_eco import link
from odoo.tests import tagged

from ..controllers import (
    goods,
    openapi,
    own_sites,
    platform_events,
    platform_reads,
    platform_unknown,
    verification,
    verifier,
    widget,
)
from .common import PUSH, PublicCommon

ROOMS = (goods, openapi, own_sites, platform_unknown, platform_events, platform_reads, verification, verifier, widget)
PATH = "/eco/openapi.json"


def routes():
    """(method, path) of every route of the controllers, as a description writes them."""
    for room in ROOMS:
        for controller in vars(room).values():
            if not inspect.isclass(controller) or controller.__module__ != room.__name__:
                continue
            for method in vars(controller).values():
                if hasattr(method, "original_routing"):
                    routing = method.original_routing
                    for path in routing["routes"]:
                        for verb in routing.get("methods", ()):  # what takes any method only says no
                            yield verb.lower(), re.sub(r"<\w+:(\w+)>", r"{\1}", path)


@tagged("post_install", "-at_install")
class TestOpenApi(PublicCommon):
    def described(self):
        return self.url_open(PATH).json()

    def test_every_route_is_in_it_and_no_other(self):
        paths = self.described()["paths"]
        self.assertEqual({(verb, path) for path, calls in paths.items() for verb in calls}, set(routes()))

    def test_anybody_may_keep_it_and_any_page_may_read_it(self):
        reply = self.url_open(PATH)
        self.assertEqual((reply.status_code, reply.headers["Access-Control-Allow-Origin"]), (200, "*"))
        self.assertIn("max-age", reply.headers["Cache-Control"])
        self.assertNotIn("Set-Cookie", reply.headers)
        again = self.url_open(PATH, headers={"If-None-Match": reply.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_it_says_that_the_profile_is_ours(self):
        self.assertIn("not an official interface", self.described()["info"]["description"])

    def test_the_words_are_the_profiles(self):
        event = self.described()["components"]["schemas"]["Event"]["properties"]
        tables = link.profiles.ccpit_json_1.TABLES
        self.assertEqual(event["state"]["enum"], list(tables["states"]))
        self.assertEqual(event["print_state"]["enum"], list(tables["print_states"]))

    def test_every_code_of_a_refusal_is_described(self):
        self.issue(certificate_ref="c-1")
        result = self.described()["paths"][PUSH]["post"]["responses"]
        for reply in (self.push(self.event(), late=900), self.push(b"{}"), self.push(self.event())):
            answer = result[str(reply.status_code)]["content"]["application/json"]["schema"]
            self.assertIn(f"'{reply.json()['code']}'", str(answer))
