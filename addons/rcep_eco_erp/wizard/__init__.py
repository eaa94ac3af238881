from . import rcep_sheet_upload
