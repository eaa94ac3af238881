from . import mrp_bom, mrp_routing, product, rcep_origin
