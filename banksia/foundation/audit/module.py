"""The audit log."""

from datetime import timedelta

from banksia.foundation.audit import commands, permissions, routes, tasks
from banksia.kit.module import Module, Navigation
from banksia.kit.tasks import Schedule

module = Module(
    name="audit",
    title="Audit log",
    version="0.1.0",
    kind="foundation",
    description="Who did what when, in a hash chain per council.",
    depends_on=("organisations",),
    routers=(routes.staff,),
    commands=commands.commands,
    permissions=permissions.ALL,
    tasks=(tasks.verify_chain,),
    schedules=(Schedule(tasks.verify_chain, every=timedelta(days=1)),),
    navigation=(Navigation("Audit log", "/audit/staff", permission=permissions.ENTRIES_READ, group="administration"),),
)
