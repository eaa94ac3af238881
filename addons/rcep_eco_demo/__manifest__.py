{
    "name": "RCEP e-CO: Demo firm",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "summary": "A Ningbo manufacturer with products, bills of materials, suppliers and customers to try the suite on",
    "author": "RCEP e-CO contributors",
    "license": "LGPL-3",
    "depends": ["l10n_cn", "rcep_eco_mrp", "rcep_eco_purchase", "rcep_eco_sale", "rcep_eco_website"],
    "demo": [
        "demo/company.xml",
        "demo/partners.xml",
        "demo/materials.xml",
        "demo/goods.xml",
        "demo/bills_of_materials.xml",
        "demo/declarations.xml",
        "demo/rates.xml",
        "demo/purchases.xml",
        "demo/verdicts.xml",
        "demo/quotations.xml",
    ],
    "assets": {
        "web.assets_tests": ["rcep_eco_demo/static/tests/tours/*.js"],
    },
}
