{
    "name": "RCEP e-CO: Website",
    "version": "19.0.1.1.0",
    "category": "Website/Website",
    "summary": "The page behind the QR code of each certificate, and the door for the platform's messages",
    "author": "RCEP e-CO contributors",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "website"],
    "data": [
        "security/ir.model.access.csv",
        "security/rcep_eco_website_rules.xml",
        "views/rcep_certificate_views.xml",
        "views/rcep_platform_views.xml",
        "views/verification_templates.xml",
    ],
    "assets": {
        "web.assets_frontend": ["rcep_eco_website/static/src/scss/verification.scss"],
        "web.assets_tests": ["rcep_eco_website/static/tests/tours/*.js"],
    },
    "auto_install": True,
    "post_init_hook": "give_pages",
    "uninstall_hook": "keep_history",
}
