"""The broker is only a bell: it carries the ids of outbox rows, and losing a message loses time, never work."""

import contextlib
import uuid
from pathlib import Path

import structlog
from celery import Celery
from kombu.exceptions import ChannelError

from banksia.kit.settings import Settings

log = structlog.get_logger()
RUN_TASK, SWEEP_TASK, SCHEDULE_TASK = "banksia.run", "banksia.sweep", "banksia.schedule"
RUN_LONG_TASK = "banksia.run_long"
"""The same as `banksia.run`, for rows whose task may take longer than others."""


def make_celery(settings: Settings) -> Celery:
    """Celery for these settings: Redis in production, folders in the embedded default."""
    celery = Celery("banksia", broker=settings.broker_url)
    if settings.broker_url.startswith("redis"):
        celery.conf.broker_transport = "banksia.kit.redis_transport:Transport"
    elif settings.broker_url.startswith("filesystem"):
        celery.conf.broker_transport = "banksia.kit.folder_transport:Transport"
    celery.conf.update(
        broker_transport_options=_transport_options(settings),
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # for ever: it comes back, and somebody has to be there then
        broker_connection_timeout=2,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=settings.task_time_limit_seconds,
        task_soft_time_limit=max(1, settings.task_time_limit_seconds - 10),
        task_default_queue="banksia",
        worker_prefetch_multiplier=4,
        worker_hijack_root_logger=False,
        worker_send_task_events=False,
        enable_utc=True,
        timezone="UTC",
    )
    return celery


def _transport_options(settings: Settings) -> dict[str, object]:
    if settings.broker_url.startswith("filesystem://"):
        folders = {name: settings.data_dir.resolve() / "broker" / name for name in ("messages", "control")}
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
        messages = str(folders["messages"])
        return {
            "data_folder_in": messages,
            "data_folder_out": messages,
            "control_folder": str(folders["control"]),
            "polling_interval": 0.2,  # seconds between looks into the folder; kombu's second is felt at every step
        }
    return {
        "visibility_timeout": settings.broker_visibility_timeout_seconds,
        "socket_connect_timeout": 2,
        "socket_timeout": 5,
    }


def bells_unheard(celery: Celery) -> int:
    """How many messages wait for a worker; it goes on to new ones only when it has heard these."""
    with celery.connection_for_read() as connection, contextlib.suppress(ChannelError):
        # Redis knows no queue that is empty, and says so with an error.
        found = connection.default_channel.queue_declare(queue=celery.conf.task_default_queue, passive=True)
        return int(found.message_count)
    return 0


class BrokerBell:
    """Rings by sending one message; when the broker is away the sweeper rings later."""

    def __init__(self, settings: Settings) -> None:
        """Connect at the first ring, not before: a process may be forked in between."""
        self._celery = make_celery(settings)

    def __call__(self, organisation_id: uuid.UUID, outbox_id: uuid.UUID) -> None:
        """Tell a worker that a row waits."""
        try:
            # house: send, this is the bell itself, rung after the commit
            self._celery.send_task(RUN_TASK, args=[str(organisation_id), str(outbox_id)], retry=False)
        except Exception as error:  # noqa: BLE001  (whatever ails the broker, the row is safe)
            log.warning("bell_unheard", outbox_id=str(outbox_id), error=f"{type(error).__name__}: {error}"[:300])


def check_broker(settings: Settings) -> None:
    """Raise unless the broker answers."""
    if settings.broker_url.startswith("filesystem://"):
        folder = Path(str(_transport_options(settings)["data_folder_in"]))
        if not folder.is_dir():
            raise FileNotFoundError(folder)
        return
    with make_celery(settings).connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, timeout=2)
