"""A firm's folders over a real SFTP server: needs fsspec, paramiko and asyncssh, which `tests/e2e/test_sftp.py` has."""

import contextlib
import importlib.util
from pathlib import Path

import fsspec
from rcep_link import guarded_connections, remote_files

ADDON = Path(__file__).parents[2] / "addons/rcep_eco_sftp"


def _loaded(name, path):
    spec = importlib.util.spec_from_file_location(name, ADDON / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


known_host, server = _loaded("known_host", "known_host.py"), _loaded("sftp_server", "tests/server.py")


@contextlib.contextmanager
def sftp(root):
    """Files of this machine, by the server."""
    with server.Server() as running:
        given = {**running.options, "reach": guarded_connections.reach}
        opened = lambda watch: fsspec.filesystem(known_host.PROTOCOL, watch=watch, **given)  # noqa: E731  a hook
        yield remote_files.FarFiles(opened, 30), str(root)
