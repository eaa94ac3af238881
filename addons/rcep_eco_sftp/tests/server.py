"""A real SFTP server on the loopback, asyncssh in a thread of its own, which does wrong what a test asks it to."""

import asyncio
import contextlib
import pathlib
import threading

import asyncssh

USER, PASSWORD = "imp", "a-secret-of-nobody-else"


class Faults:
    """What goes wrong: ``slow`` seconds for each request; the others once."""

    def __init__(self):
        self.slow = 0.0
        self.cut_at = None  # bytes of a file, of which that many are written before the connection is cut
        self.renames = None  # "refused", or "lost": done, and the connection is cut before the answer


class Files(asyncssh.SFTPServer):
    """Files as they lie on this machine."""

    def __init__(self, channel, faults):
        super().__init__(channel)
        self._faults = faults

    def _cut(self):
        self.channel.get_connection().abort()
        raise asyncssh.SFTPConnectionLost("cut")

    async def open(self, path, pflags, attrs):
        """Open a file, slowly where that is asked."""
        await asyncio.sleep(self._faults.slow)
        return super().open(path, pflags, attrs)

    async def stat(self, path):
        """Look at a file, slowly where that is asked."""
        await asyncio.sleep(self._faults.slow)
        return super().stat(path)

    def write(self, file_obj, offset, data):
        """Write, or be cut off in the middle of it."""
        if self._faults.cut_at is not None:
            super().write(file_obj, offset, data[: self._faults.cut_at])
            file_obj.flush()
            self._faults.cut_at = None
            self._cut()
        return super().write(file_obj, offset, data)

    def rename(self, oldpath, newpath):
        """Rename, refuse that, or be cut off after it."""
        wrong, self._faults.renames = self._faults.renames, None
        if wrong == "refused":
            raise asyncssh.SFTPPermissionDenied("no")
        done = super().rename(oldpath, newpath)
        if wrong == "lost":
            self._cut()
        return done


class Login(asyncssh.SSHServer):
    """Takes one user with one password."""

    def __init__(self, server):
        self._server = server

    def connection_made(self, conn):
        self._server.connections.append(conn)

    def begin_auth(self, username):
        return True

    def password_auth_supported(self):
        return True

    def validate_password(self, username, password):
        """The one user."""
        return (username, password) == (USER, PASSWORD)


class Server:
    """Listens from the beginning of its block to the end."""

    def __init__(self):
        self.faults, self.connections = Faults(), []
        self.port, self.key = 0, None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._listening = None

    def __enter__(self):
        self._thread.start()
        self.renew_key()
        return self

    def __exit__(self, *_error):
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def renew_key(self):
        """Another key under the same address, as after a new installation, or of somebody on the way."""
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self._run(self._listen())

    @property
    def host_key(self):
        """As it is written down."""
        return self.key.export_public_key().decode().strip()

    @property
    def options(self):
        """Of a storage that leads here."""
        return {"host": "127.0.0.1", "port": self.port, "username": USER, "password": PASSWORD,
                "host_key": self.host_key}  # fmt: skip

    def wait_until_nobody_is_connected(self, seconds):
        """
        :raises TimeoutError: where somebody is, all that time
        """
        self._run(asyncio.wait_for(self._all_closed(), seconds))

    async def _all_closed(self):
        for each in self.connections:
            await each.wait_closed()

    def cut(self):
        """Cut every connection."""
        self._run(self._cut())

    async def _cut(self):
        for each in self.connections:
            each.abort()

    async def _listen(self):
        if self._listening:
            self._listening.close()
        self._listening = await asyncssh.listen(
            "127.0.0.1", self.port, server_host_keys=[self.key], server_factory=lambda: Login(self),
            sftp_factory=lambda channel: Files(channel, self.faults), reuse_address=True,
        )  # fmt: skip
        self.port = self._listening.get_port()

    async def _end(self):
        self._listening.close()
        for each in self.connections:
            each.abort()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._listening.wait_closed(), 5)

    def _run(self, does):
        return asyncio.run_coroutine_threadsafe(does, self._loop).result(30)


def folders(root, parts):
    """Make a client's folders below a root, for a user of the server."""
    for part in parts.values():
        pathlib.Path(root, part).mkdir(parents=True)
