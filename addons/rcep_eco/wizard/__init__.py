from . import (
    account_move_reversal,
    rcep_border,
    rcep_certificate_accept,
    rcep_certificate_replace,
    rcep_certificate_request,
    rcep_declaration_proposal,
    rcep_platform_setup,
    rcep_platform_setup_draft,
    rcep_platform_setup_files,
    rcep_receipts_upload,
    rcep_table_import,
)
