# ruff: noqa: I001  a model stands before what extends it
"""What became of certificates at the importing customs: outcomes, the consignee's answer, rates, checks and queries."""

from . import rcep_refusal_cause
from . import rcep_recognition
from . import rcep_certificate
from . import rcep_recognition_request
from . import asking
from . import question_mail
from . import rcep_recognition_rate
from . import rate_alert
from . import rcep_firm_check
from . import rcep_customs_query
from . import query_papers
from . import query_content
