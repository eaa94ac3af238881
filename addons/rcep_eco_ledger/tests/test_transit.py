"""Goods by way of Hong Kong: the papers of the way are wanted, come later, are kept, and answer customs."""

import base64

from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.rcep_transit_paper import ACTIVITY
from .common import LedgerCommon

FILE = base64.b64encode(b"%PDF non-manipulation certificate")


@tagged("post_install", "-at_install")
class TestTransit(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.certificate = cls.certify()
        cls.hong_kong = cls.env.ref("base.hk")

    def paper(self, **values):
        papers = self.env["rcep.transit.paper"].with_user(self.clerk)
        wanted = {"certificate_id": self.certificate.id, "country_id": self.hong_kong.id, **values}
        return papers.create(wanted)

    def tasks(self):
        return self.certificate.activity_search([ACTIVITY])

    def test_straight_there_nothing_is_wanted(self):
        self.certificate.with_user(self.signer).action_approve()
        self.assertFalse(self.certificate.transit_missing)
        self.assertFalse(self.tasks())

    def test_what_is_wanted_is_a_task_once_it_is_approved_and_none_once_it_came(self):
        paper = self.paper()
        self.assertIn("Hong Kong", self.certificate.transit_missing)
        self.assertFalse(self.tasks())
        self.certificate.with_user(self.signer).action_approve()
        self.assertEqual(self.tasks().user_id, self.signer)
        self.assertIn("Hong Kong", self.tasks().note)
        paper.write({"document": FILE, "document_name": "hk.pdf", "name": "NM-7"})
        self.assertEqual(paper.state, "kept")
        self.assertFalse(self.certificate.transit_missing)
        self.assertFalse(self.tasks())

    def test_a_bill_of_lading_alone_shows_no_control_at_the_place(self):
        self.paper(kind="transport", document=FILE)
        self.assertIn("Hong Kong", self.certificate.transit_missing)
        self.paper(kind="non_manipulation", document=FILE)
        self.assertFalse(self.certificate.transit_missing)

    def test_each_place_is_shown_by_its_own_paper(self):
        self.paper(kind="customs", document=FILE)
        self.paper(kind="customs", country_id=self.env.ref("base.sg").id)
        self.assertNotIn("Hong Kong", self.certificate.transit_missing)
        self.assertIn("Singapore", self.certificate.transit_missing)

    def test_a_place_is_named_and_lies_between(self):
        for country in (False, self.env.ref("base.cn").id, self.certificate.importing_party_id.country_id.id):
            with self.subTest(country), self.assertRaises(ValidationError):
                self.paper(country_id=country)

    def test_what_came_is_kept_as_it_came(self):
        paper = self.paper(document=FILE, document_name="hk.pdf")
        paper.name = "NM-7"
        for values in ({"document": False}, {"kind": "other"}, {"country_id": self.env.ref("base.sg").id}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "kept as it came"):
                paper.write(values)
        wanted = self.paper()
        self.certificate.with_user(self.signer).action_approve()
        wanted.unlink()
        with self.assertRaisesRegex(UserError, "three years"):
            paper.unlink()

    def test_it_answers_a_query_of_customs(self):
        place(self.certificate, state="issued", certificate_no="26C3302B0007/00031")
        paper = self.paper(document=FILE, document_name="hk.pdf", name="NM-7")
        self.paper(kind="invoice", country_id=False)
        query = self.env["rcep.customs.query"].new({"certificate_id": self.certificate.id})
        listed = query._papers()
        self.assertEqual([key for key in listed if key.startswith("transit-")], [f"transit-{paper.id}"])
        name, _secret, make = listed[f"transit-{paper.id}"]
        self.assertIn("NM-7", name)
        self.assertEqual(make(), ("pdf", base64.b64decode(FILE)))

    def test_cancelled_nothing_is_wanted_any_more(self):
        self.paper()
        place(self.certificate, state="issued")
        self.assertTrue(self.tasks())
        place(self.certificate, state="cancelled")
        self.assertFalse(self.tasks())

    def test_another_company_sees_none(self):
        paper = self.paper(document=FILE)
        stranger = self.person("clerk", self.make_company("宁波另家有限公司", OTHER_USCC))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            paper.with_env(self.env(user=stranger, context={})).read(["document"])
