"""What is still to be done before a firm obtains certificates, step by step; its own records say what is done."""

from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import config

from ... import groups

MANAGER, ADMINISTRATOR = groups.MANAGER, "base.group_system"
SERVERS = 5  # outgoing mail servers that are named
BOXES = ("rcep_name_en", "rcep_address_en", "rcep_place")  # of the company, on each certificate


class Step(NamedTuple):
    """One step.

    :param code: names the method that looks at it, ``_look_at_<code>``
    :param group: who does it
    :param opens: the action behind its button
    """

    code: str
    group: str
    opens: str


STEPS = (
    Step("company", ADMINISTRATOR, "rcep_eco.action_settings"),
    Step("people", ADMINISTRATOR, "base.action_res_users"),
    Step("goods", groups.ENGINEER, "rcep_eco.action_product"),
    Step("verdicts", groups.ENGINEER, "rcep_eco.action_catalogue_board"),
    Step("address", MANAGER, "rcep_eco.action_platform"),
    Step("mail", ADMINISTRATOR, "base.action_ir_mail_server_list"),
    Step("connection", MANAGER, "rcep_eco.action_platform_setup"),
    Step("certificate", groups.CLERK, "rcep_eco.action_invoices_to_certify"),
    Step("production", MANAGER, "rcep_eco.action_platform"),
)


