"""Telling and delivering: signed, retried, given up, and never lost."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.foundation.webhooks.adapters.signing import sign
from banksia.foundation.webhooks.models import Delivery, Endpoint
from banksia.foundation.webhooks.public import tell_customer
from banksia.foundation.webhooks.queries import deliveries_of, endpoint_with_id
from banksia.foundation.webhooks.service import keeping
from banksia.foundation.webhooks.service.delivering import WAITS, deliver
from banksia.foundation.webhooks.tests.factories import PLACED, Receiver, make_endpoint, receiving
from banksia.kit import kill_points
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform

GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "api-for-customers.md"
DATA = {"order_number": "BH-2026-00001", "reference": "26/1183", "state": "awaiting_payment"}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def told(session: Session, customer: Actor, receiver: Receiver) -> Callable[..., Endpoint]:
    """Register a webhook and tell it of an order."""

    def tell(**given: Any) -> Endpoint:
        endpoint, _ = make_endpoint(session, customer, receiver.url, **given)
        assert customer.user_id
        tell_customer(session, user_id=customer.user_id, event=PLACED, data=DATA)
        session.flush()
        return endpoint

    return tell


def deliveries(session: Session, endpoint: Endpoint) -> list[Delivery]:
    session.flush()
    session.expire_all()
    return list(session.scalars(deliveries_of(endpoint.organisation_id, endpoint.id).order_by(Delivery.id)))


def verifies(secret: str, headers: dict[str, str], body: str) -> bool:
    """As a receiver does it: with the code of the guide."""
    guide: dict[str, Any] = {}
    exec(re.search(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)[1], guide)  # type: ignore[index]  # noqa: S102  (our own text)
    return bool(guide["verify"](secret, headers, body.encode()))


def test_the_signature_is_that_of_the_specification() -> None:
    """The example of the reference implementations (github.com/standard-webhooks/standard-webhooks)."""
    signature = sign(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body='{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


class TestTellCustomer:
    def test_writes_nothing_for_who_has_no_webhook_for_it(self, session: Session, customer: Actor) -> None:
        assert customer.user_id
        tell_customer(session, user_id=customer.user_id, event=PLACED, data=DATA)
        endpoint, _ = make_endpoint(session, customer, types=("certificates.order.paid",))
        paused, _ = make_endpoint(session, customer)
        keeping.change_endpoint(session, customer, endpoint_id=paused.id, paused=True)
        tell_customer(session, user_id=customer.user_id, event=PLACED, data=DATA)
        assert deliveries(session, endpoint) + deliveries(session, paused) == []

    def test_tells_once_for_a_key(self, session: Session, customer: Actor) -> None:
        endpoint, _ = make_endpoint(session, customer)
        for _ in range(2):
            assert customer.user_id
            tell_customer(session, user_id=customer.user_id, event=PLACED, data=DATA, key="placed:1")
        assert len(deliveries(session, endpoint)) == 1

    def test_what_no_module_tells_is_a_mistake_of_ours(self, session: Session, customer: Actor) -> None:
        assert customer.user_id
        with pytest.raises(ValueError, match=r"certificates\.order\.eaten"):
            tell_customer(session, user_id=customer.user_id, event="certificates.order.eaten", data={})


class TestDeliver:
    def test_arrives_signed_by_the_new_secret_and_for_a_day_by_the_old(
        self, session: Session, customer: Actor, receiver: Receiver, told: Callable[..., Endpoint],
        run_outbox: Callable[[], int],
    ) -> None:  # fmt: skip
        endpoint = told()
        _, first = keeping.rotate_secret(session, customer, endpoint_id=endpoint.id)
        _, second = keeping.rotate_secret(session, customer, endpoint_id=endpoint.id)
        session.flush()
        run_outbox()
        ((headers, body),) = receiver.heard
        assert verifies(first, headers, body)
        assert verifies(second, headers, body)
        assert not verifies(second, headers, body + " ")
        assert json.loads(body)["data"] == DATA
        assert set(json.loads(body)) == {"type", "timestamp", "data"}
        (delivery,) = deliveries(session, endpoint)
        assert (delivery.status, delivery.response_status, delivery.response_text) == ("delivered", 200, "thanks")

        endpoint.old_secret_until = utc_now()
        delivery = keeping.redeliver(session, customer, endpoint_id=endpoint.id, delivery_id=delivery.id)
        session.flush()
        run_outbox()
        again, same_body = receiver.heard[1]
        assert (again["webhook-id"], same_body) == (headers["webhook-id"], body)
        assert verifies(second, again, body)
        assert not verifies(first, again, body)

    def test_a_failure_is_tried_again_later_and_then_forgotten(
        self, session: Session, receiver: Receiver, told: Callable[..., Endpoint], run_outbox: Callable[[], int]
    ) -> None:
        receiver.status, receiver.answer = 503, b"busy"
        endpoint = told()
        run_outbox()
        (delivery,) = deliveries(session, endpoint)
        assert (delivery.status, delivery.attempts, delivery.response_text) == ("pending", 1, "busy")
        assert delivery.next_attempt_at
        assert timedelta(seconds=3) < delivery.next_attempt_at - utc_now() <= WAITS[0]
        assert session.scalars(text("SELECT count(*) FROM events.outbox WHERE status = 'dead'")).one() == 0

        receiver.status = 204
        _due(session)
        run_outbox()
        (delivery,) = deliveries(session, endpoint)
        assert (delivery.status, delivery.attempts) == ("delivered", 2)
        assert [headers["webhook-id"] for headers, _ in receiver.heard] == [delivery.message_id] * 2
        assert _read(session, endpoint).failing_since is None

    @pytest.mark.parametrize("gone", [False, True])
    def test_five_days_of_failing_switch_it_off_and_write_to_its_owner(
        self, session: Session, customer: Actor, receiver: Receiver, told: Callable[..., Endpoint],
        run_outbox: Callable[[], int], gone: bool,
    ) -> None:  # fmt: skip
        assert sum(WAITS, timedelta()) > timedelta(days=5)
        receiver.status = 410 if gone else 500
        endpoint = told()
        endpoint.failing_since = None if gone else utc_now() - timedelta(days=5)
        session.flush()
        run_outbox()
        assert _read(session, endpoint).state == "disabled"
        (delivery,) = deliveries(session, endpoint)
        assert delivery.status == "failed"
        mails = session.execute(text("SELECT to_address, text FROM notifications.messages")).all()
        assert [mail.to_address for mail in mails] == [customer.email]
        assert f"http://localhost:8000/webhooks/customer/{endpoint.id}" in mails[0].text
        keeping.change_endpoint(session, customer, endpoint_id=endpoint.id, paused=False)
        assert (_read(session, endpoint).state, endpoint.failing_since) == ("active", None)

    @pytest.mark.parametrize("end", ["paused", "removed", "switched off"])
    def test_nothing_goes_to_one_that_has_ended(
        self, session: Session, customer: Actor, receiver: Receiver, told: Callable[..., Endpoint],
        run_outbox: Callable[[], int], end: str,
    ) -> None:  # fmt: skip
        endpoint = told()
        if end == "paused":
            keeping.change_endpoint(session, customer, endpoint_id=endpoint.id, paused=True)
        elif end == "removed":
            keeping.remove_endpoint(session, customer, endpoint_id=endpoint.id)
        else:
            session.execute(text("UPDATE auth.users SET active = false WHERE id = :id"), {"id": customer.user_id})
        session.flush()
        run_outbox()
        assert receiver.heard == []
        assert [each.status for each in deliveries(session, endpoint)] == ["failed"]

    def test_death_between_sending_and_noting_sends_the_same_again(
        self, live_platform: Platform, live_organisation: Council, receiver: Receiver, monkeypatch: pytest.MonkeyPatch,
        actor_in: Callable[..., Actor],
    ) -> None:  # fmt: skip
        live = Transactions(live_platform, Actor.system(live_organisation.id))
        with live() as session:
            actor = actor_in(session, live_organisation.id, ("customer",))
            endpoint, _ = make_endpoint(session, actor, receiver.url)
            delivery = keeping.send_test(session, actor, endpoint_id=endpoint.id)

        class Death(BaseException):
            pass

        def die(_: str) -> None:
            raise Death

        with monkeypatch.context() as patched:
            patched.setattr(kill_points, "_on_reach", die)
            with pytest.raises(Death):
                deliver(live, delivery_id=delivery.id)
        with live() as session:
            assert [each.status for each in deliveries(session, endpoint)] == ["pending"]
        deliver(live, delivery_id=delivery.id)
        deliver(live, delivery_id=delivery.id)
        assert [headers["webhook-id"] for headers, _ in receiver.heard] == [delivery.message_id] * 2
        with live() as session:
            assert [each.status for each in deliveries(session, endpoint)] == ["delivered"]


def _read(session: Session, endpoint: Endpoint) -> Endpoint:
    session.flush()
    session.expire_all()
    return session.scalars(endpoint_with_id(endpoint.organisation_id, endpoint.id)).one()


def _due(session: Session) -> None:
    """Let the planned tries be due now."""
    session.execute(text("UPDATE webhooks.deliveries SET next_attempt_at = now()"))
    session.execute(text("UPDATE events.outbox SET available_at = now() WHERE status = 'pending'"))
