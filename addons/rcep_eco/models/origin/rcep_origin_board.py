"""The catalogue board: a company's verdicts on one screen, and which missing fact is worth mending first.

Everything is read in a number of queries that does not depend on the catalogue. Counts are for whoever may read
verdicts; what was exported, in money, is for cost engineers.
"""

from collections import Counter

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from ... import groups
from ...cases import case_builder
from ...origin.trace import Need
from ...texts import explanations
from ...tools import languages
from ...values import amounts

CLOSE = 5.0  # points of regional value
MONTHS = 12  # of exports
ROWS = 50  # of missing facts
CLOSEST = 20  # goods close to the threshold
RULES = 12
PROBLEM = "problem"  # beside the facts of the engine: a sentence that says why nothing could be determined
# Facts of the good itself: each good has its own, whatever they are called.
OWN = ("fob", "process", "condition", "materials")
# Facts that a bill of materials tells.
IN_BILL = ("process", "materials", PROBLEM)

# What each good lacks: facts by the engine's names, and sentences, each line of them by itself; with the ref of the
# product that is to be mended.
_LACKING = SQL(
    """
    SELECT verdict.company_id, verdict.product_id, need->>0 AS fact, COALESCE(need->>1, '') AS of, need->>2 AS ref
      FROM rcep_origin verdict
CROSS JOIN jsonb_array_elements(CASE jsonb_typeof(verdict.needs) WHEN 'array' THEN verdict.needs ELSE '[]' END) need
     WHERE verdict.verdict = 'unresolved'
     UNION
    SELECT verdict.company_id, verdict.product_id, 'problem', entry->>0, entry->>1
      FROM rcep_origin verdict
CROSS JOIN jsonb_array_elements(
           CASE jsonb_typeof(verdict.problems) WHEN 'array' THEN verdict.problems ELSE '[]' END) entry
     WHERE verdict.problem IS NOT NULL
    """
)
# What of each good went to other Parties: posted invoices less credit notes, in the company's currency.
_EXPORTED = """
    SELECT line.product_id, -SUM(line.balance) AS value
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN res_partner consignee ON consignee.id = COALESCE(move.partner_shipping_id, move.partner_id)
      JOIN rcep_party party ON party.country_id = consignee.country_id
     WHERE move.company_id = %(company)s AND move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_refund')
       AND move.invoice_date > %(since)s AND line.display_type = 'product' AND line.product_id IS NOT NULL
       AND party.country_id IS DISTINCT FROM %(home)s
  GROUP BY line.product_id
"""
_NOTHING_EXPORTED = "SELECT NULL::int AS product_id, NULL::numeric AS value WHERE FALSE"


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    @api.model
    def get_board(self, company_id=None):
        """Everything that the catalogue board of a company shows; nothing is written.

        :raises AccessError: where the user may not read verdicts, or not those of the company
        """
        company = self._company_of_reader(company_id)
        engineer = self.env.user.has_group(groups.ENGINEER)
        own = Domain("company_id", "=", company.id)
        grouped = self._read_group(own, ["verdict", "criterion", "rule", "stale"], ["__count"])
        problems = self.search_count(own & Domain("problem", "!=", False))
        last = self._read_group(own, [], ["date:max"])[0][0]
        return {
            "company": company.name,
            "company_id": company.id,
            "currency": company.currency_id.name,
            "engineer": engineer,
            "exporter": bool(company.sudo().rcep_uscc),  # whether it has one is no secret
            "date": last and format_date(self.env, last),
            "total": sum(count for *_key, count in grouped),
            "stale": sum(count for *_key, stale, count in grouped if stale),
            "states": self._board_states(grouped, problems),
            "criteria": self._board_criteria(grouped),
            "rules": self._board_rules(grouped),
            "close": self._board_close(own),
            "close_points": CLOSE,
            "lacking": self._board_lacking(company, engineer),
            "months": MONTHS,
            "product_view": self.env.ref("rcep_eco.view_product_product_form_origin").id,
        }

    @api.model
    def get_board_waiting(self, company_id=None):
        """How many verdicts of a company are being recomputed; for the progress bar."""
        company = self._company_of_reader(company_id)
        return self.search_count([("company_id", "=", company.id), ("stale", "=", True)])

    @api.model
    def get_board_goods(self, company_id, fact, of, product_id=None, ref=None):
        """Ids of the goods that wait for one fact, as the board tells it."""
        company = self._company_of_reader(company_id)
        query = SQL(
            "SELECT DISTINCT product_id FROM (%s) lack WHERE company_id = %s AND fact = %s AND of = %s AND %s AND %s",
            _LACKING,
            company.id,
            fact,
            of,
            SQL("product_id = %s", product_id) if product_id else SQL("TRUE"),
            SQL("ref = %s", ref) if ref else SQL("TRUE"),
        )
        return [row[0] for row in self.env.execute_query(query)]

    @api.model
    def _company_of_reader(self, company_id=None):
        """The company whose verdicts somebody asks for, on the board or on an overview.

        :param company_id: None for the one that is chosen first
        :raises AccessError: where the user may not read verdicts, or not those of the company
        """
        self.check_access("read")
        company = self.env["res.company"].browse(company_id) if company_id else self.env.company
        if company not in self.env.companies:
            raise AccessError(self.env._("This page is of a company that you have not chosen: choose it above."))
        return company

    # --- counts ------------------------------------------------------------------------------------------
    def _board_states(self, grouped, problems):
        """How many goods are in each state; being recomputed they keep the verdict that they had."""
        counts = Counter()
        for verdict, _criterion, _rule, stale, count in grouped:
            counts[verdict] += count
            counts["stale"] += count if stale else 0
        words = dict(self._fields["verdict"]._description_selection(self.env))
        states = [(key, word, counts[key], [("verdict", "=", key)]) for key, word in words.items()]
        states += [
            (PROBLEM, self.env._("Cannot be determined"), problems, [("problem", "!=", False)]),
            ("stale", self.env._("Being recomputed"), counts["stale"], [("stale", "=", True)]),
        ]
        return [dict(zip(("key", "word", "count", "domain"), state, strict=True)) for state in states]

    def _board_criteria(self, grouped):
        counts = Counter()
        for verdict, criterion, _rule, _stale, count in grouped:
            if verdict == "originating":
                counts[criterion] += count
        return [{"criterion": criterion, "count": count} for criterion, count in counts.most_common()]

    def _board_rules(self, grouped):
        """The rules with most goods, and how these fare."""
        rules = {}
        for verdict, _criterion, rule, _stale, count in grouped:
            if rule and verdict:
                rules.setdefault(rule, Counter())[verdict] += count
        most = sorted(rules.items(), key=lambda item: (-item[1].total(), item[0]))
        return {
            "rows": [{"rule": rule, "total": counts.total(), **counts} for rule, counts in most[:RULES]],
            "left": max(len(most) - RULES, 0),
        }

    # --- close to the threshold --------------------------------------------------------------------------
    @api.model
    def _board_close_domain(self):
        """Goods whose verdict a few points of regional value decide."""
        return (Domain("criterion", "=", "RVC") | Domain("verdict", "=", "not_originating")) & (
            Domain("rvc", "!=", False) & Domain("margin", ">", -CLOSE) & Domain("margin", "<", CLOSE)
        )

    def _board_close(self, own):
        domain = own & self._board_close_domain()
        shown = ["product_id", "verdict", "rvc", "margin", "fob_floor"]
        above = self.search_fetch(domain & Domain("margin", ">=", 0), shown, order="margin, id", limit=CLOSEST)
        below = self.search_fetch(domain & Domain("margin", "<", 0), shown, order="margin desc, id", limit=CLOSEST)
        records = (above | below).sorted(lambda record: (abs(record.margin), record.id))[:CLOSEST]
        return [
            {
                "id": record.id,
                # Whoever may read a verdict may know of what it is.
                "product": record.product_id.sudo().display_name,
                "verdict": record.verdict,
                "rvc": formatLang(self.env, float(record.rvc), digits=2),
                "margin": f"{record.margin:+.2f}",
                "floor": record.fob_floor and formatLang(self.env, float(record.fob_floor), digits=2),
            }
            for record in records
        ]

    # --- what is lacking ---------------------------------------------------------------------------------
    def _board_lacking(self, company, engineer):
        """Missing facts and mistakes, ranked by the exports (or else the number of goods) that wait for them."""
        rows = self._read_lacking(company, engineer)
        products = self._board_products(rows)
        bills = self._board_bills(self.env["product.product"].union(*products.values()), company)
        worded = self._board_wordings([of for fact, of, *_rest in rows if fact == PROBLEM])
        sentences = []
        for fact, of, own_id, ref, count, value, _total in rows:
            product = products.get(own_id or case_builder.product_id_of(ref)) or self.env["product.product"]
            name = product.display_name if product else of
            sentences.append(
                {
                    "fact": fact,
                    "of": of,
                    "own_id": own_id,
                    "ref": ref or False,
                    "words": worded.get(of) or self._board_words(fact, of, name, own_id),
                    "goods": count,
                    "value": formatLang(self.env, value or 0, digits=0) if engineer else None,
                    "product_id": product.id,
                    "product": product and name,
                    "bom_id": fact in IN_BILL and bills.get(product.id, False),
                    "declarable": fact == "materials",
                }
            )
        total = rows[0][-1] if rows else 0
        return {"rows": sentences, "left": total - len(rows)}

    def _read_lacking(self, company, engineer):
        """[(fact, of what, good that has it, ref, goods that wait, exports, rows in all)], the dearest first."""
        today = amounts.today()
        self.env.flush_all()
        exported = SQL(_NOTHING_EXPORTED)
        if engineer:
            exported = SQL(
                _EXPORTED,
                company=company.id,
                home=company.country_id.id or None,
                since=today - relativedelta(months=MONTHS),
            )
        query = SQL(
            """
            SELECT fact, of,
                   CASE WHEN ref IS NULL AND (of = '' OR fact = ANY(%(own)s)) THEN told.product_id END AS own_id,
                   ref, COUNT(*), SUM(exported.value), COUNT(*) OVER ()
              FROM (%(lacking)s) told
         LEFT JOIN (%(exported)s) exported ON exported.product_id = told.product_id
             WHERE told.company_id = %(company)s
          GROUP BY 1, 2, 3, 4
          ORDER BY COALESCE(SUM(exported.value), 0) DESC, COUNT(*) DESC, 1, 2, 3, 4
             LIMIT %(limit)s
            """,
            own=list(OWN),
            lacking=_LACKING,
            exported=exported,
            company=company.id,
            limit=ROWS,
        )
        return self.env.execute_query(query)

    def _board_wordings(self, problems):
        """{sentence of a problem: the same in the reader's language}."""
        query = SQL(
            """
            SELECT told, COALESCE(MAX(verdict.wordings->%(lang)s->>told), told)
              FROM unnest(%(problems)s::text[]) told
         LEFT JOIN rcep_origin verdict ON verdict.wordings->%(lang)s ? told
          GROUP BY told
            """,
            lang=self.env.lang or languages.ENGLISH,
            problems=problems,
        )
        return dict(self.env.execute_query(query)) if problems else {}

    def _board_words(self, fact, of, name, own_id):
        need = Need(fact, of if fact == "condition" else name)
        words = explanations.of_need(self.env, need)
        words = words[:1].upper() + words[1:]
        return f"{name}: {words}" if own_id and name and name not in words else words

    def _board_products(self, rows):
        """The products that rows are about, by id."""
        ids = {own_id or case_builder.product_id_of(ref) for _fact, _of, own_id, ref, *_rest in rows}
        found = self.env["product.product"].with_context(active_test=False).search([("id", "in", list(ids - {None}))])
        return {product.id: product for product in found.with_env(self.env)}

    @api.model
    def _board_bills(self, products, company):
        """The bill that decides each product, for whoever may read bills: {product id: id}."""
        return {}
