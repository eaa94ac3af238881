"""Attachments: known by their content, bounded, and of a few kinds only."""

import hashlib

import pytest

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def test_an_attachment_is_known_by_the_hash_of_its_content(firm):
    first = firm.attach("invoice.pdf", PDF)
    assert first.status_code == 201
    assert first.json()["data"] == {
        "attachment_id": f"sha-256:{hashlib.sha256(PDF).hexdigest()}", "name": "invoice.pdf", "size": len(PDF),
        "content_type": "application/pdf", "duplicate": False,
    }  # fmt: skip
    again = firm.attach("other name.pdf", PDF)
    assert (again.status_code, again.json()["data"]["duplicate"]) == (200, True)
    assert again.json()["data"]["attachment_id"] == first.json()["data"]["attachment_id"]


def test_each_enterprise_has_its_own(firm, other_firm):
    assert firm.attach("a.pdf", PDF).status_code == 201
    assert other_firm.attach("a.pdf", PDF).status_code == 201


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", b" %PDF-1.7"])
def test_its_content_decides_what_it_is(firm, content):
    reply = firm.attach("invoice.pdf", content)
    assert (reply.status_code, reply.json()["code"]) == (422, "attachment_type")


def test_it_has_a_bound(firm):
    reply = firm.attach("large.pdf", PDF + bytes(3 * 1024 * 1024))
    assert (reply.status_code, reply.json()["code"]) == (413, "size")


def test_it_stands_in_a_part_named_file(firm):
    reply = firm.attach("invoice.pdf", PDF, part="document")
    assert [error["path"] for error in reply.json()["errors"]] == ["/file"]


def test_it_is_no_json(firm):
    reply = firm.post("/v1/attachments", {"file": "x"}, **{"Content-Type": "application/json"})
    assert reply.status_code == 415
