"""Accounts and sign-in."""

from datetime import timedelta

from banksia.foundation.auth import commands, permissions, routes, tasks
from banksia.foundation.auth.events import EmailVerified
from banksia.kit.module import Module, Navigation
from banksia.kit.tasks import Schedule

module = Module(
    name="auth",
    title="People",
    version="0.1.0",
    kind="foundation",
    description="Accounts, sign-in, sessions and roles.",
    depends_on=("organisations", "audit", "events", "notifications"),
    routers=(routes.account, routes.api_tokens, routes.firms, routes.staff),
    commands=commands.commands,
    permissions=permissions.ALL,
    tasks=(tasks.send_reset_link, tasks.forget_old),
    schedules=(Schedule(tasks.forget_old, every=timedelta(days=1)),),
    events=(EmailVerified,),
    navigation=(Navigation("People", "/auth/settings/people", "settings", permissions.USERS_MANAGE),),
)
