from . import (
    mrp_production,
    rcep_borders,
    rcep_change,
    rcep_integration_key,
    rcep_production_origin,
    rcep_production_report,
    rcep_production_report_line,
    rcep_report_folder,
    stock_lot,
)
