"""The councils and their modules as a process knows them, by host name: one look-up in two seconds for all requests."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from banksia.foundation.connections.errors.gateway import SigningNotPossible
from banksia.foundation.connections.queries.gateway import approved_connections_of
from banksia.foundation.connections.service.remote_modules import RemoteModule, remote_module
from banksia.foundation.connections.service.signing_keys import Signer, key_set_of, signer_of
from banksia.kit.actor import Permission
from banksia.kit.database import organisation_id_of
from banksia.kit.keeping import OF_COUNCILS
from banksia.kit.platform import CouncilHost, Platform

REFRESHED_SECONDS, KEPT_SECONDS = 1.0, 2.0
"""After the first what is known is read again while it serves on; after the second it serves no more."""
MOST_HOSTS = 1000
KEPT_AS, READING = f"{OF_COUNCILS}connections", "connections.reading"


@dataclass(frozen=True)
class Known:
    """One council with its remote modules and the keys that its tokens are checked with."""

    council: CouncilHost
    modules: dict[str, RemoteModule]
    key_set: bytes
    permissions: Mapping[str, Permission]
    """Every permission that there is at the council."""
    read_at: float


async def known_at(platform: Platform, host: str) -> Known:
    """What is known of the council of a Host header; raises CouncilNotFound."""
    if platform.bind is not None:
        return await _read_in_turn(platform, host)  # a test's one connection, where what was written is seen at once
    kept: dict[str, Known] = platform.kept.setdefault(KEPT_AS, {})
    known = kept.get(host)
    age = time.monotonic() - known.read_at if known is not None else KEPT_SECONDS
    if known is not None and age < REFRESHED_SECONDS:
        return known
    reading = _reading(platform, host)
    return known if known is not None and age < KEPT_SECONDS else await asyncio.shield(reading)


def _reading(platform: Platform, host: str) -> "asyncio.Task[Known]":
    """Read once for all who ask at the same time."""
    by_loop = platform.kept.setdefault(READING, WeakKeyDictionary())
    running: dict[str, asyncio.Task[Known]] = by_loop.setdefault(asyncio.get_running_loop(), {})
    if host not in running:
        task = running[host] = asyncio.create_task(_read_in_turn(platform, host))
        task.add_done_callback(lambda done: _done(running, host, done))
    return running[host]


def _done(running: dict[str, "asyncio.Task[Known]"], host: str, task: "asyncio.Task[Known]") -> None:
    running.pop(host, None)
    if not task.cancelled():
        task.exception()  # whoever waits hears of it; without one the next request tries again


async def _read_in_turn(platform: Platform, host: str) -> Known:
    async with platform.turns.one():
        return await run_in_threadpool(read, platform, host)


def read(platform: Platform, host: str) -> Known:
    """Read it now; raises CouncilNotFound."""
    if platform.find_council is None:
        message = "The platform was made without a way to find councils."
        raise RuntimeError(message)
    began = time.monotonic()
    council = platform.find_council(platform, host)
    with platform.database.session(council.id) as session:
        modules, signer = _modules_of(session)
        permissions = platform.modules.permissions_at(session)
        known = Known(council, modules, _key_set(session, signer), permissions, began)
    if platform.bind is None:
        kept = platform.kept.setdefault(KEPT_AS, {})
        if len(kept) >= MOST_HOSTS:  # the port is part of what is sent, and anybody may write any
            kept.clear()
        kept[host] = known
    return known


def _modules_of(session: Session) -> tuple[dict[str, RemoteModule], Signer | None]:
    found = session.scalars(approved_connections_of(organisation_id_of(session))).all()
    if not found:
        return {}, None
    try:
        signer = signer_of(session)
    except SigningNotPossible:
        signer = None
    modules = (remote_module(session, each, signer) for each in found)
    return {each.name: each for each in modules if each is not None}, signer


def _key_set(session: Session, signer: Signer | None) -> bytes:
    keys = key_set_of(session) if signer is not None else []
    return json.dumps({"keys": keys}, separators=(",", ":")).encode()
