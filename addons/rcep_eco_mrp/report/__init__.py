from . import origin_overview
