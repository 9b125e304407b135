"""The embedded default: the settings of a machine that has no servers, and how commands find what runs there."""

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path

from banksia.kit.embedded_postgres import EmbeddedPostgres, postgres

LOCK = "supervisor.lock"
DROP = "drop"
"""The folder, in the demo's data, from which files may be fetched: BANKSIA_IMPORT_FOLDERS."""
_RUNNING = "running.json"


def default_data_dir() -> Path:
    """`.banksia` in the checkout, wherever a command is typed, or in the present folder when installed."""
    checkout = Path(__file__).parents[2]
    return (checkout if checkout.joinpath("pyproject.toml").is_file() else Path.cwd()) / ".banksia"


def environment_for(data_dir: Path, *, public_url: str, given: Mapping[str, str]) -> dict[str, str]:
    """The variables of a machine without servers; what the operator set wins, part by part."""
    kept = _secrets(data_dir / "secrets.json")
    return {
        "BANKSIA_ENVIRONMENT": "demo",
        "BANKSIA_PUBLIC_URL": public_url,
        "BANKSIA_SECRET_KEY": kept["secret_key"],
        "BANKSIA_STRIPE_WEBHOOK_SECRETS": kept["stripe_webhook_secret"],
        "BANKSIA_LOG_FORMAT": "console",
        "BANKSIA_WEBHOOKS_TO_THIS_MACHINE": "true",
        "BANKSIA_IMPORT_FOLDERS": str(data_dir / DROP),
        **given,
        "BANKSIA_DATA_DIR": str(data_dir),
    }


def settings_of(server: EmbeddedPostgres) -> dict[str, str]:
    """The variables that point at an embedded server."""
    return {"BANKSIA_DATABASE_URL": server.app_url, "BANKSIA_DATABASE_OWNER_URL": server.owner_url}


@contextlib.contextmanager
def embedded_default(environ: MutableMapping[str, str] = os.environ, *, database: bool = True) -> Iterator[None]:
    """Let a command that was given no database work on the demo's: the running one, else one started for it.

    With `database=False` only the settings are given, for a command that looks at the code alone.
    Raises EmbeddedPostgresError, which says what to do.
    """
    if "BANKSIA_DATABASE_URL" in environ or environ.get("BANKSIA_ENVIRONMENT") == "production":
        yield
        return
    data_dir = Path(environ.get("BANKSIA_DATA_DIR") or default_data_dir()).resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        found = running(data_dir)
        if found is None:
            found = environment_for(data_dir, public_url="http://localhost:8000", given={})
            if database:
                found |= settings_of(stack.enter_context(postgres(data_dir / "postgres")))
        for name, value in found.items():
            environ.setdefault(name, value)
        yield


def running(data_dir: Path) -> dict[str, str] | None:
    """The variables of the supervisor that works on this folder now, or None."""
    lock = data_dir / LOCK
    if not lock.exists():
        return None
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            told = data_dir / _RUNNING
            if not told.exists():  # it has only just started
                return None
            environment: dict[str, str] = json.loads(told.read_text("utf-8"))["environment"]
            return environment
    return None


@contextlib.contextmanager
def told(data_dir: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Leave word for the commands and tools that work beside us: where we are, and with which settings."""
    ours = {name: value for name, value in environment.items() if name.startswith("BANKSIA_")}
    file = data_dir / _RUNNING
    body = {"pid": os.getpid(), "url": environment["BANKSIA_PUBLIC_URL"], "environment": ours}
    _write_private(file, json.dumps(body))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def _secrets(path: Path) -> dict[str, str]:
    """Random secrets, made once, so that sign-ins and payments under way survive a restart."""
    if not path.exists():
        made = {"secret_key": secrets.token_hex(32), "stripe_webhook_secret": f"whsec_{secrets.token_hex(24)}"}
        _write_private(path, json.dumps(made))
    kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    return kept


def _write_private(path: Path, text: str) -> None:
    """Write a file that only this account reads, whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
