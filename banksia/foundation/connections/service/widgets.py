"""What remote modules show on the dashboard and on a property's page: asked at once, and none can break the page."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
import structlog
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from banksia.foundation.connections.adapters.breaking import Crowded, Resting
from banksia.foundation.connections.adapters.calling import client_of, written
from banksia.foundation.connections.errors.gateway import SigningNotPossible
from banksia.foundation.connections.schemas.widgets import DashboardAnswered, PropertyAnswered
from banksia.foundation.connections.service.minting import token_for_reading
from banksia.foundation.connections.service.remote_modules import RemoteModule, remote_module
from banksia.foundation.connections.service.signing_keys import Signer, signer_of
from banksia.foundation.connections.service.stored import manifests_in_use
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.manifest import ManifestWidget

Place = Literal["dashboard", "property"]
SECONDS = 3.0
MOST_BYTES = 64 * 1024
ANSWERS: dict[str, type[BaseModel]] = {"dashboard": DashboardAnswered, "property": PropertyAnswered}
log = structlog.get_logger()


@dataclass(frozen=True)
class RemoteWidget:
    """What one widget answered; `content` is None when it could not."""

    module: str
    module_title: str
    name: str
    title: str
    content: dict[str, Any] | None


class WidgetFailed(Exception):  # noqa: N818  (named for what it says)
    """A widget did not answer, or something that cannot be shown."""


async def load_widgets(
    request: Request, transactions: Transactions, *, place: Place, only: str | None = None, about: Mapping[str, str]
) -> list[RemoteWidget]:
    """Ask the widgets that the actor may see, those of one module when it is named; nothing is held meanwhile."""
    asked = await run_in_threadpool(_widgets_for, transactions, place, only)
    if not asked:
        return []
    request_id = str(request.scope.get("request_id", ""))
    query = f"?{urlencode(about)}" if about else ""
    async with client_of(request.app) as client:
        return await _ask_all(client, asked, transactions.actor, request_id, query)


def _widgets_for(
    transactions: Transactions, place: Place, only: str | None
) -> list[tuple[RemoteModule, ManifestWidget]]:
    with transactions() as session:
        return [
            (module, widget)
            for module in _modules(session, only)
            for widget in module.declared.manifest.widgets
            if widget.place == place and _may(transactions.actor, widget.permission)
        ]


def _modules(session: Session, only: str | None) -> list[RemoteModule]:
    found_here = manifests_in_use(session)
    rows = [row for row, manifest in found_here if only in (None, row.name) and manifest.widgets]
    signer = _signer(session) if rows else None
    found = (remote_module(session, row, signer) for row in rows)
    return [module for module in found if module is not None]


def _signer(session: Session) -> Signer | None:
    try:
        return signer_of(session)
    except SigningNotPossible:
        return None


def _may(actor: Actor, permission: str | None) -> bool:
    """One without a permission is for whoever may see the page that it is on."""
    return permission is None or actor.kind == "system" or permission in actor.permissions


async def _ask_all(
    client: aiohttp.ClientSession,
    asked: list[tuple[RemoteModule, ManifestWidget]],
    actor: Actor,
    request_id: str,
    query: str,
) -> list[RemoteWidget]:
    return await asyncio.gather(*(_ask(client, module, widget, actor, request_id, query) for module, widget in asked))


async def _ask(
    client: aiohttp.ClientSession,
    module: RemoteModule,
    widget: ManifestWidget,
    actor: Actor,
    request_id: str,
    query: str,
) -> RemoteWidget:
    content: dict[str, Any] | None = None
    try:
        token = token_for_reading(module, actor, request_id)
        headers = {"Authorization": f"Bearer {token}", "X-Request-Id": request_id, "Accept": "application/json"}
        raw = await _guarded(client, module, f"{module.base_url}{widget.path}{query}", headers)
        content = ANSWERS[widget.place].model_validate(json.loads(raw)).model_dump(mode="json")
    except (WidgetFailed, SigningNotPossible, ValidationError, ValueError, RecursionError) as error:
        log.warning("connections.widget_failed", module=module.name, widget=widget.name, error=str(error)[:200])
    return RemoteWidget(module.name, module.title, widget.name, widget.title, content)


async def _guarded(client: aiohttp.ClientSession, module: RemoteModule, url: str, headers: dict[str, str]) -> bytes:
    """Ask through the module's breaker, so that a sick one costs the page nothing; raises WidgetFailed."""
    if module.refused:
        raise WidgetFailed(module.refused)
    try:
        trying = module.guards.breaker.enter()
    except Resting as resting:
        raise WidgetFailed("it rests") from resting
    failed: bool | None = None
    try:
        with module.guards.places.one("widgets"):
            status, raw = await _read(client, url, headers)
            failed = status >= 500
    except Crowded as crowded:
        raise WidgetFailed("it is crowded") from crowded
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        failed = True
        raise WidgetFailed(type(error).__name__) from error
    finally:
        module.guards.breaker.leave(trying=trying, failed=failed)
    if status != 200:
        raise WidgetFailed(f"answered {status}")
    return raw


async def _read(client: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> tuple[int, bytes]:
    async with (
        asyncio.timeout(SECONDS),
        client.get(written(url), headers=headers, allow_redirects=False) as answer,
    ):
        content = bytearray()
        async for piece in answer.content.iter_any():
            content += piece
            if len(content) > MOST_BYTES:
                raise WidgetFailed("answered too much")
        return answer.status, bytes(content)
