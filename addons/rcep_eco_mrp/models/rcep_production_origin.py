"""The verdict of what a production order really consumed, beside that of the bill of materials; lots carry it.

The shop floor does not wait for it: an order that is done is noted here, and a job determines it soon after.
"""

import datetime
import logging

import psycopg2
from odoo import api, fields, models
from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco.tools import languages
from odoo.addons.rcep_eco.values import amounts
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..bills import difference
from ..bills.consumption import Consumption
from . import difference_texts

_logger = logging.getLogger(__name__)

SENTENCES = ("problem", "bom_problem", "notes")
_MARK = """
    WITH RECURSIVE concerned(id) AS (
        SELECT production_id FROM rcep_production_origin kept
         WHERE company_id = %(company)s AND date >= %(since)s
           AND (product_id = ANY(%(products)s)
                OR EXISTS (SELECT FROM stock_move raw
                            WHERE raw.raw_material_production_id = kept.production_id AND raw.state = 'done'
                              AND raw.product_id = ANY(%(products)s)))
         UNION
        SELECT raw.raw_material_production_id
          FROM concerned
          JOIN stock_move made ON made.production_id = concerned.id AND made.state = 'done'
          JOIN stock_move_line given ON given.move_id = made.id
          JOIN stock_move_line taken ON taken.lot_id = given.lot_id
          JOIN stock_move raw ON raw.id = taken.move_id AND raw.state = 'done'
           AND raw.raw_material_production_id IS NOT NULL
    )
    UPDATE rcep_production_origin kept SET stale = TRUE FROM concerned
     WHERE kept.production_id = concerned.id AND NOT kept.stale
 RETURNING kept.product_id
"""


