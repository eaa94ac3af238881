"""An agent's Odoo and two principals' systems, real ones: followed by a key, worked by it, revoked in mid-work."""

import contextlib
import datetime

import pytest

from tests.e2e.served import WebUser, copied

DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def places():
    """(the agent's Odoo, one principal's, another's)."""
    with contextlib.ExitStack() as stack:
        served = [stack.enter_context(copied(name)) for name in ("desk", "first", "second")]
        for place in served:
            place.serve()
        yield served


def give_key(place):
    """The principal's manager makes the key of the agent's program; what is shown once."""
    manager = WebUser(place, "manager")
    (key,) = manager.call(
        "rcep.integration.key", "search", [["authorisation_id", "!=", False], ["state", "=", "draft"]])  # fmt: skip
    return manager, key, manager.call("rcep.integration.key", "action_give", [key])["context"]["default_token"]


def enter(broker, name, place, token):
    values = {"name": name, "address": place.url, "new_secret": token}
    principal = broker.call("rcep.principal", "create", values)
    broker.call("rcep.principal", "action_ask", [principal])
    return principal


def work_of(broker, principal):
    fields = ["kind", "number", "name", "state", "may_ask", "page"]
    return broker.call("rcep.principal.work", "search_read", [["principal_id", "=", principal]], fields)


def post_invoice(place):
    """The principal sells to Viet Nam, and has not certified it yet."""
    clerk = WebUser(place, "clerk")
    (customer,) = clerk.call("res.partner", "search", [["ref", "=", "CUST-VN"]])
    (hinge,) = clerk.call("product.product", "search", [["default_code", "=", "YJ-H110"]])
    invoice = clerk.call("account.move", "create", {
        "move_type": "out_invoice", "partner_id": customer,
        "invoice_date": (datetime.date.today() - DAY).isoformat(),  # noqa: DTZ011  the firm's own day
        "invoice_line_ids": [(0, 0, {"product_id": hinge, "quantity": 800, "price_unit": 0.74, "tax_ids": [(5,)]})],
    })  # fmt: skip
    clerk.call("account.move", "action_post", [invoice])
    return invoice


def test_one_list_over_two_principals_until_one_revokes(places):
    desk, *principals = places
    invoices = [post_invoice(place) for place in principals]
    keys = [give_key(place) for place in principals]
    broker = WebUser(desk, "broker")
    tokens = [token for _manager, _key, token in keys]
    entered = [enter(broker, place.name, place, token) for place, token in zip(principals, tokens, strict=True)]
    for principal, invoice in zip(entered, invoices, strict=True):
        waiting = [each for each in work_of(broker, principal) if each["kind"] == "invoice"]
        assert invoice in [each["number"] for each in waiting]

    (first, second), invoice = entered, invoices[0]
    (line,) = [each for each in work_of(broker, first) if (each["kind"], each["number"]) == ("invoice", invoice)]
    broker.call("rcep.principal.work", "action_make_draft", [line["id"]])
    now = work_of(broker, first)
    assert not [each for each in now if (each["kind"], each["number"]) == ("invoice", invoice)]
    made = WebUser(principals[0], "clerk").call(
        "rcep.certificate", "search_read", [["invoice_ids", "in", [invoice]]], ["name", "state", "id"])  # fmt: skip
    (draft,) = [each for each in now if each["name"] == made[0]["name"]]
    assert (draft["state"], draft["may_ask"]) == ("draft", True)
    assert draft["page"].endswith(f"/certificate/{made[0]['id']}")
    texts = {text for row in desk.sql("SELECT row_to_json(w)::text FROM rcep_principal_work w") for text in row}
    customer = principals[0].sql("SELECT name FROM res_partner WHERE ref = 'CUST-VN'")[0][0]
    assert texts and not [text for text in texts if customer in text]

    manager, key, _token = keys[0]
    manager.call("rcep.integration.key", "action_revoke", [key])
    broker.call("rcep.principal", "action_ask", entered)
    assert not work_of(broker, first)
    assert work_of(broker, second)
    (told,) = broker.call("rcep.principal", "read", [first], ["problem"])
    assert "key" in told["problem"]
