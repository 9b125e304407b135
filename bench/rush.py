"""The rush: 500 customers at once for two minutes, against the processes that `make run` has.

Each searches, reads the catalogue, places an order, starts to pay at the fake provider and looks at the order, with
pauses between as people make them; nobody may meet an error, and 99 of 100 requests end within a second.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from typing import Any

from sqlalchemy import text

from banksia.demo.fake_stripe import HEALTH_PATH
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY
from banksia.kit.ports import free_port
from bench.measuring import Bench, Row, quantile
from bench.property_import import QUICK_SIZES, SIZES, fill
from bench.rush_load import Plan

TITLE = "Rush"
CUSTOMERS, SECONDS, PAUSE = 500, 120.0, 15.0
QUICK = (50, 10.0, 1.0)
AIM_MS = 1000
LANDS = """
SELECT result::json ->> 'id', result::json ->> 'address', result::json -> 'parcels' ->> 0
FROM property.search_entries WHERE organisation_id = :organisation AND place = 0 LIMIT 5000"""


def measure(bench: Bench) -> Iterator[Row]:
    """All requests together, then each step."""
    size = (QUICK_SIZES if bench.quick else SIZES)[0]
    organisation_id, _ = fill(bench, size)
    with bench.platform.database.session(organisation_id) as session:
        lands = [list(row) for row in session.execute(text(LANDS), {"organisation": organisation_id})]
    port = _start(bench)
    customers, seconds, pause = QUICK if bench.quick else (CUSTOMERS, SECONDS, PAUSE)
    plan = Plan(f"register-{size}.localhost", port, customers, seconds, pause, lands)
    found = _rush(bench, plan)
    samples: dict[str, list[float]] = found["samples"]
    every = list(chain.from_iterable(samples.values()))
    errors = found["errors"]
    placed = len(samples["place the order"])
    note = (
        f"{sum(errors.values())} errors; {placed / found['seconds']:.1f} orders a second; pauses of {pause:.0f} s on"
        f" average; API in one process, a worker of two, beat, PostgreSQL and the provider's fake share the machine"
        f" with the customers, who took {found['worked'] / found['seconds']:.0%} of a core;"
        f" load {os.getloadavg()[0]:.1f}"
    )
    note += "".join(f"; {count} x {error}" for error, count in errors.items())
    met = not errors and quantile(every, 0.99) * 1000 < AIM_MS
    aim = f"no error, p99 under {AIM_MS / 1000:.0f} s"
    size_of = f"{customers} customers, {seconds:.0f} s"
    yield _row("every request", every, found["seconds"], size=size_of, aim=aim, met=met, note=note)
    for step, of in samples.items():
        yield _row(step, of, found["seconds"], size=f"{len(of):,} requests")


def _row(what: str, samples: list[float], seconds: float, **others: Any) -> Row:
    p50, p99 = (quantile(samples, part) * 1000 for part in (0.5, 0.99))
    return Row(what, p50_ms=p50, p99_ms=p99, per_second=len(samples) / seconds, **others)


def _start(bench: Bench) -> int:
    """The processes of `make run`; answers the port of the API."""
    running, provider = bench.installation, free_port()
    given = {"BANKSIA_STRIPE_SECRET_KEY": DEMO_KEY, "BANKSIA_STRIPE_API_BASE": f"http://127.0.0.1:{provider}"}
    running.start("payment-page", "demo", "fake-stripe", "--port", str(provider), **given)
    running.wait_for(f"{given['BANKSIA_STRIPE_API_BASE']}{HEALTH_PATH}", "payment-page")
    running.start("worker", "worker", "--concurrency", "2", **given)
    running.start("beat", "beat", **given)
    port = free_port()
    bench.serve(port, **given)
    return port


def _rush(bench: Bench, plan: Plan) -> dict[str, Any]:
    path = bench.folder / "rush.json"
    path.write_text(json.dumps(plan._asdict()), "utf-8")
    command = [sys.executable, "-m", "bench.rush_load", str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=plan.seconds * 3 + 120)
    found: dict[str, Any] = json.loads(told.stdout)
    return found
