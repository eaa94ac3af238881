"""Canonical JSON against RFC 8785: its own examples, and an independent implementation (PyPI ``rfc8785``)."""

import json
import struct

import pytest
import rcep_link.canonical_json
import rcep_origin
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from rcep_link.canonical_json import LARGEST, canonical_bytes

from tools.paths import ADDONS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
WHOLE = st.integers(-LARGEST, LARGEST)
VALUES = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)
# RFC 8785, section 3.2.3: keys in the order of their UTF-16 code units, not of their code points
SORTED = [
    ("\r", "Carriage Return"), ("1", "One"), ("\x80", "Control"), ("ö", "Latin Small Letter O With Diaeresis"),
    ("€", "Euro Sign"), ("😀", "Emoji: Grinning Face"), ("\ufb33", "Hebrew Letter Dalet With Dagesh"),
]  # fmt: skip
# RFC 8785, appendix B: doubles by their bits, and the text that the RFC gives them
NUMBERS = {
    "0000000000000000": "0", "8000000000000000": "0", "0000000000000001": "5e-324", "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308", "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992", "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000", "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23", "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000", "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21", "3eb0c6f7a0b5ed8c": "9.999999999999997e-7", "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332", "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333", "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343", "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}  # fmt: skip


def test_both_packages_have_the_same_canonical_json():
    files = [ADDONS / "rcep_eco" / package / "canonical_json.py" for package in ("origin", "link")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_order_of_keys_is_that_of_the_rfc():
    given_order = dict(SORTED[i] for i in (4, 0, 6, 1, 5, 2, 3))  # as the RFC's input has them
    assert list(json.loads(canonical_bytes(given_order)).items()) == SORTED


def test_texts_and_literals_are_written_as_in_the_rfc():
    source = r'''{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}'''
    expected = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical_bytes(json.loads(source)) == expected.encode()


@pytest.mark.parametrize(("bits", "text"), NUMBERS.items())
def test_a_fraction_is_refused_which_the_rfc_would_write(bits, text):
    """Ours is narrower than the RFC on purpose: a number that is not whole is a decimal text."""
    number = struct.unpack(">d", bytes.fromhex(bits))[0]
    assert rfc8785.dumps(number) == text.encode()  # the outside implementation agrees with the RFC
    with pytest.raises(TypeError, match="as decimal texts"):
        canonical_bytes({"value": number})


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 1])
def test_a_whole_number_that_a_reader_could_round_is_refused_by_both(number):
    with pytest.raises(ValueError, match="not every reader has it exactly"):
        canonical_bytes(number)
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps(number)


@pytest.mark.parametrize("text", ["\ud800", "a\udc00b"])
def test_half_a_character_is_refused_by_both(text):
    with pytest.raises(ValueError, match="surrogates"):
        canonical_bytes(text)
    with pytest.raises(rfc8785.CanonicalizationError):
        rfc8785.dumps(text)


@given(VALUES)
def test_every_other_value_has_the_bytes_of_an_outside_implementation(value):
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(VALUES)
def test_the_engine_writes_a_plain_value_as_the_link_does(value):
    assert rcep_origin.canonical_json(value) == rcep_link.canonical_json.canonical_bytes(value)
