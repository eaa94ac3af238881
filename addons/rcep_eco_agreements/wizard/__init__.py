from . import rcep_rate_export, rcep_rate_import, rcep_table_import
