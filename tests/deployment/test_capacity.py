"""What one machine carries behind its proxy, as printed figures (``-s``) and as floors far below them; ``--long``."""

import json

import pytest

from .machine import play

FEWEST_SCANS, FEWEST_CERTIFICATES = 20, 0.1  # a second


@pytest.fixture(scope="module")
def found():
    answer = play("capacity")
    print(json.dumps(answer))
    return answer


def test_a_page_is_scanned_often(found):
    assert found["scans"]["a_second"] > FEWEST_SCANS


def test_certificates_are_made_and_all_are_issued(found):
    assert found["certificates"]["a_second"] > FEWEST_CERTIFICATES
    assert found["all_issued"]
