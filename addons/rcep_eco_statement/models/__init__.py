from . import (
    rcep_borders,
    rcep_origin_statement,
    rcep_signing_key,
    rcep_supplier_declaration,
    statement_source,
    statement_watch,
    within_group,
)
