from . import form_rcep, papers
