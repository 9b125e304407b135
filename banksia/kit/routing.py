"""Routes translate, services decide: a route names its permission, its errors, and calls one service.

Every route says `permission=...` or `public=True`. The session of a request is committed once, before the answer leaves
(`scope="function"`: with the default scope a 200 was sent and the commit failed after it).

API tokens are let in nowhere by themselves: a route says `scope=...` when a token with that scope may call it, or
`scope="any"` when any may. Remote modules are let in where a route says `capability=...`, when the council has approved
that they use it; a route that says only that is there for remote modules alone. Who is found to send a request is asked
here, so no module can forget it.
"""

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import contextmanager_in_threadpool
from sqlalchemy.orm import Session
from starlette.routing import Match
from starlette.types import Scope as AsgiScope

from banksia.kit.actor import Actor, ModulesOnly, Permission
from banksia.kit.database import Transactions
from banksia.kit.entry import Scope, described_access, let_in, refuse_unless_let_in
from banksia.kit.errors import NotFound, Problem, Unauthenticated
from banksia.kit.models import module_of
from banksia.kit.platform import CouncilHost, Platform

FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])


class ModuleDisabled(NotFound):
    """The council has not switched this module on."""

    def __init__(self, title: str) -> None:
        """Name the module."""
        super().__init__(f"{title} is not in use at this council.")


# FastAPI sends every dependency that is not a coroutine to another thread and back, which costs more than these do.


async def current_platform(request: Request) -> Platform:
    """The installation that answers."""
    platform: Platform = request.app.state.platform
    return platform


PlatformDep = Annotated[Platform, Depends(current_platform)]


def current_council(request: Request, platform: PlatformDep) -> CouncilHost:
    """The council whose host name was called."""
    if platform.find_council is None:
        message = "The platform was made without a way to find councils."
        raise RuntimeError(message)
    return platform.find_council(platform, request.headers.get("host", ""))


CouncilDep = Annotated[CouncilHost, Depends(current_council)]


async def open_session(platform: PlatformDep, council: CouncilDep) -> AsyncIterator[Session]:
    """The request's one transaction, for so many requests at once as there are connections kept for them.

    The others wait here, where they hold no thread. Waiting for a connection in a thread, a crowd would take them all,
    and a request that has its connection would find no thread to go on with: nothing moves until somebody gives up.
    """
    async with (
        platform.turns.one(),
        contextmanager_in_threadpool(platform.database.session(council.id)) as session,
    ):
        yield session


SessionDep = Annotated[Session, Depends(open_session, scope="function")]


def current_actor(request: Request, session: SessionDep, platform: PlatformDep) -> Actor:
    """Who sends the request."""
    return _authenticate(request, session, platform)


def _authenticate(request: Request, session: Session, platform: Platform) -> Actor:
    if platform.authenticate is None:
        message = "The platform was made without a way to sign in."
        raise RuntimeError(message)
    actor = platform.authenticate(session, request)
    refuse_unless_let_in(actor, request.scope["endpoint"])
    return actor


ActorDep = Annotated[Actor, Depends(current_actor)]
CursorParam = Annotated[
    str | None, Query(max_length=500, description="Where the page starts: `next_cursor` of the last")
]
LimitParam = Annotated[int, Query(ge=1, le=100, description="How many rows at most")]


def open_transactions(request: Request, council: CouncilDep, platform: PlatformDep) -> Transactions:
    """For a route that calls something outside: who sends the request was found in a transaction that has ended."""
    with platform.database.session(council.id) as session:
        actor = _authenticate(request, session, platform)
    return Transactions(platform, actor)


TransactionsDep = Annotated[Transactions, Depends(open_transactions)]


def _check_module(request: Request, council: CouncilHost, platform: Platform) -> None:
    module = platform.modules[module_of(request.scope["endpoint"].__module__)]
    if not module.always_on and module.name not in council.enabled_modules:
        raise ModuleDisabled(module.title)


def _guard(permission: Permission | None, *, only_modules: bool) -> Callable[..., Awaitable[None]]:
    async def guard(request: Request, actor: ActorDep, council: CouncilDep, platform: PlatformDep) -> None:
        _check_module(request, council, platform)
        _check_actor(actor, permission, only_modules=only_modules)

    return guard


