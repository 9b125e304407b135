"""Payments: starting, telling and settling them against the fake provider, and the books at their full size."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import httpx2 as httpx
import stripe
from pydantic import SecretStr
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import create_user
from banksia.foundation.payments.adapters.fake_stripe import DEMO_KEY, create_fake_stripe
from banksia.foundation.payments.adapters.fake_stripe.serving import served
from banksia.foundation.payments.adapters.provider import Movement
from banksia.foundation.payments.public import CheckoutStarted, start_checkout
from banksia.foundation.payments.service import reconciling
from banksia.foundation.payments.service.checks import CHECKS
from banksia.foundation.payments.service.journal import journal_csv
from banksia.foundation.payments.service.ledger import LedgerFilter, ledger_page
from banksia.foundation.payments.service.periods import Period
from banksia.foundation.payments.service.provider_accounts import Chosen
from banksia.foundation.payments.service.reading import case_page
from banksia.foundation.payments.service.reports import report_of
from banksia.foundation.payments.service.settling import settle
from banksia.foundation.payments.tests.factories import FakeStripe, make_payable, signed
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.kit.ports import free_port
from bench import payments_register
from bench.counting import statements_of
from bench.measuring import Bench, Row, timed

TITLE = "Payments"
SECRET = "whsec_bench"  # noqa: S105  (of the fake, which runs here)
TELLERS = 8
AIM_PAGE_MS = 50
SIZES, QUICK_SIZES = (100, 1_000_000), (100, 20_000)
RECONCILED, QUICK_RECONCILED = 100_000, 5_000
EMAIL, PASSWORD = "finance@bench.example", "a long password for the bench"
PAGES = {
    "ledger": "/api/payments/ledger?limit=50",
    "ledger of one kind": "/api/payments/ledger?kind=refund&limit=50",
    "ledger of one reference": "/api/payments/ledger?reference=BENCH-00000042&limit=50",
    "money to review": "/api/payments/review-cases?limit=50",
    "cases that are resolved": "/api/payments/review-cases?resolved=true&limit=50",
}


def measure(bench: Bench) -> Iterator[Row]:
    """The way of a card payment, then the pages of finance at two sizes, then what runs over all of it."""
    with _fake(bench) as (platform, fake):
        transactions = Transactions(platform, Actor.system(bench.organisation_id))
        yield from _card_payments(bench, transactions, fake)
    for size in QUICK_SIZES if bench.quick else SIZES:
        payments_register.fill(bench, size)
        yield from _pages(bench, size)
    yield from _over_all(bench, size)
    yield _reconciliation(bench, QUICK_RECONCILED if bench.quick else RECONCILED)


@contextmanager
def _fake(bench: Bench) -> Iterator[tuple[Platform, FakeStripe]]:
    """The fake provider on a port, and a platform that talks to it."""
    port = free_port()
    app = create_fake_stripe(bench.folder / "stripe.sqlite3", "", (), page_url=f"http://127.0.0.1:{port}")
    before = bench.platform.settings
    with served(app, port=port) as url:
        bench.platform.settings = before.model_copy(
            update={
                "stripe_secret_key": SecretStr(DEMO_KEY),
                "stripe_api_base": url,
                "stripe_webhook_secrets": [SecretStr(SECRET)],
            }
        )
        try:
            yield bench.platform, FakeStripe(url, stripe.StripeClient(DEMO_KEY, base_addresses={"api": url}))
        finally:
            bench.platform.settings = before


def _card_payments(bench: Bench, transactions: Transactions, fake: FakeStripe) -> Iterator[Row]:
    count = 20 if bench.quick else 200
    refs = _owed(transactions, count + 3)
    started: list[CheckoutStarted] = []
    seconds = timed(lambda: started.append(start_checkout(transactions, payable=refs.pop())), count)
    note = "row, page at the fake, page recorded; the fake runs in this process"
    yield Row.of_samples("start a card payment", seconds, size=f"{count} times", note=note)
    yield _webhooks(bench, transactions, fake, started)
    for each in started:
        fake.act(each.url, "pay")
    waiting = list(started)
    seconds = timed(lambda: settle(transactions, attempt_id=waiting.pop().attempt_id), count)
    note = "the provider is asked, then payment, ledger, receipt, event and audit in one transaction"
    yield Row.of_samples("settle a card payment", seconds, size=f"{count} times", note=note)


def _owed(transactions: Transactions, count: int) -> list[Any]:
    with transactions() as session:
        return [make_payable(session, reference=f"CARD-{number:05d}").ref for number in range(count)]


def _webhooks(bench: Bench, transactions: Transactions, fake: FakeStripe, started: list[CheckoutStarted]) -> Row:
    """Signed events over HTTP, several tellers at once, each event once; they are applied by a task, not here."""
    fake.act(started[0].url, "pay")
    (told,) = fake.events("checkout.session.completed")[-1:]
    each = 25 if bench.quick else 250
    settings = transactions.platform.settings
    url = bench.serve(
        BANKSIA_STRIPE_SECRET_KEY=DEMO_KEY,
        BANKSIA_STRIPE_API_BASE=settings.stripe_api_base,
        BANKSIA_STRIPE_WEBHOOK_SECRETS=SECRET,
    )
    tellers = [threading.Thread(target=_tell, args=(url, told, number, each)) for number in range(TELLERS)]
    began = time.perf_counter()
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    taken = TELLERS * each / (time.perf_counter() - began)
    note = "signature, event and outbox row, committed; API, PostgreSQL and the tellers share this machine"
    return Row(f"take in webhooks, {TELLERS} at once", size=f"{TELLERS * each} events", per_second=taken, note=note)


def _tell(url: str, told: dict[str, Any], teller: int, count: int) -> None:
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        for number in range(count):
            body, signature = signed(told | {"id": f"evt_bench_{teller}_{number}"}, SECRET)
            answer = client.post("/api/payments/webhooks/stripe", content=body, headers={"Stripe-Signature": signature})
            answer.raise_for_status()


def _pages(bench: Bench, size: int) -> Iterator[Row]:
    url, runs = bench.serve(), 60 if bench.quick else 400
    statements = _statements(bench)
    with httpx.Client(base_url=url, trust_env=False) as client:
        _sign_in(bench, client)
        for what, path in PAGES.items():
            seconds = timed(lambda path=path: client.get(path).raise_for_status(), runs, warmup=10)  # type: ignore[misc]  # bound now
            row = Row.of_samples(f"page: {what}", seconds, size=f"{size:,} payments", aim=f"p99 under {AIM_PAGE_MS} ms")
            assert row.p99_ms is not None
            counted = f"{statements['ledger' if what.startswith('ledger') else 'cases']} statements"
            yield Row(**(vars(row) | {"met": row.p99_ms < AIM_PAGE_MS, "note": f"over HTTP; {counted}"}))


def _statements(bench: Bench) -> dict[str, int]:
    """How many statements a full page of the ledger and of cases takes; the same at every size."""
    return {
        "ledger": _counted(bench, lambda session: ledger_page(session, wanted=LedgerFilter(), cursor=None, limit=50)),
        "cases": _counted(bench, lambda session: case_page(session, resolved=False, cursor=None, limit=50)),
    }


def _counted(bench: Bench, do: Callable[[Session], object]) -> int:
    def in_session() -> None:
        with bench.platform.database.session(bench.organisation_id) as session:
            do(session)

    return statements_of(bench.platform, in_session)


def _sign_in(bench: Bench, client: httpx.Client) -> None:
    with bench.platform.database.session(bench.organisation_id) as session:
        known = session.connection().exec_driver_sql("SELECT 1 FROM auth.users WHERE email = %s", (EMAIL,)).first()
        if known is None:
            create_user(
                session,
                Actor.system(bench.organisation_id),
                email=EMAIL,
                name="Finance",
                kind="staff",
                roles=["finance_officer"],
                password=PASSWORD,
                verified=True,
            )
    client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()


def _over_all(bench: Bench, size: int) -> Iterator[Row]:
    """A month's and a year's report, the journal of a year, and every check of the books, once each or a few times."""
    year = Period(payments_register.FIRST, payments_register.FIRST + timedelta(days=364), "Australia/Sydney")
    month = Period(payments_register.FIRST, payments_register.FIRST + timedelta(days=29), "Australia/Sydney")
    transactions = Transactions(bench.platform, Actor.system(bench.organisation_id))
    for what, period in (("month", month), ("year", year)):
        with transactions() as session:
            report = report_of(session, period=period, by="gl_code")
            assert report.agrees
            seconds = timed(lambda period=period: report_of(session, period=period, by="gl_code"), 3, warmup=1)  # type: ignore[misc]  # bound now
        entries = f"{sum(each.entries for each in report.ledger):,} entries"
        yield Row.of_samples(f"report of a {what} by code", seconds, size=entries, note="agrees with the ledger")
    began, written = time.perf_counter(), 0
    for piece in journal_csv(transactions, period=year):
        written += len(piece)
    took = time.perf_counter() - began
    yield Row("journal of a year", size=f"{written / 1e6:.0f} MB", per_second=size / took, note="rows, streamed")
    for check in CHECKS:
        with transactions() as session:
            began = time.perf_counter()
            found = len(check.find(session))
            took = (time.perf_counter() - began) * 1000
        yield Row(f"check: {check.name}", size=f"{size:,} payments", p50_ms=took, note=f"once; {found} found")


class _Books:
    """A provider that lists its books from memory, so that only our side is measured."""

    name, livemode, takes_webhooks = "stripe", False, True

    def __init__(self, movements: list[Movement]) -> None:
        self.movements = movements

    def list_transactions(self, _since: datetime, _until: datetime) -> Iterator[Movement]:
        yield from self.movements

    def list_payouts(self, _since: datetime) -> Iterator[Any]:
        yield from ()


def _reconciliation(bench: Bench, count: int) -> Row:
    """Every line of the provider's books finds its entry."""
    movements = [
        Movement(
            id=f"txn_{provider_id}",
            kind="charge",
            amount_cents=cents,
            fee_cents=0,
            source=provider_id,
            happened_at=happened_at,
            organisation_id=bench.organisation_id,
            reference=None,
            payment_id=provider_id,
        )
        for provider_id, cents, happened_at in payments_register.card_charges(bench, count)
    ]
    payments_register.reconciled_until(bench, min(each.happened_at for each in movements))
    transactions = Transactions(bench.platform, Actor.system(bench.organisation_id))
    chosen = Chosen(provider=_Books(movements), own=True)  # type: ignore[arg-type]  # what reconciling asks of one
    with mock.patch.object(reconciling, "chosen_provider", return_value=chosen):
        began = time.perf_counter()
        reconciling.reconcile(transactions)
        took = time.perf_counter() - began
    matched = payments_register.matched(bench)
    return Row(
        "reconcile",
        size=f"{count:,} transactions",
        p50_ms=took * 1000,
        per_second=count / took,
        met=matched == count,
        aim="each finds its entry",
        note=f"{matched:,} matched; the provider's answers come from memory",
    )
