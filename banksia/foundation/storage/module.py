"""Bytes: stored once by their content, immutable, found again by a row."""

from datetime import timedelta

from banksia.foundation.storage import tasks
from banksia.kit.module import Module
from banksia.kit.tasks import Schedule

module = Module(
    name="storage",
    title="Storage",
    version="0.1.0",
    kind="foundation",
    description="Files kept once by their content, and compared with their rows every day.",
    depends_on=("organisations",),
    tasks=(tasks.sweep_objects,),
    schedules=(Schedule(tasks.sweep_objects, every=timedelta(days=1)),),
)