def _guard_transactions(permission: Permission | None, *, only_modules: bool) -> Callable[..., Awaitable[None]]:
    async def guard(
        request: Request, transactions: TransactionsDep, council: CouncilDep, platform: PlatformDep
    ) -> None:
        _check_module(request, council, platform)
        _check_actor(transactions.actor, permission, only_modules=only_modules)

    return guard


def _check_actor(actor: Actor, permission: Permission | None, *, only_modules: bool) -> None:
    if only_modules and actor.kind == "guest":
        raise Unauthenticated
    if only_modules and actor.kind != "module":
        raise ModulesOnly
    if permission is not None:
        actor.require(permission)


class ModuleRoutes(APIRouter):
    """FastAPI's router, which passes over the paths of other modules at once.

    FastAPI asks one route after the other whether a path is theirs, with microseconds for each: all that stand before
    the one that answers cost a request more than its sign-in does.
    """

    below = ""
    """What every path of it begins with, once an application has taken it in."""

    def matches(self, scope: AsgiScope) -> tuple[Match, AsgiScope]:
        """Ask the routes only when the path can be theirs."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        return super().matches(scope) if path.startswith(self.below) else (Match.NONE, {})


class Router:
    """The routes of one audience of a module; `create_app` puts them under `/api/{module}`."""

    def __init__(self, prefix: str = "") -> None:
        """Take a path below the module's."""
        self._routes = ModuleRoutes(prefix=prefix)
        self._waiting: deque[Callable[[ModuleRoutes], None]] = deque()

    @property
    def routes(self) -> ModuleRoutes:
        """FastAPI's router. Describing some 400 routes to it takes seconds, which workers and commands never pay."""
        while self._waiting:
            self._waiting.popleft()(self._routes)
        return self._routes

    def _add(
        self,
        method: str,
        path: str,
        *,
        permission: Permission | None = None,
        public: bool = False,
        transactions: bool = False,
        scope: Scope | None = None,
        capability: str | None = None,
        raises: Sequence[type[Problem]] = (),
        **options: Any,
    ) -> Callable[[FunctionT], FunctionT]:
        only_modules = capability is not None and permission is None and not public
        if (permission is None) != public and not only_modules:
            message = f"{method} {path}: say permission=... or public=True, and only one of them."
            raise TypeError(message)
        guard = (_guard_transactions if transactions else _guard)(permission, only_modules=only_modules)
        extra = described_access(permission, scope, capability)

        def declare(function: FunctionT) -> FunctionT:
            let_in(function, permission, scope, capability)
            module = module_of(function.__module__)
            described = {
                "methods": [method],
                "name": function.__name__,
                "operation_id": f"{module}_{function.__name__}",
                "tags": [module],
                "dependencies": [Depends(guard)],
                "openapi_extra": extra | options.pop("openapi_extra", {}),
                **options,
            }
            self._waiting.append(
                lambda routes: routes.add_api_route(path, function, responses=_problem_responses(raises), **described)
            )
            return function

        return declare

    def get(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that changes nothing."""
        return self._add("GET", path, **options)

    def head(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that answers in headers alone."""
        return self._add("HEAD", path, **options)

    def options(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that says what can be asked for."""
        return self._add("OPTIONS", path, **options)

    def post(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that creates or does something."""
        return self._add("POST", path, **options)

    def put(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that replaces something."""
        return self._add("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that changes a part of something."""
        return self._add("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Callable[[FunctionT], FunctionT]:
        """A route that ends something."""
        return self._add("DELETE", path, **options)


def _problem_responses(raises: Sequence[type[Problem]]) -> dict[int | str, dict[str, Any]]:
    """The problem documents of a route, by status, each with the types that it can carry."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for status in sorted({problem.status for problem in raises}):
        types = sorted(problem.type_urn() for problem in raises if problem.status == status)
        schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}], "properties": {"type": {"enum": types}}}
        titles = sorted({problem.title for problem in raises if problem.status == status})
        by_status[status] = {
            "description": "; ".join(titles),
            "content": {"application/problem+json": {"schema": schema}},
        }
    return by_status
