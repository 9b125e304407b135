"""Real races: threads on a PostgreSQL that commits, where two people do the same thing at the same moment."""

import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import actor_for, create_user
from banksia.foundation.events.public import run_row
from banksia.foundation.organisations.public import Council
from banksia.foundation.payments.public import CounterPart, PaymentSettled, take_counter_payment
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.certificates.errors import IssueInProgress, TransitionRefused
from banksia.modules.certificates.errors.acting import OfficerChanged
from banksia.modules.certificates.models import Certificate, Order
from banksia.modules.certificates.queries.certificates import certificates_of
from banksia.modules.certificates.queries.orders import orders_of
from banksia.modules.certificates.schemas.batches import BatchCreate
from banksia.modules.certificates.schemas.lines import QueueFilter
from banksia.modules.certificates.schemas.orders import OrderCreate
from banksia.modules.certificates.service.assigning import assign_line, next_line
from banksia.modules.certificates.service.batches import issue_batch, preview_batch, start_batch
from banksia.modules.certificates.service.issuing import issue_certificate
from banksia.modules.certificates.service.queue import find_line, list_lines
from banksia.modules.certificates.service.straight_through.acting import issue_without_officer
from banksia.modules.certificates.service.working import start_work
from banksia.modules.certificates.tests.factories import (
    complete_draft,
    make_known,
    make_land,
    make_order,
    order_body,
    place,
    rule,
)

AnswerT = TypeVar("AnswerT")
TOGETHER = 4


@pytest.fixture
def live(live_platform: Platform, live_organisation: Council) -> Transactions:
    """The system at a council whose database really commits."""
    return Transactions(live_platform, Actor.system(live_organisation.id))


def at_once(call: Callable[[], AnswerT]) -> list[AnswerT | Exception]:
    """Call it several times at the same moment; errors are answers too."""
    barrier = threading.Barrier(TOGETHER)

    def run(_: int) -> AnswerT | Exception:
        barrier.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001  (the test looks at each)
            return error

    with ThreadPoolExecutor(TOGETHER) as pool:
        return list(pool.map(run, range(TOGETHER)))


def run_everything(live: Transactions) -> None:
    """Run what waits in the outbox until nothing does."""
    for _ in range(20):
        with live() as session:
            waiting: Sequence[Any] = session.execute(
                text("SELECT id FROM events.outbox WHERE status = 'pending' AND available_at <= now() + interval '1 s'")
            ).all()
        for row in waiting:
            run_row(live.platform, live.actor.organisation_id, row.id)
        if not waiting:
            return


def paid_order(live: Transactions, *products: str) -> Order:
    """Place an order and pay it, committed."""
    with live() as session:
        order = make_order(session, live.actor, *products)
    parts = [CounterPart("cash", order.total_cents, tendered_cents=order.total_cents)]
    take_counter_payment(live, payable=order.payable, parts=parts)
    run_everything(live)
    return order


def make_officer(session: Session, system: Actor) -> Actor:
    """Make the account of another certificate officer."""
    user = create_user(
        session,
        system,
        email=f"{uuid.uuid4()}@example.org",
        name="Priya Nair",
        kind="staff",
        roles=["certificate_officer"],
    )
    session.flush()
    return actor_for(session, user)


def open_line_ids(session: Session, actor: Actor) -> list[uuid.UUID]:
    """Find the ids of all open lines."""
    return [line.id for line in list_lines(session, actor, wanted=QueueFilter(view="all_open")).results]


class TestPlacingAtOnce:
    def test_one_key_makes_one_order(self, live: Transactions) -> None:
        with live() as session:
            placed = OrderCreate.model_validate(order_body(make_land(session)))

        def call() -> str:
            with live() as session:
                return place(session, live.actor, placed, "the-same-key").number

        assert len(set(at_once(call))) == 1
        with live() as session:
            assert len(session.scalars(orders_of(live.actor.organisation_id)).all()) == 1

    def test_different_orders_get_different_numbers(self, live: Transactions) -> None:
        with live() as session:
            placed = OrderCreate.model_validate(order_body(make_land(session)))

        def call() -> str:
            with live() as session:
                return place(session, live.actor, placed).number

        assert len({str(answer) for answer in at_once(call)}) == TOGETHER


class TestTakingAtOnce:
    def test_two_officers_never_get_the_same_line(self, live: Transactions) -> None:
        paid_order(live, "603", "735A", "orders", "drainage")
        with live() as session:
            officers = [make_officer(session, live.actor) for _ in range(TOGETHER)]

        def call() -> uuid.UUID | None:
            with live() as session:
                return next_line(session, officers.pop()).line_id

        with live() as session:
            expected = set(open_line_ids(session, live.actor))
        assert set(at_once(call)) == expected

    def test_who_takes_a_line_on_a_page_of_before_does_not_get_it(self, live: Transactions) -> None:
        line_id = paid_order(live, "603").lines[0].id
        with live() as session:
            officers = [make_officer(session, live.actor) for _ in range(TOGETHER)]
        askers = list(officers)

        def call() -> uuid.UUID | None:
            asker = askers.pop()
            with live() as session:
                seen = {"officer_id": asker.user_id, "seen_officer_id": None}
                return assign_line(session, asker, line_id=line_id, **seen).assigned_to_id

        answers = at_once(call)
        (winner,) = [each for each in answers if isinstance(each, uuid.UUID)]
        refusals = [str(each) for each in answers if isinstance(each, OfficerChanged)]
        assert len(refusals) == TOGETHER - 1
        assert all(each.startswith("Priya Nair took this at ") for each in refusals)
        with live() as session:
            assert find_line(session, live.actor, line_id).assigned_to_id == winner


