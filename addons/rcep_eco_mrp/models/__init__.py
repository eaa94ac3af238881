from . import mrp_bom, mrp_routing, product
