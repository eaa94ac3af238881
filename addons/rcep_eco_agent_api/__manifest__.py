{
    "name": "RCEP e-CO: Agents' programs",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations",
    "summary": "An agent's own system prepares drafts and reads states, under its authority and by a key of its own",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_agent", "rcep_eco_api"],
    "data": [
        "views/rcep_integration_key_views.xml",
        "views/rcep_authorisation_views.xml",
        "views/portal_templates.xml",
    ],
    "auto_install": True,
}
