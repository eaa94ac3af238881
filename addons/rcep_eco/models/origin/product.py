"""Products as goods of the treaty: code, origin, and how their origin is determined."""

import dataclasses

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ... import groups, origin
from ...cases import case_builder, customer_choices
from ...cases.production import Reading
from ...texts import explanations
from ...tools import languages
from ...values import amounts, hs_codes, units
from ...values.box_8 import PACKAGE_KINDS
from ...values.price_terms import CHARGES
from .rcep_origin import Determined

# Products are everybody's; their verdicts and evidence are for whoever may read certificates.
ROLES = [
    ("material", "Material"),
    ("retail_packing", "Retail packaging (3.8)"),
    ("transport_packing", "Packing for transport (3.8)"),
    ("accessory", "Accessory, spare part, tool, manual (3.9)"),
    ("indirect", "Indirect material (3.10)"),
]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    # Odoo's own names and texts, so that stock_delivery and this module share one column.
    hs_code = fields.Char(
        string="HS Code", help="Standardized code for international shipping and goods declaration."
    )
    country_of_origin = fields.Many2one(
        "res.country",
        "Origin of Goods",
        help="Where the product was produced or manufactured, not where it was shipped from.",
    )
    rcep_obtained = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        "Wholly obtained?",
        help="Grown, born and raised, extracted or caught in a Party (Art. 3.3). Empty: nobody has said.",
    )
    rcep_obtained_case = fields.Selection(explanations.OBTAINED, "Case of Art. 3.3", help="Why it is wholly obtained.")
    rcep_wholly_obtained = fields.Boolean(
        "Wholly obtained",
        compute="_compute_rcep_wholly_obtained",
        inverse="_inverse_rcep_wholly_obtained",
        store=True,
        help="Whether somebody has said so, under Wholly obtained?",
    )
    rcep_role = fields.Selection(
        ROLES, "Role as a material", default="material", required=True, help="What it is to the goods it is used in."
    )
    rcep_answer = fields.Selection(
        [("yes", "Yes"), ("no", "No")], "Answer", help="The answer to the question on which the good's rule depends."
    )
    rcep_charge = fields.Selection(
        CHARGES, "On an invoice it is", help="What a line of this product charges beside the goods: the way to FOB."
    )
    rcep_package_qty = fields.Float("Units per package", digits="Product Unit", help="Of a transport package: box 8.")
    rcep_package_kind = fields.Selection(PACKAGE_KINDS, "Kind of packages", default="carton", required=True)
    rcep_question = fields.Char("Question of the rule", compute="_compute_rcep_hs")
    rcep_hs_problem = fields.Char(compute="_compute_rcep_hs")
    rcep_rule_text = fields.Char("Product-specific rule", compute="_compute_rcep_hs")
    rcep_origin_ids = fields.One2many("rcep.origin", "product_tmpl_id", "Verdicts", groups=groups.READER)
    rcep_declaration_ids = fields.One2many(
        "rcep.supplier.declaration", "product_tmpl_id", "Supplier declarations", groups=groups.READER
    )

    @api.depends("rcep_obtained")
    def _compute_rcep_wholly_obtained(self):
        for product in self:
            product.rcep_wholly_obtained = product.rcep_obtained == "yes"

    def _inverse_rcep_wholly_obtained(self):
        for product in self:
            if product.rcep_wholly_obtained:
                product.rcep_obtained = "yes"
            elif product.rcep_obtained == "yes":
                product.rcep_obtained = False

    @api.depends("hs_code")
    def _compute_rcep_hs(self):
        edition = self.env["rcep.rule.edition"]._on(amounts.today())
        for product in self:
            problem = product._rcep_hs_problem() if product.hs_code else None
            row = None
            if product.hs_code and not problem and edition:
                row = edition._rulebook().row_for(product._rcep_hs6())
            product.rcep_hs_problem = problem
            product.rcep_rule_text = row and str(row.under(product.rcep_answer == "yes"))
            product.rcep_question = row and row.question and self.env._(explanations.QUESTIONS[row.question])

    @api.model
    def _rcep_kilograms(self, weight):
        """A weight in the unit that the database keeps weights in, as kilograms."""
        unit, kilogram = self._get_weight_uom_id_from_ir_config_parameter(), self.env.ref("uom.product_uom_kgm")
        return unit._compute_quantity(weight, kilogram, round=False)

    def _rcep_hs6(self):
        """The six digits of the code as typed; None where there is none or it is no code."""
        return hs_codes.digits_of(self.hs_code)

    def _rcep_hs_problem(self):
        """A sentence that says what is wrong with the product's HS code, or None."""
        self.ensure_one()
        return hs_codes.problem_of(self.env, self.display_name, self.hs_code)

    def action_rcep_determine(self):
        """Determine the origin of the product's variants at their list price."""
        self.check_access("read")
        self.product_variant_ids._rcep_refresh_verdicts(self.env.company)

    def action_rcep_ask_suppliers(self):
        """Ask the suppliers of these products where they originate."""
        return self.product_variant_ids.action_rcep_ask_suppliers()


