"""Events and tasks after the commit."""

from datetime import timedelta

from banksia.foundation.events import permissions, routes, tasks
from banksia.kit.module import Module, Navigation
from banksia.kit.tasks import Schedule

module = Module(
    name="events",
    title="Background work",
    version="0.1.0",
    kind="foundation",
    description="Events and tasks that run after the commit, and those that failed.",
    depends_on=("organisations", "audit"),
    routers=(routes.staff,),
    permissions=permissions.ALL,
    tasks=(tasks.forget_done,),
    schedules=(Schedule(tasks.forget_done, every=timedelta(days=1)),),
    navigation=(
        Navigation(
            "Failed work", "/events/settings/dead-letters", "settings", permissions.DEAD_LETTERS_MANAGE, group="system"
        ),
    ),
)
