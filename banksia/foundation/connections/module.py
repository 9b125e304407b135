"""Modules that run elsewhere and are reached over HTTP."""

from banksia.foundation.connections import permissions
from banksia.kit.module import Module

module = Module(
    name="connections",
    title="Connected modules",
    version="0.1.0",
    kind="foundation",
    description="Connects modules that run elsewhere: what each asks for, what a council approved, and how it is.",
    depends_on=("organisations", "audit", "events", "notifications", "auth", "payments", "storage", "webhooks"),
    permissions=permissions.ALL,
)
