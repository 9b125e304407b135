"""For the operator: is the process alive, can it work, how does it do."""

import os
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import text

from banksia.foundation.storage.public import check_store
from banksia.kit.broker import check_broker
from banksia.kit.platform import Platform
from banksia.kit.routing import PlatformDep

router = APIRouter(include_in_schema=False)
PATIENCE_SECONDS = 3
_checks = ThreadPoolExecutor(max_workers=6, thread_name_prefix="health")


@router.get("/healthz")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(platform: PlatformDep) -> JSONResponse:
    """The database, the broker and the object store answer; 503 names the one that does not."""
    waiting = {
        "database": _checks.submit(_check_database, platform),
        "broker": _checks.submit(check_broker, platform.settings),
        "object_store": _checks.submit(check_store, platform.settings),
    }
    parts: dict[str, str] = {}
    for name, check in waiting.items():
        try:
            check.result(timeout=PATIENCE_SECONDS)
            parts[name] = "ok"
        except TooSlow:
            parts[name] = f"no answer within {PATIENCE_SECONDS} seconds"
        except Exception as error:  # noqa: BLE001  (whatever it is, the part does not work)
            parts[name] = type(error).__name__
    works = all(state == "ok" for state in parts.values())
    return JSONResponse({"status": "ok" if works else "unavailable", "parts": parts}, status_code=200 if works else 503)


def _check_database(platform: Platform) -> None:
    with platform.database.session(None) as session:
        session.execute(text("SELECT 1"))


@router.get("/metrics")
def metrics() -> Response:
    """Prometheus' text format; with several processes, the sum of all of them."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
