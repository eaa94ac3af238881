from . import test_access, test_bad_input, test_files, test_mails_abroad, test_public_methods, test_public_words
from .border import test_borders
from .certificate import (
    test_accepted_warnings,
    test_application,
    test_attachment_attacks,
    test_attachments,
    test_box_8,
    test_by_hand,
    test_certificate_states,
    test_classification,
    test_customer_documents,
    test_document_folder,
    test_fob_value,
    test_forgery,
    test_frozen_application,
    test_goods_selection,
    test_issued_otherwise,
    test_life,
    test_portal,
    test_qr_code,
    test_reconciliation,
    test_replacement_wizard,
    test_scripts,
    test_sending,
    test_working_day,
)
from .declaration import (
    test_declaration_request,
    test_declaration_states,
    test_declare_attacks,
    test_declare_languages,
    test_declare_page,
    test_forwarded,
    test_mail_problem,
    test_proposal,
)
from .drift import test_drift
from .invoice import test_invoice
from .market import test_markets
from .origin import (
    test_appendix,
    test_explanations,
    test_national_code,
    test_origin_guide,
    test_problem_language,
    test_product,
    test_rules,
    test_table_import,
    test_verdict,
)
from .platform import (
    test_coded_messages,
    test_connection_addresses,
    test_connection_attacks,
    test_folder_changes,
    test_folders,
    test_inbox,
    test_odd_profile,
    test_outbox,
    test_replies,
    test_setup_files,
)
from .recognition import (
    test_consignee_page,
    test_consignee_words,
    test_customs_query,
    test_firm_checks,
    test_outcomes,
    test_rates,
)
from .scenario import test_scenario
from .setup import test_getting_started
