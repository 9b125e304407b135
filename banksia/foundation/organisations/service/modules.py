"""Which modules a council uses, and how they are set."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.errors import (
    ModuleNeedsOthers,
    ModuleNotFound,
    ModuleRequired,
    SettingsInvalid,
)
from banksia.foundation.organisations.models import ModuleSettings
from banksia.foundation.organisations.queries import organisation_by_id, settings_of_module
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of, platform_of
from banksia.kit.errors import message_of
from banksia.kit.keeping import forget_councils
from banksia.kit.models import module_of, new_id
from banksia.kit.module import Module, Modules

SettingsT = TypeVar("SettingsT", bound=BaseModel)


def module_settings(session: Session, model: type[SettingsT]) -> SettingsT:
    """A module's settings at this council; what the council did not decide is the default."""
    row = session.scalar(settings_of_module(organisation_id_of(session), module_of(model.__module__)))
    return model.model_validate(row.values if row else {})


def installed(modules: Modules, name: str) -> Module:
    """The module of that name; raises ModuleNotFound."""
    if name not in modules:
        raise ModuleNotFound(name)
    return modules[name]


def set_module_enabled(session: Session, actor: Actor, *, name: str, enabled: bool) -> Module:
    """Switch a module on or off for the council; its data stays either way."""
    modules = platform_of(session).modules
    module = installed(modules, name)
    organisation = session.scalars(
        organisation_by_id(actor.organisation_id).with_for_update().execution_options(populate_existing=True)
    ).one()
    on = set(organisation.enabled_modules)
    if enabled:
        missing = [modules[each].title for each in module.depends_on if not _is_on(modules[each], on)]
        if missing:
            message = f"{module.title} needs {', '.join(missing)}. Switch that on first."
            raise ModuleNeedsOthers(message)
        if module.on_enabled:
            module.on_enabled(session, actor)
    else:
        _refuse_if_needed(session, module, on)
    if not module.always_on and (name in on) != enabled:
        organisation.enabled_modules = sorted(on | {name} if enabled else on - {name})
        action = "organisations.module_enabled" if enabled else "organisations.module_disabled"
        audit.record(session, actor, action, detail={"module": name})
        forget_councils(session)
    return module


def _is_on(module: Module, on: set[str]) -> bool:
    return module.always_on or module.name in on


def _refuse_if_needed(session: Session, module: Module, on: set[str]) -> None:
    modules = platform_of(session).modules
    if module.always_on:
        message = f"{module.title} is part of the foundation and always on."
        raise ModuleRequired(message)
    dependents = [each.title for each in modules if each.name in on and module.name in each.depends_on]
    dependents += modules.needing(session, module.name)
    if dependents:
        message = f"{', '.join(dependents)} needs {module.title}. Switch that off first."
        raise ModuleRequired(message)


def update_module_settings(session: Session, actor: Actor, *, name: str, values: dict[str, Any]) -> BaseModel:
    """Keep a module's settings after checking them against its model; raises SettingsInvalid."""
    module = installed(platform_of(session).modules, name)
    if module.settings is None:
        raise ModuleNotFound(name)
    try:
        checked = module.settings.model_validate(values, extra="forbid")
    except ValidationError as error:
        errors = [{"field": ".".join(map(str, each["loc"])), "message": message_of(each)} for each in error.errors()]
        raise SettingsInvalid(errors=errors) from error
    kept = checked.model_dump(mode="json")
    statement = insert(ModuleSettings).values(
        id=new_id(), organisation_id=actor.organisation_id, module=name, values=kept
    )
    session.execute(
        statement.on_conflict_do_update(index_elements=["organisation_id", "module"], set_={"values": kept})
    )
    audit.record(session, actor, "organisations.settings_changed", detail={"module": name, "values": kept})
    return checked
