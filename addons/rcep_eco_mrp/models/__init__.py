from . import facts, mrp_bom, mrp_bom_compared, mrp_routing, product, product_supplierinfo, rcep_origin
