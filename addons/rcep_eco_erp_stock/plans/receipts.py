"""Receipts of another ERP: each line is how much of an item, of which lot, came from a supplier on which document.

They are booked by Odoo's own steps, as if a person had received the goods. What was received is not changed by a sheet:
a line that says something else of it is a fault, which names what a person does.
"""

import datetime
from collections import defaultdict

from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco_erp.plans import Plan
from odoo.addons.rcep_eco_erp.plans.plan import Change, Outcome, Wrong
from odoo.addons.rcep_eco_erp.sheets import cells
from odoo.addons.rcep_eco_erp.sheets.lines import Column
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

HEAD = ("supplier", "day", "warehouse")
NOON = datetime.time(4)  # in China, as Odoo keeps it


class Receipts(Plan):
    model = "stock.picking"
    key = ("document", "item", "lot")
    columns = {
        "document": Column(cells.paper, needed=True),
        "supplier": Column(cells.text, needed=True),
        "day": Column(cells.day, needed=True),
        "item": Column(cells.text, needed=True),
        "quantity": Column(cells.above_zero, needed=True),
        "unit": Column(cells.text, needed=True),
        "lot": Column(cells.text),
        "warehouse": Column(cells.text),
    }
    template = (
        "document,supplier,day,item,quantity,unit,lot,warehouse\r\n"
        "GR-2611-031,V-1001,2026-11-20,ROTOR-40,500,C62,L-77,\r\n"
        "GR-2611-031,V-1001,2026-11-20,MAGNET-3,1000,C62,,\r\n"
    )

    def look_up(self):
        ours = [("company_id", "in", (False, self.company.id))]
        products = self.env["product.product"].search([("default_code", "in", self.said("item")), *ours])
        self._products = products.grouped("default_code")
        self._firms = self.env["res.partner"].search([("ref", "in", self.said("supplier")), *ours]).grouped("ref")
        self._units = self.units_by_name()
        self._warehouses = self.env["stock.warehouse"].with_context(active_test=True).search(
            [("company_id", "=", self.company.id)]
        )
        lots = self.env["stock.lot"].search(
            [("name", "in", self.said("lot")), ("product_id", "in", products.ids), *ours]
        )
        self._lots = lots.grouped(lambda lot: (lot.product_id, lot.name))
        self._first = {}
        for line in self.lines:
            self._first.setdefault(line.values["document"], line)
        known = self.records.search([
            ("origin", "in", self.said("document")),
            ("company_id", "=", self.company.id),
            ("picking_type_code", "=", "incoming"),
            ("location_id.usage", "=", "supplier"),
            ("state", "!=", "cancel"),
        ])  # fmt: skip
        self._known = known.grouped("origin")
        self._spelled = self._spellings()
        self._received = defaultdict(self.env["stock.move.line"].browse)
        for each in known.move_line_ids.filtered(lambda each: each.state == "done"):
            self._received[each.picking_id.origin, each.product_id, each.lot_id.name or None] |= each

    def _spellings(self):
        """{document without case and spaces: how it is spelled, in Odoo or else where the sheet names it first}."""
        found = {}
        for document in self._first:
            found.setdefault(_folded(document), document)
        query = SQL(
            """
            SELECT origin FROM stock_picking
             WHERE company_id = %s AND state != 'cancel' AND LOWER(REPLACE(origin, ' ', '')) = ANY(%s)
            """,
            self.company.id,
            list(found),
        )
        self.env.flush_all()
        return found | {_folded(origin): origin for [origin] in self.env.execute_query(query)}

    # --- one line ----------------------------------------------------------------------------------------
    def outcome(self, line):
        values = line.values
        first = self._first[values["document"]]
        for column in HEAD:
            if values.get(column) != first.values.get(column):
                raise Wrong(column, "receipt_head", document=values["document"], other=first.number)
        if values["day"] > amounts.today():
            raise Wrong("day", "receipt_ahead", text=str(values["day"]))
        product, firm = self._item(values), self._firm(values["supplier"])
        unit = self.unit_of(values["unit"])
        if not unit._has_common_reference(product.uom_id):
            raise Wrong("unit", "unit_other", unit=values["unit"], item=values["item"], own=product.uom_id.name)
        self.check_places("quantity", self.env["stock.move.line"]._fields["quantity"], values["quantity"])
        self._check_lot(product, values)
        self._warehouse(values.get("warehouse"))
        self._check_document(values, firm)
        key = " · ".join(filter(None, (values["document"], values["item"], values.get("lot"))))
        received = self._received[values["document"], product, values.get("lot")]
        if received:
            self._check_received(values, product, unit, received)
            return Outcome(line.number, key, "same", received.picking_id[:1], {})
        told = Change("quantity", "", f"{amounts.text(values['quantity'])} {unit.name}")
        return Outcome(line.number, key, "created", self.records, values, (told,))

    def _item(self, values):
        found = self._products.get(values["item"])
        if not found:
            raise Wrong("item", "item_unknown", text=values["item"])
        if len(found) > 1:
            raise Wrong("item", "item_several", item=values["item"])
        if not found.active:
            raise Wrong("item", "item_archived", item=values["item"])
        if found.type != "consu" or ("is_kits" in found._fields and found.is_kits):
            raise Wrong("item", "item_not_received", item=values["item"])
        return found

    def _firm(self, code):
        found = self._firms.get(code)
        if not found:
            raise Wrong("supplier", "supplier_unknown", text=code)
        if len(found) > 1:
            raise Wrong("supplier", "supplier_several", item=code)
        if not found.active:
            raise Wrong("supplier", "supplier_archived", item=code)
        return found

    def _check_lot(self, product, values):
        lot = values.get("lot")
        if product.tracking == "none" and lot:
            raise Wrong("lot", "lot_not_tracked", item=values["item"])
        if product.tracking != "none" and not lot:
            raise Wrong("lot", "lot_missing", item=values["item"])
        if product.tracking == "serial" and values["quantity"] != 1:
            raise Wrong("quantity", "serial_of_one", item=values["item"])
        if len(self._lots.get((product, lot), ())) > 1:
            raise Wrong("lot", "lot_several", text=lot, item=values["item"])

    def _warehouse(self, code):
        found = self._warehouses.filtered(lambda each: each.code == code) if code else self._warehouses
        if len(found) != 1:
            known = ", ".join(self._warehouses.mapped("code"))
            raise Wrong("warehouse", "warehouse_unknown" if code else "warehouse_which", text=code or "", known=known)
        return found

    def _check_document(self, values, firm):
        """Whether what Odoo knows under this document came from the same firm, and came in; under no other spelling."""
        spelled = self._spelled[_folded(values["document"])]
        if spelled != values["document"] and values["document"] not in self._known:
            raise Wrong("document", "receipt_alike", document=values["document"], other=spelled)
        for known in self._known.get(values["document"], self.records):
            told = {"document": values["document"], "receipt": known.name}
            if known.partner_id != firm:
                raise Wrong("supplier", "receipt_of_another", own=known.partner_id.display_name or "–", **told)
            if known.state != "done":
                raise Wrong("document", "receipt_open", **told)

    def _check_received(self, values, product, unit, received):
        came = amounts.exact(round(sum(received.mapped("quantity_product_uom")), 9))
        said = amounts.exact(round(unit._compute_quantity(float(values["quantity"]), product.uom_id, round=False), 9))
        told = {"receipt": ", ".join(received.picking_id.mapped("name"))}
        if came != said:
            own = f"{amounts.text(came)} {product.uom_id.name}"
            raise Wrong("quantity", "receipt_done", own=own, **told)
        if all(amounts.issuing_day(each.date) != values["day"] for each in received):
            raise Wrong("day", "receipt_other_day", own=str(amounts.issuing_day(received[0].date)), **told)

    # --- doing it ----------------------------------------------------------------------------------------
    def apply(self, sheet):
        by_document = defaultdict(list)
        for each in self.outcomes:
            if each.what == "created":
                by_document[each.values["document"]].append(each.values)
        for lines in by_document.values():
            self._receive(lines, sheet)

    def _receive(self, lines, sheet):
        head = lines[0]
        kind = self._warehouse(head.get("warehouse")).in_type_id
        source, target = self.env.ref("stock.stock_location_suppliers"), kind.default_location_dest_id
        places = {"location_id": source.id, "location_dest_id": target.id}
        by_item = defaultdict(list)
        for line in lines:
            by_item[self._products[line["item"]], self.unit_of(line["unit"])].append(line)
        picking = self.records.create({
            **places, **self.origin_of(sheet), "picking_type_id": kind.id, "company_id": self.company.id,
            "partner_id": self._firm(head["supplier"]).id, "origin": head["document"],
            "move_ids": [
                Command.create({
                    **places, "product_id": product.id, "product_uom": unit.id, "company_id": self.company.id,
                    "product_uom_qty": float(sum(line["quantity"] for line in of_item)),
                })
                for (product, unit), of_item in by_item.items()
            ],
        })  # fmt: skip
        picking.action_confirm()
        picking.move_line_ids.unlink()  # what Odoo proposed knows no lots
        for (product, unit), of_item in by_item.items():
            move = picking.move_ids.filtered(lambda each, of=(product, unit): (each.product_id, each.product_uom) == of)
            self.env["stock.move.line"].create([
                {**places, "move_id": move.id, "picking_id": picking.id, "product_id": product.id,
                 "product_uom_id": unit.id, "quantity": float(line["quantity"]), "picked": True,
                 "lot_id": self._lot(product, line.get("lot")).id, "company_id": self.company.id}
                for line in of_item
            ])  # fmt: skip
        if picking.button_validate() is not True or picking.state != "done":
            words = self.env._("Receipt “%s” cannot be booked in one step here: receive it in Odoo, by a person.")
            raise UserError(words % head["document"])
        if head["day"] != amounts.today():
            picking.date_done = datetime.datetime.combine(head["day"], NOON)
            picking.move_line_ids.date = picking.date_done

    def _lot(self, product, name):
        if not name:
            return self.env["stock.lot"]
        key = (product, name)
        if key not in self._lots:
            own = {"name": name, "product_id": product.id, "company_id": self.company.id}
            self._lots[key] = self.env["stock.lot"].create(own)
        return self._lots[key]

    def origin_of(self, sheet):
        return {"rcep_sheet_id": sheet.id}


def _folded(document):
    """A document's number as it is compared: as PostgreSQL lowers usual characters.

    >>> _folded("GR 2611-031")
    'gr2611-031'
    """
    return document.replace(" ", "").lower()
