"""The PostgreSQL that comes as a wheel: its roles, its one owner, its end."""

import os
import signal
import subprocess
import sys
import time
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


class TestPostgres:
    def test_gives_two_roles_of_which_none_escapes_row_level_security(self, tmp_path: Path) -> None:
        with postgres(tmp_path, durable=False) as server:
            powers = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = "
            assert value(server.app_url, "SELECT current_user") == APP
            assert value(server.owner_url, "SELECT current_user") == OWNER
            assert [value(server.url(), f"{powers} '{role}'") for role in (APP, OWNER)] == [False, False]
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                value(server.app_url, "CREATE SCHEMA mine")

    def test_keeps_the_data_between_two_runs(self, tmp_path: Path) -> None:
        with postgres(tmp_path, durable=False) as server, psycopg.connect(server.owner_url) as connection:
            connection.execute("CREATE SCHEMA kept")
        with postgres(tmp_path, durable=False) as server:
            assert value(server.owner_url, "SELECT count(*) FROM pg_namespace WHERE nspname = 'kept'") == 1

    def test_serves_a_folder_whose_path_is_too_long_for_a_socket(self, tmp_path: Path) -> None:
        with postgres(tmp_path / ("a" * 120), durable=False) as server:
            assert value(server.app_url, "SELECT 1") == 1
        assert not server.socket_dir.exists()

    def test_refuses_a_folder_that_another_process_holds(self, tmp_path: Path) -> None:
        with (
            postgres(tmp_path, durable=False),
            pytest.raises(EmbeddedPostgresError, match="Stop it first"),
            postgres(tmp_path, durable=False),
        ):
            pass

    def test_says_what_failed_when_the_server_cannot_start(self, tmp_path: Path) -> None:
        with postgres(tmp_path, durable=False):
            pass
        (tmp_path / "18" / "postgresql.conf").write_text("no_such_setting = 1\n", "utf-8")
        with pytest.raises(EmbeddedPostgresError, match="no_such_setting"), postgres(tmp_path, durable=False):
            pass

    def test_ends_with_a_process_that_is_killed_and_starts_again(self, tmp_path: Path) -> None:
        command = [sys.executable, "-c", KEEP_RUNNING, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout
            server = int(holder.stdout.readline())
            os.kill(holder.pid, signal.SIGKILL)
        with postgres(tmp_path, durable=False) as again:
            assert again.pid != server
            assert value(again.app_url, "SELECT 1") == 1
        deadline = time.monotonic() + 10
        while Path(f"/proc/{server}/cmdline").exists() and Path(f"/proc/{server}/cmdline").read_bytes():
            assert time.monotonic() < deadline
            time.sleep(0.05)
