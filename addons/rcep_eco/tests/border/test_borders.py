"""Who sees what: nothing crosses a border that its list does not name; addresses, pages and messages are enumerated."""

import re
import threading
from unittest import mock

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...values.borders import OF_EACH_PAGE
from ..common import OTHER_USCC, EcoCommon
from .template_fields import read_by

OURS = "odoo.addons.rcep_eco"
# Addresses of employees, with the rights of their own account.
OF_EMPLOYEES = ("/rcep_eco/",)


def paths_of(value, before=""):
    """Yield the path to each member of a message."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{before}{name}"
            yield from paths_of(inner, f"{before}{name}.")
    for each in value if isinstance(value, list) else ():
        yield from paths_of(each, before)


def begins(rule, address):
    """Whether an address of the server is one of those that begin so."""
    return rule == address or rule.startswith(address if address.endswith("/") else (f"{address}/", f"{address}."))


@tagged("post_install", "-at_install")
class TestBorders(EcoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.borders = cls.env["rcep.borders"]._borders()
        cls.auditor = cls.person("auditor")

    def test_each_address_belongs_to_one_border(self):
        with mock.patch.object(threading.current_thread(), "dbname", self.env.cr.dbname, create=True):
            known = self.env["ir.http"].routing_map()
        rules = [each.rule for each in known.iter_rules() if each.endpoint.func.__module__.startswith(OURS)]
        self.assertGreater(len(rules), 10)
        for rule in rules:
            with self.subTest(rule):
                if rule.startswith(OF_EMPLOYEES):
                    continue
                matched = {
                    code: max((len(each) for each in border.addresses if begins(rule, each)), default=0)
                    for code, border in self.borders.items()
                }
                longest = max(matched.values())  # a door may stand below the pages of another
                found = {code for code, length in matched.items() if length == longest > 0}
                self.assertEqual(len(found), 1, found)

    def test_a_page_reads_what_its_list_names_and_nothing_else(self):
        for code, border in self.borders.items():
            with self.subTest(code):
                found = set()
                for template, records in border.pages.items():
                    found |= read_by(self.env, template, records)
                self.assertEqual(found - OF_EACH_PAGE - border.leaves, set())
                if border.pages:
                    listed = {each for each in border.leaves if each.rpartition(".")[0] in self.env}
                    self.assertEqual(listed - found, set())

    def test_each_page_of_a_border_is_in_its_list(self):
        """Of the templates of public pages none is left out."""
        listed = {template for border in self.borders.values() for template in border.pages}
        called = set()
        for template in listed:
            called |= set(re.findall(r"rcep\w*\.\w+", self.env.ref(template).arch))
        ours = [("type", "=", "qweb"), ("key", "=like", "rcep%"), ("mode", "=", "primary")]
        views = self.env["ir.ui.view"].search(ours)
        pages = {view.key for view in views if "portal.portal_layout" in view.arch or "_layout" in view.arch}
        pages -= {view.key for view in views if "web.html_container" in view.arch or "t-out=\"0\"" in view.arch}
        self.assertEqual(pages - listed - called, set())

    def test_what_is_sent_to_the_platform_is_in_the_list(self):
        certificate = self.certify()
        sent = set(paths_of(certificate._application().to_json()))
        self.assertGreater(len(sent), 20)
        self.assertEqual(sent - self.borders["platform"].leaves, set())

    def test_each_border_and_each_value_has_its_words(self):
        borders = self.env["rcep.borders"]
        self.assertEqual(set(borders._words()), set(self.borders))
        words = borders._value_words()
        for code, border in self.borders.items():
            for name in border.leaves | border.enters:
                with self.subTest(f"{code}: {name}"):
                    model, _dot, field = name.rpartition(".")
                    if model in self.env:
                        self.assertTrue(field in self.env[model]._fields or name in words)
                    elif border.pages and name.endswith("()"):
                        self.fail("a method has no words")

    def test_the_counts_are_of_the_readers_company_alone(self):
        wanted = {self.supplier: self.make_good("Socket", "SOCKET")}
        self.supplier.email = "origin@lamp-works.example"
        asked = self.env["rcep.declaration.request"]._ask(self.exporter, wanted)
        asked.declaration_ids._answer(False, "Sun Li", {"reason": "We only trade it"})
        border = self.borders["supplier"]
        found = self.env["rcep.borders"]._passed(border, self.exporter)
        self.assertEqual((found["passed"], bool(found["last_on"])), (1, True))
        other = self.make_company("宁波另家有限公司", OTHER_USCC)
        self.assertEqual(self.env["rcep.borders"]._passed(border, other)["passed"], 0)

    def test_an_auditor_opens_and_prints_it_and_an_employee_does_not(self):
        action = self.env["rcep.border"].with_user(self.auditor).with_company(self.exporter).action_open()
        rows = self.env["rcep.border"].with_user(self.auditor).search(action["domain"])
        self.assertEqual(len(rows), len(self.borders))
        report = self.env["ir.actions.report"].with_user(self.auditor)
        page = report._render_qweb_html("rcep_eco.report_borders", rows.ids)[0].decode()
        self.assertIn(rows[1].name, page)
        with self.assertRaises(AccessError):
            self.env["rcep.border"].with_user(self.person("employee")).action_open()
