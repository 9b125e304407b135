"""Every SELECT of organisations."""

import uuid

from sqlalchemy import Select, select

from banksia.foundation.organisations.models import ModuleSettings, Organisation


def organisation_by_id(organisation_id: uuid.UUID) -> Select[Organisation]:
    """One organisation."""
    return select(Organisation).where(Organisation.id == organisation_id)


def organisations_by_host() -> Select[Organisation]:
    """All organisations; there are hundreds at most, and a process keeps them for a few seconds."""
    return select(Organisation)


def settings_of_module(organisation_id: uuid.UUID, module: str) -> Select[ModuleSettings]:
    """What one council decided for one module."""
    return select(ModuleSettings).where(
        ModuleSettings.organisation_id == organisation_id, ModuleSettings.module == module
    )
