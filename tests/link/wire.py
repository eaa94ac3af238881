"""A platform of real sockets that does to each connection what a test says."""

import contextlib
import json
import socket
import struct
import threading

TOKEN = json.dumps({"access_token": "t-1", "expires_in": 3600}).encode()
SILENCE_SECONDS = 5.0


def reply(status: int, body=b"", *headers: str) -> bytes:
    """The bytes of an HTTP answer; an object becomes JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def envelope(data=None, code="ok", errors=()) -> dict:
    """The envelope of the profile."""
    return {"code": code, "message": "words", "data": data, "errors": list(errors), "request_id": "r-1"}


def reset(connection: socket.socket) -> None:
    """End a connection as a crash does."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hang_up(_connection: socket.socket) -> None:
    """End a connection in good order, without an answer."""


class Platform:
    """Takes connections; `requests` holds what came: (request line, header fields, body)."""

    def __init__(self, answers, tokens, wrap):
        self.answers, self.tokens, self._wrap = list(answers), list(tokens), wrap
        self.requests = []
        self.ending = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def named(self, name: str) -> list:
        return [request for request in self.requests if name in request[0]]

    def silence(self, _connection) -> None:
        """Say nothing for longer than anybody waits."""
        self.ending.wait(SILENCE_SECONDS)

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _address = self.listener.accept()
                threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection) -> None:
        with contextlib.suppress(OSError), connection:
            if self._wrap:
                connection = self._wrap(connection)
            with connection.makefile("rb") as file:
                line = file.readline().decode("latin-1").strip()
                fields = dict(_fields(file))
                body = file.read(int(fields.get("content-length", 0)))
            self.requests.append((line, fields, body))
            waiting = self.tokens if "/oauth/token" in line else self.answers
            action = waiting.pop(0) if waiting else reply(200, TOKEN)
            if callable(action):
                action(connection)
            else:
                connection.sendall(action)


def _fields(file):
    for line in iter(file.readline, b"\r\n"):
        name, _colon, value = line.decode("latin-1").partition(":")
        yield name.lower(), value.strip()


@contextlib.contextmanager
def platform(*answers, tokens=(), wrap=None):
    """A platform that gives these answers (bytes, or what is done to the connection) in this order."""
    server = Platform(answers, tokens, wrap)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ending.set()
        server.listener.shutdown(socket.SHUT_RDWR)
        server.listener.close()
        thread.join(5)
