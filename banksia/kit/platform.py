"""One running installation: its settings, its modules, its database and its bell."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session
from starlette.requests import Request

from banksia.kit.actor import Actor
from banksia.kit.broker import BrokerBell
from banksia.kit.database import Database, make_engine
from banksia.kit.migrations import import_models
from banksia.kit.module import Modules
from banksia.kit.settings import Settings
from banksia.kit.turns import Turns


class Bell(Protocol):
    """Tells a worker that a row of the outbox is waiting; losing the call loses time, never work."""

    def __call__(self, organisation_id: uuid.UUID, outbox_id: uuid.UUID, /) -> None:
        """Ring."""


@dataclass(frozen=True)
class CouncilHost:
    """The organisation that a host name belongs to, as far as a request needs it."""

    id: uuid.UUID
    slug: str
    enabled_modules: frozenset[str]


def _silent(_organisation_id: uuid.UUID, _outbox_id: uuid.UUID) -> None:
    """Without a broker the sweeper finds the row."""


@dataclass
class Platform:
    """Made once per process by create_app, create_worker or a command."""

    settings: Settings
    modules: Modules
    bell: Bell = _silent
    bind: Engine | Connection | None = None
    authenticate: Callable[[Session, Request], Actor] | None = None
    """Who sends this request; the sign-in part of the foundation gives it."""
    find_council: Callable[["Platform", str], CouncilHost] | None = None
    """Whose host name this is; the organisations part of the foundation gives it."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What parts keep for a moment in this process, each under its own name."""
    database: Database = field(init=False)
    turns: Turns = field(init=False)
    """At the connections that a process keeps; what is opened beyond them is for short transactions between calls."""

    def __post_init__(self) -> None:
        """Open the database unless a test brings its own connection."""
        self.turns = Turns(self.settings.database_pool_size)
        self.database = Database(self.bind if self.bind is not None else make_engine(self.settings), self)


def make_platform(settings: Settings, modules: Modules, *, bind: Engine | Connection | None = None) -> Platform:
    """The installation as a process sees it: every table known, the bell connected."""
    import_models(modules)
    return Platform(settings=settings, modules=modules, bell=BrokerBell(settings), bind=bind)
