"""A submitted certificate with its public page, and the platform that pushes what it decided."""

import datetime
import json

from odoo.addons.rcep_eco import link
from odoo.addons.rcep_eco.tests.common import EcoCommon, place
from odoo.tests import HttpCase

PUSH = "/rcep/platform/v1/events"
NOW = datetime.timezone.utc


class PublicCommon(EcoCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signer = cls.person("signer", rcep_name_en="WANG FANG")
        cls.key = link.signatures.LocalSigner.generate("platform-1")
        cls.platform = cls.make_platform(
            platform_key_name=cls.key.key_id, platform_public_key=cls.key.public_pem().decode()
        )
        cls.certificate = cls.submitted()
        cls.page = cls.certificate.verification_ids

    def setUp(self):
        super().setUp()
        self.opener.headers["Accept-Language"] = "en"

    @classmethod
    def submitted(cls, certificate=None, signer=None):
        """A certificate that was approved and submitted."""
        certificate = certificate or cls.certify()
        signed = certificate.with_user(signer or cls.signer)
        signed.action_approve()
        signed.action_submit()
        return certificate

    def issue(self, **values):
        """The certificate as it is once it was issued over a test connection."""
        place(
            self.certificate,
            state="issued",
            certificate_no="26C3302B0007/00031",
            issued_at=datetime.datetime(2026, 5, 1, 8, 0, tzinfo=NOW).replace(tzinfo=None),
            valid_until=self.today + datetime.timedelta(days=200),
            issuer_check_url="https://check.example/c/1",
            **values,
        )

    def event(self, state="ISSUED", sequence=5, **facts):
        """The body of a push, in the platform's words."""
        values = {
            "event_id": f"e-{sequence}",
            "client_ref": self.certificate.client_ref,
            "revision": 1,
            "sequence": sequence,
            "state": state,
            "occurred_at": "2026-05-01T08:00:00Z",
            "certificate_id": "c-1",
            "certificate_no": "26C3302B0007/00031",
            "issued_at": "2026-05-01T08:00:00Z",
            "valid_until": "2027-05-01",
            **facts,
        }
        return json.dumps(values).encode()

    def push(self, body, key=None, sent=None, path=PUSH, late=0, **headers):
        """POST an event, signed as it was `late` seconds ago; ``sent`` goes out in place of what was signed."""
        made = datetime.datetime.now(NOW) - datetime.timedelta(seconds=late)
        signed = link.signatures.sign(key or self.key, "POST", path, body, now=made)
        signed |= {"Content-Type": "application/json", **headers}
        return self.url_open(path, data=body if sent is None else sent, headers=signed, method="POST")


class ProofCommon(PublicCommon):
    """A certificate of a production connection, issued by a firm with a key of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.person("manager")
        cls.env["rcep.signing.key"].with_user(cls.manager).with_company(cls.exporter).action_make_key()
        cls.signing = cls.env["rcep.signing.key"].search([("company_id", "=", cls.exporter.id)])

    def setUp(self):
        super().setUp()
        self.issue(environment="production")
