{
    "name": "RCEP e-CO: Folders by SFTP",
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations",
    "summary": "The folders of the single window's client reached by SFTP, with OCA's fs_storage",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "fs_storage"],
    "external_dependencies": {"python": ["fsspec", "paramiko"]},
    "data": ["views/rcep_platform_views.xml"],
}
