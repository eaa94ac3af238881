from . import purchase_order, stock_lot
