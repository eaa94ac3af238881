from . import product, stock_landed_cost
