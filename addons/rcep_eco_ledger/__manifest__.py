{
    "name": "RCEP e-CO: Certificates received",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations",
    "summary": "Certificates of origin that come with goods: checked with their issuer, and drawn down",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco"],
    "data": [
        "security/ir.model.access.csv",
        "security/rcep_eco_ledger_rules.xml",
        "data/ir_cron.xml",
        "views/rcep_received_certificate_views.xml",
        "views/rcep_received_draw_views.xml",
    ],
}
