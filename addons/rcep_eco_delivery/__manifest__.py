{
    "name": "RCEP e-CO: Delivery",
    "version": "19.0.1.1.0",
    "category": "Hidden",
    "summary": "HS code and country of origin stand once on the product form, where Delivery shows them",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "stock_delivery"],
    "data": ["views/product_views.xml"],
    "auto_install": True,
}
