"""Debian's samba on the loopback, unpacked and not installed: one share, one user, a port that anybody may use."""

import contextlib
import json
import os
import pwd
import signal
import socket
import subprocess
from pathlib import Path

from tools import debian, settings
from tools.console import CommandError
from tools.locks import locked
from tools.paths import CACHE
from tools.programs import read, remove, run, spawn, wait_for

SHARE, PASSWORD = "imp", "a-secret-of-nobody-else"
LIBRARIES = ("usr/lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu/samba")
PATIENCE = 30  # seconds
CONFIGURATION = """[global]
 server role = standalone
 security = user
 passdb backend = smbpasswd:{data}/smbpasswd
 private dir = {data}/private
 lock directory = {data}/lock
 state directory = {data}/state
 cache directory = {data}/cache
 pid directory = {data}/pid
 ncalrpc dir = {data}/ncalrpc
 log file = {data}/log
 smb ports = {port}
 interfaces = lo
 bind interfaces only = yes
 disable netbios = yes
 load printers = no
 server min protocol = SMB3
[{share}]
 path = {path}
 read only = no
"""


class NoSamba(Exception):
    """Why it cannot be had here."""


def get_samba() -> Path:
    """The folder that it is unpacked into.

    :raises NoSamba: where it cannot run on this machine
    """
    if os.getuid() or os.uname().machine != "x86_64":
        raise NoSamba("samba serves as root only, and is unpacked for x86-64")
    folder = CACHE / "samba"
    with locked("samba", "Debian's samba"):
        if not (folder / ".whole").exists():
            remove(folder)
            folder.mkdir()
            try:
                debian.download(settings.TEST_PACKAGES["samba"], folder, log="samba")
            except CommandError as error:
                raise NoSamba(f"Debian's samba could not be downloaded: {error}") from error
            for package in folder.glob("*.deb"):
                run(["dpkg", "-x", package, folder], f"Unpacking {package.name}", log="samba")
                remove(package)
            (folder / ".whole").touch()
    lacking = [line for line in read(["ldd", folder / "usr/sbin/smbd"], "Looking at samba",
                                     env=_environment(folder)).splitlines() if "not found" in line]  # fmt: skip
    if lacking:
        raise NoSamba(f"samba lacks libraries here: {', '.join(lacking)}")
    return folder


def _environment(folder):
    return {**os.environ, "LD_LIBRARY_PATH": ":".join(str(folder / each) for each in LIBRARIES)}


class Samba:
    """A server with one share, which can be lost and come back."""

    def __init__(self, samba: Path, data: Path, path: Path, port: int = 0):
        self._samba, self._data, self.path = samba, data, path
        self._configuration = data / "smb.conf"
        self.user = pwd.getpwuid(os.getuid()).pw_name
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = port or probe.getsockname()[1]

    def facts(self):
        """All that another process has to know of it, for its environment."""
        return json.dumps({"samba": str(self._samba), "data": str(self._data), "path": str(self.path),
                           "port": self.port, "username": self.user, "password": PASSWORD, "share": SHARE})  # fmt: skip

    @classmethod
    def running(cls, facts: str):
        """The one that another process started."""
        facts = json.loads(facts)
        return cls(Path(facts["samba"]), Path(facts["data"]), Path(facts["path"]), facts["port"])

    def __enter__(self):
        for name in ("private", "lock", "state", "cache", "pid", "ncalrpc"):
            (self._data / name).mkdir(parents=True)
        self._configuration.write_text(
            CONFIGURATION.format(data=self._data, port=self.port, share=SHARE, path=self.path)
        )
        command = [self._samba / "usr/bin/smbpasswd", "-c", self._configuration, "-a", "-s", self.user]
        subprocess.run([str(each) for each in command], input=f"{PASSWORD}\n{PASSWORD}\n", text=True, check=True,
                       env=_environment(self._samba), capture_output=True)  # fmt: skip
        self.start()
        return self

    def __exit__(self, *_error):
        self.lose()

    def start(self):
        """Have it serve."""
        command = [self._samba / "usr/sbin/smbd", "-F", "--no-process-group", "-s", self._configuration]
        spawn(command, self._data / "out", env=_environment(self._samba))
        assert wait_for(self._answers, PATIENCE), (self._data / "out").read_text()

    def _answers(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def lose(self):
        """End it with all its connections, as a machine does that is switched off."""
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended by itself
            os.killpg(int((self._data / "pid/smbd.pid").read_text()), signal.SIGKILL)
        assert wait_for(lambda: not self._answers(), PATIENCE)
