"""Steps in the life of a database, each a process of its own: ``python lifecycle.py ROLE CONFIGURATION DATABASE …``.

===========  ================================================================================================
role         what it does; one JSON line is what it found
===========  ================================================================================================
issue        has the platform issue every certificate that was submitted, as an event would
pages        the public pages: {certificate: [token, state, whether the form finds it]}
take_away    uninstalls the MODULE, as an administrator does
bring_back   installs the MODULE again
contents     {certificate: its own text, its goods' and what was sent}
connections  whether each connection may send from here, and how many keys lie in the file store
===========  ================================================================================================
"""

import datetime
import json
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

NUMBER = "26C3302B0007/00031"


def issue(env):
    """Numbered and dated."""
    certificates = env["rcep.certificate"].search([("state", "=", "submitted")])
    for certificate in certificates:
        certificate._write_moved(state="issued", certificate_no=NUMBER, certificate_ref="c-1",
                                 issued_at=datetime.datetime(2026, 5, 1, 8, 0), valid_until="2099-01-01")  # noqa: DTZ001  Odoo's times bear no zone
    return {"issued": len(certificates)}


def pages(env):
    """As anybody finds them."""
    found = {}
    for page in env["rcep.verification"].search([]):
        number = page.certificate_id.invoice_ids[:1].name
        by_form = env["rcep.verification"]._of_numbers(page.certificate_no, number) == page
        found[page.certificate_id.name] = [page.token, page.state, bool(by_form)]
    return found


def take_away(env, module):
    """With everything that depends on it."""
    env["ir.module.module"].search([("name", "=", module)]).button_immediate_uninstall()
    return {"state": module}


def bring_back(env, module):
    """As it is now."""
    env["ir.module.module"].search([("name", "=", module)]).button_immediate_install()
    return {"state": module}


def contents(env):
    """What was decided, issued and sent; whatever bridge comes or goes, that stays."""
    report = env["ir.actions.report"]
    return {
        certificate.name: {
            "state": certificate.state, "number": certificate.certificate_no, "application": certificate.application,
            "goods": [[line.criterion, line.verdict, line.dossier_sha256, line.dossier]
                      for line in certificate.line_ids],
            "sent": [[message.kind, message.state, message.digest] for message in certificate.message_line_ids],
            "printed": b"LED LAMP" in report._render_qweb_html("rcep_eco.action_report_form_rcep", certificate.ids)[0],
        }
        for certificate in env["rcep.certificate"].search([], order="id")
    }  # fmt: skip


def connections(env):
    """Whether anything is sent from here."""
    files = [("res_model", "=", "certificate.key"), ("res_field", "!=", False), ("store_fname", "!=", False)]
    return {
        "in_copy": env["rcep.platform"].search([]).mapped("is_in_copy"),
        "key_files": env["ir.attachment"].search_count(files),
        "events": sorted(set(env["rcep.platform.event"].search([]).mapped("environment"))),
        "tokens": [[each.page_token, each.verification_ids.token] if "verification_ids" in each else []
                   for each in env["rcep.certificate"].search([("revision", ">", 0)])],
    }  # fmt: skip


ROLES = {role.__name__: role for role in (issue, pages, take_away, bring_back, contents, connections)}


def main():
    role, configuration, database, *rest = sys.argv[1:]
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        found = ROLES[role](api.Environment(cr, SUPERUSER_ID, {}), *rest)
        cr.commit()
    print(json.dumps(found, default=str))


if __name__ == "__main__":
    main()
