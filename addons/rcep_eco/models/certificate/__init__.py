# ruff: noqa: I001  a model stands before what extends it
"""The certificate of origin, from the invoice to its end: goods, FOB values, checks, application, print, sending."""

from . import rcep_certificate
from . import rcep_certificate_line
from . import fob_value
from . import determination
from . import classification
from . import goods_selection
from . import approval_checks
from . import customs_checks
from . import accepted_warnings
from . import application
from . import who_declares
from . import sale_terms
from . import customer_documents
from . import submission
from . import platform_updates
from . import returned_fields
from . import replacement
from . import form_print
from . import document_files
from . import deadline
from . import notifications
from . import approval
from . import market_practice
from . import sending
from . import attachment
from . import by_hand
from . import rcep_application_number
from . import rcep_reconciliation
