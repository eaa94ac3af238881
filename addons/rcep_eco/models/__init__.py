# ruff: noqa: I001  a model stands before what extends it
from . import rcep_party
from . import rcep_rule
from . import rcep_tariff_differential
from . import rcep_origin
from . import rcep_supplier_declaration
from . import rcep_platform
from . import rcep_filing
from . import rcep_platform_message
from . import rcep_platform_event
from . import rcep_certificate
from . import rcep_certificate_line
from . import rcep_certificate_checks
from . import rcep_certificate_application
from . import form_rcep
from . import account_move
from . import product
from . import res_company
