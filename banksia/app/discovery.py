"""What is installed, as the signed-in person may see it."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from banksia.foundation.organisations.errors import ModuleNotFound
from banksia.kit.actor import Actor
from banksia.kit.module import Module, Navigation
from banksia.kit.platform import CouncilHost, Platform
from banksia.kit.routing import ActorDep, CouncilDep, PlatformDep, SessionDep
from banksia.kit.schemas import ReadModel

router = APIRouter()


class NavigationRead(ReadModel):
    """An entry of the navigation."""

    label: str
    to: str
    area: str
    group: str


class InstalledModule(ReadModel):
    """A module that the council uses."""

    name: str
    title: str
    version: str
    kind: str
    description: str
    depends_on: list[str]
    provides: list[str]
    navigation: list[NavigationRead]
    page_url: str | None


class WidgetRead(ReadModel):
    """What a module shows on the dashboard."""

    name: str
    title: str
    content: dict[str, Any]


class Dashboard(ReadModel):
    """A module's widgets for the signed-in person."""

    module: str
    widgets: list[WidgetRead]


def _may(actor: Actor, entry: Navigation) -> bool:
    return entry.permission is None or actor.may(entry.permission)


def _read(module: Module, actor: Actor) -> InstalledModule:
    return InstalledModule(
        name=module.name,
        title=module.title,
        version=module.version,
        kind=module.kind,
        description=module.description,
        depends_on=list(module.depends_on),
        provides=list(module.provides),
        navigation=[NavigationRead.model_validate(entry) for entry in module.navigation if _may(actor, entry)],
        page_url=f"/modules/{module.name}/{module.page.rsplit('/', 1)[-1]}" if module.page else None,
    )


def _enabled(platform: Platform, council: CouncilHost, name: str) -> Module:
    module = platform.modules.get(name)
    if module is None or not (module.always_on or name in council.enabled_modules):
        raise ModuleNotFound(name)
    return module


@router.get("/api/modules", operation_id="list_enabled_modules", tags=["modules"])
def list_enabled_modules(platform: PlatformDep, council: CouncilDep, actor: ActorDep) -> list[InstalledModule]:
    """The modules that the council uses, with the navigation that this person may see."""
    return [
        _read(module, actor)
        for module in platform.modules
        if module.always_on or module.name in council.enabled_modules
    ]


@router.get("/{name}/.well-known/banksia/meta.json", include_in_schema=False)
def describe_module(platform: PlatformDep, council: CouncilDep, actor: ActorDep, name: str) -> InstalledModule:
    """What a module says of itself."""
    return _read(_enabled(platform, council, name), actor)


@router.get("/{name}/.well-known/banksia/dashboard.json", include_in_schema=False)
def load_dashboard(
    platform: PlatformDep, council: CouncilDep, session: SessionDep, actor: ActorDep, name: str
) -> Dashboard:
    """A module's widgets for this person."""
    module = _enabled(platform, council, name)
    widgets = [
        WidgetRead(name=widget.name, title=widget.title, content=widget.load(session, actor))
        for widget in module.widgets
        if widget.place == "dashboard" and (widget.permission is None or actor.may(widget.permission))
    ]
    return Dashboard(module=name, widgets=widgets)


@router.get("/modules/{name}/{file}", include_in_schema=False)
def serve_module_page(platform: PlatformDep, council: CouncilDep, name: str, file: str) -> Response:
    """The ES module that draws a third-party module's page, and the files beside it."""
    module = _enabled(platform, council, name)
    folder = module.page.rsplit("/", 1)[0] if module.page else ""
    types = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "json": "application/json"}
    kind = types.get(file.rsplit(".", 1)[-1])
    if not folder or kind is None or file.startswith("."):
        raise ModuleNotFound(name)
    found = module.folder(folder).joinpath(file)
    if not found.is_file():
        raise ModuleNotFound(name)
    return Response(found.read_bytes(), media_type=kind, headers={"Cache-Control": "no-cache"})
