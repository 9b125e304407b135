"""Reconciliation of thousands of movements: in constant memory, every kind of difference, and killed half-way."""

import datetime
import os
import signal
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import stripe
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.adapters.provider import Movement
from banksia.foundation.payments.models import LedgerEntry, ProviderTransaction, ReconciliationRun, ReviewCase
from banksia.foundation.payments.service import listing_books
from banksia.foundation.payments.service.provider_accounts import Chosen
from banksia.foundation.payments.service.reconciling import reconcile
from banksia.foundation.payments.tests.conftest import talk_to
from banksia.foundation.payments.tests.factories import FakeStripe
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.models import new_id
from banksia.kit.ports import free_port
from banksia.kit.settings import Settings

pytestmark = pytest.mark.timeout(300)
MOVEMENTS = 3000
EACH = 10
"""So many of each kind of difference."""
TWO_DAYS = datetime.timedelta(days=2)


@pytest.fixture
def live(live_platform: Any, live_organisation: Council) -> Transactions:
    return Transactions(live_platform, Actor.system(live_organisation.id))


@pytest.fixture
def books(live: Transactions, tmp_path: Path) -> Iterator[FakeStripe]:
    """A fake whose books and our ledger agree about all but a few of three thousand charges."""
    port = free_port()
    app = create_fake_stripe(tmp_path / "stripe.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}")
    with served(app, port=port) as url:
        talk_to(live.platform, url)
        fake = FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))
        moment = utc_now() - TWO_DAYS
        mark = {"organisation_id": str(live.actor.organisation_id)}
        at = int(moment.timestamp())
        fake.add_to_books(
            *(
                {"source": f"pi_{number}", "amount": amount, "fee": 30, "created": at, "metadata": mark}
                for number, amount in theirs()
            )
        )
        with live() as session:
            rows = [row for number, amount in ours() for row in entries(live, number, amount, moment)]
            for start in range(0, len(rows), 1000):
                session.execute(insert(LedgerEntry).values(rows[start : start + 1000]))
        yield fake


def theirs() -> Iterator[tuple[int, int]]:
    """All but the first ten; the next ten with another amount."""
    for number in range(EACH, MOVEMENTS):
        yield number, 1000 + number + (1 if number < 2 * EACH else 0)


def ours() -> Iterator[tuple[int, int]]:
    """All but the last ten."""
    for number in range(MOVEMENTS - EACH):
        yield number, 1000 + number


def entries(live: Transactions, number: int, amount_cents: int, moment: datetime.datetime) -> Iterator[dict[str, Any]]:
    """A charge; the fee of every third is not booked yet, and one fee is wrong."""
    source_id = new_id()
    kinds = [("charge", amount_cents)]
    if number % 3:
        kinds.append(("fee", -31 if number == 100 else -30))
    for kind, cents in kinds:
        yield {
            "id": new_id(),
            "created_at": moment,
            "organisation_id": live.actor.organisation_id,
            "kind": kind,
            "source_id": source_id,
            "amount_cents": cents,
            "method": "card",
            "reference": f"BH-{number}",
            "provider_id": f"pi_{number}",
            "happened_at": moment,
            "recorded_by": "A test",
        }


def state(live: Transactions) -> dict[str, Any]:
    with live() as session:
        fees = select(func.count(), func.sum(LedgerEntry.amount_cents)).where(LedgerEntry.kind == "fee")
        matched = select(func.count()).where(ProviderTransaction.ledger_entry_id.is_not(None))
        return {
            "cases": Counter((case.kind, case.evidence["kind"]) for case in session.scalars(select(ReviewCase))),
            "fees": tuple(session.execute(fees).one()),
            "lines": session.scalars(select(func.count(ProviderTransaction.id))).one(),
            "matched": session.scalars(matched).one(),
        }


MATCHED = MOVEMENTS - 3 * EACH
EXPECTED_CASES = {
    ("not_in_ledger", "charge"): 2 * EACH,
    ("not_at_provider", "charge"): 2 * EACH,
    ("not_in_ledger", "fee"): 1,
}


def test_three_thousand_movements_with_every_kind_of_difference(live: Transactions, books: FakeStripe) -> None:
    assert books.url
    reconcile(live)
    first = state(live)
    assert first["cases"] == EXPECTED_CASES
    assert (first["lines"], first["matched"]) == (MOVEMENTS - EACH, MATCHED)
    reconcile(live)
    assert state(live) == first
    with live() as session:
        counts = session.scalars(select(ReconciliationRun.counts).order_by(ReconciliationRun.id)).all()
    assert counts[0]["listed"] == MOVEMENTS - EACH
    assert [counts[1][name] for name in ("new", "matched", "fees", "not_in_ledger", "not_at_provider")] == [0] * 5


def test_killed_half_way_it_ends_the_same(
    live: Transactions, books: FakeStripe, variables_for: Callable[[Settings], dict[str, str]]
) -> None:
    assert books.url
    script = Path(__file__).parents[4] / "tests" / "killed_reconciliation.py"
    dead = subprocess.run(
        [sys.executable, str(script), str(live.actor.organisation_id)],
        env={**os.environ, **variables_for(live.platform.settings)},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert dead.returncode == -signal.SIGKILL, dead.stderr
    with live() as session:
        run = session.scalars(select(ReconciliationRun)).one()
        assert (run.state, session.scalars(select(func.count(ProviderTransaction.id))).one()) == ("running", 1000)
    reconcile(live)
    ended = state(live)
    assert (ended["cases"], ended["lines"], ended["matched"]) == (EXPECTED_CASES, MOVEMENTS - EACH, MATCHED)
    with live() as session:
        runs = session.scalars(select(ReconciliationRun)).all()
    assert [(each.id, each.state) for each in runs] == [(run.id, "finished")]


class _Endless:
    """A provider's books of any length, made as they are read."""

    name = "stripe"

    def __init__(self, movements: Iterator[Movement]) -> None:
        self._movements = movements

    def list_transactions(self, _since: object, _until: object) -> Iterator[Movement]:
        return self._movements


def test_memory_does_not_grow_with_the_books(transactions: Transactions, monkeypatch: pytest.MonkeyPatch) -> None:
    def movements() -> Iterator[Movement]:
        number = 0
        while True:
            number += 1
            yield Movement(f"txn_{number}", "charge", 100, 0, f"pi_{number}", utc_now(), None, None, None)

    kept = 0

    def keep(_session: object, _provider: str, batch: list[Movement]) -> int:
        nonlocal kept
        kept += len(batch)
        return len(batch)

    monkeypatch.setattr(listing_books, "_keep", keep)
    peaks = []
    for count in (2_000, 40_000):
        provider: Any = _Endless(islice(movements(), count))
        tracemalloc.start()
        listing_books.list_books(transactions, Chosen(provider, own=True), utc_now(), utc_now())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert kept == 42_000
    assert peaks[1] < peaks[0] * 2
