"""Verdicts are kept current: what a change touches is marked at the end of its transaction, and recomputed soon after.

A change of a price, supplier, declaration, bill, operation, code, rate or rule concerns the products above it and no
others. They are marked *being recomputed*; a job determines them in batches, each committed by itself.
"""

import datetime
import itertools
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ... import groups
from ...tools import languages
from ...values import amounts

PENDING = "rcep.facts_changed"  # in the transaction: {company id or False: {id of a product: since when}}
EVER = datetime.date.min
DAYS_LOOKED_BACK = 3  # so that a night in which no job ran is made up for
BATCH = 2000  # products; a batch of any size gives the same verdicts


class RcepOrigin(models.Model):
    _inherit = "rcep.origin"

    # --- marking -----------------------------------------------------------------------------------------
    @api.model
    def _facts_changed(self, products, company=None, since=None):
        """Facts of these products are other than they were; see :meth:`_mark_what_changed`.

        :param since: the first day on which these facts count; None where they always did
        """
        if not products:
            return
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = {}
            # Marking is the system's: whoever changes a price may not see what verdicts rest on it.
            precommit.add(self.sudo().with_context(active_test=False)._mark_what_changed)
        pending = precommit.data[PENDING].setdefault(company.id if company else False, {})
        for product_id in products.ids:
            pending[product_id] = min(pending.get(product_id, datetime.date.max), since or EVER)

    @api.model
    def _mark_what_changed(self):
        """Mark the verdicts of all that stands on what changed in this transaction, and have them recomputed."""
        pending = self.env.cr.precommit.data.pop(PENDING, {})
        if not pending:
            return
        marked = 0
        for company in self._exporters():
            of_all, own = pending.get(False, {}), pending.get(company.id, {})
            if not (of_all or own):
                continue
            products = self.env["product.product"].browse(sorted(of_all.keys() | own.keys()))
            above = products._rcep_ids_above(company)
            marked += self.sudo()._mark(company, above)
            since = min((*of_all.values(), *own.values()))
            products.browse(above).sudo()._rcep_past_changed(company, since)
        if marked:
            self._trigger_recompute()

    @api.model
    def _exporters(self):
        """The companies that keep verdicts: those that can apply for certificates."""
        return self.env["res.company"].sudo().search([("rcep_uscc", "!=", False)])

    @api.model
    def _mark(self, company, above):
        """Mark products by their ids; what is new to the catalogue gets a row that waits for its verdict.

        :return: how many verdicts wait
        """
        products = self.env["product.product"]
        domain = products._rcep_catalogue_domain(company) & fields.Domain("id", "in", above)
        catalogue = products.search(domain)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO rcep_origin (product_id, product_tmpl_id, company_id, stale)
                SELECT product.id, product.product_tmpl_id, %(company)s, TRUE
                  FROM product_product product WHERE product.id = ANY(%(catalogue)s)
                    ON CONFLICT (product_id, company_id) DO UPDATE SET stale = TRUE
                """,
                company=company.id,
                catalogue=catalogue.ids,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE rcep_origin SET stale = TRUE WHERE company_id = %s AND product_id = ANY(%s) AND NOT stale",
                company.id,
                list(above),
            )
        )
        self.invalidate_model(["stale"])
        return len(catalogue) + self.env.cr.rowcount

    @api.model
    def _note(self, company, products):
        """Give products that are new to the catalogue a row that waits for its verdict."""
        known = self.search([("company_id", "=", company.id), ("product_id", "in", products.ids)]).product_id
        new = products - known
        if new:
            self.create([{"product_id": product.id, "company_id": company.id, "stale": True} for product in new])
            self._trigger_recompute()

    def _trigger_recompute(self):
        job = self.env.ref("rcep_eco.ir_cron_recompute", raise_if_not_found=False)
        if job:  # not yet while the module is being installed
            job.sudo()._trigger()

    @api.model
    def _mark_by_date(self):
        """Mark what the calendar changes: suppliers' prices that begin or ended in the last days."""
        today = amounts.today()
        since = today - datetime.timedelta(days=DAYS_LOOKED_BACK)
        begun = fields.Domain("date_start", ">=", since) & fields.Domain("date_start", "<=", today)
        ended = fields.Domain("date_end", ">=", since) & fields.Domain("date_end", "<", today)
        prices = self.env["product.supplierinfo"].sudo().search(begun | ended)
        self._facts_changed(prices._rcep_products(), since=since)
        self._mark_what_changed()

    # --- recomputing -------------------------------------------------------------------------------------
    @api.model
    def _cron_recompute(self):
        """Determine what is marked, in batches; what cannot be determined says why and holds up nothing."""
        self._mark_by_date()
        waiting = self.search_count([("stale", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=waiting)
        while waiting:
            done = self._recompute_batch()
            if not cron._commit_progress(done) or not done:
                break  # the time is up, or somebody else has what waits: the job comes again
            waiting = self.search_count([("stale", "=", True)])

    @api.model
    def _recompute_batch(self):
        """Determine some of the products that are marked.

        :return: how many
        """
        first = self.search([("stale", "=", True)], limit=1, order="company_id, product_id")
        company = first.company_id
        domain = [("stale", "=", True), ("company_id", "=", company.id)]
        records = self.search(domain, limit=BATCH, order="product_id").try_lock_for_update()
        if not records:
            return 0  # somebody else determines them
        self._determine_all(company, records.product_id)
        return len(records)

    @api.model
    def _determine_all(self, company, products):
        """Determine products of a company today and keep what comes out, problems too."""
        # Whoever runs the job, what is wrong is told in the company's language.
        lang = languages.active(self.env, company.partner_id.lang or self.env.lang)
        own = products.with_company(company).with_context(active_test=False, lang=lang)
        date = amounts.today()
        determined = iter(own._rcep_determined(company, date))
        while some := list(itertools.islice(determined, BATCH)):
            self._keep(company, date, some)
            self._keep_wordings(company, own, date, some)

    @api.model
    def _keep_wordings(self, company, products, date, determined):
        """Keep what is wrong in the other languages too, since whoever reads it may have another than the company."""
        wrong = {each.product_id: each for each in determined if each.problem}
        if not wrong:
            return
        values = {product_id: {} for product_id in wrong}
        for lang in languages.others(self.env, products.env.lang):
            again = products.browse(wrong).with_context(lang=lang)._rcep_determined(company, date)
            for each in again:
                pairs = zip(wrong[each.product_id].problems, each.problems, strict=False)
                values[each.product_id][lang] = {sentence: other for (sentence, _ref), (other, _same) in pairs}
        rows = [{"product_id": product_id, "wordings": wordings} for product_id, wordings in values.items()]
        self.env.cr.execute(
            SQL(
                """
                UPDATE rcep_origin SET wordings = told.wordings
                  FROM json_to_recordset(%s) AS told (product_id int, wordings jsonb)
                 WHERE rcep_origin.product_id = told.product_id AND company_id = %s
                """,
                json.dumps(rows),
                company.id,
            )
        )
        self.invalidate_model(["wordings", "problem_shown"])

    @api.model
    def _determine_catalogue(self, company):
        """Determine every product of a company's catalogue.

        :return: how many
        """
        products = self.env["product.product"].search(self.env["product.product"]._rcep_catalogue_domain(company))
        self._determine_all(company, products)
        return len(products)

    def action_recompute_catalogue(self):
        """Mark the whole catalogue of the company, for the job to determine anew."""
        self.check_access("read")
        if not self.env.user.has_group(groups.ENGINEER) and not self.env.su:
            raise AccessError(self.env._("The catalogue is determined anew by a cost engineer: ask one."))
        products = self.env["product.product"]
        everything = products.sudo().search(products._rcep_catalogue_domain(self.env.company))
        self._facts_changed(everything, self.env.company)
