from . import (
    material_grid,
    mrp_bom,
    mrp_bom_compared,
    mrp_production,
    mrp_routing,
    origin_guide,
    product,
    rcep_customs_query,
    rcep_origin,
    rcep_production_origin,
    recompute_triggers,
    stock_lot,
)
