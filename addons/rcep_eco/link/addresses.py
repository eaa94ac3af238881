"""Where a platform may be: an administrator says so, and no message leaves for what can be no platform.

Private and loopback addresses are allowed on purpose: a firm's gateway, or a stand-in on the same machine, has one.
Link-local ones are not, nor those at which clouds hand out a machine's own credentials: nobody's platform is there, and
a connection manager is to learn nothing of the server from what answers. What a name leads to is looked at when the
connection stands, before anything is sent, so that a name cannot lead elsewhere a moment later.

>>> is_whole("https://platform.example/api"), is_whole("platform.example"), is_whole("https://me:secret@platform")
(True, False, False)
>>> [may_be_platform(host) for host in ("192.168.1.20", "127.0.0.1", "platform.example")]
[True, True, True]
>>> [may_be_platform(host) for host in ("169.254.169.254", "[fe80::1]", "100.100.100.200")]
[False, False, False]
"""

from __future__ import annotations

import ipaddress
import re

import requests.adapters
import urllib3.connection
import urllib3.connectionpool
import urllib3.exceptions

WHOLE = re.compile(r"https?://[^\s/?#@\\]+(/[^\s?#\\]*)?")
CREDENTIALS = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")))


def is_whole(address: str) -> bool:
    """Tell whether an address names scheme and server, and neither a user, a query nor a fragment."""
    return bool(WHOLE.fullmatch(address))


def may_be_platform(host: str) -> bool:
    """Tell whether a platform may be there; a name may, until it is known where it leads."""
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return True
    address = getattr(address, "ipv4_mapped", None) or address
    return not (address.is_link_local or address.is_multicast or address.is_unspecified or address in CREDENTIALS)


class NoPlatformThere(urllib3.exceptions.NewConnectionError):
    """The connection led where no platform can be; nothing was sent."""


class _Watched:
    def _new_conn(self):
        wire = super()._new_conn()
        if not may_be_platform(wire.getpeername()[0]):
            wire.close()
            raise NoPlatformThere(self, "no platform can be there")
        return wire


class _Connection(_Watched, urllib3.connection.HTTPConnection):
    pass


class _SecureConnection(_Watched, urllib3.connection.HTTPSConnection):
    pass


class _Pool(urllib3.connectionpool.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.connectionpool.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class WatchedAdapter(requests.adapters.HTTPAdapter):
    """Lets `requests` speak to no address at which no platform can be; a proxy decides for itself."""

    def init_poolmanager(self, *args, **options):
        made = super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        return made


def watched_session() -> requests.Session:
    """A session that connects to nothing at which no platform can be."""
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, WatchedAdapter())
    return session
