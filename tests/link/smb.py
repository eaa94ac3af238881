"""A firm's folders over SMB: needs fsspec and smbprotocol, and the samba that `tests/e2e/test_smb.py` starts."""

import contextlib
import errno
import json
import os
from pathlib import Path

import smbclient
from fsspec.implementations.smb import SMBFileSystem
from rcep_link import remote_files
from smbprotocol.exceptions import SMBException

SERVER = json.loads(os.environ["ECO_SMB"])  # port, username, password, share, path


class Smb(SMBFileSystem):
    """Shares what it reads with others, as a mount does, and forgets a connection that broke."""

    cachable = False
    wire = None

    def __init__(self):
        login = {name: SERVER[name] for name in ("port", "username", "password")}
        with _in_numbers():
            super().__init__("127.0.0.1", **login, timeout=5, register_session_retries=0, share_access="rwd")

    def close(self):
        """The library keeps one session for the whole process."""

    def ls(self, path, detail=True):
        with _in_numbers():
            return [_entry(path, each) for each in smbclient.scandir(unc(path), port=SERVER["port"])]

    def info(self, path):
        with _in_numbers():
            return super().info(path)

    @contextlib.contextmanager
    def open(self, path, mode="rb"):
        with _in_numbers(), super().open(path, mode) as file:
            yield file

    def mv(self, path1, path2):
        with _in_numbers():
            super().mv(path1, path2)

    def rm_file(self, path):
        with _in_numbers():
            super().rm_file(path)


@contextlib.contextmanager
def _in_numbers():
    """A connection that broke is an error of the library's own."""
    try:
        yield
    except OSError:
        raise
    except (SMBException, ValueError) as error:
        with contextlib.suppress(Exception):  # it is lost: there is nothing to say good-bye to
            smbclient.reset_connection_cache(fail_on_error=False)
        raise ConnectionResetError(errno.ECONNRESET, "The connection broke") from error


def _entry(path, each):
    kind = "directory" if each.is_dir(follow_symlinks=False) else "file"
    found = each.smb_info
    return {"name": f"{path}/{each.name}", "size": found.end_of_file, "mtime": found.last_write_time, "type": kind}


def unc(path):
    """A path below the share as the protocol has it."""
    return "\\\\127.0.0.1" + path.replace("/", "\\")


def there(path):
    """A path of this machine as the share has it."""
    return f"/{SERVER['share']}/{Path(path).relative_to(SERVER['path'])}"


@contextlib.contextmanager
def smb(root):
    """Files of this machine, by the share."""
    yield remote_files.FarFiles(lambda _watch: Smb(), 30), there(root)


def opened_by_another(path, share_access=None):
    """A file that another client has open; without any access for others, as Windows' programs often do."""
    return smbclient.open_file(
        unc(there(path)), "rb", share_access=share_access, port=SERVER["port"],
        username=SERVER["username"], password=SERVER["password"],
    )  # fmt: skip