class RcepProductionOrigin(models.Model):
    _name = "rcep.production.origin"
    _description = "Origin of a production order"
    _inherit = ["rcep.dossier.mixin"]
    _order = "date desc, id desc"

    name = fields.Char("Order", related="production_id.name", store=True)  # for those too who may not see orders
    production_id = fields.Many2one("mrp.production", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    lot_ids = fields.Many2many("stock.lot", string="Finished lots", readonly=True)
    lots = fields.Char(compute="_compute_lots", compute_sudo=True, help="Lots or serial numbers that the order made.")
    date = fields.Date("Finished on", readonly=True, help="Prices and declarations of this day count.")
    fob = fields.Float("FOB value", readonly=True, digits="Product Price")
    # Sentences are kept in each language of the database: whoever reads them may have another than the job.
    problem = fields.Text(readonly=True, translate=True, help="Why nothing could be determined, and what to do.")
    stale = fields.Boolean("Being determined", readonly=True, index=True)
    bom_verdict = fields.Selection(explanations.verdicts, "By the bill of materials", readonly=True)
    bom_criterion = fields.Selection(explanations.CRITERIA, "Criterion by the bill", readonly=True)
    bom_rvc = fields.Char("RVC % by the bill", readonly=True)
    bom_problem = fields.Text("Why there is no verdict by the bill", readonly=True, translate=True)
    turned = fields.Boolean("Differs from the bill", readonly=True, help="The verdict is another than by the bill.")
    differences = fields.Json(readonly=True, help="What was consumed otherwise than the bill of materials says.")
    difference = fields.Html("What is different", compute="_compute_difference", sanitize=False)
    notes = fields.Text(
        "Contradictory facts", readonly=True, translate=True, help="Facts that disagreed, and which of them counted."
    )

    _production_unique = models.Constraint("UNIQUE(production_id)", "A production order has one verdict.")

    # --- compute -----------------------------------------------------------------------------------------
    @api.depends("lot_ids.name")
    def _compute_lots(self):
        for record in self:
            record.lots = ", ".join(record.lot_ids.mapped("name"))

    @api.depends("differences", "verdict")
    @api.depends_context("lang")
    def _compute_difference(self):
        for record in self:
            known = record.verdict and record.bom_verdict
            record.difference = difference_texts.as_html(self.env, record.differences or ()) if known else False

    # --- noting ------------------------------------------------------------------------------------------
    @api.model
    def _await(self, productions):
        """Have the verdicts of these orders determined soon, and of those that consumed what they made."""
        exporters = self.env["rcep.origin"]._exporters()
        done = productions._rcep_with_above().filtered(lambda order: order.company_id in exporters)
        if not done:
            return
        known = self.search([("production_id", "in", done.ids)])
        known.stale = True
        for company, theirs in known.grouped("company_id").items():
            self._concern_certificates(company, theirs.product_id.ids)
        self.create(
            [
                {
                    "production_id": order.id,
                    "product_id": order.product_id.id,
                    "company_id": order.company_id.id,
                    "stale": True,
                }
                for order in done - known.production_id
            ]
        )
        self._trigger_job()

    def _concern_certificates(self, company, product_ids):
        """Lots of these goods were shipped on whatever day: what is certified of them is looked at again."""
        self.env["rcep.drift"]._mark(company, product_ids, datetime.date.min)

    def _trigger_job(self):
        job = self.env.ref("rcep_eco_mrp.ir_cron_production_origin", raise_if_not_found=False)
        if job:  # not yet while the module is being installed
            job.sudo()._trigger()  # whoever changes a fact may not start jobs

    @api.model
    def _mark(self, company, product_ids, since):
        """Mark what was made or consumed of some products on or after a day, and what was made of its lots; one query.

        What is known of a lot counts from its own receipt, but its product's price may stand in for it.
        """
        self.env.flush_all()
        self.env.cr.execute(SQL(_MARK, company=company.id, products=list(product_ids), since=since))
        made = {product_id for (product_id,) in self.env.cr.fetchall()}
        if made:
            self.invalidate_model(["stale"])
            self._trigger_job()
            self._concern_certificates(company, made)

    # --- determining -------------------------------------------------------------------------------------
    @api.model
    def _cron_determine(self):
        """Determine what waits, each order for itself; what cannot be determined says why and holds up nothing.

        The latest first: a fact that changes may have marked years of orders, and nobody waits for those.
        """
        waiting = self.search([("stale", "=", True)], order="id desc")
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(waiting))
        for record in waiting:
            if record.exists().try_lock_for_update():  # else it is gone, or somebody else determines it
                record._determine()
            if not progress._commit_progress(1):
                break

    def _determine(self):
        """Determine these orders anew; never raises: what is in the way is kept as a sentence on the record."""
        for record in self:
            values = record._determined_or_why_not()
            record.write(values)
            if any(values[name] for name in SENTENCES):
                record._keep_wordings()

    def _keep_wordings(self):
        """Keep the sentences in the other languages of the database too."""
        for lang in languages.others(self.env, self.env.lang):
            there = self.with_context(lang=lang)
            values = there._determined_or_why_not()
            there.write({name: values[name] for name in SENTENCES})

    def _determined_or_why_not(self):
        try:
            with self.env.cr.savepoint():
                return self._determined()
        except UserError as error:
            return self._without_answer(str(error))
        except (psycopg2.OperationalError, psycopg2.errors.InFailedSqlTransaction):
            raise  # somebody else is at it: the whole is tried again, nothing can be written now
        except Exception:  # whatever is wrong with one order, the shop floor and the others go on
            _logger.exception("The origin of production order %s was not determined.", self.production_id.id)
            return self._without_answer(self._fault())

    def _fault(self):
        return self.env._(
            "The origin of order %s could not be determined for a reason that is in the server's log: tell the "
            "administrator, then press Determine origin.",
            self.production_id.name,
        )

    def _without_answer(self, problem):
        bill = {"bom_verdict": False, "bom_criterion": False, "bom_rvc": False, "bom_problem": False}
        return {
            **self._no_answer(),
            **bill,
            "lot_ids": [fields.Command.set(self.production_id._rcep_finished_lots().ids)],
            "date": self.production_id._rcep_day(),
            "problem": problem,
            "stale": False,
            "turned": False,
            "differences": False,
            "notes": False,
        }

    def _determined(self):
        """The values of the order's verdict, of the bill's at the same price and day, and of what differs."""
        order, company = self.production_id, self.company_id
        product = order.product_id.with_company(company)
        date = order._rcep_day()
        consumed = Consumption(self.env, company, date, order.ids)
        used, planned = consumed.of(order.id), consumed.planned(product)
        fob = _price(product, company, date, used)
        verdict, dossier = product._rcep_determine(company, fob, date, production=used)
        values = {
            **self._without_answer(False),
            **self._stored_answer_values(verdict, dossier),
            **self._of_bill(product, fob, date, planned),
            "fob": float(fob),
            "notes": "\n".join(dict.fromkeys((*consumed.notes, *_notes(used)))) or False,
        }
        values["turned"] = bool(values["bom_verdict"]) and any(
            values[name] != values[f"bom_{name}"] for name in ("verdict", "criterion")
        )
        if planned:
            values["differences"] = self._differences(consumed, used, planned, values)
        return values

    def _of_bill(self, product, fob, date, planned):
        if planned is None:
            return {"bom_problem": self.env._("%s has no bill of materials to compare with.", product.display_name)}
        try:
            verdict, dossier = product._rcep_determine(self.company_id, fob, date, production=planned)
        except UserError as error:
            return {"bom_problem": str(error)}
        answer = self._answer_values(verdict, dossier)
        return {f"bom_{name}": answer[name] or False for name in ("verdict", "criterion", "rvc")}

    def _differences(self, consumed, used, planned, values):
        order = consumed.orders[self.production_id.id]
        differences = []
        deciding = consumed.bills.bill_of[order.product_id].id
        if order.bill_id and order.bill_id != deciding:
            names = {bom.id: bom.display_name for bom in self.env["mrp.bom"].sudo().browse((order.bill_id, deciding))}
            differences.append({"code": "bill", "used": names[order.bill_id], "planned": names[deciding]})
        differences += difference.between(planned.materials, used.materials)
        for each in consumed.used[order.id]:
            product = consumed.bills.products.get(each.product_id)
            if each.scrapped and product:
                unit = consumed.bills.units.name(product.unit_id)
                facts = {"material": product.name, "used": amounts.text(each.scrapped), "unit": unit}
                differences.append({"code": "scrapped", **facts})
        if order.unbuilt:
            differences.append(
                {"code": "unbuilt", "used": amounts.text(order.unbuilt), "planned": amounts.text(order.made)}
            )
        if values["rvc"] and values["bom_rvc"] and values["rvc"] != values["bom_rvc"]:
            differences.append({"code": "rvc", "used": values["rvc"], "planned": values["bom_rvc"]})
        return differences

    # --- actions -----------------------------------------------------------------------------------------
    def action_determine(self):
        """Determine these orders anew, by what their moves, lots and declarations say now."""
        self.check_access("read")
        # Verdicts are the engine's: no group may write them, whoever may see one may ask for it.
        whole = self.sudo()
        busy = whole - whole.try_lock_for_update()
        if busy:
            raise UserError(
                self.env._("Order %s is being determined by the job just now: look again in a moment.", busy[0].name)
            )
        whole._determine()

    def action_open_production(self):
        """Show the production order."""
        self.check_access("read")
        return self.production_id._get_records_action()


def _price(product, company, date, production):
    """The list price of a unit; of what is not sold its cost, which stands in for it in the next good too."""
    price = product._rcep_list_fob(company, date)
    return price if price > 0 else production.cost() or price


def _notes(production):
    """What disagreed anywhere below."""
    for item in production.materials:
        yield from item.notes
        if item.made_of:
            yield from _notes(item.made_of)
