"""docker/ run natively: its odoo.conf with workers, its Caddyfile before Odoo and sandbox; with ``--long``."""

import pytest

from .machine import URL, play


@pytest.fixture(scope="module")
def found():
    return play("one_server")


def test_from_an_invoice_to_the_page_behind_the_qr_code(found):
    assert found["ok"]
    assert found["verify_url"].startswith(f"{URL}/eco/")
    assert found["verify_state"] == "specimen"


def test_the_platform_pushed_through_the_proxy(found):
    """Signed messages survive TLS and the proxy both ways."""
    assert found["calls"]["submit"] == 1
    assert found["pushes"] >= 1


def test_a_websocket_is_answered_by_the_evented_port(found):
    assert found["websocket"] == 101


def test_databases_are_nobodys_business_from_outside(found):
    assert found["manager"] == [404, 404, 404, 404]
    assert found["direct"] != 404  # it is the proxy that closes it


def test_only_tls_is_spoken_and_browsers_are_told_so(found):
    assert found["plain"][0] == 308
    assert found["plain"][1].startswith("https://localhost/")
    headers = {name.lower(): value for name, value in found["headers"].items()}
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "server" not in headers


def test_several_workers_serve(found):
    assert found["workers"] == 5
