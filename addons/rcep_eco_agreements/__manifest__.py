{
    "name": "RCEP e-CO: Other agreements and duty rates",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations",
    "summary": "RCEP, Form E or no certificate: what each agreement saves on the importer's duty",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco"],
    "data": [
        "security/agreement/ir.model.access.csv",
        "data/agreement_data.xml",
        "views/agreement/rcep_agreement_views.xml",
        "views/menus.xml",
    ],
}
