# ruff: noqa: I001  a model stands before what extends it
from . import rcep_received_certificate, rcep_received_certificate_line, rcep_received_draw
from . import back_to_back, flow, proposal, rcep_filing
from . import rcep_share, rcep_share_line, rcep_transit_paper, rcep_borders, public_page
