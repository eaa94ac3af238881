"""Bytes as decimal digits: a QR code has a mode of its own for digits, which takes a third of the room.

>>> to_digits(b"\\x00A")
'65601'
>>> to_bytes('65601')
b'\\x00A'
>>> to_bytes('2')
Traceback (most recent call last):
...
ValueError: these digits hold no bytes
"""

LONGEST = 2000  # digits: more than a QR code of ours holds


def to_digits(data: bytes) -> str:
    """A leading 1 and the bytes, read as one number."""
    return str(int.from_bytes(b"\x01" + data, "big"))


def to_bytes(text: str) -> bytes:
    """The bytes behind digits.

    :raises ValueError: where there are none
    """
    if len(text) > LONGEST or not (text.isascii() and text.isdigit()) or text.startswith("0"):
        raise ValueError("these digits hold no bytes")
    number = int(text)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if data[:1] != b"\x01":
        raise ValueError("these digits hold no bytes")
    return data[1:]