class TestIssuingAtOnce:
    def test_makes_one_certificate(self, live: Transactions) -> None:
        order = paid_order(live, "603")
        with live() as session:
            officer = make_officer(session, live.actor)
            line = find_line(session, officer, order.lines[0].id)
            version = complete_draft(session, officer, line)
        begun = Transactions(live.platform, officer)
        answers = at_once(lambda: issue_certificate(begun, line_id=line.id, version=version).line.state)
        refused = [answer for answer in answers if isinstance(answer, IssueInProgress | TransitionRefused)]
        assert answers.count("issued") == 1
        assert len(refused) == TOGETHER - 1
        run_everything(live)
        with live() as session:
            found = session.scalars(certificates_of(live.actor.organisation_id)).all()
            assert [certificate.number[-4:] for certificate in found] == ["0001"]
            kept: Certificate = found[0]
            mails = text(
                "SELECT count(*) FROM notifications.messages WHERE template = 'certificates/certificate_ready'"
            )
            assert session.execute(mails).scalar_one() == 1
        assert kept.line_id == line.id


class TestIssuingWithoutAnOfficerAtOnce:
    """Two workers are told of a line while two officers take it."""

    def test_ends_in_one_certificate_or_with_one_officer(self, live: Transactions) -> None:
        with live() as session:
            officers = [make_officer(session, live.actor) for _ in range(2)]
            make_land(session)
            make_known(session)
            rule(session)
        ends = {self.race(live, officers) for _ in range(3)}
        assert ends <= {("issued", 1, 0, 0), ("assigned", 0, 1, 1)}

    def race(self, live: Transactions, officers: list[Actor]) -> tuple[str, int, int, int]:
        """One race: the line's state, its certificates, the officers who have it, decisions that they were first."""
        with live() as session:
            order = make_order(session, live.actor, "603")
            session.execute(text("UPDATE payments.payables SET state = 'paid'"))
            start_work(session, PaymentSettled(
                payable_kind="certificates.order", payable_id=order.id, method="card", total_cents=1
            ))  # fmt: skip
            line_id = order.lines[0].id
        askers = [*officers, None, None]

        def call() -> None:
            asker = askers.pop()
            if asker is None:
                issue_without_officer(live, line_id=line_id)
                return
            with live() as session:
                assign_line(session, asker, line_id=line_id, officer_id=asker.user_id)

        refusals = [answer for answer in at_once(call) if answer is not None]
        assert [each for each in refusals if not isinstance(each, IssueInProgress | TransitionRefused)] == []
        run_everything(live)
        with live() as session:
            line = find_line(session, live.actor, line_id)
            found = session.scalars(certificates_of(live.actor.organisation_id).where(Certificate.line_id == line_id))
            firsts = text(
                "SELECT count(*) FROM certificates.straight_through_decisions WHERE line_id = :id AND NOT issued"
            )
            taken = session.execute(firsts, {"id": line_id}).scalar_one()
            return line.state, len(found.all()), int(line.assigned_to_id is not None), taken


class TestIssuingTogetherAtOnce:
    def test_pressed_and_run_several_times_each_is_issued_once(self, live: Transactions) -> None:
        order = paid_order(live, "603", "735A")
        with live() as session:
            officer = make_officer(session, live.actor)
            lines = [find_line(session, officer, line.id) for line in order.lines]
            versions = {line.id: complete_draft(session, officer, line) for line in lines}
            seen = [
                each.model_dump(include={"line_id", "version", "template_number", "known_sha256"})
                for each in preview_batch(session, officer, line_ids=list(versions)).lines
            ]
        wanted = BatchCreate.model_validate({"key": uuid.uuid4(), "lines": seen})

        def press() -> uuid.UUID:
            with live() as session:
                return start_batch(session, officer, wanted=wanted).id

        (batch_id,) = set(at_once(press))
        assert isinstance(batch_id, uuid.UUID)
        assert at_once(lambda: issue_batch(live, batch_id=batch_id)) == [None] * TOGETHER
        run_everything(live)
        with live() as session:
            found = session.scalars(certificates_of(live.actor.organisation_id)).all()
        assert {(each.line_id, each.issued_by_name) for each in found} == {(line.id, officer.name) for line in lines}
        assert len(found) == len(lines)
