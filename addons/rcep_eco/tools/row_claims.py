"""Records that one person works on at a time."""

from odoo.tools import SQL


def claim(records):
    """Have these records for the rest of the transaction.

    A lock alone is not seen by whoever looked at the database before it was taken: the rows are written as they are, so
    that such a transaction fails, begins anew and sees what was done.

    :raises LockError: where somebody else has one of them
    """
    records.lock_for_update(allow_referencing=True)
    if records.ids:
        table = SQL.identifier(records._table)
        records.env.cr.execute(
            SQL("UPDATE %s SET write_date = write_date WHERE id IN %s", table, tuple(records.ids))
        )
