{
    "name": "RCEP e-CO: Shipped lots",
    "version": "19.0.1.1.0",
    "category": "Sales/Sales",
    "summary": "A certificate prefers the lots that were shipped: what went into them decides, not the bill of materials",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_mrp", "sale_stock"],
    "auto_install": True,
}
