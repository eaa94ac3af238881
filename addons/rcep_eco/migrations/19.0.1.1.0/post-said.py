"""What went wrong is kept by its code from now on; sentences that older versions kept stay as they were written."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists

PLAIN = {  # {table: {column of text: column that keeps sentences}}
    "rcep_platform": {"last_error": "last_coded", "feed_remark": "feed_coded"},
    "rcep_platform_message": {"error": "error_coded"},
    "rcep_platform_event": {"said": "why_coded"},
    "rcep_filing": {"platform_errors": "returned_coded"},
    "rcep_conformance_run": {"error": "error_coded"},
    "rcep_conformance_case": {"said": "why_coded"},
    "rcep_certificate": {"platform_errors": "returned_coded"},
}


def migrate(cr, version):
    """Take the texts over, and their columns away."""
    if column_exists(cr, "rcep_certificate", "platform_error_paths"):
        cr.execute(
            """
            UPDATE rcep_certificate
               SET returned_coded = (
                   SELECT jsonb_agg(jsonb_build_object('code', 'wrong_field', 'facts', jsonb_build_object(
                              'path', said.key, 'number', '', 'message', said.value, 'profile', '')))
                     FROM jsonb_each_text(platform_error_paths) said)
             WHERE returned_coded IS NULL AND jsonb_typeof(platform_error_paths) = 'object'
            """
        )
        cr.execute("ALTER TABLE rcep_certificate DROP COLUMN platform_error_paths")
    for table, columns in PLAIN.items():
        for text, kept in columns.items():
            if not column_exists(cr, table, text):
                continue
            cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(kept)s = jsonb_build_array(jsonb_build_object('code', 'plain', 'facts', "
                    "jsonb_build_object('text', %(text)s))) WHERE %(kept)s IS NULL AND %(text)s <> ''",
                    table=SQL.identifier(table),
                    kept=SQL.identifier(kept),
                    text=SQL.identifier(text),
                )
            )
            cr.execute(SQL("ALTER TABLE %s DROP COLUMN %s", SQL.identifier(table), SQL.identifier(text)))
