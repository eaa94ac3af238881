from . import covered_lots, stock_picking
