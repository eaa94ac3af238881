"""Who sees what: the tables of what crosses each border of the firm's data, and on which grant.

A table is no promise: tests hold it against what templates read, what messages hold and which addresses there are.
"""

from odoo import api, models

from ... import link
from ...link.record import Record, slots
from ...values.borders import Border, fields_of
from ..platform.rcep_signing_key import PATH as KEYS

FORM = "rcep.certificate"
ANSWER = "criterion rvc name date_from date_to document_name reason"


class RcepBorders(models.AbstractModel):
    _name = "rcep.borders"
    _description = "Tables of what crosses which border"

    # --- of the code's own tables ------------------------------------------------------------------------
    @api.model
    def _borders(self):
        """The borders of this add-on, each by its code; an add-on with others adds them.

        :return: ``{code: Border}``
        """
        people = fields_of("res.partner", "name commercial_partner_id")
        countries = fields_of("rcep.party", "country_id id") | {"res.country.name"}
        of_form = fields_of(FORM, "_box_13_numbers() _issued_on() certificate_no")
        question = "rcep.forwarded.question"
        return {
            "platform": Border(
                leaves=frozenset(members_of(link.application.Application)),
                enters=frozenset(members_of(link.event.Event)),
                counted=("rcep.platform.message", "create_date", []),
            ),
            "supplier": Border(
                addresses=("/rcep/declare/",),
                pages={
                    "rcep_eco.declare_page": {
                        "asked": "rcep.declaration.request", "todo": "rcep.supplier.declaration",
                        "done": "rcep.supplier.declaration", "parties": "rcep.party",
                    },
                    "rcep_eco.declare_dead": {},
                },
                leaves=people | countries | {"criteria"}
                | fields_of("rcep.declaration.request", "company_name expires_on partner_id")
                | fields_of("product.product", "name default_code")
                | fields_of("rcep.supplier.declaration", f"{ANSWER} party_id product_id supplier_code question_ids id")
                | fields_of(question, "firm item state parent_id"),
                enters=fields_of("rcep.supplier.declaration", f"{ANSWER} party_id document answered_by"),
                counted=("rcep.supplier.declaration", "answered_on", [("answered_on", "!=", False)]),
            ),
            "tiers": Border(
                addresses=("/rcep/forwarded/", "/rcep/<any(declare,forwarded):kind>/"),
                pages={
                    "rcep_eco.forwarded_page": {"question": question, "parties": "rcep.party"},
                    "rcep_eco.forwarded_asked": {"above": question, "below": question},
                    "rcep_eco.forwarded_dead": {},
                },
                leaves=countries | {"criteria", "facts", "item"}
                | fields_of(question, f"{ANSWER} party_id asker firm item state child_ids id answered_by email")
                | fields_of(question, "expires_on is_waiting link"),
                enters=fields_of(question, f"{ANSWER} party_id asker firm item email document answered_by"),
                counted=(question, "create_date", []),
            ),
            "consignee": Border(
                addresses=("/rcep/outcome/",),
                pages={
                    "rcep_eco.outcome_page": {
                        "asked": "rcep.recognition.request", "certificate": FORM, "causes": "rcep.refusal.cause",
                        "currencies": "res.currency",
                    },
                    "rcep_eco.outcome_dead": {},
                },
                leaves=of_form | {"exporter", "outcomes", "res.currency.name"}
                | fields_of("rcep.refusal.cause", "code id name") | {"rcep.recognition.request.answered_on"},
                enters=fields_of("rcep.recognition", "outcome cause_id words decided_on duty_amount currency_id"),
                counted=("rcep.recognition.request", "answered_on", [("answered_on", "!=", False)]),
            ),
            "keys": Border(addresses=(KEYS,), leaves=frozenset({"rcep.signing.key.public_jwk"})),
            "customer": Border(
                addresses=("/my/certificates",),
                pages={
                    "rcep_eco.portal_my_certificates": {"certificates": FORM},
                    "rcep_eco.portal_my_certificate": {"certificate": FORM},
                },
                leaves=of_form | {"boxes", "papers"}
                | fields_of(FORM, "_get_verification_url() _qr_url() id is_expired is_specimen issuer_check_url name")
                | fields_of(FORM, "state valid_until"),
            ),
        }  # fmt: skip

    @api.model
    def _words(self):
        """Who stands beyond each border, and by which right: ``{code: (who, right)}``."""
        return {
            "platform": (
                self.env._("The issuing body's platform"),
                self.env._("What a signer approved and submitted, over the connection of the company"),
            ),
            "supplier": (
                self.env._("Suppliers, on their page"),
                self.env._("A link that a cost engineer sent; it ends after thirty days and can be revoked"),
            ),
            "tiers": (
                self.env._("Suppliers of suppliers, on their pages"),
                self.env._("A link that the firm above sent; nobody of the company reads what passes between the two"),
            ),
            "consignee": (
                self.env._("Consignees, asked what customs decided"),
                self.env._("A link for one certificate, which ends and can be revoked"),
            ),
            "keys": (
                self.env._("Anybody, public keys"),
                self.env._("They are public: what was signed is checked by them"),
            ),
            "customer": (
                self.env._("Customers, in the portal"),
                self.env._("An account of the customer's firm; its own certificates once they are issued"),
            ),
        }

    @api.model
    def _value_words(self):
        """What a method or a value of a page is, in words; a field says it itself."""
        return {
            f"{FORM}._box_13_numbers()": self.env._("invoice numbers"),
            f"{FORM}._issued_on()": self.env._("day of issue"),
            f"{FORM}._get_verification_url()": self.env._("address of the public page"),
            f"{FORM}._qr_url()": self.env._("address of the public page"),
            "boxes": self.env._("the boxes of the form"),
            "papers": self.env._("certificate, commercial invoice, packing list, origin summary"),
            "criteria": self.env._("names of the criteria"),
            "facts": self.env._("what the visitor typed"),
            "item": self.env._("what is asked for"),
            "exporter": self.env._("name of the exporter"),
            "outcomes": self.env._("possible answers"),
        }

    # --- in words ----------------------------------------------------------------------------------------
    @api.model
    def _listed(self, names):
        """What crosses, one model a line, in the words of its fields."""
        words, lines, rest = self._value_words(), {}, []
        for name in sorted(names):
            model, _dot, field = name.rpartition(".")
            if name in words:
                rest.append(words[name])
            elif model in self.env and field in self.env[model]._fields:
                label = self.env[model]._fields[field]._description_string(self.env)
                # A model's name is no secret.
                lines.setdefault(self.env["ir.model"]._get(model).sudo().name, []).append(label)
            else:
                rest.append(name)
        listed = [f"{model}: {', '.join(dict.fromkeys(labels))}" for model, labels in lines.items()]
        return "\n".join([*listed, *([", ".join(dict.fromkeys(rest))] if rest else [])])

    @api.model
    def _passed(self, border, company):
        if not border.counted:
            return {}
        model, day, domain = border.counted
        # A count and a day, of records that the reader may not read.
        records = self.env[model].sudo()
        found = [*domain, (border.company, "=", company.id)]
        last = records.search(found, order=f"{day} desc", limit=1)
        return {"is_counted": True, "passed": records.search_count(found), "last_on": last[day]}


def members_of(record, before=""):
    """Yield each field of a message (:class:`link.record.Record`) by its path: ``items``, ``items.hs6``, …"""
    for name, slot in slots(record).items():
        yield f"{before}{name}"
        if isinstance(slot.type, type) and issubclass(slot.type, Record):
            yield from members_of(slot.type, f"{before}{name}.")
