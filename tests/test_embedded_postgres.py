"""The PostgreSQL that comes as a wheel: its roles, its one owner, its end."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from banksia.kit.embedded_postgres import APP, OWNER, EmbeddedPostgresError, postgres

KEEP_RUNNING = (
    "import sys, time; from pathlib import Path; from banksia.kit.embedded_postgres import postgres\n"
    "with postgres(Path(sys.argv[1]), durable=False) as server: print(server.pid, flush=True); time.sleep(600)"
)


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder outside pytest's own: another pytest closes that one to `nobody`, whom root lets run PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="banksia-") as made:
        yield Path(made)


class TestPostgres:
    def test_gives_two_roles_of_which_none_escapes_row_level_security(self, folder: Path) -> None:
        with postgres(folder, durable=False) as server:
            powers = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = "
            assert value(server.app_url, "SELECT current_user") == APP
            assert value(server.owner_url, "SELECT current_user") == OWNER
            assert [value(server.url(), f"{powers} '{role}'") for role in (APP, OWNER)] == [False, False]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                value(server.app_url, "CREATE SCHEMA mine")

    def test_keeps_the_data_between_two_runs(self, folder: Path) -> None:
        with postgres(folder, durable=False) as server, psycopg.connect(server.owner_url) as connection:
            connection.execute("CREATE SCHEMA kept")
        with postgres(folder, durable=False) as server:
            assert value(server.owner_url, "SELECT count(*) FROM pg_namespace WHERE nspname = 'kept'") == 1

    def test_serves_a_folder_whose_path_is_too_long_for_a_socket(self, folder: Path) -> None:
        with postgres(folder / ("a" * 120), durable=False) as server:
            assert value(server.app_url, "SELECT 1") == 1
        assert not server.socket_dir.exists()

    def test_refuses_a_folder_that_another_process_holds(self, folder: Path) -> None:
        with (
            postgres(folder, durable=False),
            pytest.raises(EmbeddedPostgresError, match="Stop it first"),
            postgres(folder, durable=False),
        ):
            pass

    def test_says_what_failed_when_the_server_cannot_start(self, folder: Path) -> None:
        with postgres(folder, durable=False):
            pass
        (folder / "18" / "postgresql.conf").write_text("no_such_setting = 1\n", "utf-8")
        with pytest.raises(EmbeddedPostgresError, match="no_such_setting"), postgres(folder, durable=False):
            pass

    def test_ends_with_a_process_that_is_killed_and_starts_again(self, folder: Path) -> None:
        command = [sys.executable, "-c", KEEP_RUNNING, str(folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout
            server = int(holder.stdout.readline())
            os.kill(holder.pid, signal.SIGKILL)
        with postgres(folder, durable=False) as again:
            assert again.pid != server
            assert value(again.app_url, "SELECT 1") == 1
        deadline = time.monotonic() + 10
        while Path(f"/proc/{server}/cmdline").exists() and Path(f"/proc/{server}/cmdline").read_bytes():
            assert time.monotonic() < deadline
            time.sleep(0.05)
