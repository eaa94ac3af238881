"""Code lists: complete, in two languages, and not sent again to who holds them."""

import pytest
from rcep_link.application import AGREEMENTS, MEANS, MODIFIERS

from ccpit_sandbox.codelists import NAMES_OF_LISTS
from ccpit_sandbox.wire import TABLES


@pytest.mark.parametrize("name", [name for name in NAMES_OF_LISTS if name != "errors"])
def test_each_code_has_words_in_both_languages(firm, name):
    table = firm.get(f"/v1/codelists/{name}").json()["data"]
    assert table["name"] == name
    assert all(entry["code"] and entry["name"] and entry["name_zh"] for entry in table["entries"])


@pytest.mark.parametrize(
    ("name", "words"),
    [("states", set(TABLES["states"].values())), ("criteria", set(AGREEMENTS["RCEP"])), ("modifiers", set(MODIFIERS)),
     ("transport_means", set(MEANS) - {""}), ("errors", set(TABLES["errors"]))],
)  # fmt: skip
def test_a_list_holds_what_the_profile_knows(firm, name, words):
    assert {entry["canonical"] for entry in firm.get(f"/v1/codelists/{name}").json()["data"]["entries"]} == words


def test_the_parties_say_who_reads_electronic_certificates(firm):
    entries = firm.get("/v1/codelists/parties").json()["data"]["entries"]
    assert len(entries) == 15
    assert {entry["code"] for entry in entries if entry["electronic"]} == {"VN", "TH", "MY", "ID", "PH", "KH", "LA"}


def test_who_holds_a_list_is_not_sent_it_again(firm):
    first = firm.get("/v1/codelists/units")
    assert (first.status_code, first.headers["ETag"][0]) == (200, '"')
    same = firm.get("/v1/codelists/units", **{"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = firm.get("/v1/codelists/criteria", **{"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_list_that_is_none_is_not_found(firm):
    reply = firm.get("/v1/codelists/flavours")
    assert (reply.status_code, reply.json()["code"]) == (404, "not_found")
    assert "package_kinds" in reply.json()["message"]
