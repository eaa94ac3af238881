{
    "name": "RCEP e-CO: Received lots",
    "version": "19.0.1.1.0",
    "category": "Inventory/Purchase",
    "summary": "A lot that was bought is worth what was paid at its own receipt, and comes from whom delivered it",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_mrp", "rcep_eco_purchase", "purchase_stock"],
    "auto_install": True,
}
