"""The long-running commands: serve, worker, beat."""

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.utils.proxies import wrap_asgi_with_proxy_headers

from banksia.app import create_app
from banksia.kit.checks import refuse_broken
from banksia.kit.garbage import kept_for_good
from banksia.kit.logs import configure
from banksia.kit.settings import Settings
from banksia.worker import create_worker

_KILL_AFTER_SECONDS = 20
_METRICS = "PROMETHEUS_MULTIPROC_DIR"

Host = Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 is every one of this machine.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


def add_to(root: typer.Typer) -> None:
    """Register the commands."""
    for command in (serve, worker, beat):
        root.command()(command)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; about one per core.")] = 1,
) -> None:
    """Serve the API and the pages until stopped; requests under way are finished first."""
    if workers > 1:
        _share_metrics(Settings().data_dir)
    Granian(
        "banksia.cli.processes:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=workers,
        http=HTTPModes.auto,
        websockets=False,
        # With one process the supervisor above starts it again; with several the rest carry on meanwhile.
        respawn_failed_workers=workers > 1,
        workers_kill_timeout=_KILL_AFTER_SECONDS,
        log_level=LogLevels.warning,
    ).serve()


def _share_metrics(data_dir: Path) -> None:
    """Count over all processes. Prometheus' library reads where to count at its import, so we begin again."""
    if _METRICS in os.environ:
        return
    folder = data_dir.resolve() / "metrics"
    shutil.rmtree(folder, ignore_errors=True)  # the counts of processes that are gone
    folder.mkdir(parents=True)
    os.environ[_METRICS] = str(folder)
    os.execv(sys.executable, [sys.executable, "-m", "banksia", *sys.argv[1:]])  # noqa: S606  (ourselves)


def application() -> Any:
    """The ASGI application of one process, which believes forwarded addresses from the trusted proxies alone."""
    settings = Settings()
    configure(settings)
    proxies = [part.strip() for part in settings.trusted_proxies.split(",") if part.strip()]
    with kept_for_good():
        application = create_app(settings)
        refuse_broken(application)
    return wrap_asgi_with_proxy_headers(application, proxies) if proxies else application


def worker(
    concurrency: Annotated[int, typer.Option(min=1, help="Tasks at a time, each in a process of its own.")] = 2,
    ping: Annotated[bool, typer.Option("--ping", help="Only ask the worker of this host whether it is alive.")] = False,
) -> None:
    """Run background work until stopped; what is under way is finished first, or done again by another worker."""
    celery = create_worker()
    if ping:
        sys.exit(0 if celery.control.ping(destination=[f"banksia@{os.uname().nodename}"], timeout=10) else 1)
    celery.worker_main(
        [
            "worker",
            f"--concurrency={concurrency}",
            "--hostname=banksia@%h",
            "--loglevel=WARNING",
            # Workers need not know of each other: the outbox decides who does what.
            "--without-gossip",
            "--without-mingle",
        ]
    )


def beat() -> None:
    """Ring for scheduled work, and for what was lost, until stopped. One per installation is enough."""
    create_worker().start(["beat", "--loglevel=WARNING", "--pidfile="])
