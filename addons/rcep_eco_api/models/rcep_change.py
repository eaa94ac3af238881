"""What a foreign ERP is told of verdicts and certificates: of each record what was last told, and by which transaction.

Nobody who changes a verdict has to think of the feed: when it is asked for, what would be told is compared with what
was told last, in the database, and what differs is told anew. So a verdict that was written by whatever way is seen,
and one that somebody commits late is seen once it is committed.

A change bears the number of the transaction that noted it. Told are only those of transactions below the oldest that
still runs: none of these can commit any more, so whoever goes on after the last that it was told jumps over nothing.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from ..feed import facts
from ..feed.cursor import Cursor

MOST = 1000  # changes in one answer
LOCK = "rcep_change"
# The cluster, the database and the table are made anew by a restore; whoever stood in the old ones begins again.
_PLACE = """
    SELECT substr(md5(concat_ws('.', cluster.system_identifier, held.oid, 'rcep_change'::regclass::oid)), 1, 12),
           pg_snapshot_xmax(pg_current_snapshot())::text::numeric
      FROM pg_control_system() AS cluster, pg_database AS held
     WHERE held.datname = current_database()
"""
_NOTE = """
    WITH told AS (%(told)s)
    INSERT INTO rcep_change AS kept
           (company_id, kind, subject, reference, content, gone, told_at, place, committed_in)
    SELECT %(company)s, told.kind, told.subject, told.reference, told.content, FALSE, %(now)s, %(place)s,
           pg_current_xact_id()::text::numeric
      FROM told
 LEFT JOIN rcep_change before
        ON (before.company_id, before.kind, before.subject) = (%(company)s, told.kind, told.subject)
     WHERE before.id IS NULL OR before.gone OR before.place != %(place)s OR before.content != told.content
        ON CONFLICT (company_id, kind, subject) DO UPDATE
       SET (reference, content, gone, told_at, place, committed_in)
         = (EXCLUDED.reference, EXCLUDED.content, FALSE, EXCLUDED.told_at, EXCLUDED.place, EXCLUDED.committed_in)
"""
_NOTE_GONE = """
    WITH told AS (%(told)s)
    UPDATE rcep_change kept
       SET gone = TRUE, content = jsonb_build_object('reference', kept.reference), told_at = %(now)s,
           place = %(place)s, committed_in = pg_current_xact_id()::text::numeric
     WHERE kept.company_id = %(company)s AND (NOT kept.gone OR kept.place != %(place)s)
       AND NOT EXISTS (SELECT FROM told WHERE (told.kind, told.subject) = (kept.kind, kept.subject))
"""
_TELL = """
    SELECT id, kind, subject, content, gone, told_at, committed_in
      FROM rcep_change
     WHERE company_id = %(company)s AND (committed_in, id) > (%(committed_in)s, %(change)s) AND %(settled)s
     ORDER BY committed_in, id
     LIMIT %(limit)s
"""
_SETTLED = SQL("committed_in < pg_snapshot_xmin(pg_current_snapshot())::text::numeric")


class CursorGoneError(Exception):
    """The cursor is of another database, or of a time that this one has not reached."""


class RcepChange(models.Model):
    _name = "rcep.change"
    _description = "Change sent to programs"
    _order = "told_at desc, id desc"
    _rec_name = "reference"
    _log_access = False  # nobody writes it but the statements above

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(
        [("product", "Verdict of a product"), ("certificate", "Certificate")], required=True, readonly=True
    )
    subject = fields.Integer("Number of the record", required=True, readonly=True)
    reference = fields.Char(readonly=True)
    content = fields.Json("Told", readonly=True)
    told = fields.Text("What is sent", compute="_compute_told")
    gone = fields.Boolean("No longer there", readonly=True)
    told_at = fields.Datetime("Noted", required=True, readonly=True)
    place = fields.Char(readonly=True, groups="base.group_system")
    committed_in = fields.Float("Transaction", digits=(20, 0), readonly=True, groups="base.group_system")

    _subject_unique = models.Constraint("UNIQUE(company_id, kind, subject)", "Of each record there is one.")
    _in_order = models.Index("(company_id, committed_in, id)")

    @api.depends("content")
    def _compute_told(self):
        for change in self:
            told = {name: value for name, value in (change.content or {}).items() if name != "goods"}
            lines = [f"{name}: {_shown(value)}" for name, value in sorted(told.items())]
            goods = [
                "; ".join(f"{name}: {_shown(value)}" for name, value in sorted(good.items()))
                for good in (change.content or {}).get("goods", ())
            ]
            change.told = "\n".join([*lines, *goods])

    # --- hook for bridges --------------------------------------------------------------------------------
    @api.model
    def _kinds(self):
        """What is told: ``{kind: Kind}``."""
        return {"product": facts.PRODUCT, "certificate": facts.CERTIFICATE}

    # --- telling -----------------------------------------------------------------------------------------
    @api.model
    def _tell(self, company, after, limit):
        """What changed after a cursor, the oldest first.

        :param after: :class:`feed.cursor.Cursor`, or None for everything
        :return: ([change as JSON], the cursor after them, whether there may be more)
        :raises CursorGoneError: where the cursor means nothing here
        """
        with self.env.registry.cursor() as cr:
            self.with_env(self.env(cr=cr, su=True))._note(company)
        with self.env.registry.cursor() as cr:  # another one: it sees what was noted, by whomever
            return self.with_env(self.env(cr=cr, su=True))._read_after(company, after, limit)

    def _note(self, company):
        """Note what differs from what was told last; where another is at it this moment, it notes the same."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)", LOCK, company.id)
        )
        if not self.env.cr.fetchone()[0]:
            return
        told = SQL(" UNION ALL ").join(each.select(kind, company) for kind, each in self._kinds().items())
        values = {"told": told, "company": company.id, "now": fields.Datetime.now(), "place": self._place()[0]}
        for statement in (_NOTE, _NOTE_GONE):
            self.env.cr.execute(SQL(statement, **values))
        self.env.invalidate_all(flush=False)

    def _place(self):
        """(what names this database, the first transaction that has not begun)."""
        self.env.cr.execute(SQL(_PLACE))
        return self.env.cr.fetchone()

    def _read_after(self, company, after, limit):
        place, next_transaction = self._place()
        if after and (after.place != place or after.committed_in >= next_transaction):
            raise CursorGoneError
        after = after or Cursor(place)
        self.env.cr.execute(
            SQL(
                _TELL,
                company=company.id,
                committed_in=after.committed_in,
                change=after.change,
                settled=self._settled(),
                limit=limit + 1,
            )
        )
        rows = self.env.cr.dictfetchall()
        told = [_as_json(row) for row in rows[:limit]]
        if told:
            last = rows[len(told) - 1]
            after = Cursor(place, int(last["committed_in"]), last["id"])
        return told, after, len(rows) > limit

    def _settled(self):
        """SQL of the changes that no transaction that still runs can come before."""
        return _SETTLED


def _as_json(row):
    told = {"kind": row["kind"], "id": row["subject"], "noted_at": f"{row['told_at'].isoformat()}Z"}
    return {**told, "gone": True, **row["content"]} if row["gone"] else {**told, **row["content"]}


def _shown(value):
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "—" if value is None else str(value)
