{
    "name": "RCEP e-CO: Bills of another ERP",
    "version": "19.0.1.1.0",
    "category": "Hidden",
    "summary": "Bills of materials and operations of a firm on another ERP come in as sheets",
    "author": "RCEP e-CO contributors",
    "maintainers": ["rcep-eco"],
    "website": "https://rcep-eco.example",
    "development_status": "Beta",
    "license": "LGPL-3",
    "depends": ["rcep_eco_erp", "rcep_eco_mrp"],
    "auto_install": True,
}
