"""Webhooks out to customers' software."""

from datetime import timedelta

from banksia.foundation.webhooks import permissions, routes, tasks
from banksia.kit.module import Module
from banksia.kit.tasks import Schedule

module = Module(
    name="webhooks",
    title="Customers' webhooks",
    version="0.1.0",
    kind="foundation",
    description="Tells a customer's software what happens, signed and until it is heard.",
    depends_on=("organisations", "audit", "events", "notifications", "auth"),
    routers=(routes.customer,),
    permissions=permissions.ALL,
    tasks=(tasks.deliver, tasks.forget_old),
    schedules=(Schedule(tasks.forget_old, every=timedelta(days=1)),),
)
