"""Bills of materials of another ERP: each line is a component or an operation of a bill, known by its reference.

A sheet names a bill as a whole, and deletes nothing: what stands on a bill in Odoo and not in the sheet is a fault, so
that a component that was forgotten makes no good originate.
"""

from collections import defaultdict

from odoo.addons.rcep_eco.texts import explanations
from odoo.addons.rcep_eco_erp.plans import Plan
from odoo.addons.rcep_eco_erp.plans.plan import Wrong
from odoo.addons.rcep_eco_erp.sheets import Problem, cells
from odoo.addons.rcep_eco_erp.sheets.lines import Column

HEAD = ("item", "quantity", "unit")
OF_COMPONENT = ("component_quantity", "component_unit", "loss_percent")
OF_OPERATION = ("work_centre", "minutes", "kind_of_work")
NOT_NEEDED = {"loss_percent"}


class Bills(Plan):
    model = "mrp.bom"
    key = ("bill", "component", "operation")
    columns = {
        "bill": Column(cells.text, needed=True),
        "item": Column(cells.text, needed=True),
        "quantity": Column(cells.above_zero, needed=True),
        "unit": Column(cells.text, needed=True),
        "component": Column(cells.text),
        "component_quantity": Column(cells.above_zero, is_cost=True),
        "component_unit": Column(cells.text, is_cost=True),
        "loss_percent": Column(cells.number, is_cost=True),
        "operation": Column(cells.text),
        "work_centre": Column(cells.text, is_cost=True),
        "minutes": Column(cells.above_zero, is_cost=True),
        "kind_of_work": Column(cells.one_of(*explanations.WORK), is_cost=True),
    }
    template = (
        "bill,item,quantity,unit,component,component_quantity,component_unit,loss_percent,operation,work_centre,"
        "minutes,kind_of_work\r\n"
        "B-MOTOR-40,MOTOR-40,1,C62,ROTOR-40,1,C62,,,,,\r\n"
        "B-MOTOR-40,MOTOR-40,1,C62,MAGNET-3,2,C62,1.5,,,,\r\n"
        "B-MOTOR-40,MOTOR-40,1,C62,,,,,Assembling,WC-1,3.5,manufacturing\r\n"
    )

    def look_up(self):
        ours = [("company_id", "in", (False, self.company.id))]
        codes = {*self.said("item"), *self.said("component")}
        products = self.env["product.product"].search([("default_code", "in", list(codes)), *ours])
        self._products = products.grouped("default_code")
        self._bills = self.records.search([("code", "in", self.said("bill")), *ours]).grouped("code")
        centres = self.env["mrp.workcenter"].search([("code", "in", self.said("work_centre")), *ours])
        self._centres = centres.grouped("code")
        self._units = self.units_by_name()
        self._first = {}
        for line in self.lines:
            self._first.setdefault(line.values["bill"], line)
        found = self.records.union(*self._bills.values())
        self._components, self._operations = (defaultdict(lambda of=of: of) for of in self._empty())
        for each in found.bom_line_ids:
            self._components[each.bom_id, each.product_id] |= each
        for each in found.operation_ids.filtered("active"):
            self._operations[each.bom_id, each.name] |= each

    def _empty(self):
        return self.env["mrp.bom.line"], self.env["mrp.routing.workcenter"]

    # --- one line ----------------------------------------------------------------------------------------
    def outcome(self, line):
        values = line.values
        first = self._first[values["bill"]]
        for column in HEAD:
            if values[column] != first.values[column]:
                raise Wrong(column, "bill_head", bill=values["bill"], other=first.number)
        bill = self._bill(values)
        if ("component" in values) == ("operation" in values):
            raise Wrong("component", "component_or_operation")
        is_component = "component" in values
        for column in OF_OPERATION if is_component else OF_COMPONENT:
            if column in values:
                raise Wrong(column, "not_of_this_line")
        for column in OF_COMPONENT if is_component else OF_OPERATION:
            if column not in values and column not in NOT_NEEDED:
                raise Wrong(column, "missing")
        return self._component(line, bill) if is_component else self._operation(line, bill)

    def _bill(self, values):
        product = self._product("item", values["item"])
        self._check_unit("unit", values["unit"], product)
        found = self._bills.get(values["bill"], self.records)
        if len(found) > 1:
            raise Wrong("bill", "bill_several", bill=values["bill"])
        if not found:
            return found
        if not found.company_id:
            raise Wrong("bill", "bill_shared", bill=values["bill"])
        if not found.active:
            raise Wrong("bill", "bill_archived", bill=values["bill"])
        if found.product_tmpl_id != product.product_tmpl_id or (found.product_id and found.product_id != product):
            raise Wrong("item", "bill_of_another", bill=values["bill"], item=found.product_tmpl_id.display_name)
        return found

    def _component(self, line, bill):
        values = line.values
        component = self._product("component", values["component"])
        if values["component"] == values["item"]:
            raise Wrong("component", "of_itself")
        known = self._components[bill, component] if bill else self._empty()[0]
        if len(known) > 1:
            raise Wrong("component", "component_several", item=values["component"], bill=values["bill"])
        if known.bom_product_template_attribute_value_ids:
            raise Wrong("component", "component_of_variants", item=values["component"], bill=values["bill"])
        unit = self._check_unit("component_unit", values["component_unit"], component)
        wanted = {
            "component_quantity": ("product_qty", values["component_quantity"]),
            "component_unit": ("product_uom_id", unit),
        }
        if "loss_percent" in values:
            wanted["loss_percent"] = ("rcep_loss_percent", values["loss_percent"])
        key = f"{values['bill']} · {values['component']}"
        return self.planned(line, key, known, wanted, {"product_id": component.id})

    def _operation(self, line, bill):
        values = line.values
        known = self._operations[bill, values["operation"]] if bill else self._empty()[1]
        if len(known) > 1:
            raise Wrong("operation", "operation_several", operation=values["operation"], bill=values["bill"])
        centre = self._centres.get(values["work_centre"], self.env["mrp.workcenter"])
        if len(centre) != 1 or not centre.active:
            raise Wrong("work_centre", "centre_several" if centre else "centre_unknown", text=values["work_centre"])
        wanted = {
            "work_centre": ("workcenter_id", centre),
            "minutes": ("time_cycle_manual", values["minutes"]),
            "kind_of_work": ("rcep_kind", values["kind_of_work"]),
        }
        if known and known.time_mode != "manual":
            raise Wrong("minutes", "operation_measured", operation=values["operation"], bill=values["bill"])
        key = f"{values['bill']} · {values['operation']}"
        return self.planned(line, key, known, wanted, {"name": values["operation"], "time_mode": "manual"})

    def _product(self, column, code):
        found = self._products.get(code)
        if not found:
            raise Wrong(column, "item_unknown", text=code)
        if len(found) > 1:
            raise Wrong(column, "item_several", item=code)
        if not found.active:
            raise Wrong(column, "item_archived", item=code)
        return found

    def _check_unit(self, column, name, product):
        unit = self.unit_of(name, column)
        if not unit._has_common_reference(product.uom_id):
            raise Wrong(column, "unit_other", unit=name, item=product.default_code, own=product.uom_id.name)
        return unit

    # --- a bill as a whole -------------------------------------------------------------------------------
    def contradictions(self):
        named = defaultdict(set)
        for line in self.lines:
            named[line.values["bill"]] |= {line.values.get("component"), line.values.get("operation")}
        found = []
        for code, line in self._first.items():
            bill = self._bills.get(code, self.records)
            there = [each.product_id.default_code or each.product_id.name for each in bill.bom_line_ids]
            there += bill.operation_ids.filtered("active").mapped("name")
            found += [
                Problem(line.number, "bill", "left_out", {"what": what, "bill": code})
                for what in there
                if what not in named[code]
            ]
            if not any("component" in each.values for each in self.lines if each.values["bill"] == code):
                found.append(Problem(line.number, "bill", "without_components", {"bill": code}))
        return found

    def beside_lines(self):
        """How much a bill makes, and of what."""
        found = []
        for code, line in self._first.items():
            product = self._products[line.values["item"]]
            wanted = {
                "quantity": ("product_qty", line.values["quantity"]),
                "unit": ("product_uom_id", self.unit_of(line.values["unit"])),
            }
            several = len(product.product_tmpl_id.product_variant_ids) > 1
            new = {"code": code, "product_tmpl_id": product.product_tmpl_id.id, "company_id": self.company.id,
                   "product_id": product.id if several else False}  # fmt: skip
            found.append(self.planned(line, code, self._bills.get(code, self.records), wanted, new))
        return found

    def apply(self, sheet):
        heads = [each for each in self.outcomes if each.record._name == self.model]
        created = self.records.create([each.values for each in heads if each.what == "created"])
        bills = {bill.code: bill for bill in created} | dict(self._bills)
        code_of = {line.number: line.values["bill"] for line in self.lines}
        for model in (part._name for part in self._empty()):
            parts = [each for each in self.outcomes if each.record._name == model]
            self.env[model].create(
                [{**each.values, "bom_id": bills[code_of[each.line]].id} for each in parts if each.what == "created"]
            )
        for each in self.outcomes:
            if each.what == "changed":
                each.record.write(each.values)
