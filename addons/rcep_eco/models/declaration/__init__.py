# ruff: noqa: I001  a model stands before what extends it
"""What suppliers declare of the origin of their goods: asked for, answered, verified, expired."""

from . import rcep_supplier_declaration
from . import rcep_declaration_request
from . import rcep_forwarded_question
from . import forwarded_tree
from . import declaration_mail
from . import declaration_calendar
from . import declaration_digest
