"""Modules that run elsewhere and are reached over HTTP."""

from datetime import timedelta

from banksia.foundation.connections import permissions, tasks
from banksia.foundation.connections.commands import commands
from banksia.foundation.connections.public import permissions_of_connections, titles_needing
from banksia.foundation.connections.routes.calls import calls
from banksia.foundation.connections.routes.deliveries import deliveries
from banksia.foundation.connections.routes.modules import modules
from banksia.foundation.connections.routes.token import token
from banksia.foundation.connections.service.telling import ALL_EVENTS
from banksia.kit.module import Module, Navigation
from banksia.kit.tasks import Schedule

module = Module(
    name="connections",
    title="Connected modules",
    version="0.1.0",
    kind="foundation",
    description="Connects modules that run elsewhere: what each asks for, what a council approved, and how it is.",
    depends_on=("organisations", "audit", "events", "notifications", "auth", "payments", "storage", "webhooks"),
    routers=(modules, token, calls, deliveries),
    commands=commands,
    permissions=permissions.ALL,
    navigation=(
        Navigation("Connected modules", "/connections/settings/modules", "settings", permissions.MODULES_MANAGE),
    ),
    tasks=(tasks.check_modules, tasks.deliver, tasks.remind, tasks.sweep_deliveries, tasks.forget_old),
    schedules=(
        Schedule(tasks.check_modules, every=timedelta(minutes=5)),
        Schedule(tasks.sweep_deliveries, every=timedelta(minutes=1)),
        Schedule(tasks.forget_old, every=timedelta(days=1)),
    ),
    hears_all=ALL_EVENTS,
    grants=permissions_of_connections,
    needing=titles_needing,
)
