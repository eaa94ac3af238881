"""The working grid as a sheet: taken out as XLSX, filled in, and taken in again after a look at what would change."""

import base64
import io
import re

import openpyxl
from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.rcep_eco import origin
from odoo.addons.rcep_eco.models.origin.product import ROLES
from odoo.addons.rcep_eco.values import hs_codes, spreadsheets
from odoo.addons.rcep_eco.wizard.rcep_table_import import SHOWN, bullets
from odoo.exceptions import UserError
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# Columns of the sheet and the fields of the grid that they hold; an empty cell leaves a field as it is.
COLUMNS = {
    "reference": "default_code",
    "name": "name",
    "hs_code": "rcep_grid_hs",
    "origin": "country_of_origin",
    "role": "rcep_role",
    "supplier": "rcep_grid_partner_id",
    "price": "rcep_grid_price",
    "currency": "rcep_grid_currency_id",
    "price_term": "rcep_grid_incoterm_id",
    "freight_percent": "rcep_grid_freight_percent",
}
KEY = "reference"
# As people and spreadsheets write one; not what only Python reads: 1_000, ٤٥, 1e999.
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?(e-[0-9]{1,2})?", re.IGNORECASE)
ONLY_READ = ("reference", "name")


class RcepMaterialSheet(models.TransientModel):
    _name = "rcep.material.sheet"
    _description = "Materials as a sheet"

    product_ids = fields.Many2many("product.product", help="What was marked in the grid; none: all of it.")
    file = fields.Binary(attachment=False, help="XLSX or CSV; the first line names the columns.")
    file_name = fields.Char()
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_ready = fields.Boolean(compute="_compute_preview")
    sheet = fields.Binary("Sheet as it is today", compute="_compute_sheet")
    sheet_name = fields.Char(default="materials.xlsx")
    columns = fields.Char(compute="_compute_columns")

    def _compute_columns(self):
        self.columns = ", ".join(COLUMNS)

    # --- out ---------------------------------------------------------------------------------------------
    def _compute_sheet(self):
        book = openpyxl.Workbook()
        page = book.active
        page.append(list(COLUMNS))
        for product in self._materials():
            page.append([_as_cell(product, column, name) for column, name in COLUMNS.items()])
        for cell in (cell for row in page.iter_rows() for cell in row if cell.data_type == "f"):
            cell.data_type = "s"  # a name that begins with an equals sign is a name, and nothing that a sheet runs
        file = io.BytesIO()
        book.save(file)
        self.sheet = base64.b64encode(file.getvalue())

    def _materials(self):
        """The materials that were marked in the grid, else all of it."""
        if self.product_ids:
            return self.product_ids
        lines = [("company_id", "in", (False, *self.env.companies.ids))]
        return self.env["product.product"].search([("bom_line_ids", "any", lines)])

    # --- in ----------------------------------------------------------------------------------------------
    @api.depends("file")
    def _compute_preview(self):
        for sheet in self:
            changes, errors = sheet._changes() if sheet.file else ([], [])
            sheet.is_ready = bool(changes) and not errors
            if errors:
                sheet.preview = bullets(errors, "text-danger")
            elif sheet.file:
                sheet.preview = sheet._words(changes)
            else:
                sheet.preview = False

    def action_load(self):
        """Take over the whole sheet, or nothing."""
        self.ensure_one()
        self.check_access("write")
        changes, errors = self._changes() if self.file else ([], [self.env._("Choose a file first.")])
        if errors or not changes:
            raise UserError("\n".join(errors[:SHOWN]) or self.env._("Nothing in this sheet differs from the records."))
        for product, values in changes:
            product.write(values)
        changed = self.env["product.product"].union(*(product for product, _values in changes))
        action = self.env["ir.actions.actions"]._for_xml_id("rcep_eco_mrp.action_material_grid")
        return {**action, "domain": [("id", "in", changed.ids)], "context": {}}

    def _changes(self):
        """([(product, values to write)], a sentence for each line that is wrong)."""
        needed = {column: column == KEY for column in COLUMNS}
        try:
            lines = spreadsheets.read(base64.b64decode(self.file), needed)
        except origin.OriginError as error:
            return [], [str(error)]
        changes, errors, seen = [], [], {}
        found = self._by_reference({row[KEY] for _number, row in lines})
        for number, row in lines:
            try:
                if row[KEY] in seen:
                    before = seen[row[KEY]]
                    raise UserError(self.env._("%(code)s stands in line %(line)s already", code=row[KEY], line=before))
                seen[row[KEY]] = number
                product = self._product(row, found)
                values = self._values(product, row)
            except UserError as error:
                errors.append(self.env._("Line %(line)s: %(reason)s.", line=number, reason=str(error).rstrip(".")))
                continue
            if values:
                changes.append((product, values))
        return changes, errors

    def _by_reference(self, codes):
        found = self.env["product.product"].search([("default_code", "in", list(codes))])
        return found.grouped("default_code")

    def _product(self, row, found):
        products = found.get(row[KEY])
        if not row[KEY]:
            raise UserError(self.env._("the reference is missing"))
        if not products:
            raise UserError(self.env._("there is no product with the reference “%s”", row[KEY]))
        if len(products) > 1:
            raise UserError(self.env._("several products have the reference “%s”", row[KEY]))
        return products

    def _values(self, product, row):
        """What of a line differs from the records."""
        values = {}
        for column, name in COLUMNS.items():
            if column in ONLY_READ or not row[column] or row[column] == str(_as_cell(product, column, name)):
                continue
            value = getattr(self, f"_read_{column}")(product, row[column])
            if value != _stored(product[name]):
                values[name] = value
        if values.keys() & {"rcep_grid_price", "rcep_grid_currency_id"} and not (
            row["supplier"] or product.rcep_grid_partner_id
        ):
            raise UserError(self.env._("a price needs a supplier: fill in the column “supplier”"))
        return values

    # --- cells -------------------------------------------------------------------------------------------
    def _read_hs_code(self, product, text):
        problem = hs_codes.problem_of(self.env, product.display_name, text)
        if problem:
            raise UserError(problem)
        return text

    def _read_origin(self, _product, text):
        return self._one("res.country", text, "code", "name", self.env._("country")).id

    def _read_role(self, _product, text):
        shown = dict(self.env["product.template"]._fields["rcep_role"]._description_selection(self.env))
        words = {**{label: key for key, label in shown.items()}, **{key: key for key, _label in ROLES}}
        if text not in words:
            known = ", ".join(key for key, _label in ROLES)
            raise UserError(self.env._("“%(text)s” is no role; known are %(known)s", text=text, known=known))
        return words[text]

    def _read_supplier(self, _product, text):
        return self._one("res.partner", text, "ref", "name", self.env._("contact")).id

    def _read_currency(self, _product, text):
        return self._one("res.currency", text, "name", "symbol", self.env._("active currency")).id

    def _read_price_term(self, _product, text):
        return self._one("account.incoterms", text, "code", "name", self.env._("price term")).id

    def _read_price(self, _product, text):
        return self._number(text)

    def _read_freight_percent(self, _product, text):
        return self._number(text)

    def _number(self, text):
        if not NUMBER.fullmatch(text):
            raise UserError(self.env._("“%s” is no number (write 1234.56)", text))
        number = float(text)
        if number < 0:
            raise UserError(self.env._("“%s” is no number of zero or more", text))
        return number

    def _one(self, model, text, code, name, words):
        """The one record that a cell names, by its code or its name."""
        records = self.env[model]
        found = records.search([(code, "=ilike", _literal(text))]) or records.search([(name, "=ilike", _literal(text))])
        if len(found) != 1:
            several = self.env._("“%(text)s” is the name of more than one %(what)s", text=text, what=words)
            raise UserError(several if found else self.env._("“%(text)s” is no %(what)s", text=text, what=words))
        return found

    # --- preview -----------------------------------------------------------------------------------------
    def _words(self, changes):
        shown = []
        for product, values in changes:
            for name, value in values.items():
                field = product._fields[name]
                before, after = product[name], field.convert_to_record(field.convert_to_cache(value, product), product)
                label = field._description_string(self.env)
                shown.append(f"{product.display_name} · {label}: {_shown(before)} → {_shown(after)}")
        head = self.env._("%(count)s materials change.", count=len(changes))
        return Markup("<p><b>%s</b></p>%s") % (head, bullets(shown, "small"))


def _literal(text):
    """A text that a search takes as it is."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _stored(value):
    return value.id if isinstance(value, models.BaseModel) else value


def _shown(value):
    if isinstance(value, models.BaseModel):
        return value.display_name or "–"
    return "–" if value in (False, None, "") else str(value)


def _as_cell(product, column, name):
    """A field as its cell has it: codes where there are codes."""
    value = product[name]
    if not isinstance(value, models.BaseModel):
        return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value or ""
    by_code = {"origin": "code", "price_term": "code"}
    return value[by_code.get(column, "name")] or ""
