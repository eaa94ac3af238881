"""Newer rules, or a Party's tariff differentials, from a file: first what would change, then all of it or nothing."""

import base64
import datetime
import re

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import origin
from ..texts import explanations
from ..values import amounts, spreadsheets

COLUMNS = {
    "rules": {"hs_code": True, "rule": True, "question": False, "rule_if_yes": False},
    "differentials": {"code": True, "valid_from": False, "valid_to": False},
}
SHOWN = 30  # errors or examples in a preview
NATIONAL_CODE = re.compile(r"[0-9]{6,10}")


class RcepTableImport(models.TransientModel):
    _name = "rcep.table.import"
    _description = "Load rules or tariff differentials"

    kind = fields.Selection(
        [("rules", "Product-specific rules (Annex 3A)"), ("differentials", "Tariff differentials (Art. 2.6)")],
        "What",
        required=True,
        default="rules",
    )
    file = fields.Binary(attachment=False, help="CSV in UTF-8, or XLSX; the first line names the columns.")
    file_name = fields.Char()
    columns = fields.Char(compute="_compute_columns")
    edition_name = fields.Char("Name of the edition")
    valid_from = fields.Date("In force from")
    party_id = fields.Many2one("rcep.party", "Importing Party", domain=[("tariff_differential", "=", True)])
    complete_for = fields.Char(
        "List is complete for",
        default="*",
        help="Beginnings of HS codes of which every line of the Appendix is in the file, separated by commas; * for "
        "all.",
    )
    source = fields.Char(help="Where the file comes from: law, number, date.")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_ready = fields.Boolean(compute="_compute_preview")

    @api.depends("kind")
    def _compute_columns(self):
        for wizard in self:
            wizard.columns = ", ".join(wizard._columns())

    # --- what differs from kind to kind, for bridges to add theirs ----------------------------------------
    def _columns(self):
        """{column of the file: whether it must be there}; the first is what a line is known by."""
        return COLUMNS[self.kind or "rules"]

    def _reason(self, row):
        """What is wrong with a line, or None."""
        return self._wrong_rule(row) if self.kind == "rules" else self._wrong_differential(row)

    def _words_of(self, row):
        """What a line says beside its code."""
        return _rule_words(row) if self.kind == "rules" else ""

    def _load(self, rows):
        """Load the lines; the action that shows them."""
        return self._load_rules(rows) if self.kind == "rules" else self._load_differentials(rows)

    @api.depends("kind", "file", "valid_from", "party_id")
    def _compute_preview(self):
        for wizard in self:
            rows, errors = wizard._rows() if wizard.file else ([], [])
            wizard.is_ready = bool(rows) and not errors
            wizard.preview = bullets(errors, "text-danger") if errors else wizard._changes(rows)

    # --- reading -----------------------------------------------------------------------------------------
    def _rows(self):
        """The rows of the file, and a sentence for each line that is wrong."""
        try:
            lines = spreadsheets.read(base64.b64decode(self.file), self._columns())
        except origin.OriginError as error:
            return [], [str(error)]
        rows, errors, seen = [], [], {}
        key = self._key()
        for number, row in lines:
            row[key] = origin.hs.compact(row[key])
            reason = self._reason(row)
            if not reason and row[key] in seen:
                reason = self.env._("%(code)s stands in line %(line)s already", code=row[key], line=seen[row[key]])
            seen.setdefault(row[key], number)
            if reason:
                errors.append(self.env._("Line %(line)s: %(reason)s.", line=number, reason=reason))
            rows.append(row)
        return rows, errors

    def _key(self):
        return next(iter(self._columns()))

    def _wrong_rule(self, row):
        if not origin.hs.is_partial(row["hs_code"]):
            return self.env._("“%s” is no HS code of 2, 4 or 6 digits", row["hs_code"])
        if bool(row["question"]) != bool(row["rule_if_yes"]):
            return self.env._("a question and the rule that holds where it is so belong together")
        if row["question"] and row["question"] not in explanations.QUESTIONS:
            known = ", ".join(explanations.QUESTIONS)
            return self.env._(
                "“%(question)s” is no known question; known are %(known)s", question=row["question"], known=known
            )
        try:
            for text in filter(None, (row["rule"], row["rule_if_yes"])):
                origin.parse_rule(text)
        except origin.RuleError as error:
            return str(error)
        return None if row["rule"] else self.env._("the rule is missing")

    def _wrong_differential(self, row):
        if not NATIONAL_CODE.fullmatch(row["code"]):
            return self.env._("“%s” is no tariff line of 6 to 10 digits", row["code"])
        for name in ("valid_from", "valid_to"):
            if row[name] and not _is_date(row[name][:10]):
                return self.env._("“%s” is no date (YYYY-MM-DD)", row[name])
        return None

    # --- preview -----------------------------------------------------------------------------------------
    def _changes(self, rows):
        if not rows:
            return False
        before = self._before()
        after = {row[self._key()]: self._words_of(row) for row in rows}
        new, gone = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
        changed = [code for code in sorted(after.keys() & before.keys()) if after[code] != before[code]]
        examples = [f"+ {code} {after[code]}" for code in new]
        examples += [f"± {code} {before[code]} → {after[code]}" for code in changed]
        examples += [f"− {code} {before[code]}" for code in gone]
        head = self.env._(
            "%(all)s lines: %(new)s new, %(changed)s changed, %(gone)s no longer there.",
            all=len(rows), new=len(new), changed=len(changed), gone=len(gone),
        )  # fmt: skip
        return Markup("<p><b>%s</b></p>%s") % (head, bullets(examples, "font-monospace small"))

    def _before(self):
        if self.kind == "rules":
            rules = self._edition_before().rule_ids
            return {rule.hs_code: _rule_words(rule) for rule in rules}
        return dict.fromkeys(self._differentials().mapped("code"), "")

    def _edition_before(self):
        return self.env["rcep.rule.edition"]._on(self.valid_from or amounts.today())

    def _differentials(self):
        return self.env["rcep.tariff.differential"].search([("party_id", "=", self.party_id.id)])

    # --- loading -----------------------------------------------------------------------------------------
    def action_load(self):
        """Load the whole file, or nothing."""
        self.ensure_one()
        self.check_access("write")
        rows, errors = self._rows() if self.file else ([], [self.env._("Choose a file first.")])
        if errors or not rows:
            raise UserError("\n".join(errors[:SHOWN]) or self.env._("The file has no lines below its first."))
        return self._load(rows)

    def _load_rules(self, rows):
        if not self.edition_name or not self.valid_from or not self.source:
            raise UserError(self.env._("Enter the edition's name, the day from which it is in force, and its source."))
        before = self._edition_before()
        edition = self.env["rcep.rule.edition"].create(
            {
                "name": self.edition_name,
                "valid_from": self.valid_from,
                "source": self.source,
                "rule_ids": [fields.Command.create(row) for row in rows],
            }
        )
        before.valid_to = self.valid_from - datetime.timedelta(days=1)  # it stays, for the dossiers made with it
        return edition.rule_ids._get_records_action(name=edition.name)

    def _load_differentials(self, rows):
        if not self.party_id:
            raise UserError(self.env._("Choose the importing Party whose Appendix this is."))
        # A dossier holds what was said of its good, so the list of yesterday is not needed to replay it.
        self._differentials().unlink()
        self.party_id.sudo().appendix_complete = self.complete_for  # whoever loads a list says what it holds
        lines = self.env["rcep.tariff.differential"].create(
            [
                {
                    "party_id": self.party_id.id,
                    "code": row["code"],
                    "valid_from": row["valid_from"][:10] or False,
                    "valid_to": row["valid_to"][:10] or False,
                    "source": self.source,
                }
                for row in rows
            ]
        )
        return lines._get_records_action(name=self.env._("Tariff differentials"))


def _rule_words(rule):
    words = [rule["rule"]]
    if rule["question"]:
        words.append(f"({rule['question']}: {rule['rule_if_yes']})")
    return " ".join(words)


def _is_date(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def bullets(texts, css):
    """The first of some texts as a list."""
    shown = Markup().join(Markup("<li>%s</li>") % text for text in texts[:SHOWN])
    more = Markup("<li>… %s</li>") % (len(texts) - SHOWN) if len(texts) > SHOWN else ""
    return Markup('<ul class="%s">%s%s</ul>') % (css, shown, more)
