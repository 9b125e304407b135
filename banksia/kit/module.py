"""A module says all that it registers in one typed object; built-in and third-party ones come through one door."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor, Permission
from banksia.kit.events import Event, EveryEvent, RemoteEvent
from banksia.kit.tasks import Schedule, Task

if TYPE_CHECKING:
    import typer

    from banksia.kit.routing import Router

ENTRY_POINT_GROUP = "banksia.modules"
RESERVED_NAMES = frozenset({"api", "assets", "modules", "dev", "x"})


class BrokenModule(Exception):  # noqa: N818  (it is a state of the installation, told to the operator)
    """A module cannot be used; the installation does not start without an answer to it."""


@dataclass(frozen=True)
class Navigation:
    """An entry of the navigation; `area` is the audience that sees it."""

    label: str
    to: str
    area: Literal["customer", "staff", "settings"] = "staff"
    permission: Permission | None = None
    group: str = ""


@dataclass(frozen=True)
class Widget:
    """Something a module shows on another page: the dashboard, or a property's page.

    `load(session, actor, **about)` answers JSON. `about` is empty on the dashboard; on a property's page it is
    `property_id`, and the answer has `summary`, `href`, `count`, and `lines` of `title`, `detail`, `href`, `status`.
    """

    name: str
    title: str
    load: Callable[..., dict[str, Any]]
    permission: Permission | None = None
    place: Literal["dashboard", "property"] = "dashboard"


@dataclass(frozen=True)
class Finding:
    """One thing that fails a check: a sentence for a person, and the page on which it is put right."""

    text: str
    href: str


@dataclass(frozen=True)
class Check:
    """Something that is always true while the books are in order; looked at on a schedule, and told when it is not.

    `find(session)` answers what fails it, at most `MOST_FINDINGS` of them, and changes nothing.
    """

    name: str
    title: str
    """What is true when all is well: "Every paid order has work"."""
    explanation: str
    """What it means when it is not, and what to do."""
    find: Callable[[Session], list[Finding]]


MOST_FINDINGS = 100


@dataclass(frozen=True)
class WebhookType:
    """Something of which a customer's software can be told: `certificates.order.paid`, and what it means."""

    name: str
    title: str


