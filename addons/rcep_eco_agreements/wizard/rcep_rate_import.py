"""Duty rates from a file: first what it says, what is wrong, what it covers and changes; then all of it or nothing."""

import base64
import datetime
import hashlib

from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.rcep_eco.values import amounts
from odoo.addons.rcep_eco.wizard.rcep_table_import import SHOWN, bullets
from odoo.exceptions import UserError

from ..models.rates import rate_file
from ..models.rates.rcep_rate import words_of

SUBHEADING = 6


class RcepRateImport(models.TransientModel):
    _name = "rcep.rate.import"
    _description = "Load duty rates"

    file = fields.Binary(attachment=False, help="CSV in UTF-8, or XLSX; the first line names the columns.")
    file_name = fields.Char()
    columns = fields.Char(compute="_compute_columns")
    is_complete = fields.Boolean(
        "It holds every line of the tariff",
        help="Tick it where no national line below the codes in the file is missing. Then lines that all bear one "
        "rate give the rate of a shorter code too.",
    )
    close_old = fields.Boolean(
        "End older rates", help="Rates in force for the same lines end on the day before the new ones begin."
    )
    allow_high = fields.Boolean("Rates above 100 per cent are right")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    is_ready = fields.Boolean(compute="_compute_preview")

    def _compute_columns(self):
        self.columns = ", ".join(rate_file.COLUMNS)

    @api.depends("file", "close_old", "allow_high")
    def _compute_preview(self):
        for wizard in self:
            wizard.is_ready, wizard.preview = wizard._preview() if wizard.file else (False, False)

    def _preview(self):
        reader = rate_file.RateFile(self.env)
        table = self._read_file(reader)
        if table.errors:
            head = self.env._(
                "%(good)s lines are right, %(bad)s are wrong. Nothing is loaded before all are right.",
                good=len(table.rows), bad=len(table.errors),
            )  # fmt: skip
            return False, Markup("<p><b>%s</b></p>%s") % (head, bullets(table.errors, "text-danger"))
        return bool(table.rows), Markup().join(
            (self._head(table.rows), self._coverage(table.rows, reader.subheadings), self._changes(table.rows))
        )

    def _read_file(self, reader):
        """What the file says, with what the rates in force and the ticks of this form say against it."""
        table = reader.table_of(base64.b64decode(self.file))
        if table.high and not self.allow_high:
            table.errors.append(
                self.env._(
                    "%(count)s rates are above %(limit)s per cent: tick that they are right, or correct them.",
                    count=table.high,
                    limit=rate_file.HIGHEST,
                )
            )
        for number, values, old in self._overlapping(table.rows):
            if not self.close_old or old.valid_from >= values["valid_from"]:
                table.errors.append(self._overlap_sentence(number, old))
        return table

    def _overlap_sentence(self, number, old):
        if self.close_old:
            return self.env._(
                "Line %(line)s: %(code)s has a rate from %(start)s already, which cannot end before it begins: "
                "withdraw “%(layer)s” first.",
                line=number, code=old.national_code, start=old.valid_from, layer=old.layer_id.name or "?",
            )  # fmt: skip
        return self.env._(
            "Line %(line)s: %(code)s has a rate on some of these days already, from %(start)s: tick that older rates "
            "end, or withdraw “%(layer)s”.",
            line=number, code=old.national_code, start=old.valid_from, layer=old.layer_id.name or "?",
        )  # fmt: skip

    def _known(self, rows):
        """{key: rates} of the Parties and agreements of the file, all days."""
        parties = {values["party_id"] for _number, values in rows}
        agreements = {values["agreement_id"] for _number, values in rows}
        found = self.env["rcep.rate"].search(
            [("party_id", "in", list(parties)), ("agreement_id", "in", list(agreements))]
        )
        return found.grouped(lambda rate: rate._key())

    def _overlapping(self, rows):
        """(line, values, rate of the base) for each pair that holds on some of the same days."""
        known = self._known(rows)
        for number, values in rows:
            for old in known.get(rate_file.key_of(values), ()):
                starts_in_time = not values["valid_to"] or old.valid_from <= values["valid_to"]
                if starts_in_time and (not old.valid_to or values["valid_from"] <= old.valid_to):
                    yield number, values, old

    # --- preview -----------------------------------------------------------------------------------------
    def _head(self, rows):
        layers = sorted({(values["party_id"], values["agreement_id"]) for _number, values in rows})
        names = [
            f"{self.env['rcep.party'].browse(party).code} {self.env['rcep.agreement'].browse(agreement).code or 'MFN'}"
            for party, agreement in layers
        ]
        words = self.env._("%(count)s lines were read: %(what)s.", count=len(rows), what=", ".join(names))
        return Markup("<p><b>%s</b></p>") % words

    def _coverage(self, rows, subheadings):
        """How many subheadings each Party and agreement of the file has lines for, and which it has not."""
        sentences = []
        by_layer = {}
        for _number, values in rows:
            by_layer.setdefault((values["party_id"], values["agreement_id"]), set()).add(values["national_code"])
        for (party, agreement), codes in sorted(by_layer.items()):
            beginnings = {code[:SUBHEADING] for code in codes}
            covered = {code for code in subheadings if any(code[:length] in beginnings for length in (2, 4, 6))}
            gaps = sorted(subheadings - covered)
            words = self.env._(
                "%(party)s %(agreement)s: %(covered)s of %(all)s subheadings are covered, %(gaps)s are not.",
                party=self.env["rcep.party"].browse(party).code,
                agreement=self.env["rcep.agreement"].browse(agreement).code or rate_file.MFN,
                covered=len(covered),
                all=len(subheadings),
                gaps=len(gaps),
            )
            some = gaps[:SHOWN] + ["…"] * (len(gaps) > SHOWN)
            sentences.append(" ".join(filter(None, (words, ", ".join(some)))))
        return bullets(sentences, "")

    def _changes(self, rows):
        """What the file says otherwise than the rates in force today."""
        today = amounts.today()
        in_force = {
            key: next((r for r in rates if r.valid_from <= today and (not r.valid_to or r.valid_to >= today)), None)
            for key, rates in self._known(rows).items()
        }
        before = {key: rate._words() for key, rate in in_force.items() if rate}
        after = {rate_file.key_of(values): words_of(self.env, values) for _number, values in rows}
        both = after.keys() & before.keys()
        changed = sorted((key[-1], before[key], after[key]) for key in both if before[key] != after[key])
        head = self.env._(
            "Beside what is in force today: %(new)s lines are new, %(changed)s say something else, %(same)s say the "
            "same, %(gone)s are not in the file.",
            new=len(after.keys() - before.keys()), changed=len(changed),
            same=len(both) - len(changed), gone=len(before.keys() - after.keys()),
        )  # fmt: skip
        examples = [f"{code}: {old} → {new}" for code, old, new in changed]
        return Markup("<p>%s</p>%s") % (head, bullets(examples, "font-monospace small") if examples else "")

    # --- loading -----------------------------------------------------------------------------------------
    def action_load(self):
        """Load the whole file as one layer, or nothing."""
        self.ensure_one()
        self.check_access("write")
        self.env["rcep.rate"].check_access("create")
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        table = self._read_file(rate_file.RateFile(self.env))
        if table.errors or not table.rows:
            raise UserError("\n".join(table.errors[:SHOWN]) or self.env._("The file has no lines below its first."))
        layer = self._load(
            self.env, self.file_name or self.env._("Duty rates"), base64.b64decode(self.file), table.rows,
            is_complete=self.is_complete, ended=list(self._overlapping(table.rows)),
        )  # fmt: skip
        return layer._get_records_action(name=layer.name)

    @api.model
    def _load(self, env, name, content, rows, *, is_complete=False, ended=()):
        """Keep rows as a layer.

        :param rows: [(line number, values)] of :meth:`..rate_file.RateFile.table_of`
        :param ended: [(line number, values, rate)]: the rates end on the day before the values begin
        """
        layer = env["rcep.rate.layer"].create(
            {
                "name": name,
                "file_name": name,
                "file_sha256": hashlib.sha256(content).hexdigest(),
                "is_complete": is_complete,
                "line_count": len(rows),
            }
        )
        first_days = {}
        for _number, values, old in ended:
            first_days[old] = min(first_days.get(old, values["valid_from"]), values["valid_from"])
        by_day = {}
        for old, day in first_days.items():
            by_day.setdefault((day, old.valid_to), []).append(old.id)
        for (day, before), ids in by_day.items():
            env["rcep.rate"].browse(ids).write(
                {
                    "valid_to": day - datetime.timedelta(days=1),
                    "valid_to_before": before,
                    "closed_by_id": layer.id,
                }
            )
        env["rcep.rate"].create([{**values, "layer_id": layer.id} for _number, values in rows])
        return layer
