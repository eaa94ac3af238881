"""Where a platform may be: an administrator says so, and no message leaves for what can be no platform.

Private and loopback addresses are allowed on purpose: a firm's gateway, or a stand-in on the same machine, has one.
Link-local ones are not, nor those at which clouds hand out a machine's own credentials: nobody's platform is there, and
a connection manager is to learn nothing of the server from what answers. Without TLS a message goes to this machine
itself and nowhere else. What a name leads to is looked at again when the connection is made (`wires`).

>>> is_whole("https://platform.example/api"), is_whole("platform.example"), is_whole("https://me:secret@platform")
(True, False, False)
>>> [may_be_platform(host) for host in ("192.168.1.20", "127.0.0.1", "platform.example")]
[True, True, True]
>>> [may_be_platform(host) for host in ("169.254.169.254", "[fe80::1]", "100.100.100.200", "2852039166")]
[False, False, False, False]
>>> [is_protected(each) for each in ("https://platform.example", "http://localhost:8169", "http://platform.example")]
[True, True, False]
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
import urllib.parse

# No mark-up either: pages and mails repeat an address.
WHOLE = re.compile(r"https?://[^\s/?#@\\%\"'<>&]+(/[^\s?#\\\"'<>&]*)?", re.IGNORECASE)
CREDENTIALS = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")))
# What some resolvers read as an address though it is not written as one: 2852039166, 0xa9fea9fe, 0251.0376.1, 127.1.
ODD_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*", re.IGNORECASE)
HERE = ("localhost", ".localhost")
# Networks whose last 32 bits are an IPv4 address that somebody else connects to: NAT64, IPv4-compatible, -translated.
CARRIERS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
DOTS = str.maketrans("\u3002\uff0e\uff61", "...")  # what separates labels too, by IDNA (RFC 3490, 3.1)


def is_whole(address: str) -> bool:
    """Tell whether an address names scheme and server, and neither a user, a query nor a fragment.

    >>> [is_whole(f"https://platform.example{rest}") for rest in (":8443/v1", ":0", ":²", "/../b", "/é", "/%0A")]
    [True, False, False, False, False, False]
    """
    if not WHOLE.fullmatch(address) or not address.isprintable():  # nobody sees what is not
        return False
    try:
        parts = urllib.parse.urlsplit(address)
        named = parts.port != 0 and not parts.netloc.endswith(":")
    except ValueError:
        return False
    path = urllib.parse.unquote(parts.path)
    return named and path.isascii() and path.isprintable() and not {".", ".."} & set(path.split("/"))


def may_be_platform(host: str) -> bool:
    """Tell whether a platform may be there; a name may, until it is known where it leads."""
    plain = _plain(host)
    if not plain:
        return False
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return not ODD_NUMBER.fullmatch(plain)  # an address that is written so that nobody recognises it
    return all(map(_may_be, {address, *_carried(address)}))


def is_here(host: str) -> bool:
    """Tell whether this is the machine itself.

    >>> [is_here(each) for each in ("127.0.0.1", "[::1]", "sandbox.localhost", "::ffff:127.0.0.2", "10.0.0.1")]
    [True, True, True, True, False]
    """
    plain = _plain(host).lower()
    try:
        address = ipaddress.ip_address(plain)
    except ValueError:
        return plain == HERE[0] or plain.endswith(HERE[1])
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def is_protected(address: str, plain_hosts: frozenset[str] = frozenset()) -> bool:
    """Tell whether what is sent there is read by nobody on the way: by TLS, or because it does not leave the machine.

    ``plain_hosts`` are names that an administrator of the machine excepts.
    """
    try:
        parts = urllib.parse.urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" or is_here(host) or host in plain_hosts


def host_of(address: str) -> str:
    """The host of an address with or without its scheme, in small letters; an empty text where there is none.

    >>> host_of("https://Lamps.example/eco/x"), host_of("lamps.example"), host_of("https://[")
    ('lamps.example', 'lamps.example', '')
    """
    try:
        return (_with_scheme(address).hostname or "").lower()
    except ValueError:
        return ""


def is_server_of(address: str, website: str) -> bool:
    """Tell whether an address is on the very server of a website: its host, its port, and no part of a shared one.

    >>> [is_server_of(each, "lamps.example") for each in ("http://lamps.example/", "https://lamps.example:81")]
    [True, False]
    """
    try:
        theirs, ours = map(_with_scheme, (address, website))
        ports = {theirs.port or 443, ours.port or 443}
    except ValueError:
        return False
    return bool(theirs.hostname) and theirs.hostname == ours.hostname and len(ports) == 1


def _with_scheme(address: str) -> urllib.parse.SplitResult:
    return urllib.parse.urlsplit(address if "//" in address else f"//{address}")


def _plain(host: str) -> str:
    """A host as resolvers read it: full-width digits are digits, a Chinese full stop is a dot, a last dot is none."""
    return unicodedata.normalize("NFKC", host.translate(DOTS)).strip("[]").partition("%")[0].rstrip(".")


def _carried(address):
    """IPv4 addresses that an IPv6 address stands for."""
    if address.version == 4:
        return
    yield from filter(None, (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())))
    if any(address in network for network in CARRIERS):
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _may_be(address) -> bool:
    if address.version == 6 and address == ipaddress.IPv6Address("::1"):
        return True
    nowhere = address.is_link_local or address.is_multicast or address.is_unspecified
    return not (nowhere or (address.version == 4 and address.is_reserved) or address in CREDENTIALS)
