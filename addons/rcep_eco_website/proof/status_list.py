"""Which certificates were cancelled or replaced: one short text that a verifier keeps for when there is no network.

Two bits a certificate, by its index, the lowest first: 0 as it was issued, 1 cancelled, 2 replaced; packed by zlib (RFC
1950), after the idea of the Token Status List.

>>> unpacked = zlib.decompress(pack({1: "cancelled", 6: "replaced"}))
>>> [(unpacked[index // 4] >> index % 4 * 2) & 3 for index in range(8)]
[0, 1, 0, 0, 0, 0, 2, 0]
"""

import zlib

CODES = {"cancelled": 1, "replaced": 2}
# Of the map that is signed; a code has none of these, so that neither is taken for the other.
CREDIT_CODE, MADE_AT, LIST = 20, 21, 22


def pack(states: dict[int, str]) -> bytes:
    """The list of ``{index: state}``; who is not in it is as it was issued."""
    bits = bytearray(max(states, default=-1) // 4 + 1)
    for index, state in states.items():
        bits[index // 4] |= CODES[state] << index % 4 * 2
    return zlib.compress(bytes(bits), 9)


def claims(credit_code: str, made_at: int, states: dict[int, str]) -> dict:
    """The map to sign.

    :param made_at: seconds since 1970
    """
    return {CREDIT_CODE: credit_code, MADE_AT: made_at, LIST: pack(states)}
