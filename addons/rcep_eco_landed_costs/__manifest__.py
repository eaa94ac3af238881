{
    "name": "RCEP e-CO: Landed costs",
    "version": "19.0.1.1.0",
    "category": "Inventory/Purchase",
    "summary": "Freight and other landed costs of a receipt are part of what its materials are worth",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "data": ["views/stock_landed_cost_views.xml"],
    "depends": ["rcep_eco_purchase_stock", "stock_landed_costs"],
    "auto_install": True,
}
