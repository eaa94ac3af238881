"""The one JSON text of a value, by RFC 8785 (JSON Canonicalization Scheme): what is hashed, signed, stored and sent.

Objects have their keys sorted by UTF-16 code units, nothing is escaped that need not be, no space stands anywhere.
Narrower than the RFC in one point: a number is a whole one that every reader has exactly (up to 2**53 - 1), because
amounts and percentages are decimal texts here. A fraction is refused, whatever its value.

The packages ``origin`` and ``link`` import nothing of each other, so each has this file; a test holds both equal.

>>> canonical_bytes({"b": "é", "a": [1, None, True]})
b'{"a":[1,null,true],"b":"\\xc3\\xa9"}'
>>> canonical_bytes({"rate": 0.5})
Traceback (most recent call last):
...
TypeError: canonical JSON has no form for 0.5: give numbers that are not whole as decimal texts
"""

import json

LARGEST = 2**53 - 1

_string = json.encoder.encode_basestring  # as RFC 8785 writes texts


def canonical_bytes(value, plain=None):
    """Return the canonical form of a JSON value (dict, list, tuple, str, int, bool, None) as UTF-8.

    :param plain: a function that turns an object of another class into such a value
    :raises TypeError: where a value has no form
    :raises ValueError: where a whole number is too large, or a text is no Unicode
    """
    return _text(value, plain).encode()


def _text(value, plain):
    if isinstance(value, str):
        return _string(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"canonical JSON has no form for {value}: not every reader has it exactly")
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{','.join([_text(item, plain) for item in value])}]"
    if isinstance(value, dict):
        keys = sorted(value, key=_utf16)
        return f"{{{','.join([f'{_string(key)}:{_text(value[key], plain)}' for key in keys])}}}"
    if plain is None or isinstance(value, float):
        raise TypeError(f"canonical JSON has no form for {value!r}: give numbers that are not whole as decimal texts")
    return _text(plain(value), plain)


def _utf16(key):
    return key.encode("utf-16-be")
