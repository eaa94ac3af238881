"""Every screen of the suite opens: each menu, view and filter; a card reads what its view loads, a list has cards."""

import itertools
import re

from lxml import etree
from odoo.tests import HttpCase, tagged

from .common import DemoCommon

READS = re.compile(r"\brecord\.(\w+)")
GRIDS = ("rcep_eco_mrp.action_material_grid", "rcep_eco_mrp.action_operation_grid")  # many cells at once: no phone
CLICK = "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere('rcep_eco.menu_root');"


@tagged("post_install", "-at_install")
class TestEveryScreen(DemoCommon, HttpCase):
    allow_end_on_form = True

    def test_each_card_reads_fields_that_its_view_loads(self):
        """What a card reads and its view does not load is an error, as soon as there is a record."""
        views = self.env["ir.ui.view"].search(
            [("type", "=", "kanban"), ("mode", "=", "primary"), ("model", "!=", False)]
        )
        ours = views.filtered(lambda view: (view.xml_id or "").startswith("rcep_eco") or view.model.startswith("rcep."))
        self.assertGreater(len(ours), 10)
        people = (self.clerk, self.engineer, self.signer, self.manager)
        for view, person in itertools.product(ours, people):
            records = self.env[view.model].with_user(person)
            if not records.has_access("read"):
                continue
            with self.subTest(view.xml_id, person=person.login):
                arch = etree.fromstring(records.get_view(view.id, "kanban")["arch"])
                loaded = {field.get("name") for field in arch.iter("field")}
                read = {name for each in arch.iter() for text in each.attrib.values() for name in READS.findall(text)}
                self.assertLessEqual(read, loaded)

    def test_each_list_of_a_menu_has_cards_for_the_phone(self):
        menus = self.env["ir.ui.menu"].search([("id", "child_of", self.env.ref("rcep_eco.menu_root").id)])
        actions = menus.filtered("action").mapped("action")
        windows = [each for each in actions if each._name == "ir.actions.act_window" and "list" in each.view_mode]
        self.assertGreater(len(windows), 20)
        for window in windows:
            if window.xml_id in GRIDS:
                continue
            with self.subTest(window.xml_id):
                self.assertIn("kanban", window.view_mode.split(","))

    def test_a_list_that_takes_lines_lets_them_be_filled_in(self):
        """Who may add lines and not change them cannot type into a line that the screen offers."""
        views = self.env["ir.ui.view"].search([("type", "=", "form"), ("mode", "=", "primary")])
        ours = views.filtered(lambda view: view.model.startswith("rcep.") and view.model in self.env)
        self.assertGreater(len(ours), 20)
        for view, person in itertools.product(ours, (self.clerk, self.engineer, self.signer, self.manager)):
            records = self.env[view.model].with_user(person)
            if not records.has_access("create"):
                continue
            with self.subTest(view.xml_id, person=person.login):
                arch = etree.fromstring(records.get_view(view.id, "form")["arch"])
                lists = [each for each in arch.iter("list") if each.get("editable")]
                locked = [each for each in lists if each.get("edit") == "False" and each.get("create") != "False"]
                self.assertFalse([each.getparent().get("name") for each in locked])

    def test_what_is_loaded_with_the_suite_has_no_note_of_its_creation(self):
        """It would be in English for ever."""
        loaded = self.env["ir.model.data"].search([("module", "=like", "rcep_eco%"), ("model", "=like", "rcep.%")])
        for model, of_model in loaded.filtered(lambda each: each.module != "rcep_eco_demo").grouped("model").items():
            if "message_ids" in self.env[model]._fields:
                with self.subTest(model):
                    notes = self.env["mail.message"].search(
                        [("model", "=", model), ("res_id", "in", of_model.mapped("res_id"))]
                    )
                    self.assertFalse(notes.filtered(lambda note: note.author_id == self.env.ref("base.partner_root")))

    def test_each_menu_view_and_filter(self):
        """Odoo's own robot clicks on all of them."""
        self.manager.group_ids += self.engineer.group_ids + self.signer.group_ids
        self.browser_js(
            "/odoo", CLICK, "odoo.isReady === true", login=self.manager.login, timeout=600,
            success_signal="clickbot test succeeded",
        )  # fmt: skip
