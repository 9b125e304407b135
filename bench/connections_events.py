"""Events to connected modules: from the commit that tells of something until the module's own server has it, signed.

By real workers, a real broker and a real HTTP server; the module answers at once, so that nothing hides what we cost.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from banksia.app import create_platform
from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.service.telling import tell
from banksia.foundation.connections.tests.calling_factories import Hearing, calling_manifest, hearing
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.events.public import emit
from banksia.foundation.payments.public import PaymentSettled
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.testing.processes import eventually
from bench.measuring import Bench, Row

TITLE = "Events to connected modules"
EVENTS, QUICK_EVENTS, SINGLES, QUICK_SINGLES = 2000, 200, 60, 15
WORKERS, IN_ONE_COMMIT = 2, 20
Tell = Callable[[Session], None]


def measure(bench: Bench) -> Iterator[Row]:
    """One after another, then as many as there are."""
    # The bench's own platform rings nobody; here the workers are to hear of work at once.
    platform = create_platform(bench.settings, bench.platform.modules)
    bench = replace(bench, platform=platform)
    count, singles = (QUICK_EVENTS, QUICK_SINGLES) if bench.quick else (EVENTS, SINGLES)
    with hearing() as server:
        with bench.platform.database.session(bench.organisation_id) as session:
            connection, _ = connect(session, server.base_url, calling_manifest())
        bench.installation.start("worker", "worker", "--concurrency", str(WORKERS))
        try:
            _heard_after(bench, server, 1, _emit)  # the worker is up
            samples = [_heard_after(bench, server, 1, _emit) for _ in range(singles)]
            yield Row.of_samples("one event: from the commit until it is heard", samples, size="one after another")
            yield _row("events: from the commits until all are heard", count, _heard_after(bench, server, count, _emit))
            written = _heard_after(bench, server, count, lambda session: _write(session, connection))
            yield _row("messages that are written: until all are heard", count, written)
        finally:
            bench.installation.kill("worker")


def _row(what: str, count: int, seconds: float) -> Row:
    size = f"{count:,} events, {WORKERS} workers"
    return Row(
        what, size, per_second=count / seconds, note="each signed, sent and noted; the module shares the machine"
    )


def _heard_after(bench: Bench, server: Hearing, count: int, tell_one: Tell) -> float:
    """How many seconds it took from the first commit until the module had all."""
    before = len(set(server.ids))
    began = time.perf_counter()
    for first in range(0, count, IN_ONE_COMMIT):
        with bench.platform.database.session(bench.organisation_id) as session:
            for _ in range(min(IN_ONE_COMMIT, count - first)):
                tell_one(session)
    eventually(lambda: len(server.heard) >= before + count, "all events are heard", seconds=300, every=0.002)
    took = time.perf_counter() - began
    heard = len(set(server.ids)) - before
    if heard != count:
        message = f"{heard} of {count} events were heard."
        raise RuntimeError(message)
    return took


def _emit(session: Session) -> None:
    emit(session, PaymentSettled(payable_kind="bookings.booking", payable_id=new_id(), method="card", total_cents=100))


def _write(session: Session, connection: Connection) -> None:
    data = {"payable_kind": "bookings.booking", "payable_id": str(new_id())}
    tell(session, connection, event_id=new_id(), event="payments.payment_settled", data=data, occurred_at=utc_now())
