from . import form_rcep
