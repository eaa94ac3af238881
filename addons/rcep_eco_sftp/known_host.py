"""SFTP to a server whose key is known, as a file system of fsspec: ``sftp-known-host``.

The ``sftp`` of fsspec itself takes whatever key a server shows, so that anybody on the way can be the server. This one
connects to the server that shows the key that was written down, and to no other; it uses nobody's agent and no keys but
those that it is given; each wait has an end; and it never renames over what is there.

Whatever goes wrong is an OSError: `OtherKey`, `LoginRefused`, or one with a number.
"""

from __future__ import annotations

import contextlib
import errno
import socket
import stat
from collections.abc import Callable, Iterator

import fsspec
import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

PROTOCOL = "sftp-known-host"
PORT = 22
SECONDS = 30  # for each wait, where the options do not say


class OtherKey(ConnectionError):
    """The server shows another key than the one that is known, or none is known."""


class LoginRefused(ConnectionError):
    """The server does not take the user's name with this password or key."""


class KnownHostFileSystem(SFTPFileSystem):
    """
    :param host_key: of the server, as ``ssh-keyscan`` prints it after the name: ``ssh-ed25519 AAAA…``
    :param seconds: for each wait
    :param reach: called with host, port and seconds for a connection
    :param watch: called with that before anything is said over it
    :param ssh_kwargs: ``username`` with ``password``, or with ``key_filename`` and ``passphrase``
    """

    protocol = PROTOCOL
    cachable = False  # a connection that broke is not given to the next who asks

    def __init__(
        self,
        host: str,
        *,
        host_key: str = "",
        port: int = PORT,
        seconds: float = SECONDS,
        reach: Callable[[str, int, float], socket.socket] | None = None,
        watch: Callable[[socket.socket], None] | None = None,
        **ssh_kwargs,
    ):
        self._host_key, self._port, self._seconds = host_key, int(port), seconds
        self._watch = watch or (lambda _wire: None)
        self._reach = reach or (lambda host, port, seconds: socket.create_connection((host, port), seconds))
        with _in_numbers():
            super().__init__(host, **ssh_kwargs)

    def _connect(self):
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        self._know()
        self.wire = self._reach(self.host, self._port, self._seconds)
        try:
            self._log_in()
        except BaseException:
            self.close()
            raise

    def _log_in(self):
        self._watch(self.wire)
        limits = dict.fromkeys(("timeout", "banner_timeout", "auth_timeout", "channel_timeout"), self._seconds)
        mine = {"allow_agent": False, "look_for_keys": False, "sock": self.wire, "port": self._port}
        self.client.connect(self.host, **{**self.ssh_kwargs, **limits, **mine})
        self.ftp = self.client.open_sftp()
        self.ftp.get_channel().settimeout(self._seconds)

    def close(self):
        """End the connection."""
        self.client.close()
        self.wire.close()

    def _know(self):
        name = self.host if self._port == PORT else f"[{self.host}]:{self._port}"
        try:
            known = paramiko.hostkeys.HostKeyEntry.from_line(f"{name} {self._host_key.strip()}")
        except (paramiko.hostkeys.InvalidHostKey, paramiko.SSHException, ValueError):
            known = None
        if known is None:
            raise OtherKey(errno.EKEYREJECTED, "The server's key is not known")
        self.client.get_host_keys().add(name, known.key.get_name(), known.key)

    # --- what is used of it
    def ls(self, path, detail=True, **kwargs):
        """One entry after the other, so that who has seen enough may stop."""
        found = self._listed(self._strip_protocol(path))
        return found if detail else sorted(each["name"] for each in found)

    def _listed(self, path) -> Iterator[dict]:
        with _in_numbers():
            for each in self.ftp.listdir_iter(path):
                yield _entry(f"{path.rstrip('/')}/{each.filename}", each)

    def info(self, path, **kwargs):
        path = self._strip_protocol(path)
        with _in_numbers():
            return _entry(path, self.ftp.stat(path))

    @contextlib.contextmanager
    def open(self, path, mode="rb", **kwargs):
        """A file to read, or a new one to write; links are not followed."""
        path = self._strip_protocol(path)
        with _in_numbers():
            if "r" in mode and _kind(self.ftp.lstat(path)) != "file":
                raise PermissionError(errno.ELOOP, "It is no file", path)
            with self.ftp.open(path, mode.replace("x", "wx")) as file:  # for the library x alone does not write
                file.set_pipelined("x" in mode or "w" in mode)
                yield file

    def mv(self, path1, path2, **kwargs):
        """Rename; the server refuses where there is something of that name."""
        with _in_numbers():
            self.ftp.rename(self._strip_protocol(path1), self._strip_protocol(path2))

    def rm_file(self, path):
        """Remove a file."""
        with _in_numbers():
            self.ftp.remove(self._strip_protocol(path))


def _entry(path, found):
    return {"name": path, "size": found.st_size, "type": _kind(found), "mtime": found.st_mtime}


def _kind(found):
    if found.st_mode is None:  # some servers do not say: then it is what is asked for
        return "file"
    return "directory" if stat.S_ISDIR(found.st_mode) else "file" if stat.S_ISREG(found.st_mode) else "link"


@contextlib.contextmanager
def _in_numbers():
    """Errors of the library as OSErrors with a number."""
    try:
        yield
    except (OtherKey, LoginRefused):
        raise
    except paramiko.BadHostKeyException as error:
        raise OtherKey(errno.EKEYREJECTED, "The server shows another key") from error
    except paramiko.AuthenticationException as error:
        raise LoginRefused(errno.EACCES, "The server refuses the login") from error
    except (paramiko.SSHException, EOFError) as error:
        raise ConnectionResetError(errno.ECONNRESET, "The connection broke") from error
    except TimeoutError as error:
        raise TimeoutError(errno.ETIMEDOUT, "No answer in time") from error
    except OSError as error:
        if error.errno is None:  # a refusal without a reason
            raise OSError(errno.EIO, "The server could not do it") from error
        raise


fsspec.register_implementation(PROTOCOL, KnownHostFileSystem, clobber=True)
