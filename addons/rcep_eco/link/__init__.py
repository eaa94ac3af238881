"""The platform link in plain Python: what is said to an issuing body's platform, and how.

``application``, ``filing`` and ``event`` are the canonical words of this suite; a *profile* turns them into
the words of one platform; ``client`` carries them over HTTPS, ``folders`` as files; ``signatures`` proves who
said them. Nothing in here knows Odoo: the folder loads alone under the alias ``rcep_link``.
"""

# ruff: noqa: I001  in the order in which they build on each other
from . import coded_message, record, schema, errors, canonical, application, form
from . import fonts, form_sheets, sale_terms, document_sheets
from . import changes, plain_text, units, customs_checks
from . import filing_party, filing, event, onboarding
from . import signatures, jwk, profiles, addresses, guarded_connections, exchange, foreign_answers, client
from . import folder_access, local_files, remote_files, file_listing, folders
from . import delivery, connection_test, conformance, application_kinds, rules, attachment, message_texts
