"""The structured proof: only for the platform whose key signed, only what is granted, and each read is written down."""

import datetime
import json

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import OTHER_USCC, place
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import NOW, PublicCommon

PATH = "/rcep/platform/v1/origin-data"


@tagged("post_install", "-at_install")
class TestOriginData(PublicCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.certificate.line_ids
        case = {
            "good": {"fob": "50.00"},
            "materials": [
                {"name": "LED chip", "hs": "854141", "origin": "KR", "value": "12.50"},
                {"name": "Board", "hs": "853400", "value": "20", "self_produced": {
                    "materials": [{"name": "Laminate", "hs": "392190", "origin": "US", "value": "3.333"}]}},
            ],
            "processes": [{"kind": "manufacturing", "party": "CN"}],
        }  # fmt: skip
        cls.env.flush_all()  # what was submitted no person can change: written past the model
        cls.env.cr.execute(
            "UPDATE rcep_certificate_line SET dossier = %s WHERE id = %s", [json.dumps({"case": case}), cls.line.id]
        )
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.issue(certificate_ref="c-1")

    def ask(self, query="?certificate_id=c-1", key=None, late=0, path=PATH):
        """GET, signed as it was `late` seconds ago."""
        made = datetime.datetime.now(NOW) - datetime.timedelta(seconds=late)
        signed = link.signatures.sign(key or self.key, "GET", path + query, b"", now=made)
        return self.url_open(path + query, headers=signed)

    def reads(self):
        return self.env["rcep.data.read"].search([("certificate_id", "=", self.certificate.id)])

    # --- who may read ------------------------------------------------------------------------------------
    def test_the_platform_reads_what_is_granted_and_it_is_written_down(self):
        reply = self.ask()
        self.assertEqual((reply.status_code, reply.headers["Cache-Control"]), (200, "no-store"))
        data = reply.json()["data"]
        self.assertEqual((data["certificate_id"], data["state"], data["parts"]),
                         ("c-1", "issued", ["materials", "processes", "invoices"]))  # fmt: skip
        (good,) = data["goods"]
        self.assertEqual((good["hs6"], good["criterion"], good["dossier_sha256"]),
                         (self.line.hs6, self.line.criterion, self.line.dossier_sha256))  # fmt: skip
        self.assertEqual([each["hs"] for each in good["materials"]], ["854141", "853400"])
        self.assertEqual(good["materials"][1]["made_of"][0]["origin"], "US")
        self.assertEqual(good["processes"], [{"kind": "manufacturing", "party": "CN"}])
        self.assertEqual(good["invoice"]["number"], self.line.invoice_id.name)
        self.assertEqual(self.reads().mapped("parts"), ["materials, processes, invoices"])

    def test_nobody_else_does(self):
        stranger = link.signatures.LocalSigner.generate(self.key.key_id)
        unsigned = self.url_open(PATH + "?certificate_id=c-1")
        late, forged = self.ask(late=400), self.ask(key=stranger)
        for reply in (unsigned, late, forged):
            self.assertEqual((reply.status_code, reply.json()["code"]), (401, "bad_signature"))
        self.assertFalse(self.reads())

    def test_a_signature_for_one_certificate_opens_no_other(self):
        now = datetime.datetime.now(NOW)
        signed = link.signatures.sign(self.key, "GET", PATH + "?certificate_id=c-1", b"", now=now)
        self.assertEqual(self.url_open(PATH + "?certificate_id=c-2", headers=signed).status_code, 401)

    def test_another_companys_platform_reads_nothing_of_ours(self):
        other = self.env["res.company"].create({"name": "Other", "rcep_uscc": OTHER_USCC})
        key = link.signatures.LocalSigner.generate("platform-2")
        self.make_platform(other, platform_key_name="platform-2", platform_public_key=key.public_pem().decode())
        reply = self.ask(key=key)
        self.assertEqual((reply.status_code, reply.json()["code"]), (404, "not_found"))

    def test_what_is_not_issued_or_was_issued_elsewhere_is_not_there(self):
        for values in ({"state": "under_review"}, {"environment": "test"}):
            place(self.certificate, **values)
            self.assertEqual(self.ask().status_code, 404, values)
            self.issue(certificate_ref="c-1", environment=self.platform.environment)

    def test_questions_without_sense(self):
        for reference in (None, "", "x" * 201, "%00", "%FF"):
            query = "" if reference is None else f"?certificate_id={reference}"
            reply = self.ask(query)
            self.assertIn(reply.status_code, (400, 404), query)
        self.assertFalse(self.reads())

    # --- what is told ------------------------------------------------------------------------------------
    def test_shares_only_where_they_are_granted_and_never_an_amount(self):
        self.assertNotIn("share", self.ask().text)
        self.platform.grant_shares = True
        reply = self.ask()
        first, second = reply.json()["data"]["goods"][0]["materials"]
        self.assertEqual((first["share"], second["share"], second["made_of"][0]["share"]), ("25.00", "40.00", "6.67"))
        for amount in ("12.50", "50.00", "3.333"):
            self.assertNotIn(amount, reply.text)

    def test_nothing_but_goods_and_hash_where_nothing_is_granted(self):
        for part in ("materials", "processes", "invoices"):
            self.platform[f"grant_{part}"] = False
        (good,) = self.ask().json()["data"]["goods"]
        self.assertFalse({"materials", "processes", "invoice"} & set(good))
        self.assertTrue(good["dossier_sha256"])

    def test_no_supplier_no_price_no_consignee(self):
        self.platform.grant_shares = True
        text = self.ask().text
        for secret in ("Yuyao", self.certificate.partner_id.name, "invoice_value", "fob"):
            self.assertNotIn(secret, text)

    # --- the list of reads -------------------------------------------------------------------------------
    def test_an_auditor_sees_the_reads_and_changes_none(self):
        self.ask()
        read = self.reads().with_user(self.person("auditor"))
        self.assertEqual(read.certificate_id, self.certificate)
        for act in (lambda: read.write({"parts": ""}), read.unlink):
            with self.assertRaises(AccessError):
                act()

    def test_nobody_of_another_company_sees_them(self):
        self.ask()
        other = self.env["res.company"].create({"name": "Other", "rcep_uscc": OTHER_USCC})
        stranger = new_test_user(
            self.env, "stranger", groups="base.group_user,rcep_eco.group_reader", company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )  # fmt: skip
        reads = self.env["rcep.data.read"].with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(reads.search([]))

    # --- health ------------------------------------------------------------------------------------------
    def test_health_tells_version_profiles_and_clock_and_no_more(self):
        reply = self.url_open("/rcep/platform/v1/health")
        data = reply.json()
        self.assertEqual((reply.status_code, set(data)), (200, {"code", "message", "version", "profiles", "clock"}))
        clock = datetime.datetime.fromisoformat(data["clock"])
        self.assertLess(abs(datetime.datetime.now(NOW) - clock), datetime.timedelta(seconds=60))
        self.assertIn(link.profiles.DEFAULT, data["profiles"])