class ProductProduct(models.Model):
    _inherit = "product.product"

    rcep_variant_hs = fields.Char(
        "HS code of this variant", help="Where it is another than the product's, such as by size, power or material."
    )
    rcep_verdict_ids = fields.One2many("rcep.origin", "product_id", "Verdicts by company", groups=groups.READER)
    rcep_origin_id = fields.Many2one(
        "rcep.origin", "Origin verdict", compute="_compute_rcep_origin", groups=groups.READER
    )
    rcep_verdict = fields.Selection(
        explanations.verdicts, "Origin", compute="_compute_rcep_origin", groups=groups.READER
    )

    @api.depends("rcep_verdict_ids.company_id", "rcep_verdict_ids.verdict")
    @api.depends_context("company")
    def _compute_rcep_origin(self):
        for product in self:
            own = product.rcep_verdict_ids.filtered(lambda verdict: verdict.company_id == self.env.company)
            product.rcep_origin_id = own
            product.rcep_verdict = own.verdict

    def action_rcep_determine(self):
        """Determine the origin of these products at their list price."""
        self.check_access("read")
        self.env["rcep.origin"].check_access("read")  # it is determined for whoever may see what comes out
        self._rcep_refresh_verdicts(self.env.company)

    def _rcep_code(self):
        """The HS code as typed: the variant's own, else the product's."""
        return self.rcep_variant_hs or self.hs_code

    def _rcep_hs6(self):
        """The six digits of that code; None where there is none or it is no code."""
        return hs_codes.digits_of(self._rcep_code())

    def _rcep_hs_problem(self):
        """A sentence that says what is wrong with that code, or None."""
        self.ensure_one()
        return hs_codes.problem_of(self.env, self.display_name, self._rcep_code())

    def _rcep_ref(self):
        """The exporter's own code of the product, which joins filings and applications."""
        self.ensure_one()
        return self.default_code or f"product-{self.id}"

    def _rcep_unit(self):
        """The product's own unit as the form and the platform have it."""
        return units.unit_text(self.uom_id)

    # --- hooks for bridges -------------------------------------------------------------------------------
    def _rcep_production(self, company, date):
        """How one unit of the product is made, as of a date.

        :return: :class:`.production.Production`, or None where the product is not made but bought
        """
        self.ensure_one()

    def _rcep_production_once(self, company, date):
        """As :meth:`_rcep_production`; out of what the caller had read of several days, in its context."""
        reading = self.env.context.get("rcep_reading")
        known = reading is not None and reading.company == company
        return reading.of(self, date) if known else self._rcep_production(company, date)

    def _rcep_reading(self, company, since, until):
        """What tells how these products are made on several days: :class:`.production.Reading`."""
        return Reading(company)

    def _rcep_ids_above(self, company):
        """Ids of the products and of all that they go into, however deep."""
        return self.ids

    def _rcep_facts_changed(self, company=None, since=None):
        """Facts on which verdicts rest have changed: what stands on these products is recomputed afterwards.

        :param company: the company whose facts they are, or None for all
        :param since: the first day on which they count, or None
        """
        self.env["rcep.origin"]._facts_changed(self, company, since)

    def _rcep_past_changed(self, company, since):
        """Also what was determined of earlier days, from one on, rests on facts of these products that changed."""

    def _failing_goods_using(self, company):
        """How many verdicts of a company that do not originate hang on each product: its own, and those above it.

        :return: {product id: count}, without the products on which none hangs
        """
        failing = self.env["rcep.origin"]._read_group(
            [
                ("company_id", "=", company.id),
                ("product_id", "in", self.ids),
                ("verdict", "in", ("not_originating", "unresolved")),
            ],
            ["product_id"],
            ["__count"],
        )
        return {product.id: count for product, count in failing}

    def _rcep_suppliers(self, company):
        """Who supplies the product to a company, by its price list; each firm once."""
        self.ensure_one()
        sellers = self.seller_ids.filtered(
            lambda seller: seller.company_id in (company, self.env["res.company"])
            and seller.product_id in (self, self.env["product.product"])
        )
        return sellers.partner_id.commercial_partner_id

    # --- declarations ------------------------------------------------------------------------------------
    def action_rcep_ask_suppliers(self):
        """Ask the suppliers of these products where they originate."""
        self.check_access("read")
        self.env["rcep.declaration.request"].check_access("create")
        return self._rcep_ask_suppliers(self.env.company)

    def _rcep_ask_suppliers(self, company):
        wanted = {}
        for product in self:
            suppliers = product._rcep_suppliers(company)
            if not suppliers:
                raise UserError(
                    self.env._("%s has no supplier: enter one on its page Purchase, then ask.", product.display_name)
                )
            for supplier in suppliers:
                wanted[supplier] = wanted.get(supplier, self.browse()) | product
        requests = self.env["rcep.declaration.request"]._ask(company, wanted)
        asked = requests.declaration_ids.filtered(lambda each: each.product_id in self)
        return asked._get_records_action(name=self.env._("Asked"))

    # --- determination -----------------------------------------------------------------------------------
    def _rcep_declaration(self, company, date):
        """The verified supplier declaration that holds for the product on a date, or an empty record."""
        self.ensure_one()
        declarations = self.env["rcep.supplier.declaration"]
        return declarations._holding(self, company, date).get(self, declarations)

    def _rcep_determine(
        self, company, fob, date, *, importing_party=None, in_appendix=None, production=None, hs6=None
    ):
        """Decide the origin of one unit of the product, sold at a price.

        :param Decimal fob: FOB value of one unit, in the company's currency
        :param importing_party: ``rcep.party``, or None for any
        :param in_appendix: whether that Party keeps a tariff differential for the good; None where nobody knows
        :param production: what :meth:`_rcep_production` gave for that day, where the caller has read it already
        :param hs6: the six digits that box 9 bears, where they are not those of the product
        :return: (:class:`origin.Verdict`, dossier)
        :raises UserError: one sentence that names the product, what is wrong and what to do
        """
        self.ensure_one()
        edition = self.env["rcep.rule.edition"]._on(date)
        if not edition:
            raise UserError(explanations.no_rules(self.env, date))
        problem = hs_codes.problem_of(self.env, self.display_name, hs6 or self._rcep_code())
        if problem:
            raise UserError(problem)
        if fob <= 0:
            raise UserError(explanations.no_price(self.env, self.display_name))
        builder = case_builder.Cases(company, date, edition._rulebook())
        try:
            # Evidence is of costs, which whoever asks for a verdict may not see; only the verdict goes back.
            sale = {"fob": fob, "importing_party": importing_party, "in_appendix": in_appendix, "hs6": hs6}
            return self.sudo()._rcep_decided(builder, company, date, production, **sale)
        except origin.OriginError as error:
            raise UserError(explanations.not_determined(self.env, self.display_name, error)) from error

    def _rcep_decided(self, builder, company, date, production, **sale):
        """(verdict, dossier) by how the product is made where that is known, else by its supplier's evidence."""
        production = production or self._rcep_production_once(company, date)
        if production is not None and production.problems:
            raise UserError("\n".join(production.problems))
        if production is not None and production.others:
            each = (dataclasses.replace(production, others=()), *production.others)
            answers = [
                self._rcep_decided(builder, company, date, under, **sale) for under in each
            ]
            return customer_choices.under_every_choice(self.env, self, builder, answers, production.question)
        subject, importer = self._rcep_subject(), sale["importing_party"].code if sale["importing_party"] else None
        other = None
        if sale["hs6"] and sale["hs6"] != subject.hs:
            subject = other = subject._replace(hs=sale["hs6"])
        if production is not None and production.part:
            builder, case = production.cases, production.part.case
        elif production is not None:
            materials = tuple(item.for_engine() for item in production.materials)
            case = builder.case(subject, sale["fob"], materials, production.processes(), production.costs)
        else:
            declaration = self._rcep_declaration(company, date)
            if declaration:
                good = builder.good(subject, sale["fob"], sale["in_appendix"])
                evidence = declaration._evidence(builder.home, good, date, importer)
                verdict = origin.determine_by_evidence(evidence, builder.rulebook)
                return verdict, builder.dossier_of(evidence, verdict)
            if not subject.wholly_obtained:
                raise UserError(
                    self.env._(
                        "%s has neither a bill of materials nor a verified supplier declaration: "
                        "make the one or ask for the other.",
                        self.display_name,
                    )
                )
            case = builder.case(subject, sale["fob"])
        sold = builder.sold(case, sale["fob"], importer, sale["in_appendix"], other)
        verdict = origin.determine(sold, builder.rulebook, known=builder.known)
        return verdict, builder.dossier_of(sold, verdict)

    def _rcep_subject(self):
        """The product as the builder of cases takes it: :class:`.case_builder.Subject`."""
        self.ensure_one()
        return case_builder.Subject(
            ref=case_builder.ref_of(self.id),
            name=languages.english(self).display_name,
            hs=self._rcep_hs6(),
            weight=amounts.exact(self.weight) if self.weight else None,
            role=self.rcep_role,
            wholly_obtained={"yes": True, "no": False}.get(self.rcep_obtained),
            answer={"yes": True, "no": False}.get(self.rcep_answer),
        )

    def _rcep_list_fob(self, company, date):
        """The list price of one unit in the company's currency.

        :raises UserError: where no rate is recorded on the day
        """
        self.ensure_one()
        price = amounts.exact(self.with_company(company).lst_price)
        if self.currency_id == company.currency_id:
            return price
        rate = self.currency_id._rcep_rate(company, date)
        return amounts.against_exporter(price * rate, cost=False)

    def _rcep_refresh_verdicts(self, company):
        """Write the forecast of each product: its verdict at list price, today.

        :raises UserError: where one cannot be determined; then nothing is written
        """
        self.env["rcep.origin"].check_access("read")  # whoever may not see verdicts has none made either
        self.env["rcep.origin"]._hold(self, company)
        self.env["rcep.origin"]._mark_what_changed()
        date = amounts.today()
        determined = list(self._rcep_determined(company, date))
        problems = [each.problem for each in determined if each.problem]
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))
        # Verdicts are the engine's: no group may write them, whoever may see the product may ask for one.
        self.env["rcep.origin"].sudo()._keep(company, date, determined)

    def _rcep_determined(self, company, date):
        """The forecast of each product, or what is wrong with it.

        :return: :class:`.rcep_origin.Determined`, one by one
        """
        for product in self:
            yield product._rcep_forecast(company, date)

    def _rcep_forecast(self, company, date):
        try:
            fob = self._rcep_list_fob(company, date)
            verdict, dossier = self._rcep_determine(company, fob, date)
        except UserError as error:
            ref = case_builder.ref_of(self.id)
            return Determined.wrong(
                self.id, self.product_tmpl_id.id, [(each, ref) for each in str(error).split("\n")]
            )
        text = origin.canonical_json(dossier).decode()
        return Determined(self.id, self.product_tmpl_id.id, fob, verdict, text, origin.sha256_of(dossier))

    @api.model
    def _rcep_catalogue_domain(self, company):
        """The products of which a company keeps verdicts."""
        own = Domain("type", "=", "consu") & Domain("company_id", "in", (False, company.id))
        return own & self._rcep_of_catalogue(company)

    @api.model
    def _rcep_of_catalogue(self, company):
        """What makes a product one of a company's catalogue: it is sold, and something there decides its origin."""
        declared = Domain("rcep_declaration_ids", "any", [("company_id", "=", company.id)])
        decided_by = Domain("rcep_wholly_obtained", "=", True) | declared
        return Domain("sale_ok", "=", True) & Domain("hs_code", "!=", False) & decided_by
