from . import rcep_sheet
