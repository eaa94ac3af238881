"""Every screen of the suite opens: each menu, each of its views, each filter; and each card reads what its view loads."""

import itertools
import re

from lxml import etree
from odoo.tests import HttpCase, tagged

from .common import DemoCommon

READS = re.compile(r"\brecord\.(\w+)")
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

    def test_each_menu_view_and_filter(self):
        """Odoo's own robot clicks on all of them."""
        self.manager.group_ids += self.engineer.group_ids + self.signer.group_ids
        self.browser_js(
            "/odoo", CLICK, "odoo.isReady === true", login=self.manager.login, timeout=600,
            success_signal="clickbot test succeeded",
        )  # fmt: skip
