{
    "name": "RCEP e-CO: Purchase",
    "version": "19.0.1.1.0",
    "category": "Inventory/Purchase",
    "summary": "A year's purchases say which supplier declarations to ask for first",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "images": ["static/description/proposal.png"],
    "depends": ["rcep_eco", "purchase"],
    "auto_install": True,
}
