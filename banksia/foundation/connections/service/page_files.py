"""The files of a module's pages: fetched from its server, kept for a moment, and shown on while it is down."""

import asyncio
import hashlib
import re
import time
from collections import OrderedDict
from dataclasses import dataclass

import aiohttp

from banksia.foundation.connections.adapters.breaking import Crowded, Resting
from banksia.foundation.connections.adapters.calling import written
from banksia.foundation.connections.errors.gateway import (
    ModuleAnswerRefused,
    ModuleAway,
    ModuleCrowded,
    ModuleResting,
    ModuleTooSlow,
    RouteNotDeclared,
)
from banksia.foundation.connections.service.remote_modules import RemoteModule
from banksia.kit.errors import Problem
from banksia.kit.platform import Platform

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,98}\.(m?js|css|svg|json|png|woff2)")
TYPES = {
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "png": "image/png",
    "woff2": "font/woff2",
}
MOST_BYTES, MOST_KEPT_BYTES = 8 * 1024**2, 64 * 1024**2
FRESH_SECONDS, SHOWN_SECONDS = 10.0, 3600.0
"""So long a file is not asked for again, and so long it is shown while its server does not answer."""
FETCH_SECONDS = 10.0
KEPT_AS = "connections.page_files"


@dataclass(frozen=True)
class PageFile:
    """One file as browsers get it; its type is told by its name, whatever the module's server says."""

    content: bytes
    media_type: str
    etag: str
    fetched_at: float


async def page_file(platform: Platform, client: aiohttp.ClientSession, module: RemoteModule, name: str) -> PageFile:
    """A file beside the module's page; raises RouteNotDeclared and the problems of a module that does not answer."""
    ending = NAME.fullmatch(name)
    if ending is None or module.declared.manifest.pages is None:
        raise RouteNotDeclared(module.title)
    kept: OrderedDict[tuple[object, ...], PageFile] = platform.kept.setdefault(KEPT_AS, OrderedDict())
    key = (module.connection_id, module.base_url, module.declared.digest, name)
    found, now = kept.get(key), time.monotonic()
    if found is not None and now - found.fetched_at < FRESH_SECONDS:
        return found
    try:
        content = await _fetch(client, module, name)
    except (ModuleAway, ModuleTooSlow, ModuleResting, ModuleCrowded, ModuleAnswerRefused):
        if found is not None and now - found.fetched_at < SHOWN_SECONDS:
            return found
        raise
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    found = PageFile(content, TYPES[ending[1]], etag, now)
    _keep(kept, key, found)
    return found


def _keep(kept: OrderedDict[tuple[object, ...], PageFile], key: tuple[object, ...], file: PageFile) -> None:
    kept.pop(key, None)
    kept[key] = file
    while sum(len(each.content) for each in kept.values()) > MOST_KEPT_BYTES:
        kept.popitem(last=False)


async def _fetch(client: aiohttp.ClientSession, module: RemoteModule, name: str) -> bytes:
    if module.refused:
        raise ModuleAnswerRefused(module.title, module.refused)
    failed: bool | None = None
    try:
        trying = module.guards.breaker.enter()
    except Resting as resting:
        raise ModuleResting(module.title, resting.seconds) from resting
    try:
        with module.guards.places.one("pages"):
            content = await _read(client, module, name)
            failed = False
            return content
    except Crowded as crowded:
        raise ModuleCrowded(module.title) from crowded
    except (ModuleAway, ModuleTooSlow):
        failed = True
        raise
    except Problem:
        failed = False
        raise
    finally:
        module.guards.breaker.leave(trying=trying, failed=failed)


async def _read(client: aiohttp.ClientSession, module: RemoteModule, name: str) -> bytes:
    url = written(f"{module.base_url}/pages/{name}")
    content = bytearray()
    try:
        async with asyncio.timeout(FETCH_SECONDS), client.get(url, allow_redirects=False) as answer:
            if answer.status in (404, 410):
                raise RouteNotDeclared(module.title)
            if answer.status >= 500:
                raise ModuleAway(module.title)
            if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
                raise ModuleAnswerRefused(module.title, "the file of its page came in a form that is not taken.")
            async for piece in answer.content.iter_any():
                content += piece
                if len(content) > MOST_BYTES:
                    raise ModuleAnswerRefused(module.title, f"{name} is larger than {MOST_BYTES // 1024**2} MB.")
    except TimeoutError as error:
        raise ModuleTooSlow(module.title) from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise ModuleAway(module.title) from error
    return bytes(content)
