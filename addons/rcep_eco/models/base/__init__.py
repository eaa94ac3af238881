"""What every room stands on: mixins of ours, and Odoo's own models where ours ask more of them."""

from . import (
    ir_actions_server,
    ir_attachment,
    ir_http,
    ir_module_module,
    mail_thread,
    rcep_moves_mixin,
    rcep_reader,
    rcep_secret_mixin,
    rcep_signed_link,
    res_company,
    res_currency,
)
