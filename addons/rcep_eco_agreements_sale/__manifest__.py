{
    "name": "RCEP e-CO: Duties on quotations",
    "version": "19.0.1.1.0",
    "category": "Sales/Sales",
    "summary": "A quotation shows what each agreement saves the importer in duty",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_agreements", "rcep_eco_sale"],
    "data": ["views/sale_order_views.xml"],
    "auto_install": True,
}
