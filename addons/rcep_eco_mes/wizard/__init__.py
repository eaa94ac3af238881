from . import rcep_production_report_upload
