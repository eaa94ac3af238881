from . import rcep_sheet, stock_picking
