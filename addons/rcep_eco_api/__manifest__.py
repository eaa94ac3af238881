{
    "name": "RCEP e-CO: Keys for programs",
    "version": "19.0.1.1.0",
    "category": "Hidden",
    "summary": "Keys with a scope by which programs of others call, how often, and a log of what was wrong",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco"],
    "data": [
        "security/ir.model.access.csv",
        "security/rcep_eco_rules.xml",
        "views/rcep_integration_call_views.xml",
        "views/rcep_integration_key_views.xml",
        "views/menus.xml",
    ],
}
