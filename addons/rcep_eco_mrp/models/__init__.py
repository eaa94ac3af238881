from . import mrp_bom
from . import mrp_routing
from . import product
