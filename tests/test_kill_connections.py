"""Events to a connected module survive kill -9 of either side: each arrives, and repeats carry the same id.

The worker dies after it has sent and before it has noted that; the module dies before it has answered anything.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from live import Live, live
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.tests.calling_factories import Hearing, calling_manifest, hearing
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.events.public import emit
from banksia.foundation.payments.public import PaymentSettled
from banksia.kit.kill_points import CONNECTION_KILL_POINTS
from banksia.kit.models import new_id
from banksia.kit.module import Modules
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import eventually

pytestmark = pytest.mark.slow
EVENTS = 5
NOTED = "SELECT count(*) FROM connections.deliveries WHERE status = 'delivered'"


@pytest.fixture
def here(databases: TestDatabases, modules: Modules, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(databases, modules, tmp_path_factory.mktemp("told")) as found:
        found.start("beat")
        yield found


@contextmanager
def working(here: Live) -> Iterator[Session]:
    with here.platform.database.session(here.organisation_id) as session:
        yield session


def tell(here: Live) -> set[str]:
    """Settle so many payments of the module's; answers what they are for."""
    subjects = [new_id() for _ in range(EVENTS)]
    with working(here) as session:
        for each in subjects:
            emit(
                session, PaymentSettled(payable_kind="bookings.booking", payable_id=each, method="card", total_cents=1)
            )
    return {str(each) for each in subjects}


def connected(here: Live, server: Hearing) -> uuid.UUID:
    with working(here) as session:
        connection, _ = connect(session, server.base_url, calling_manifest())
        return connection.id


def heard_of(server: Hearing) -> set[str]:
    return {each["data"]["payable_id"] for each in server.events}


@pytest.mark.parametrize("point", [*CONNECTION_KILL_POINTS, "events.claimed", "events.handled"])
def test_a_worker_that_is_killed_leaves_nothing_untold(here: Live, point: str) -> None:
    with hearing() as server:
        connected(here, server)
        here.start("worker", BANKSIA_KILL_POINT=point)
        told = tell(here)
        log = here.processes.log_of("worker")
        eventually(lambda: f"kill point {point}" in log.read_text(), "the worker dies", seconds=90)
        here.processes.kill("worker")
        here.start("worker")
        eventually(lambda: heard_of(server) == told, "all is told", seconds=90)
        eventually(lambda: here.query(NOTED)[0][0] == EVENTS, "all is noted", seconds=90)
        assert len(set(server.ids)) == EVENTS


def test_a_module_that_was_away_hears_all_of_it_once_it_is_back(here: Live) -> None:
    with hearing() as gone:
        connection_id = connected(here, gone)
    here.start("worker")
    told = tell(here)
    failed = "SELECT count(*) FROM connections.deliveries WHERE attempts > 0 AND status = 'pending'"
    eventually(lambda: here.query(failed)[0][0] == EVENTS, "each was tried", seconds=90)
    with hearing() as back:
        with working(here) as session:
            connection = session.get(Connection, connection_id)
            assert connection
            connection.base_url = back.base_url
        eventually(lambda: heard_of(back) == told, "all is told", seconds=90)
        assert len(back.ids) == EVENTS
