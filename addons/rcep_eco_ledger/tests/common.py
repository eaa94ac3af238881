"""A lamp that is bought in Viet Nam, with the certificate that came with it, and goes on to Malaysia."""

import base64
import datetime

from odoo.addons.rcep_eco.tests.common import EcoCommon
from odoo.fields import Command


class LedgerCommon(EcoCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maker = cls.make_customer("Hai Duong Lamps", "vn")
        cls.viet_nam = cls.env.ref("rcep_eco.party_vn")
        cls.clerk = cls.person("clerk")
        cls.signer = cls.person("signer")
        cls.received = cls.receive()
        cls.buyer = cls.make_customer("Kuala Lumpur Light Sdn Bhd", "my")

    @classmethod
    def ship(cls, quantity, **line):
        """The item of a draft for the buyer in Malaysia."""
        return cls.certify((cls.lamp, quantity, 50.0, line), partner_id=cls.buyer.id).line_ids

    @classmethod
    def carry(cls, quantity, *draws, reason="Stood in our bonded warehouse 3; checked by Chen Li"):
        """A back-to-back draft, drawn from the original, with its producer and a signer's statement."""
        good = cls.ship(quantity)
        certificate = good.certificate_id
        certificate.back_to_back = True
        good.producer_id = cls.maker
        for line, shipped in draws or [(cls.received.line_ids, quantity)]:
            cls.draw(good, shipped, line)
        certificate.flow_reason = reason
        certificate.with_user(cls.signer).action_state_flow()
        return certificate

    @classmethod
    def draw(cls, good, shipped, line=None):
        line = line or cls.received.line_ids
        return cls.env["rcep.received.draw"].create(
            {"line_id": line.id, "certificate_line_id": good.id, "shipped": shipped}
        )

    @classmethod
    def receive(cls, line=(), **values):
        return cls.env["rcep.received.certificate"].create(
            {
                "name": "VN-CN 26/02/00117",
                "company_id": cls.exporter.id,
                "partner_id": cls.maker.id,
                "party_id": cls.viet_nam.id,
                "importing_party_id": cls.env.ref("rcep_eco.party_cn").id,
                "issued_on": cls.today - datetime.timedelta(days=30),
                "valid_until": cls.today + datetime.timedelta(days=300),
                "document": base64.b64encode(b"%PDF original"),
                "document_name": "original.pdf",
                "looked_up_at": "https://ecosys.example/check",
                "outcome": "same",
                "line_ids": [
                    Command.create(
                        {
                            "number": 1,
                            "product_id": cls.lamp.id,
                            "hs6": "940511",
                            "description": "LED desk lamp",
                            "criterion": "CTC",
                            "origin_party_id": cls.viet_nam.id,
                            "quantity": 1000,
                            "uom_id": cls.lamp.uom_id.id,
                            **dict(line),
                        }
                    )
                ],
                **values,
            }
        )
