"""Accounts and sign-in."""

from banksia.foundation.auth import permissions, routes
from banksia.kit.module import Module

module = Module(
    name="auth",
    title="People",
    version="0.1.0",
    kind="foundation",
    description="Accounts, sign-in, sessions and roles.",
    depends_on=("organisations",),
    routers=(routes.account,),
    permissions=permissions.ALL,
)
