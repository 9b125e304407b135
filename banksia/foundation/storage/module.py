"""Bytes: stored once by their content, immutable, found again by a row."""

from datetime import timedelta

from banksia.foundation.storage import tasks
from banksia.foundation.storage.events import FixityFailed
from banksia.foundation.storage.service.checks import CHECKS
from banksia.foundation.storage.service.fixity import RUNS_EVERY
from banksia.kit.module import Module
from banksia.kit.tasks import Schedule

module = Module(
    name="storage",
    title="Storage",
    version="0.1.0",
    kind="foundation",
    description="Files kept once by their content, compared with their rows every day, and read again within a period.",
    depends_on=("organisations", "audit", "events"),
    tasks=(tasks.sweep_objects, tasks.verify_objects, tasks.discard_expired_uploads),
    schedules=(
        Schedule(tasks.sweep_objects, every=timedelta(days=1)),
        Schedule(tasks.verify_objects, every=RUNS_EVERY),
        Schedule(tasks.discard_expired_uploads, every=timedelta(hours=1)),
    ),
    events=(FixityFailed,),
    checks=CHECKS,
)
