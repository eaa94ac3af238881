"""Makes a certificate in whatever database it is given: ``python certify.py CONFIGURATION DATABASE WISHES``.

WISHES is JSON: ``{"company": "main" or "new", "country": "cn" or what the exporter is to be in}``. Nothing is set up
but what a firm enters by hand: its code, its English name and address, its goods, a supplier's declaration. One JSON
line says what came out, in which languages, country and currency, and what was found to be missing.
"""

import datetime
import importlib
import json
import sys

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tools import config

USCC = {"main": "91330206MA2EXAMP07", "new": "91330206MA2AEXAM0T"}
PORT = 9  # of this machine, where nothing listens


def firm(env, which, country):
    """The company of the database, or a second one, with what stands on every certificate."""
    stdnum = importlib.import_module("stdnum.cn.uscc")
    base = USCC[which][:17]
    values = {"rcep_uscc": base + stdnum.calc_check_digit(base), "rcep_name_en": f"FIRM {which.upper()} CO., LTD.",
              "rcep_address_en": "NO. 1 PORT ROAD", "rcep_place": "NINGBO"}
    if which == "main":
        company = env.ref("base.main_company")
        company.write({**values, "country_id": env.ref(f"base.{country}").id})
    else:
        company = env["res.company"].create({"name": "宁波明灯有限公司", "country_id": env.ref("base.cn").id, **values})
    env.cr.commit()  # Odoo gives a company the accounts of its country at the end of the transaction, where it has any
    return company


def chart(env, company):
    """Accounts, where nobody has set any up yet: what Odoo itself asks for before the first invoice."""
    if not company.chart_template:
        env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)


def main():
    configuration, database, wishes = sys.argv[1:]
    wishes = json.loads(wishes)
    config.parse_config(["-c", configuration, "--log-level=error"])
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        company = firm(env, wishes["company"], wishes["country"])
        env.user.company_ids |= company
        chart(env, company)
        lang = env.user.lang
        admin = env.ref("base.user_admin")
        admin.company_ids |= company
        env = api.Environment(cr, admin.id, {"allowed_company_ids": company.ids, "lang": lang})
        print(json.dumps(certify(env, env["res.company"].browse(company.id))))
        cr.commit()


def certify(env, company):
    """From a good and an invoice to an application in the outbox, its print and its public page."""
    today = fields.Date.context_today(env.user)
    vietnam = env["res.partner"].create({"name": "Saigon Light JSC", "is_company": True, "street": "2 Le Loi",
                                         "city": "Ho Chi Minh City", "country_id": env.ref("base.vn").id})
    supplier = env["res.partner"].create({"name": "Yuyao Lamp Works", "is_company": True, "city": "Yuyao",
                                          "country_id": env.ref("base.cn").id})
    lamp = env["product.product"].create({
        "name": "LED lamp", "default_code": "LAMP", "type": "consu", "list_price": 50.0, "hs_code": "94051100",
        "weight": 0.5, "rcep_package_qty": 20, "taxes_id": False, "supplier_taxes_id": False,
        "company_id": company.id})
    env["rcep.supplier.declaration"].create({
        "name": "D-1", "partner_id": supplier.id, "product_id": lamp.id, "company_id": company.id,
        "party_id": env.ref("rcep_eco.party_cn").id, "criterion": "CTC", "date_from": today,
        "date_to": today + datetime.timedelta(days=300)}).action_verify()
    invoice = env["account.move"].create({
        "move_type": "out_invoice", "partner_id": vietnam.id, "company_id": company.id, "invoice_date": today,
        "invoice_incoterm_id": env.ref("account.incoterm_FOB").id,
        "invoice_line_ids": [Command.create({"product_id": lamp.id, "quantity": 100, "price_unit": 50.0,
                                             "tax_ids": [Command.clear()]})]})
    invoice.action_post()
    certificate = env["rcep.certificate"].browse(invoice.action_create_rcep_certificate()["res_id"])
    certificate.write({"means": "sea", "port_discharge": "HAI PHONG"})
    certificate.line_ids.in_appendix = "no"  # as the clerk answers, where no list of the Appendix is loaded
    platform = env["rcep.platform"].search([("company_id", "=", company.id)])
    if not platform:
        secret = "new_secret" if "new_secret" in platform._fields else "client_secret"  # as an earlier release has it
        platform = platform.create({"company_id": company.id, "base_url": f"http://127.0.0.1:{PORT}",
                                    "client_id": "C-1", secret: "not-for-clerks"})
        platform.action_generate_key()
    problems = certificate._problems() if not certificate.action_check() else list(certificate._problems())
    if not problems:
        certificate.action_approve()
        certificate.action_submit()
    env.flush_all()
    try:
        lamp.action_rcep_determine()
    except UserError as error:
        refused = str(error)
    else:
        refused = ""
    jobs = env(user=SUPERUSER_ID)["rcep.platform.message"]
    jobs._cron_deliver()  # nothing listens there: it stays, and is shown
    html = b""
    if certificate.state != "draft":
        html = env["ir.actions.report"]._render_qweb_html("rcep_eco.action_report_form_rcep", certificate.ids)[0]
    line = certificate.line_ids[:1]
    return {
        "state": certificate.state, "problems": [str(each) for each in problems], "criterion": line.criterion,
        "description": line.description, "description_zh": line.description_zh, "printed": b"LED LAMP" in html.upper(),
        "messages": sorted(certificate.message_line_ids.mapped("kind")), "currency": company.currency_id.name,
        "country": company.country_id.code,
        "languages": sorted(code for code, _name in env["res.lang"].get_installed()),
        "page": bool(certificate._get_verification_url()), "companies": env["res.company"].search_count([]),
        "said": platform.last_error or "", "refused": refused,
    }  # fmt: skip


if __name__ == "__main__":
    main()
