"""Events out and in: signed, told at least once, tried for two days, replayed, and never forged."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.connections.models import Connection, Delivery
from banksia.foundation.connections.service import delivering
from banksia.foundation.connections.service.delivering import WAITS, deliver, sweep
from banksia.foundation.connections.service.sealed_secrets import give_secrets
from banksia.foundation.connections.service.telling import hear, tell
from banksia.foundation.connections.tests.calling_factories import (
    CallingModule,
    Hearing,
    calling_manifest,
    hearing,
    verifies,
)
from banksia.foundation.connections.tests.factories import connect
from banksia.foundation.events.public import emit, emit_remote
from banksia.foundation.payments.public import PaymentSettled
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.events import Heard, RemoteEvent
from banksia.kit.models import new_id
from banksia.kit.module import Module, Modules
from banksia.kit.platform import Platform

DELIVERIES, EVENTS = "/api/connections/deliveries", "/api/connections/events"
MADE: dict[str, Any] = {"type": "bookings.booking_made", "data": {"booking_id": "HB-1"}}
DUE = text("UPDATE connections.deliveries SET next_attempt_at = now() WHERE status = 'pending'")
WORK_DUE = text("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'")


@pytest.fixture
def server() -> Iterator[Hearing]:
    with hearing() as found:
        yield found


@pytest.fixture
def bookings(session: Session, server: Hearing) -> Connection:
    connection, _ = connect(session, server.base_url, calling_manifest())
    session.commit()
    return connection


@pytest.fixture
def module(session: Session, client: TestClient, bookings: Connection) -> CallingModule:
    secrets = give_secrets(session, bookings)
    session.commit()
    return CallingModule(client, secrets).acts_for()


def settled(kind: str = "bookings.booking") -> PaymentSettled:
    return PaymentSettled(payable_kind=kind, payable_id=new_id(), method="card", total_cents=16000)


def deliveries(session: Session) -> list[Delivery]:
    session.flush()
    session.expire_all()
    return list(session.query(Delivery).order_by(Delivery.id))


def tell_it(session: Session, connection: Connection, event: str = "bookings.reminder_due") -> None:
    tell(session, connection, event_id=new_id(), event=event, data={}, occurred_at=utc_now())


def halls_manifest(**changes: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"permissions": [], "routes": [], "pages": None, "widgets": [], "payments": []}
    events = {"hears": ["bookings.booking_made"], "emits": []}
    return calling_manifest(id="halls", requires=[], capabilities=[], events=events) | nothing | changes


class TestEventsOut:
    def test_arrive_signed_by_the_new_secret_and_for_a_day_by_the_old(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int]
    ) -> None:
        secrets = [give_secrets(session, bookings).webhook_secret for _ in range(2)]
        emit(session, settled())
        session.commit()
        run_outbox()
        ((path, headers, body),) = server.heard
        assert path == "/bookings/events"
        assert headers["x-banksia-connection"] == str(bookings.id)
        assert [verifies(secret, headers, body) for secret in secrets] == [True, True]
        assert not verifies(secrets[1], headers, body + " ")
        assert server.events[0]["type"] == "payments.payment_settled"
        (delivery,) = deliveries(session)
        assert (delivery.status, delivery.attempts, delivery.response_status) == ("delivered", 1, 200)

    def test_only_what_was_approved_and_of_money_only_its_own(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int]
    ) -> None:
        emit(session, settled("certificates.order"))
        session.commit()
        run_outbox()
        bookings.manifest = calling_manifest(events={"hears": []})
        emit(session, settled())
        session.commit()
        run_outbox()
        bookings.manifest, bookings.state = calling_manifest(), "disabled"
        emit(session, settled())
        session.commit()
        run_outbox()
        assert (server.heard, deliveries(session)) == ([], [])
        ours = session.scalars(text("SELECT name FROM events.outbox WHERE name LIKE '%connections%'")).all()
        assert list(ours) == []  # nobody wanted them, so they made no work

    def test_an_event_is_written_once_however_often_its_listener_runs(
        self, session: Session, bookings: Connection
    ) -> None:
        heard = Heard(new_id(), "payments.payment_settled", settled().model_dump(mode="json"), utc_now())
        hear(session, heard)
        hear(session, heard)
        assert len(deliveries(session)) == 1

    def test_what_fails_to_hear_keeps_nobody_else_from_it_and_is_tried_again(
        self, session: Session, platform: Platform, server: Hearing, run_outbox: Callable[[], int],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        heard: list[Any] = []
        listener = Module(
            name="listening", title="Listening", version="1", kind="foundation",
            listens={"payments.payment_settled": lambda _session, event: heard.append(event)},
        )  # fmt: skip
        connect(session, server.base_url, calling_manifest())

        def broken(*_: Any) -> None:
            raise RuntimeError

        every = platform.modules["connections"].hears_all
        assert every
        deaf = replace(platform.modules["connections"], hears_all=replace(every, hear=broken))
        others = [each for each in platform.modules if each.name != "connections"]
        whole, platform.modules = platform.modules, Modules([*others, deaf, listener])
        emit(session, settled())
        session.commit()
        run_outbox()
        assert (len(heard), server.heard) == (1, [])
        platform.modules = whole
        session.execute(WORK_DUE)
        session.commit()
        run_outbox()
        assert [each["type"] for each in server.events] == ["payments.payment_settled"]

    def test_a_neighbours_module_hears_nothing_of_ours(
        self, session: Session, other_session: Session, server: Hearing, run_outbox: Callable[[], int]
    ) -> None:
        connect(other_session, server.base_url, calling_manifest())
        other_session.commit()
        emit(session, settled())
        session.commit()
        run_outbox()
        assert server.heard == []

    def test_is_tried_for_two_days_then_given_up_then_replayed_under_the_same_id(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int], signed_in_as: Any
    ) -> None:
        assert timedelta(days=2) <= sum(WAITS, timedelta()) < timedelta(days=2, hours=1)
        server.status = 503
        tell_it(session, bookings)
        session.commit()
        for _ in range(len(WAITS) + 1):
            run_outbox()
            (delivery,) = deliveries(session)
            if delivery.status == "pending":
                assert delivery.next_attempt_at
                left = delivery.next_attempt_at - utc_now()
                assert WAITS[delivery.attempts - 1] - timedelta(seconds=20) < left <= WAITS[delivery.attempts - 1]
            session.execute(DUE)
            session.execute(WORK_DUE)
            session.commit()
        assert (delivery.status, delivery.attempts) == ("dead", len(WAITS) + 1)
        browser = signed_in_as("administrator")
        (shown,) = browser.get(DELIVERIES, params={"status": "dead", "module": "bookings"}).json()["results"]
        assert (shown["module"], shown["response_status"], shown["response_text"]) == ("bookings", 503, "ok")
        server.status = 204
        assert browser.post(f"{DELIVERIES}/{shown['id']}/replay").status_code == 202
        assert browser.post(f"{DELIVERIES}/{shown['id']}/replay").status_code == 409
        run_outbox()
        assert len(set(server.ids)) == 1
        assert browser.get(f"{DELIVERIES}/{shown['id']}").json()["status"] == "delivered"

    def test_one_that_fails_is_sent_again_at_once_when_somebody_wants_it(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int], signed_in_as: Any
    ) -> None:
        server.status = 503
        tell_it(session, bookings)
        session.commit()
        run_outbox()
        (failing,) = deliveries(session)
        assert (failing.status, failing.attempts) == ("pending", 1)
        server.status = 204
        browser = signed_in_as("administrator")
        assert browser.post(f"{DELIVERIES}/{failing.id}/replay").status_code == 202
        run_outbox()
        assert browser.get(f"{DELIVERIES}/{failing.id}").json()["status"] == "delivered"

    def test_one_that_is_gone_is_given_up_and_all_dead_letters_are_replayed_together(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int], signed_in_as: Any
    ) -> None:
        server.status = 410
        for _ in range(3):
            tell_it(session, bookings)
        session.commit()
        run_outbox()
        assert {each.status for each in deliveries(session)} == {"dead"}
        server.status = 200
        browser = signed_in_as("administrator")
        assert browser.post(f"{DELIVERIES}/replay", json={"module": "bookings"}).json() == {"replayed": 3}
        run_outbox()
        assert {each.status for each in deliveries(session)} == {"delivered"}
        assert browser.post(f"{DELIVERIES}/replay", json={"module": "other"}).status_code == 409
        assert signed_in_as("counter_clerk").get(DELIVERIES).status_code == 403

    def test_a_server_that_is_away_is_not_asked_for_everything_that_waits(
        self, session: Session, server: Hearing, bookings: Connection, monkeypatch: pytest.MonkeyPatch,
        run_outbox: Callable[[], int],
    ) -> None:  # fmt: skip
        monkeypatch.setattr(delivering, "TAKEN", 4)
        server.status = 500
        for _ in range(12):
            tell_it(session, bookings)
        session.commit()
        run_outbox()
        assert len(server.heard) == 4
        server.status = 200
        session.execute(WORK_DUE)
        session.commit()
        run_outbox()
        assert len(server.heard) == 12

    def test_what_waits_while_it_is_switched_off_goes_out_when_it_is_on_again(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int]
    ) -> None:
        tell_it(session, bookings)
        bookings.state = "disabled"
        session.commit()
        run_outbox()
        assert server.heard == []
        bookings.state = "enabled"
        session.execute(text("UPDATE connections.deliveries SET next_attempt_at = now() - interval '2 minutes'"))
        sweep(session)
        session.commit()
        run_outbox()
        assert len(server.heard) == 1

    def test_nothing_goes_to_one_that_was_removed(
        self, session: Session, server: Hearing, bookings: Connection, run_outbox: Callable[[], int]
    ) -> None:
        tell_it(session, bookings)
        bookings.state = "removed"
        session.commit()
        run_outbox()
        assert (server.heard, [each.status for each in deliveries(session)]) == ([], ["dead"])

    def test_death_between_sending_and_noting_sends_the_same_again(
        self, live_platform: Platform, live_organisation: Any, server: Hearing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        with live() as session:
            connection, _ = connect(session, server.base_url, calling_manifest())
            for _ in range(3):
                tell_it(session, connection)

        class Death(BaseException):
            pass

        def die(_: str) -> None:
            raise Death

        with monkeypatch.context() as patched:
            patched.setattr(kill_points, "_on_reach", die)
            with pytest.raises(Death):
                deliver(live, connection_id=connection.id)
        assert len(server.heard) == 3
        deliver(live, connection_id=connection.id)
        assert len(server.heard) == 3  # until the lease of what died is over
        with live() as session:
            session.execute(DUE)
        deliver(live, connection_id=connection.id)
        assert sorted(server.ids[:3]) == sorted(server.ids[3:])
        with live() as session:
            assert {each.status for each in deliveries(session)} == {"delivered"}


class TestEventsIn:
    def test_reach_who_hears_them_once(
        self, session: Session, server: Hearing, module: CallingModule, run_outbox: Callable[[], int]
    ) -> None:
        connect(session, server.base_url, halls_manifest())
        session.commit()
        first = module.call("POST", EVENTS, key="e1", json=MADE)
        assert (first.status_code, first.json()["repeated"]) == (202, False)
        again = module.call("POST", EVENTS, key="e1", json=MADE)
        assert again.json() == first.json() | {"repeated": True}
        run_outbox()
        assert [(path, each["type"]) for (path, _, _), each in zip(server.heard, server.events, strict=True)] == [
            ("/halls/events", "bookings.booking_made")
        ]
        assert server.events[0]["data"] == MADE["data"]

    def test_reach_installed_listeners(
        self, session: Session, platform: Platform, module: CallingModule, run_outbox: Callable[[], int]
    ) -> None:
        heard: list[RemoteEvent] = []
        listener = Module(
            name="listening", title="Listening", version="1", kind="foundation",
            listens_to_remote={"bookings.booking_made": lambda _session, event: heard.append(event)},
        )  # fmt: skip
        platform.modules = Modules([*platform.modules, listener])
        module.call("POST", EVENTS, key="e1", json=MADE)
        run_outbox()
        assert [(each.type, each.data) for each in heard] == [("bookings.booking_made", MADE["data"])]

    @pytest.mark.parametrize(
        ("told", "status"),
        [
            (MADE | {"type": "payments.payment_settled"}, 403),
            (MADE | {"type": "bookings.reminder_due"}, 403),
            (MADE | {"type": "halls.closed"}, 403),
            (MADE | {"data": {}}, 422),
            (MADE | {"data": {"booking_id": 7}}, 422),
            (MADE | {"data": {"booking_id": "x", "more": 1}}, 422),
            (MADE | {"data": {"booking_id": "\x00"}}, 422),
            (MADE | {"sender": "payments"}, 422),
        ],
    )
    def test_forged_ones_are_refused(
        self, session: Session, module: CallingModule, told: dict[str, Any], status: int
    ) -> None:
        assert module.call("POST", EVENTS, key="e1", json=told).status_code == status
        assert session.scalar(text("SELECT count(*) FROM connections.received_events")) == 0

    def test_a_key_stands_for_one_event(self, module: CallingModule) -> None:
        assert module.call("POST", EVENTS, json=MADE).status_code == 400
        assert module.call("POST", EVENTS, key="e1", json=MADE).status_code == 202
        other = MADE | {"data": {"booking_id": "HB-2"}}
        assert module.call("POST", EVENTS, key="e1", json=other).status_code == 409
        assert module.call("POST", EVENTS, key="k" * 201, json=other).status_code == 400

    def test_nobody_else_tells_them(self, session: Session, signed_in_as: Any, client: TestClient) -> None:
        headers = {"Idempotency-Key": "e1"}
        assert client.post(EVENTS, json=MADE, headers=headers).status_code == 401
        assert signed_in_as("administrator").post(EVENTS, json=MADE, headers=headers).status_code == 403
        with pytest.raises(Exception, match="payments"):
            emit_remote(session, "payments.payment_settled", {})
