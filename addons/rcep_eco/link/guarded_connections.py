"""Connections that lead only where a platform can be, and that end on time whatever the other side does.

A time-out of a socket begins anew with each byte, so one byte every two seconds holds it for ever. A `Limit` is a wall
clock over everything: name look-up, connection, TLS, request, status, header fields and body. When it is over, the
sockets in use are shut down, and whoever reads or writes there is told at once.

What a name leads to is looked at before anything is connected, and exactly that address is used, so that a name cannot
lead elsewhere a moment later. A proxy may be anywhere; what it is asked for may not.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import os
import socket
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator

import requests.adapters
import requests.utils
import urllib3.connection
import urllib3.connectionpool
import urllib3.exceptions

from .addresses import is_here, may_be_platform
from .coded_message import CodedMessage
from .errors import TimeOver

LONGEST_LINE = 65536  # bytes, as Python's own reading of header fields has it
_now = threading.local()  # limit: the one under which this thread makes its calls
_looking: dict[tuple, _LookUp] = {}  # look-ups that did not end yet: a name is asked for once at a time
_looking_lock = threading.Lock()


class NoPlatformThere(urllib3.exceptions.NewConnectionError):
    """The connection led where no platform can be; nothing was sent."""


class NotInClear(NoPlatformThere):
    """A connection without TLS would have left this machine; nothing was sent."""


class SocksProxy(requests.exceptions.InvalidProxyURL):
    """A proxy that connects past the looks taken here; nothing was sent."""


class Limit:
    """The wall clock of one exchange.

    ``over`` tells whether its time ran out; ``sending`` whether a request began to leave: None where it is not known.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.over = False
        self.sending: bool | None = None
        self._ends = time.monotonic() + seconds
        self._wires: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def left(self) -> float:
        """The seconds that are left, never below zero."""
        return max(self._ends - time.monotonic(), 0.0)

    def watch(self, wire: socket.socket) -> None:
        """Shut this connection down when the time is over; it may be wrapped in TLS meanwhile."""
        with self._lock:
            # A connection in TLS has no `dup`; what is shut down is the same connection below it.
            self._wires.append(socket.socket(fileno=os.dup(wire.fileno())))
            if self.over:
                self._shut()

    def _end(self) -> None:
        with self._lock:
            self.over = True
            self._shut()

    def _shut(self) -> None:
        for wire in self._wires:
            with contextlib.suppress(OSError):  # it ended by itself
                wire.shutdown(socket.SHUT_RDWR)

    def __enter__(self):
        self._before = getattr(_now, "limit", None)
        _now.limit = self
        self._timer.start()
        return self

    def __exit__(self, *_error) -> None:
        self._timer.cancel()
        _now.limit = self._before
        with self._lock:
            for wire in self._wires:
                wire.close()
            self._wires.clear()


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """All exchanges of this thread in this block have so many seconds together; an outer block's end holds too."""
    outer = getattr(_now, "ends", None)
    ends = time.monotonic() + seconds
    _now.ends = ends if outer is None else min(ends, outer)
    try:
        yield
    finally:
        _now.ends = outer


def left(seconds: float) -> float:
    """How many of so many seconds the blocks around leave to an exchange that begins now."""
    ends = getattr(_now, "ends", None)
    return seconds if ends is None else max(min(seconds, ends - time.monotonic()), 0.0)


def check_time() -> None:
    """
    :raises TimeOver: where the blocks around leave no time
    """
    if not left(1.0):
        raise TimeOver(CodedMessage("time_over"))


class _LookUp(threading.Thread):
    """Asks what a name leads to; a resolver that does not answer cannot be interrupted, only left behind."""

    def __init__(self, host: str, port: int):
        super().__init__(daemon=True, name="rcep-look-up")
        self.key = host, port
        self.found: list | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        host, port = self.key
        try:
            self.found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            self.error = error
        finally:
            _looking.pop(self.key, None)


def look_up(host: str, port: int, seconds: float) -> list:
    """What `socket.getaddrinfo` says of a name, within so many seconds.

    :raises TimeoutError: where nothing was said until then
    :raises OSError: where there is no such name
    """
    asked = _LookUp(host, port)
    with _looking_lock:  # nobody waits for a look-up that has not begun
        running = _looking.setdefault(asked.key, asked)
        if running is asked:
            asked.start()
    running.join(seconds)
    if running.error is not None:
        raise running.error if isinstance(running.error, OSError) else socket.gaierror(str(running.error))
    if running.found is None:
        raise TimeoutError("the name was not looked up in time")
    return running.found


def reach(host: str, port: int, seconds: float) -> socket.socket:
    """A connection to whatever a name leads to: of servers that whoever runs this one has chosen.

    :raises OSError: where there is none, or none in time
    """
    wrong: OSError = socket.gaierror(f"{host} leads nowhere")
    for _family, _kind, _protocol, _name, address in look_up(host, port, seconds):
        try:
            return socket.create_connection(address[:2], seconds)
        except OSError as error:
            wrong = error
    raise wrong


class _Lines(io.BufferedReader):
    """What comes, with no line longer than one may be: some libraries read a line of a chunk to its end, wherever."""

    def readline(self, size=-1):
        return super().readline(LONGEST_LINE if size is None or size < 0 else size)


