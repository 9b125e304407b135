"""What is installed and connected, as the signed-in person may see it."""

from typing import Any

import structlog
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from sqlalchemy.orm import Session

from banksia.foundation.connections.public import ShownModule, load_widgets, shown_modules
from banksia.foundation.organisations.errors import ModuleNotFound
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.module import Module, Navigation, Widget
from banksia.kit.platform import CouncilHost, Platform
from banksia.kit.routing import ActorDep, CouncilDep, PlatformDep, SessionDep, TransactionsDep
from banksia.kit.schemas import ReadModel

router = APIRouter()
log = structlog.get_logger()


class NavigationRead(ReadModel):
    """An entry of the navigation."""

    label: str
    to: str
    area: str
    group: str


class InstalledModule(ReadModel):
    """A module that the council uses: one that is installed, or one that runs elsewhere (`remote`).

    `page_url` is the script that draws its pages; `page_mode` says whether within the council's pages (`origin`) or in
    a frame of its own. `notices` says what is missing that it works without.
    """

    name: str
    title: str
    version: str
    kind: str
    description: str
    depends_on: list[str]
    provides: list[str]
    navigation: list[NavigationRead]
    page_url: str | None
    page_mode: str | None
    remote: bool
    capabilities: list[str]
    health: str
    notices: list[str]


class WidgetRead(ReadModel):
    """What a module shows on the dashboard."""

    name: str
    title: str
    content: dict[str, Any]


class Dashboard(ReadModel):
    """A module's widgets for the signed-in person; `failed` names those that could not answer just now."""

    module: str
    widgets: list[WidgetRead]
    failed: list[str]


def _may(actor: Actor, entry: Navigation | Widget) -> bool:
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
        page_mode="origin" if module.page else None,
        remote=False,
        capabilities=[],
        health="ok",
        notices=[],
    )


def _read_remote(shown: ShownModule) -> InstalledModule:
    manifest = shown.manifest
    return InstalledModule(
        name=manifest.id,
        title=manifest.title,
        version=manifest.version,
        kind=manifest.kind,
        description=manifest.description,
        depends_on=[each.module for each in manifest.requires if not each.optional],
        provides=[each.name for each in manifest.provides],
        navigation=[NavigationRead.model_validate(entry) for entry in shown.navigation],
        page_url=shown.page_url,
        page_mode=shown.page_mode,
        remote=True,
        capabilities=list(manifest.capabilities),
        health=shown.health,
        notices=shown.notices,
    )


def _enabled(platform: Platform, council: CouncilHost, name: str) -> Module:
    module = platform.modules.get(name)
    if module is None or not (module.always_on or name in council.enabled_modules):
        raise ModuleNotFound(name)
    return module


def _remote(session: Session, actor: Actor, name: str) -> ShownModule:
    for shown in shown_modules(session, actor):
        if shown.manifest.id == name:
            return shown
    raise ModuleNotFound(name)


@router.get("/api/modules", operation_id="list_enabled_modules", tags=["modules"])
def list_enabled_modules(
    platform: PlatformDep, council: CouncilDep, session: SessionDep, actor: ActorDep
) -> list[InstalledModule]:
    """The modules that the council uses, with the navigation that this person may see."""
    installed = [
        _read(module, actor)
        for module in platform.modules
        if module.always_on or module.name in council.enabled_modules
    ]
    return [*installed, *(_read_remote(shown) for shown in shown_modules(session, actor))]


@router.get("/{name}/.well-known/banksia/meta.json", include_in_schema=False)
def describe_module(
    platform: PlatformDep, council: CouncilDep, session: SessionDep, actor: ActorDep, name: str
) -> InstalledModule:
    """What a module says of itself."""
    if name in platform.modules:
        return _read(_enabled(platform, council, name), actor)
    return _read_remote(_remote(session, actor, name))


@router.get("/{name}/.well-known/banksia/dashboard.json", include_in_schema=False)
async def load_dashboard(
    request: Request, platform: PlatformDep, council: CouncilDep, transactions: TransactionsDep, name: str
) -> Dashboard:
    """A module's widgets for this person; one that fails costs its own place only."""
    if name in platform.modules:
        return await run_in_threadpool(_dashboard_of, transactions, _enabled(platform, council, name))
    await run_in_threadpool(_check_remote, transactions, name)
    found = await load_widgets(request, transactions, place="dashboard", only=name, about={})
    return Dashboard(
        module=name,
        widgets=[
            WidgetRead(name=each.name, title=each.title, content=each.content)
            for each in found
            if each.content is not None
        ],
        failed=[each.title for each in found if each.content is None],
    )


def _check_remote(transactions: Transactions, name: str) -> None:
    with transactions() as session:
        _remote(session, transactions.actor, name)


def _dashboard_of(transactions: Transactions, module: Module) -> Dashboard:
    widgets, failed, actor = [], [], transactions.actor
    for widget in module.widgets:
        if widget.place != "dashboard" or not _may(actor, widget):
            continue
        try:
            with transactions() as session:
                content = widget.load(session, actor)
            widgets.append(WidgetRead(name=widget.name, title=widget.title, content=content))
        except Exception as error:  # noqa: BLE001  (a widget that fails costs its own place only)
            log.warning("dashboard.widget_failed", module=module.name, widget=widget.name, error=str(error))
            failed.append(widget.title)
    return Dashboard(module=module.name, widgets=widgets, failed=failed)


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
