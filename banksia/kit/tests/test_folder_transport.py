"""The embedded broker: what a process leaves half written when it is killed harms nobody else."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from banksia.kit.broker import bells_unheard, make_celery
from banksia.kit.settings import Settings


class Broker:
    """The broker's folders, and a queue in them that no other test has: kombu remembers queues for the process."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data_dir=folder, secret_key=SecretStr("x" * 40))
        self.name = uuid.uuid4().hex
        self.messages, self.control = folder / "broker" / "messages", folder / "broker" / "control"

    def open(self) -> Any:
        return make_celery(self.settings).connection_for_write().SimpleQueue(self.name)


@pytest.fixture
def broker(tmp_path: Path) -> Broker:
    return Broker(tmp_path)


def test_messages_arrive_and_leave_nothing(broker: Broker) -> None:
    queue = broker.open()
    for number in range(3):
        queue.put({"number": number, "word": "Dúnedain 🌿"})
    assert sorted(queue.get(timeout=2).payload["number"] for _ in range(3)) == [0, 1, 2]
    with pytest.raises(queue.Empty):
        queue.get_nowait()
    assert list(broker.messages.iterdir()) == []


def test_a_message_cut_off_is_passed_over(broker: Broker) -> None:
    queue = broker.open()
    (broker.messages / f"0_a.{broker.name}.msg").write_bytes(b"")
    (broker.messages / f"1_b.{broker.name}.msg").write_bytes(b'{"body": "IiI')
    (broker.messages / f"2_c.{broker.name}.msg.part").write_bytes(b'{"body"')
    queue.put("whole")
    assert queue.get(timeout=2).payload == "whole"
    with pytest.raises(queue.Empty):
        queue.get_nowait()


def test_a_table_of_bindings_cut_off_is_written_anew(broker: Broker) -> None:
    broker.control.mkdir(parents=True)
    table = broker.control / f"{broker.name}.exchange"
    table.write_bytes(b"")
    queue = broker.open()
    queue.put("whole")
    assert queue.get(timeout=2).payload == "whole"
    assert broker.name in table.read_text("utf-8")


def test_two_workers_share_what_waits_and_new_messages_come_after(broker: Broker) -> None:
    first, second = broker.open(), broker.open()
    for number in range(6):
        first.put(number)
    found = [queue.get(timeout=2).payload for queue in (first, second, second, first)]
    second.put(6)
    found += [queue.get(timeout=2).payload for queue in (first, second, first)]
    assert found == list(range(7))
    for queue in (first, second):
        with pytest.raises(queue.Empty):
            queue.get_nowait()


def test_bells_are_counted_until_they_are_heard(broker: Broker) -> None:
    celery = make_celery(broker.settings)
    celery.conf.task_default_queue = broker.name
    assert bells_unheard(celery) == 0
    queue = broker.open()
    for number in range(3):
        queue.put(number)
    assert bells_unheard(celery) == 3
    queue.get(timeout=2)
    assert bells_unheard(celery) == 2
