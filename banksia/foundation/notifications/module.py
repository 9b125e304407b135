"""Mail: rendered when something happens, delivered afterwards, each message kept."""

from banksia.foundation.notifications import permissions, tasks
from banksia.foundation.notifications.routes.staff import staff
from banksia.kit.module import Module

module = Module(
    name="notifications",
    title="E-mail",
    version="0.1.0",
    kind="foundation",
    description="Messages to customers and staff, each kept with what became of it.",
    depends_on=("organisations", "audit", "events", "storage"),
    routers=(staff,),
    permissions=permissions.ALL,
    tasks=(tasks.deliver_message,),
)
