"""Tasks take ids as JSON and give them to the function as what they are."""

import datetime
import uuid

import pytest
from pydantic import ValidationError

from banksia.kit.events import Event
from banksia.kit.tasks import Task, task

received: list[object] = []


@task()
def deliver(session: object, *, order_id: uuid.UUID, due_on: datetime.date | None = None) -> None:
    received[:] = [session, order_id, due_on]


@task(transactions=True, max_attempts=3)
def sweep(_transactions: object) -> None:
    received[:] = ["swept"]


class ThingHappened(Event):
    thing_id: uuid.UUID


class TestTask:
    def test_is_named_after_its_module_and_function(self) -> None:
        assert isinstance(deliver, Task)
        assert (deliver.name, sweep.name) == ("kit.deliver", "kit.sweep")
        assert (sweep.transactions, sweep.max_attempts) == (True, 3)

    def test_reads_its_arguments_back_from_json(self) -> None:
        deliver("session", order_id=str(uuid.UUID(int=1)), due_on="2026-11-25")
        assert received == ["session", uuid.UUID(int=1), datetime.date(2026, 11, 25)]

    def test_uses_a_default_that_was_not_sent(self) -> None:
        deliver("session", order_id=uuid.UUID(int=2))
        assert received == ["session", uuid.UUID(int=2), None]

    @pytest.mark.parametrize("payload", [{}, {"order_id": "no"}, {"order_id": str(uuid.UUID(int=1)), "more": 1}])
    def test_refuses_a_payload_that_does_not_fit(self, payload: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            deliver("session", **payload)

    def test_needs_no_arguments_when_it_is_scheduled(self) -> None:
        sweep("transactions")
        assert received == ["swept"]


class TestEvent:
    def test_is_named_after_its_module_and_class(self) -> None:
        assert ThingHappened.name == "kit.thing_happened"

    def test_cannot_be_changed_after_it_was_said(self) -> None:
        event = ThingHappened(thing_id=uuid.UUID(int=1))
        with pytest.raises(ValidationError):
            event.thing_id = uuid.UUID(int=2)  # type: ignore[misc]  # that is what is tried
