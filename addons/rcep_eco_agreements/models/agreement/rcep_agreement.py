"""An agreement under which a good may enter an importing country at a lower rate: what the engine has to know of it."""

from odoo import api, fields, models, tools
from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.values import amounts, hs_codes
from odoo.exceptions import ValidationError

# What of a record stands in the rulebook that is made of it.
IN_RULEBOOK = frozenset((
    "name", "edition", "valid_from", "valid_to", "has_list", "list_is_complete", "build_up", "country_of_origin",
    "regional_value", "de_minimis", "first_weight_chapter", "last_weight_chapter", "minimal_operations", "deductions",
    "articles",
))  # fmt: skip


class RcepAgreement(models.Model):
    _name = "rcep.agreement"
    _description = "Agreement on preferential rates"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    code = fields.Char(required=True, help="By which duty rates name it: RCEP, ACFTA, CCFTA.")
    name = fields.Char(required=True, translate=True)
    form_name = fields.Char("Certificate", required=True, translate=True, help="What its proof of origin is called.")
    sequence = fields.Integer(default=50)
    active = fields.Boolean(default=True)
    edition = fields.Char("Edition of its rules", tracking=True)
    valid_from = fields.Date("Rules in force from", required=True, tracking=True)
    valid_to = fields.Date("Rules in force until", tracking=True)
    rules_of_heart = fields.Boolean(
        "Rules stand under Origin", readonly=True, help="RCEP: its rules, Parties and Appendices are kept there."
    )
    has_list = fields.Boolean("Has a product list", default=True, help="Goods with rules of their own.")
    list_is_complete = fields.Boolean(
        "Product list is loaded whole",
        tracking=True,
        help="Only then does the general rule decide a good that no line of the list names. Until then any good may be "
        "listed, and is open unless it needs no rule.",
    )
    regional_value = fields.Float("Regional value %", digits=(5, 2), default=40.0, required=True, tracking=True)
    de_minimis = fields.Float("De minimis %", digits=(5, 2), default=10.0, required=True, tracking=True)
    first_weight_chapter = fields.Integer("De minimis by weight from chapter", default=50)
    last_weight_chapter = fields.Integer("to chapter", default=63)
    build_up = fields.Boolean("Build-up is open too", tracking=True, help="Beside build-down, (FOB − VNM) / FOB.")
    country_of_origin = fields.Boolean("Asks for box 11", help="A country of origin beside the criterion (Art. 2.6).")
    minimal_operations = fields.Char(
        "Minimal operations", help="Kinds of work that alone make nothing originate, by the engine's names."
    )
    deductions = fields.Char(
        "Left out of a material's value", help="With evidence: transport, duties, waste; empty: nothing."
    )
    articles = fields.Text(
        "Its articles", help="RCEP's article = the like article here; …: by these the steps of a verdict are named."
    )
    form_criteria = fields.Char(
        "Criteria on its form", help="The engine's criterion = what the form says; % stands for the regional value."
    )
    party_ids = fields.One2many("rcep.agreement.party", "agreement_id", "Parties")
    rule_ids = fields.One2many("rcep.agreement.rule", "agreement_id", "Rules")
    rules_count = fields.Integer("Rules and lines of its list", compute="_compute_rules_count")
    source = fields.Text(required=True, tracking=True)
    note = fields.Text("What is not known", translate=True)

    _code_unique = models.Constraint("UNIQUE(code)", "An agreement of this code exists already.")

    @api.depends("rule_ids")
    def _compute_rules_count(self):
        for agreement in self:
            heart = self.env["rcep.rule"].search_count([]) if agreement.rules_of_heart else 0
            agreement.rules_count = heart + len(agreement.rule_ids)

    @api.constrains(*IN_RULEBOOK)
    def _check_can_be_applied(self):
        for agreement in self:
            try:
                agreement._terms()
            except origin.OriginError as error:
                raise ValidationError(
                    self.env._("Agreement %(name)s: %(error)s.", name=agreement.name, error=error)
                ) from error
            if not 0 < agreement.regional_value <= 100 or not 0 <= agreement.de_minimis <= 100:
                raise ValidationError(
                    self.env._("Agreement %s: regional value and de minimis are per cent, 0 to 100.", agreement.name)
                )

    # --- CRUD: rulebooks hold what stands here -----------------------------------------------------------
    def write(self, vals):
        if vals.keys() & IN_RULEBOOK:
            self.env.registry.clear_cache()
        return super().write(vals)

    # --- the engine's view -------------------------------------------------------------------------------
    def _terms(self):
        """What the engine is told of the agreement beside its rules: :class:`origin.Agreement`."""
        self.ensure_one()
        return origin.Agreement.of(
            self.code,
            self.valid_from,
            regional_value=amounts.exact(self.regional_value),
            de_minimis=amounts.exact(self.de_minimis),
            build_up=self.build_up,
            minimal_operations=frozenset((self.minimal_operations or "").split()),
            deductions=frozenset((self.deductions or "").split()),
            weight_chapters=(self.first_weight_chapter, self.last_weight_chapter),
            country_of_origin=self.country_of_origin,
            articles=origin.articles_of(self.articles),
        )

    def _rulebook(self, company, date):
        """The engine's :class:`origin.Rulebook` for a company on a day; None where no rules hold then."""
        self.ensure_one()
        if self.rules_of_heart:
            edition = self.env["rcep.rule.edition"]._on(date)
            return edition._rulebook() if edition else None
        book = self._own_rulebook(self.id, company.id)
        return book if book.holds_on(date) else None

    @api.model
    @tools.ormcache("agreement_id", "company_id")
    def _own_rulebook(self, agreement_id, company_id):
        agreement = self.browse(agreement_id).sudo()  # the law is no secret; whoever asks may see one company only
        rules = agreement.rule_ids.filtered(lambda rule: rule.company_id.id in (False, company_id))
        listed = {}
        for rule in rules.filtered(lambda rule: rule.kind != "general").sorted(lambda rule: bool(rule.company_id)):
            listed[rule.hs_code] = rule._row()  # the firm's own word on a code goes before the list's
        general = {rule.hs_code: rule._row() for rule in rules if rule.kind == "general"}
        return origin.Rulebook(
            edition=agreement.edition or agreement.code,
            valid_from=agreement.valid_from,
            valid_to=agreement.valid_to or None,
            rows=listed,
            parties={party.code: origin.Party(party.code, party.in_force) for party in agreement.party_ids},
            subheadings=hs_codes.subheadings(),
            agreement=agreement._terms(),
            general=general,
            list_missing=agreement.has_list and not agreement.list_is_complete,
        )

    def _is_open_to(self, country, date):
        """Whether goods can enter a country under the agreement on a day."""
        self.ensure_one()
        if self.rules_of_heart:
            party = self.env["rcep.party"]._of_country(country)
            return bool(party) and party.in_force <= date
        return any(party.country_id == country and party.in_force <= date for party in self.party_ids)

    def _criterion_on_form(self, verdict, listed):
        """What the form of this agreement says of a verdict, such as 45%.

        :param bool listed: whether a line of the product list decided
        """
        names = origin.articles_of(self.form_criteria)
        criterion = verdict.criterion or ""
        if listed and "list" in names and criterion not in ("WO", "PE"):
            return names["list"]
        words = names.get(criterion, criterion)
        value = verdict.regional_value.build_down
        return words.replace("%", f"{int(float(value))}%") if "%" in words and value else words

    def action_open_rules(self):
        """Show its rules."""
        self.ensure_one()
        self.check_access("read")
        if self.rules_of_heart:
            return self.env["ir.actions.actions"]._for_xml_id("rcep_eco.action_rule")
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_agreements.action_agreement_rule")
        return {**action, "domain": [("agreement_id", "=", self.id)], "context": {"default_agreement_id": self.id}}


class RcepAgreementParty(models.Model):
    _name = "rcep.agreement.party"
    _description = "Party of an agreement"
    _order = "agreement_id, country_id"
    _rec_name = "country_id"

    agreement_id = fields.Many2one("rcep.agreement", required=True, ondelete="cascade", index=True)
    country_id = fields.Many2one("res.country", required=True)
    code = fields.Char(related="country_id.code")
    in_force = fields.Date("In force since", required=True)

    _country_unique = models.Constraint("UNIQUE(agreement_id, country_id)", "This country is a Party already.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()  # rulebooks hold the Parties
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
