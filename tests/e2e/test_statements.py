"""A producer's Odoo and a buyer's, two real ones: signed there, checked here, revoked there, counted no more here."""

import contextlib

import pytest

from tests.e2e.served import WebUser, copied

BUYER = "91330200MA00000012"


def set_address(place):
    """Buyers find it where it is served."""
    place.sql(f"UPDATE ir_config_parameter SET value = '{place.url}' WHERE key = 'web.base.url'")
    place.sql("UPDATE rcep_platform SET page_url = NULL")
    place.kill()
    place.serve(port=int(place.url.rpartition(":")[2]))


@pytest.fixture(scope="module")
def firms():
    """(the producer's Odoo, the buyer's)."""
    with contextlib.ExitStack() as stack:
        maker, buyer = (stack.enter_context(copied(name)) for name in ("maker", "buyer"))
        for place in (maker, buyer):
            place.serve()
        set_address(maker)
        yield maker, buyer


def job(place, name):
    """Run a scheduled job as its administrator may."""
    admin = WebUser(place, "admin")
    (found,) = admin.call("ir.cron", "search", [["code", "=", f"model.{name}()"]])
    admin.call("ir.cron", "method_direct_trigger", [found])


def test_signed_there_it_counts_here_until_it_is_revoked_there(firms):
    maker, buyer = firms
    buyer.sql(f"UPDATE res_company SET rcep_uscc = '{BUYER}' WHERE rcep_uscc IS NOT NULL")
    producer = WebUser(maker, "engineer").call(
        "res.company", "search_read", [["rcep_uscc", "!=", False]], ["rcep_uscc", "id"])[0]  # fmt: skip
    WebUser(maker, "manager").call("rcep.signing.key", "action_make_key", [])
    clerk, signer = WebUser(maker, "clerk"), WebUser(maker, "signer")
    (hinge,) = clerk.call("product.product", "search", [["default_code", "=", "YJ-H110"]])
    (customer,) = clerk.call("res.partner", "search", [["ref", "=", "CUST-VN"]])
    WebUser(maker, "admin").call("res.partner", "write", [customer], {"vat": BUYER})
    stated = clerk.call("rcep.origin.statement", "create", {"partner_id": customer, "product_id": hinge})
    signer.call("rcep.origin.statement", "action_sign", [stated])
    (statement,) = clerk.call("rcep.origin.statement", "read", [stated], ["address", "name", "state", "sha256"])
    assert statement["state"] == "in_force"

    admin, engineer = WebUser(buyer, "admin"), WebUser(buyer, "engineer")
    supplier = admin.call("res.partner", "create", {
        "name": "Yongjiang", "is_company": True, "vat": producer["rcep_uscc"], "website": maker.url})  # fmt: skip
    (material,) = engineer.call("product.product", "search", [["default_code", "=", "YJ-H110"]])
    wizard = engineer.call("rcep.statement.read", "create", {
        "partner_id": supplier, "product_id": material, "text": statement["address"]})  # fmt: skip
    declaration = engineer.call("rcep.statement.read", "action_read", [wizard])["res_id"]
    engineer.call("rcep.supplier.declaration", "action_verify", [declaration])

    def here():
        (found,) = engineer.call(
            "rcep.supplier.declaration", "read", [declaration], ["state", "name", "statement_sha256"])  # fmt: skip
        return found

    assert (here()["state"], here()["name"], here()["statement_sha256"]) == (
        "verified", statement["name"], statement["sha256"])  # fmt: skip
    job(buyer, "_cron_ask_status")
    assert here()["state"] == "verified"
    revoke = signer.call("rcep.origin.statement.revoke", "create", {
        "statement_id": stated, "since": "never", "reason": "Another strip"})  # fmt: skip
    signer.call("rcep.origin.statement.revoke", "action_revoke", [revoke])
    job(buyer, "_cron_ask_status")
    assert here()["state"] == "revoked"