class _Answer(http.client.HTTPResponse):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fp = _Lines(self.fp.detach())


class _Watched:
    """Mixed into the connections of urllib3."""

    response_class = _Answer
    proxied = False  # to a proxy: it may be anywhere
    _tunnelling = False

    def _new_conn(self):
        limit = getattr(_now, "limit", None)
        if limit is not None:
            limit.sending = False
        try:
            found = look_up(self._dns_host, self.port, self._patience(limit))
        except TimeoutError as error:
            raise urllib3.exceptions.ConnectTimeoutError(self, "its name was not looked up in time") from error
        except socket.gaierror as error:
            raise _unknown_name(self, error) from error
        wire = self._connected(found, limit)
        if limit is not None:
            limit.watch(wire)
        sys.audit("http.client.connect", self, self.host, self.port)
        return wire

    def _patience(self, limit):
        own = self.timeout if isinstance(self.timeout, (int, float)) else None
        left = limit.left() if limit is not None else None
        return min((each for each in (own, left) if each is not None), default=None)

    def _connected(self, found, limit):
        last = None
        for family, kind, protocol, _name, address in found:
            if not self.proxied:
                self._check_place(address[0])
            wire = socket.socket(family, kind, protocol)
            try:
                wire.settimeout(self._patience(limit))
                for option in self.socket_options or ():
                    wire.setsockopt(*option)
                wire.connect(address)
            except OSError as error:
                wire.close()
                last = error
            else:
                wire.settimeout(self.timeout if isinstance(self.timeout, (int, float)) else None)
                return wire
        if isinstance(last, TimeoutError):
            raise urllib3.exceptions.ConnectTimeoutError(self, "no connection in time") from last
        raise urllib3.exceptions.NewConnectionError(self, f"no connection: {last}") from last

    def _check_place(self, address):
        if not may_be_platform(address):
            raise NoPlatformThere(self, "no platform can be there")
        if not self.in_tls and not is_here(address) and self.host not in self.plain_hosts:
            raise NotInClear(self, "without TLS nothing leaves this machine")

    def _tunnel(self):
        self._tunnelling = True
        try:
            return super()._tunnel()
        finally:
            self._tunnelling = False

    def send(self, data):
        if self.sock is None and self.auto_open:
            self.connect()
        limit = getattr(_now, "limit", None)
        if limit is not None and not self._tunnelling:
            limit.sending = True
        return super().send(data)

    def putrequest(self, *args, **options):
        limit = getattr(_now, "limit", None)
        if limit is not None and self.sock is not None:  # kept from an earlier exchange
            limit.watch(self.sock)
        return super().putrequest(*args, **options)


def _unknown_name(connection, error):
    named = getattr(urllib3.exceptions, "NameResolutionError", None)  # since urllib3 2
    if named is None:
        return urllib3.exceptions.NewConnectionError(connection, f"no such name: {error}")
    return named(connection.host, connection, error)


def _pools(proxied: bool, plain_hosts: frozenset[str]):
    """The pools of one session by scheme; a connection carries what it may connect to."""
    values = {"proxied": proxied, "plain_hosts": plain_hosts}
    plain = type("_Connection", (_Watched, urllib3.connection.HTTPConnection), {**values, "in_tls": False})
    secure = type("_SecureConnection", (_Watched, urllib3.connection.HTTPSConnection), {**values, "in_tls": True})
    return {
        "http": type("_Pool", (urllib3.connectionpool.HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("_SecurePool", (urllib3.connectionpool.HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


class WatchedAdapter(requests.adapters.HTTPAdapter):
    """Lets `requests` speak to no address at which no platform can be, and no longer than a `Limit` allows."""

    def __init__(self, plain_hosts: frozenset[str] = frozenset()):
        self.plain_hosts = plain_hosts
        super().__init__()

    def init_poolmanager(self, *args, **options):
        made = super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(False, self.plain_hosts)
        return made

    def proxy_manager_for(self, proxy, **options):
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = _pools(True, self.plain_hosts)
        return manager

    def send(self, request, *args, **options):
        proxies = options.get("proxies") or {}
        if urllib.parse.urlsplit(request.url).scheme != "https":
            options["proxies"] = {}  # what leaves without TLS is for this machine: a proxy would read it
        elif proxy := requests.utils.select_proxy(request.url, proxies):
            if proxy.lower().startswith("socks"):
                raise SocksProxy(request=request)
            self._check_beyond_proxy(request)
        return super().send(request, *args, **options)

    def _check_beyond_proxy(self, request):
        """A proxy connects for us: what it is asked for is looked at here, as far as it can be known here."""
        parts = urllib.parse.urlsplit(request.url)
        host = parts.hostname or ""
        limit = getattr(_now, "limit", None)
        try:
            found = look_up(host, parts.port or 443, limit.left() if limit is not None else None)
        except OSError:  # a name that only the proxy knows
            found = []
        places = {address[0] for *_kind, address in found} | {host}
        if not all(map(may_be_platform, places)):
            raise NoPlatformThere(None, "no platform can be there")


def watched_session(plain_hosts: frozenset[str] = frozenset()) -> requests.Session:
    """A session that connects to nothing at which no platform can be.

    ``plain_hosts`` are names to which an administrator of the machine allows connections without TLS.
    """
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, WatchedAdapter(plain_hosts))
    return session


