{
    "name": "RCEP e-CO: Certificates received with lots",
    "version": "19.0.1.1.0",
    "category": "Inventory/Inventory",
    "summary": "Receipts and lots bound to the certificate that came with them; other lots are not shipped on it",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_ledger", "rcep_eco_stock"],
    "data": ["views/rcep_received_certificate_views.xml", "views/stock_picking_views.xml"],
    "auto_install": True,
}