class RcepGettingStarted(models.AbstractModel):
    _name = "rcep.getting.started"
    _description = "Getting started with certificates of origin"

    @api.model
    def get_steps(self):
        """What the screen shows: the steps in order, each with what is done of it and what is to be done next.

        :return: ``{"company": name, "steps": [{"code", "title", "why", "done", "detail", "who"}]}``; ``who`` says who
            does a step where the user may not, else it is empty
        :raises AccessError: for whoever may not read certificates
        """
        self.env["rcep.certificate"].check_access("read")
        words = self._words()
        return {"company": self.env.company.name, "steps": [self._shown(step, *words[step.code]) for step in STEPS]}

    @api.model
    def open_step(self, code):
        """The action in which a step is done.

        :raises AccessError: where there is no such step, or the user may not do it
        """
        self.env["rcep.certificate"].check_access("read")
        step = next((each for each in STEPS if each.code == code), None)
        if step is None or not self.env.user.has_group(step.group):
            raise AccessError(self.env._("This step is somebody else's: the screen says whose."))
        return self.env["ir.actions.actions"]._for_xml_id(step.opens)

    def _shown(self, step, title, why):
        # Only whether something is there, and how many: whoever reads certificates may know how far the firm is.
        done, detail = getattr(self.sudo(), f"_look_at_{step.code}")(self.env.company.sudo())
        who = "" if self.env.user.has_group(step.group) else self._whose()[step.group]
        return {"code": step.code, "title": title, "why": why, "done": done, "detail": detail, "who": who}

    def _words(self):
        """{code: (title, why it is asked for)}."""
        return {
            "company": (
                self.env._("The company"),
                self.env._("It stands in boxes 1 and 15, and the issuing body knows it by its code."),
            ),
            "people": (
                self.env._("People and their rights"),
                self.env._("Who prepares, who signs: box 15 bears the signer's name."),
            ),
            "goods": (self.env._("HS codes of goods"), self.env._("The code decides which rule a good has to meet.")),
            "verdicts": (
                self.env._("Origin of the goods"),
                self.env._("Bills of materials and suppliers' declarations decide it."),
            ),
            "address": (
                self.env._("The address of the public pages"),
                self.env._("It stands in each QR code, for years."),
            ),
            "mail": (
                self.env._("Outgoing mail"),
                self.env._("Customers get their certificates by mail, suppliers what they are asked."),
            ),
            "connection": (
                self.env._("The platform"),
                self.env._("Applications go to it, and it tells what becomes of them."),
            ),
            "certificate": (
                self.env._("A first certificate"),
                self.env._("Made from an invoice, on the sandbox: nothing of it is valid."),
            ),
            "production": (
                self.env._("Production"),
                self.env._("After a conformance run that was passed, for certificates that count."),
            ),
        }

    def _whose(self):
        """{group: who does what is its step}."""
        return {
            ADMINISTRATOR: self.env._("A system administrator does this."),
            MANAGER: self.env._("A connection manager does this."),
            groups.ENGINEER: self.env._("A cost engineer does this."),
            groups.CLERK: self.env._("Whoever prepares certificates does this."),
        }

    # --- what the records say: (whether it is done, what there is or is missing) -------------------------
    def _look_at_company(self, company):
        problem = company._rcep_uscc_problem()
        if problem:
            return False, problem
        missing = [company._fields[name]._description_string(self.env) for name in BOXES if not company[name]]
        if not company.country_id:
            missing.insert(0, company._fields["country_id"]._description_string(self.env))
        if missing:
            return False, self.env._("Missing: %s.", ", ".join(missing))
        return True, company.rcep_name_en

    def _look_at_people(self, company):
        signers = self._people(groups.SIGNER, company)
        if not signers:
            return False, self.env._("Nobody may sign: give somebody the right “Signer”.")
        unnamed = signers.filtered(lambda user: not user.rcep_name_en)
        if len(unnamed) == len(signers):
            names = ", ".join(unnamed.mapped("name"))
            return False, self.env._(
                "Without a signature in English: %s. It is entered in one's own preferences.", names
            )
        return True, ", ".join((signers - unnamed).mapped("rcep_name_en"))

    def _people(self, group, company):
        domain = [("all_group_ids", "in", self.env.ref(group).ids), ("company_ids", "in", company.ids)]
        return self.env["res.users"].search(domain)

    def _look_at_goods(self, company):
        products = self.env["product.product"].with_company(company)
        sold = [("sale_ok", "=", True), ("type", "=", "consu"), ("company_id", "in", (False, company.id))]
        count, coded = products.search_count(sold), products.search_count([*sold, ("hs_code", "!=", False)])
        if not count:
            return False, self.env._("No good is sold yet.")
        return bool(coded), self.env._("%(coded)s of %(count)s goods have a code.", coded=coded, count=count)

    def _look_at_verdicts(self, company):
        groups = self.env["rcep.origin"]._read_group([("company_id", "=", company.id)], ["verdict"], ["__count"])
        counts = dict(groups)
        originate, others = counts.pop("originating", 0), sum(counts.values())
        if not originate and not others:
            return False, self.env._("No good was determined yet.")
        return bool(originate), self.env._(
            "%(originate)s goods originate, %(others)s do not or lack something.", originate=originate, others=others
        )

    def _look_at_address(self, company):
        page_url = self._platforms(company)[:1].page_url
        if page_url:
            return True, page_url
        return False, self.env._("Not fixed yet: enter it on the connection.")

    def _look_at_mail(self, _company):
        servers = self.env["ir.mail_server"].search([], limit=SERVERS)
        if servers:
            return True, ", ".join(servers.mapped("name"))
        if config["smtp_server"] not in (False, "localhost"):
            return True, config["smtp_server"]
        return False, self.env._("There is no outgoing mail server: a mail would stay here.")

    def _look_at_connection(self, company):
        platform = self._platforms(company)[:1]
        missing = platform._missing() if platform else ()
        if missing:
            return False, self.env._("Missing: %s.", ", ".join(missing))
        if not platform or not platform.last_contact:
            return False, self.env._("Nothing was heard from a platform yet.")
        return True, platform.name

    def _look_at_certificate(self, company):
        count = self.env["rcep.certificate"].search_count([("company_id", "=", company.id), ("state", "=", "issued")])
        return bool(count), self.env._("%s are issued.", count) if count else self.env._("None is issued yet.")

    def _look_at_production(self, company):
        platform = self._platforms(company)[:1]
        if platform.environment == "production":
            return platform._works(), platform.name
        passed = platform.conformance_id.state == "passed"
        if passed:
            return False, self.env._("The conformance run was passed: choose production on the connection.")
        return False, self.env._("No conformance run was passed yet: start one on the connection.")

    def _platforms(self, company):
        return self.env["rcep.platform"].search([("company_id", "=", company.id)])
