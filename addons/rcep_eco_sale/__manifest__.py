{
    "name": "RCEP e-CO: Sales",
    "version": "19.0.1.1.0",
    "category": "Sales/Sales",
    "summary": "Quotations show whether a good originates, and a price at which it no longer would",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "sale"],
    "data": ["views/sale_order_views.xml", "views/rcep_certificate_views.xml"],
    "auto_install": True,
}
