"""The council's own pages: what anybody may see of it, and what an administrator changes."""

from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from banksia.foundation.organisations import permissions, service
from banksia.foundation.organisations.errors import (
    AbnInvalid,
    LogoInvalid,
    LogoNotFound,
    ModuleNeedsOthers,
    ModuleNotFound,
    ModuleRequired,
    SettingsInvalid,
    ThemeInvalid,
)
from banksia.foundation.organisations.schemas import (
    Council,
    ModuleRead,
    ModuleSettingsRead,
    ModuleUpdate,
    OrganisationRead,
    OrganisationUpdate,
)
from banksia.kit.database import Transactions
from banksia.kit.module import Module
from banksia.kit.routing import ActorDep, PlatformDep, Router, SessionDep, TransactionsDep

public = Router()
settings = Router()
LOGO_CONTENT = {
    kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/png", "image/jpeg", "image/svg+xml")
}


LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _read(council: Council) -> OrganisationRead:
    logo_url = f"/api/organisations/current/logo?v={council.logo_sha256[:16]}" if council.logo_type else None
    return OrganisationRead(**council.model_dump(exclude={"logo_type", "logo_sha256"}), logo_url=logo_url)


def _module_read(module: Module, enabled: frozenset[str]) -> ModuleRead:
    return ModuleRead(
        name=module.name,
        title=module.title,
        version=module.version,
        kind=module.kind,
        description=module.description,
        depends_on=list(module.depends_on),
        enabled=module.always_on or module.name in enabled,
        always_on=module.always_on,
        has_settings=module.settings is not None,
    )


@public.get("/current", public=True, scope="any")
def get_current_organisation(session: SessionDep) -> OrganisationRead:
    """The council at this address: name, contact, look."""
    return _read(service.current_organisation(session))


@public.get("/current/logo", public=True, scope="any", response_class=Response, raises=[LogoNotFound])
def get_logo(session: SessionDep) -> Response:
    """The council's logo."""
    logo = service.logo_of(session)
    if logo is None:
        raise LogoNotFound
    headers = {"Cache-Control": "public, max-age=300", "Content-Security-Policy": LOGO_POLICY}
    return Response(logo[1], media_type=logo[0], headers=headers)


@settings.put(
    "/current/logo",
    permission=permissions.DETAILS_MANAGE,
    transactions=True,
    raises=[LogoInvalid],
    openapi_extra={"requestBody": {"required": True, "content": LOGO_CONTENT}},
)
async def set_logo(request: Request, transactions: TransactionsDep) -> OrganisationRead:
    """Take the body of the request, a PNG, JPEG or plain SVG picture of up to 256 kB, as the council's logo."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > service.MAX_LOGO_BYTES:
            break  # one byte too many is enough to refuse it
    return _read(await run_in_threadpool(_keep_logo, transactions, content))


def _keep_logo(transactions: Transactions, content: bytes) -> Council:
    with transactions() as session:
        return service.set_logo(session, transactions.actor, content=content)


@settings.delete("/current/logo", permission=permissions.DETAILS_MANAGE)
def remove_logo(session: SessionDep, actor: ActorDep) -> OrganisationRead:
    """Show the council's name without a logo."""
    return _read(service.remove_logo(session, actor))


@settings.patch("/current", permission=permissions.DETAILS_MANAGE, raises=[AbnInvalid, ThemeInvalid])
def update_organisation(session: SessionDep, actor: ActorDep, changes: OrganisationUpdate) -> OrganisationRead:
    """Change the council's details and look."""
    return _read(service.update_organisation(session, actor, changes=changes))


@settings.get("/modules", permission=permissions.MODULES_MANAGE)
def list_modules(session: SessionDep, platform: PlatformDep) -> list[ModuleRead]:
    """Every installed module, and whether the council uses it."""
    enabled = service.enabled_modules(session)
    return [_module_read(module, enabled) for module in platform.modules]


@settings.put(
    "/modules/{name}",
    permission=permissions.MODULES_MANAGE,
    raises=[ModuleNotFound, ModuleRequired, ModuleNeedsOthers],
)
def set_module_enabled(session: SessionDep, actor: ActorDep, name: str, change: ModuleUpdate) -> ModuleRead:
    """Switch a module on or off; its data stays."""
    module = service.set_module_enabled(session, actor, name=name, enabled=change.enabled)
    return _module_read(module, service.enabled_modules(session))


@settings.get("/modules/{name}/settings", permission=permissions.MODULES_MANAGE, raises=[ModuleNotFound])
def get_module_settings(session: SessionDep, platform: PlatformDep, name: str) -> ModuleSettingsRead:
    """A module's settings at this council."""
    model = _settings_model(service.installed(platform.modules, name))
    return _settings_read(name, service.module_settings(session, model))


@settings.put(
    "/modules/{name}/settings", permission=permissions.MODULES_MANAGE, raises=[ModuleNotFound, SettingsInvalid]
)
def update_module_settings(
    session: SessionDep, actor: ActorDep, name: str, values: dict[str, Any]
) -> ModuleSettingsRead:
    """Change a module's settings at this council."""
    return _settings_read(name, service.update_module_settings(session, actor, name=name, values=values))


def _settings_model(module: Module) -> type[BaseModel]:
    if module.settings is None:
        raise ModuleNotFound(module.name)
    return module.settings


def _settings_read(name: str, values: BaseModel) -> ModuleSettingsRead:
    return ModuleSettingsRead(
        module=name, values=values.model_dump(mode="json"), json_schema=type(values).model_json_schema()
    )
