{
    "name": "RCEP e-CO: Manufacturing",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Manufacturing",
    "summary": "Bills of materials, operations and supplier prices decide the origin of what you make",
    "author": "RCEP e-CO contributors",
    "license": "LGPL-3",
    "depends": ["rcep_eco", "mrp"],
    "data": [
        "report/origin_overview.xml",
        "views/origin_overview_views.xml",
        "views/mrp_bom_views.xml",
        "views/mrp_workcenter_views.xml",
        "views/product_supplierinfo_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["rcep_eco_mrp/static/src/**/*"],
        "web.assets_tests": ["rcep_eco_mrp/static/tests/tours/*.js"],
    },
    "auto_install": True,
}
