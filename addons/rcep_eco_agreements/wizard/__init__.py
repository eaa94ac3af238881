from . import rcep_table_import
