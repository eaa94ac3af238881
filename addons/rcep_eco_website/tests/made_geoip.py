"""A file of GeoIP data (MaxMind DB 2.0) that knows one network, made for tests."""

import ipaddress

STRING, UINT16, UINT32, MAP, UINT64, ARRAY = 2, 5, 6, 7, 9, 11
SEPARATOR, MARKER = bytes(16), b"\xab\xcd\xefMaxMind.com"


def file_of(network, country, city, database_type="GeoLite2-City"):
    """The bytes of such a file.

    :param network: its only IPv4 network, such as ``127.0.0.0/8``
    """
    net = ipaddress.ip_network(network)
    bits = f"{int(net.network_address):032b}"[: net.prefixlen]
    tree, count = b"", len(bits)
    for node, bit in enumerate(bits):
        following = node + 1 if node + 1 < count else count + len(SEPARATOR)  # the last leads to the data
        branches = [count, count]  # nothing is known there
        branches[int(bit)] = following
        tree += b"".join(each.to_bytes(3, "big") for each in branches)
    record = {"country": {"iso_code": country, "names": {"en": country}}, "city": {"names": {"en": city}}}
    about = {
        "binary_format_major_version": (UINT16, 2), "binary_format_minor_version": (UINT16, 0),
        "build_epoch": (UINT64, 1_780_000_000), "database_type": database_type, "description": {"en": "made for tests"},
        "ip_version": (UINT16, 4), "languages": ["en"], "node_count": (UINT32, count), "record_size": (UINT16, 24),
    }  # fmt: skip
    return tree + SEPARATOR + _encoded(record) + MARKER + _encoded(about)


def _encoded(value):
    if isinstance(value, dict):
        return _control(MAP, len(value)) + b"".join(_encoded(key) + _encoded(each) for key, each in value.items())
    if isinstance(value, list):
        return _control(ARRAY, len(value)) + b"".join(map(_encoded, value))
    if isinstance(value, str):
        return _control(STRING, len(value.encode())) + value.encode()
    kind, number = value
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return _control(kind, len(raw)) + raw


def _control(kind, size):
    """What stands before a value: its kind and its size, below 29."""
    if size >= 29:
        raise ValueError(size)
    return bytes([kind << 5 | size]) if kind < 8 else bytes([size, kind - 7])
