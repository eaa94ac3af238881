"""What an Odoo process needs: source, Python, database server, and a configuration file."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from tools.paths import ADDONS, CHECKOUT, write_whole
from tools.postgres import Server
from tools.source import Odoo


@dataclass(frozen=True)
class Workplace:
    """Everything that set-up made ready."""

    odoo: Odoo
    python: Path
    lock: str
    server: Server

    def environment(self) -> dict[str, str]:
        """For processes that import Odoo; the machine's own Odoo settings stay out of it."""
        outer = {name: value for name, value in os.environ.items()
                if name not in ("ODOO_RC", "OPENERP_SERVER") and not name.startswith("PG")}
        return {**outer, "PYTHONPATH": str(self.odoo.root),
                "PATH": f"{self.python.parent}:{os.environ.get('PATH', '')}",
                "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"}

    def addons_path(self) -> str:
        """All folders with add-ons; ours only once there is one in it."""
        ours = [ADDONS] if any(ADDONS.glob("*/__manifest__.py")) else []
        return ",".join(map(str, [*self.odoo.addons, *ours]))


def odoo_command(place: Workplace) -> list[object]:
    """Starts Odoo's command line."""
    return [place.python, "-m", "odoo"]


def serve_command(place: Workplace) -> list[object]:
    """Starts Odoo to stay: from a file that it can start itself anew from, with jobs that outlive their database."""
    return [place.python, CHECKOUT / "tools/inside_odoo/serve.py"]


def write_configuration(place: Workplace, path: Path, data: Path, **options: object) -> Path:
    """A configuration file that only this account may read."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    lines = {
        "addons_path": place.addons_path(),
        "data_dir": data,
        "admin_passwd": secrets.token_urlsafe(24),
        "list_db": False,
        "proxy_mode": False,
        "http_interface": "127.0.0.1",
        "workers": 0,
        "max_cron_threads": 2,
        "db_maxconn": 32,
        **place.server.options(),
        **options,
    }
    write_whole(path, "[options]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items()), 0o600)
    return path
