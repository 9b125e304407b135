"""The background worker and its clock: every message names one row of the outbox, or says that it is time to look."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from celery import Celery

from banksia.foundation.events.public import enqueue, ring_waiting, run_row, time_limit_of
from banksia.foundation.organisations.public import enabled_modules
from banksia.kit.broker import RUN_LONG_TASK, RUN_TASK, SCHEDULE_TASK, SWEEP_TASK, bells_unheard, make_celery
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_slugs
from banksia.kit.kill_points import arm
from banksia.kit.logs import configure
from banksia.kit.module import Modules, discover
from banksia.kit.platform import Platform, make_platform
from banksia.kit.settings import Settings

MANY_UNHEARD = 200
"""With so many messages waiting, workers have enough to do without being reminded of more."""
log = structlog.get_logger()


class _Once:
    """The platform of this process, made at its first task: a worker forks, and connections do not survive that."""

    def __init__(self, settings: Settings, modules: Modules) -> None:
        self.settings, self.modules = settings, modules
        self._platform: Platform | None = None

    def __call__(self) -> Platform:
        if self._platform is None:
            self._platform = make_platform(self.settings, self.modules)
            arm(self.settings.kill_point)
            configure(self.settings)
        return self._platform


def create_worker(settings: Settings | None = None, modules: Modules | None = None) -> Celery:
    """The Celery application of `banksia worker` and `banksia beat`."""
    settings, modules = settings or Settings(), modules or discover()
    platform = _Once(settings, modules)
    celery = make_celery(settings)

    def run(organisation_id: str, outbox_id: str) -> None:
        if time_limit_of(platform(), uuid.UUID(organisation_id), uuid.UUID(outbox_id)) is None:
            run_row(platform(), uuid.UUID(organisation_id), uuid.UUID(outbox_id))
        else:
            # house: send, the same bell once more: a message's time limit is fixed before its row is read
            celery.send_task(RUN_LONG_TASK, args=[organisation_id, outbox_id])

    def run_long(organisation_id: str, outbox_id: str) -> None:
        run_row(platform(), uuid.UUID(organisation_id), uuid.UUID(outbox_id))

    def look_for_lost_work() -> None:
        # Whose bell waits to be heard is not lost. Rung again and again, a long queue would only grow.
        if bells_unheard(celery) < MANY_UNHEARD:
            sweep(platform())

    def schedule(task_name: str) -> None:
        start_scheduled(platform(), task_name)

    # Functions with names: Celery builds a signature check from each, and cannot from a lambda.
    celery.task(run, name=RUN_TASK)
    longest = _longest_seconds(settings, modules)
    celery.task(run_long, name=RUN_LONG_TASK, time_limit=longest, soft_time_limit=longest - 10)
    celery.task(look_for_lost_work, name=SWEEP_TASK)
    celery.task(schedule, name=SCHEDULE_TASK)
    celery.conf.beat_schedule = beat_schedule(settings, modules)
    celery.conf.beat_schedule_filename = str(settings.data_dir / "beat-schedule")
    return celery


def _longest_seconds(settings: Settings, modules: Modules) -> int:
    """The time limit of long work; a broker that waits for an answer must wait longer than it."""
    limits = [task.time_limit_seconds or 0 for task in modules.tasks.values()]
    return min(
        max(*limits, settings.task_time_limit_seconds, 60), max(60, settings.broker_visibility_timeout_seconds - 60)
    )


def beat_schedule(settings: Settings, modules: Modules) -> dict[str, dict[str, Any]]:
    """When to look for lost work, and when to start what modules schedule."""
    every_sweep = timedelta(seconds=settings.sweep_every_seconds)
    schedule: dict[str, dict[str, Any]] = {"sweep": {"task": SWEEP_TASK, "schedule": every_sweep}}
    for module in modules:
        for each in module.schedules:
            schedule[each.task.name] = {"task": SCHEDULE_TASK, "schedule": each.every, "args": [each.task.name]}
    return schedule


def _organisations(platform: Platform) -> dict[str, uuid.UUID]:
    with platform.database.session(None) as session:
        return organisation_slugs(session)


def sweep(platform: Platform) -> int:
    """Ring again for every row that should have run; answers how many."""
    return sum(ring_waiting(platform, organisation_id) for organisation_id in _organisations(platform).values())


def start_scheduled(platform: Platform, task_name: str) -> None:
    """Enqueue a scheduled task for every organisation that uses its module; twice in one period is once."""
    module = platform.modules.module_of_task(task_name)
    every = next(each.every for each in module.schedules if each.task.name == task_name)
    period = int(utc_now().timestamp() // every.total_seconds())
    started = datetime.fromtimestamp(period * every.total_seconds(), UTC).isoformat()
    for slug, organisation_id in _organisations(platform).items():
        with platform.database.session(organisation_id) as session:
            if module.always_on or module.name in enabled_modules(session):
                enqueue(session, task_name, key=f"schedule {started}")
                log.info("schedule_started", task=task_name, organisation=slug)
