"""Events and tasks after the commit."""

from banksia.foundation.events import permissions, routes
from banksia.kit.module import Module

module = Module(
    name="events",
    title="Background work",
    version="0.1.0",
    kind="foundation",
    description="Events and tasks that run after the commit, and those that failed.",
    depends_on=("organisations",),
    routers=(routes.staff,),
    permissions=permissions.ALL,
)
