"""A small exporter in Ningbo for every test: its people, one good with its supplier's declaration, customers."""

import datetime
from unittest import mock

from odoo.addons.rcep_eco import link
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..controllers import rate_limits
from ..values import amounts

USCC = "91330206MA2AEXAM0T"
OTHER_USCC = "91330200MA00000012"
# Who works at the firm, by the groups that make them what they are.
PEOPLE = {
    "clerk": "base.group_user,account.group_account_invoice,rcep_eco.group_user",
    "signer": "base.group_user,account.group_account_readonly,rcep_eco.group_signer",
    "auditor": "base.group_user,rcep_eco.group_reader",
    "engineer": "base.group_user,product.group_product_manager,rcep_eco.group_origin",
    "manager": "base.group_user,rcep_eco.group_manager",
    "bookkeeper": "base.group_user,account.group_account_invoice",
    "employee": "base.group_user",
}


class CallsPlatform(TransactionCase):
    """Tests in which calls leave for a platform on this machine, and jobs run that commit."""

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Odoo's own, which reads a time-out as one number; ours to the platform are two: to connect and to read."""
        if isinstance(options.get("timeout"), tuple):
            options["timeout"] = max(options["timeout"])
        return super()._request_handler(session, request, **options)

    def run_job(self, job="_cron_deliver", model="rcep.platform.message"):
        """The job as the scheduler runs it, with its commits in a transaction that the test takes back."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            getattr(self.env(cr=cr)[model], job)()
        self.env.invalidate_all()

    def apply_events(self):
        """One run of the job that applies what the platform told."""
        self.run_job("_cron_apply", "rcep.platform.event")


def place(records, **values):
    """Put records into a state, as their history would have: past the table of moves."""
    with mock.patch.object(type(records), "_check_in_table", lambda *_told: None):
        records._write_moved(**values)


class EcoCommon(CallsPlatform):
    """Records of the story; ``self.exporter`` sells ``self.lamp`` to ``self.customer`` in Viet Nam."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = amounts.today()  # of the issuing body: the day in China
        cls.cny, cls.usd, cls.jpy = (cls.env.ref(f"base.{code}") for code in ("CNY", "USD", "JPY"))
        (cls.cny | cls.usd | cls.jpy).active = True
        cls.exporter = cls.make_company("宁波明灯有限公司", USCC)
        cls.env = cls.at(cls.exporter)
        cls.env["res.currency.rate"].create(
            [
                cls.rate_values(cls.cny, 1.0),
                cls.rate_values(cls.usd, 0.16),  # 6.25 yuan a dollar
            ]
        )
        cls.customer = cls.make_customer("Saigon Light JSC", "vn")
        cls.supplier = cls.env["res.partner"].create(
            {"name": "Yuyao Lamp Works", "is_company": True, "city": "Yuyao", "country_id": cls.env.ref("base.cn").id}
        )
        cls.lamp = cls.make_good("LED lamp", "LAMP", hs_code="94051100", weight=0.5, rcep_package_qty=20)
        cls.declaration = cls.declare(cls.lamp)
        cls.freight = cls.env["product.product"].create(
            {"name": "Ocean freight", "type": "service", "taxes_id": False, "rcep_charge": "freight"}
        )
        cls.fob = cls.env.ref("account.incoterm_FOB")

    def setUp(self):
        super().setUp()
        rate_limits.forget()  # wrong tries of an earlier test are not this one's

    # --- the firm ----------------------------------------------------------------------------------------
    @classmethod
    def at(cls, company):
        """The system's environment in one company, without mails that nobody reads."""
        quiet = {"lang": "en_US", "tracking_disable": True, "mail_notrack": True, "no_reset_password": True}
        return cls.env(context={**quiet, "allowed_company_ids": company.ids})

    @classmethod
    def make_company(cls, name, uscc):
        """A company in CNY with just the accounts that an invoice needs."""
        company = cls.env["res.company"].create(
            {
                "name": name,
                "currency_id": cls.cny.id,
                "country_id": cls.env.ref("base.cn").id,
                "rcep_uscc": uscc,
                "rcep_name_en": "NINGBO BRIGHT LAMP CO., LTD.",
                "rcep_address_en": "NO. 1 PORT ROAD, NINGBO",
                "rcep_place": "NINGBO",
            }
        )
        accounts = cls.env["account.account"].with_company(company)
        sales, receivable, payable = accounts.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": [Command.set(company.ids)]}
                for code, name, kind in (
                    ("6001", "Sales", "income"),
                    ("1122", "Receivable", "asset_receivable"),
                    ("2202", "Payable", "liability_payable"),
                )
            ]
        )
        cls.env["account.journal"].create(
            {"name": "Sales", "code": "INV", "type": "sale", "company_id": company.id, "default_account_id": sales.id}
        )
        defaults = cls.env["ir.default"]
        defaults.set("res.partner", "property_account_receivable_id", receivable.id, company_id=company.id)
        defaults.set("res.partner", "property_account_payable_id", payable.id, company_id=company.id)
        return company

    @classmethod
    def rate_values(cls, currency, rate, company=None):
        company = company or cls.exporter
        return {"currency_id": currency.id, "company_id": company.id, "name": datetime.date(2026, 1, 1), "rate": rate}

    @classmethod
    def person(cls, name, company=None, **values):
        """A user of the firm, with the groups of the table above."""
        company = company or cls.exporter
        login = values.pop("login", f"{name}.{company.id}")
        values |= {"lang": "en_US", "company_id": company.id, "company_ids": [Command.set(company.ids)]}
        return new_test_user(cls.env, login, PEOPLE[name], **values)

    @classmethod
    def make_customer(cls, name, country):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "street": "2 Le Loi",
                "city": "Town",
                "country_id": cls.env.ref(f"base.{country}").id if country else False,
            }
        )

    @classmethod
    def make_good(cls, name, code, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "default_code": code,
                "type": "consu",
                "list_price": 50.0,
                "company_id": cls.exporter.id,
                "taxes_id": False,
                "supplier_taxes_id": False,
                **values,
            }
        )

    @classmethod
    def declare(cls, good, criterion="CTC", party="cn", verified=True, **values):
        """A supplier declaration for a good, verified unless told otherwise."""
        declaration = cls.env["rcep.supplier.declaration"].create(
            {
                "name": f"D-{good.default_code}",
                "partner_id": cls.supplier.id,
                "product_id": good.id,
                "company_id": cls.exporter.id,
                "party_id": cls.env.ref(f"rcep_eco.party_{party}").id,
                "criterion": criterion,
                "rvc": 45.5 if criterion == "RVC" else 0,
                "added_value": 55.0,  # box 11 is decided, whatever the importing Party's Appendix names
                "date_from": datetime.date(2026, 1, 1),
                "date_to": cls.today + datetime.timedelta(days=365),
                **values,
            }
        )
        if verified:
            declaration.action_verify()
        return declaration

    # --- the trade ---------------------------------------------------------------------------------------
    @classmethod
    def make_invoice(cls, *lines, post=True, **values):
        """A customer invoice; each line is (product, quantity, price) and further values."""
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "company_id": cls.exporter.id,
                "partner_id": cls.customer.id,
                "currency_id": cls.cny.id,
                "invoice_date": cls.today,
                "invoice_incoterm_id": cls.env.ref("account.incoterm_FOB").id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                            **(more[0] if more else {}),
                        }
                    )
                    for product, quantity, price, *more in lines or [(cls.lamp, 100, 50.0)]
                ],
                **values,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def certify(cls, *lines, **values):
        """A draft certificate of a new invoice."""
        return cls.certificate_of(cls.make_invoice(*lines, **values))

    @classmethod
    def certificate_of(cls, invoices):
        action = invoices.action_create_rcep_certificate()
        return cls.env["rcep.certificate"].browse(action["res_id"])

    @classmethod
    def make_platform(cls, company=None, **values):
        """A complete connection; nothing listens at its address."""
        company = company or cls.exporter
        platform = cls.env["rcep.platform"].create(
            {
                "company_id": company.id,
                "base_url": "http://127.0.0.1:9",
                "client_id": "C-1",
                "client_secret": "not-for-clerks",
                **values,
            }
        )
        platform.action_generate_key()
        return platform


