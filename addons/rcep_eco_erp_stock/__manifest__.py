{
    "name": "RCEP e-CO: Receipts of another ERP",
    "version": "19.0.1.1.0",
    "category": "Hidden",
    "summary": "What a firm on another ERP received, with its lots, comes in as sheets",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_erp", "stock"],
    "data": ["views/stock_picking_views.xml"],
    "auto_install": True,
}
