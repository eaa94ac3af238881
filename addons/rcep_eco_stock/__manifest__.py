{
    "name": "RCEP e-CO: Shipment from deliveries",
    "version": "19.0.1.1.0",
    "category": "Inventory/Delivery",
    "summary": "Packages, weights, marks and departure of a certificate come from the deliveries that left",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "sale_stock"],
    "data": ["views/stock_views.xml", "views/rcep_certificate_views.xml"],
    "auto_install": True,
}