class OutboxCommon(EcoCommon):
    """The lamp's certificate, its signer and a connection at which a test says what each call comes to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.platform = cls.make_platform()
        cls.signer = cls.person("signer")
        cls.certificate = cls.certify()

    @classmethod
    def submit(cls, certificate=None):
        """What the signer does, with the certificate of the class or another; the messages of the company."""
        signer = (certificate or cls.certificate).with_user(cls.signer)
        signer.action_approve()
        signer.action_submit()
        return cls.messages()

    @classmethod
    def messages(cls, kind=None):
        of_kind = [("kind", "=", kind)] if kind else []
        return cls.env["rcep.platform.message"].search([("company_id", "=", cls.exporter.id), *of_kind])

    def answering(self, **answers):
        """A platform that answers each call as told, in place of the wire; what was called stands on the mock."""
        answers = {"announced_keys": lambda: (), **answers}
        client = mock.Mock(skew=None, **{f"{call}.side_effect": answer for call, answer in answers.items()})
        self.patch(self.registry["rcep.platform"], "_client", lambda _platform: client)
        return client

    def answer(self, *data, **facts):
        """An answer to any call, as :meth:`told`; made now, since calls are made in threads that read no records."""
        result = self.reported(*data, **facts)
        return lambda *_call: result

    def reported(self, state, sequence=9, **facts):
        """What the platform says of the certificate's first revision; what is issued has a number."""
        if state == "issued":
            facts.setdefault("certificate_no", self.certificate.certificate_no or f"26C{self.certificate.id}/00001")
        return link.event.Outcome(
            client_ref=self.certificate.client_ref, revision=1, state=state, sequence=sequence, **facts
        )
