"""A certificate to Viet Nam that was issued, and what its consignee says of it."""

from ..common import OutboxCommon, place


class RecognitionCommon(OutboxCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk, cls.engineer, cls.manager = (cls.person(name) for name in ("clerk", "engineer", "manager"))
        cls.customer.email = "nhap.khau@saigon-light.example"
        cls.vietnam = cls.env.ref("rcep_eco.market_vn")
        cls.certificate = cls.issued(cls.certificate)

    @classmethod
    def issued(cls, certificate, number="26C3302A0001/00042", environment="production", day=None):
        """The platform issued it today, or on the day that is named."""
        certificate.with_user(cls.signer).action_approve()
        place(certificate, state="submitted", environment=environment)
        day = day or cls.today
        certificate._move("issued", "platform", certificate_no=number, issued_at=f"{day} 01:00:00",
                          valid_until=day.replace(year=day.year + 1))  # fmt: skip
        return certificate

    @classmethod
    def cause(cls, code):
        return cls.env.ref(f"rcep_eco.cause_{code}")

    @classmethod
    def report(cls, outcome, certificate=None, user=None, **values):
        """What one of the firm's people enters."""
        reports = cls.env["rcep.recognition"].with_user(user or cls.clerk)
        return reports.create({"certificate_id": (certificate or cls.certificate).id, "outcome": outcome, **values})