@dataclass(frozen=True)
class Module:
    """Everything that a module registers."""

    name: str
    title: str
    version: str
    kind: Literal["truth", "workflow", "foundation"]
    description: str = ""
    depends_on: tuple[str, ...] = ()
    routers: tuple["Router", ...] = ()
    commands: "typer.Typer | None" = None
    permissions: tuple[Permission, ...] = ()
    tasks: tuple[Task, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    events: tuple[type[Event], ...] = ()
    listens: Mapping[str, Callable[[Session, Any], None]] = field(default_factory=dict)
    listens_to_remote: Mapping[str, Callable[[Session, RemoteEvent], None]] = field(default_factory=dict)
    """What remote modules tell, by its whole name; it is heard while a council has such a module."""
    hears_all: EveryEvent | None = None
    settings: type[BaseModel] | None = None
    navigation: tuple[Navigation, ...] = ()
    widgets: tuple[Widget, ...] = ()
    checks: tuple[Check, ...] = ()
    """Checks of the books; those of a module that a council has switched off are not run there."""
    webhooks: tuple[WebhookType, ...] = ()
    """What customers' software can be told of this module's work."""
    provides: tuple[str, ...] = ()
    on_enabled: Callable[[Session, Actor], None] | None = None
    """Called once in the transaction that enables the module for an organisation; must be safe to call again."""
    grants: Callable[[Session], Mapping[str, Permission]] | None = None
    """Permissions that there are at one council beside those of the installed modules, by name."""
    needing: Callable[[Session, str], list[str]] | None = None
    """The titles of what is in use at a council and cannot work without the module of a name."""
    page: str = ""
    """A third-party page: the path, in the package, of an ES module that the shell mounts at run time."""
    package: str = ""

    @property
    def always_on(self) -> bool:
        """Whether no council can switch it off."""
        return self.kind == "foundation"

    def folder(self, name: str) -> Traversable:
        """A folder of the module's package, such as its migrations or templates."""
        return files(self.package) / name


class Modules:
    """The modules of this installation, in dependency order."""

    def __init__(self, modules: Iterable[Module]) -> None:
        """Order the modules; raises BrokenModule when a dependency is missing or circular."""
        self._by_name = {module.name: module for module in in_dependency_order(modules)}
        self.tasks = {task.name: task for module in self for task in module.tasks}
        self.events = {event.name: event for module in self for event in module.events}
        self.webhooks = {each.name: each for module in self for each in module.webhooks}
        self.permissions = {permission.name: permission for module in self for permission in module.permissions}

    def __iter__(self) -> Iterator[Module]:
        """In dependency order."""
        return iter(self._by_name.values())

    def __getitem__(self, name: str) -> Module:
        """The module of that name."""
        return self._by_name[name]

    def get(self, name: str) -> Module | None:
        """The module of that name, or None."""
        return self._by_name.get(name)

    def __contains__(self, name: object) -> bool:
        """Whether it is installed."""
        return name in self._by_name

    def listeners(self, event_name: str) -> dict[str, Callable[[Session, Any], None]]:
        """Who hears an event: the listening module's name and its handler."""
        heard = ((module.name, {**module.listens, **module.listens_to_remote}.get(event_name)) for module in self)
        return {name: handler for name, handler in heard if handler is not None}

    def permissions_at(self, session: Session) -> Mapping[str, Permission]:
        """Every permission that there is at the council of a session, by name."""
        granted: dict[str, Permission] = {}
        for module in self:
            if module.grants is not None:
                granted.update(module.grants(session))
        return {**granted, **self.permissions} if granted else self.permissions

    def needing(self, session: Session, name: str) -> list[str]:
        """The titles of what is in use at a council, is not installed, and needs the module of that name."""
        return [title for module in self if module.needing is not None for title in module.needing(session, name)]

    def module_of_task(self, task_name: str) -> Module:
        """The module that registered a task."""
        return self._by_name[task_name.split(".", 1)[0]]


def load(entry: EntryPoint) -> Module:
    """Load one entry point; raises BrokenModule, so that a broken module never silently vanishes."""
    try:
        module = entry.load()
    except Exception as error:
        message = f"Module “{entry.name}” ({entry.value}) cannot be loaded: {error}"
        raise BrokenModule(message) from error
    if not isinstance(module, Module):
        message = f"Module “{entry.name}”: {entry.value} is not a Module."
        raise BrokenModule(message)
    if module.name != entry.name:
        message = f"Module “{entry.name}” calls itself “{module.name}”. Give both the same name."
        raise BrokenModule(message)
    return replace(module, package=entry.module.rsplit(".", 1)[0])


def discover() -> Modules:
    """Every module that is installed, found by the entry-point group `banksia.modules`."""
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=ENTRY_POINT_GROUP):
        if entry.name in found and found[entry.name].value != entry.value:
            message = f"Two modules are called “{entry.name}”: {found[entry.name].value} and {entry.value}."
            raise BrokenModule(message)
        found[entry.name] = entry
    return Modules(load(entry) for entry in found.values())


def in_dependency_order(modules: Iterable[Module]) -> list[Module]:
    """The foundation first, then each module after those it depends on; alphabetical where nothing else decides."""
    by_name = {module.name: module for module in sorted(modules, key=lambda module: module.name)}
    foundation = [name for name, module in by_name.items() if module.kind == "foundation"]
    graph: TopologicalSorter[str] = TopologicalSorter()
    for module in by_name.values():
        for needed in module.depends_on:
            if needed not in by_name:
                message = f"Module “{module.name}” depends on “{needed}”, which is not installed."
                raise BrokenModule(message)
        implied = [] if module.kind == "foundation" else foundation
        graph.add(module.name, *sorted({*module.depends_on, *implied}))
    try:
        return [by_name[name] for name in graph.static_order()]
    except CycleError as error:
        message = f"Modules depend on each other in a circle: {' → '.join(error.args[1])}."
        raise BrokenModule(message) from error
