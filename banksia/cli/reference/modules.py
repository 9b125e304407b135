"""modules.md: what every installed module registers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from banksia.cli.reference.markdown import code, page, table, titled
from banksia.kit.module import Module, Modules

KINDS = {
    "truth": "a truth: facts that others rely on",
    "workflow": "a workflow: what people do at the council",
    "foundation": "part of the foundation, always on",
}


def describe_modules(modules: Modules, document: dict[str, Any]) -> str:
    """The page; `document` is the OpenAPI document."""
    return page(
        "Modules",
        "In dependency order. A module's name is also its database schema, its path under `/api`, its tag in the "
        "[API](openapi.json), and the first word of its permissions, tasks and events.",
        *(part for module in modules for part in _parts(module, document)),
    )


def _parts(module: Module, document: dict[str, Any]) -> Iterator[str]:
    needs = f" It needs {', '.join(code(name) for name in module.depends_on)}." if module.depends_on else ""
    yield f"## {module.name}"
    yield f"**{module.title}** {module.version}, {KINDS[module.kind]}.{needs}\n{module.description}".rstrip()
    yield titled("Routes:", table(("request", "what it does", "who"), _routes(module, document)))
    permissions = (
        (code(each.name), each.title, ", ".join(role.replace("_", " ") for role in each.roles))
        for each in module.permissions
    )
    yield titled("Permissions:", table(("name", "title", "roles that have it"), permissions))
    events = ((code(each.name), _fields(each), _first_line(each)) for each in module.events)
    yield titled("Events:", table(("name", "fields", "when"), events))
    yield titled("Hears: ", ", ".join(code(name) for name in sorted(module.listens))).replace("\n\n", "")
    yield titled("Tasks:", table(("name", "attempts", "runs"), _tasks(module)))
    yield titled("Settings of each council:", _settings(module.settings))
    entries = ((each.label, code(each.to), each.area) for each in module.navigation)
    yield titled("Navigation:", table(("label", "page", "area"), entries))
    widgets = ((code(each.name), each.title) for each in module.widgets)
    yield titled("Widgets:", table(("name", "title"), widgets))
    yield titled("Provides: ", ", ".join(code(name) for name in module.provides)).replace("\n\n", "")


def _routes(module: Module, document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for path, operations in sorted(document["paths"].items()):
        for method, operation in sorted(operations.items()):
            if module.name in operation.get("tags", []) and path.startswith(f"/api/{module.name}"):
                permission = operation.get("x-permission")
                words = operation.get("description") or operation.get("summary", "")
                yield code(f"{method.upper()} {path}"), words, code(permission) if permission else "anybody"


def _tasks(module: Module) -> Iterator[tuple[str, int, str]]:
    every = {schedule.task.name: schedule.every for schedule in module.schedules}
    for task in sorted(module.tasks, key=lambda task: task.name):
        runs = _period(every[task.name]) if task.name in every else "when asked"
        yield code(task.name), task.max_attempts, runs


def _period(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0:
            count = seconds // size
            return f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return f"every {every}"


def _fields(model: type[BaseModel]) -> str:
    return ", ".join(code(name) for name in model.model_fields)


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().split("\n", 1)[0]


def _settings(model: type[BaseModel] | None) -> str:
    if model is None:
        return ""
    described = model.model_json_schema()["properties"]
    rows = (
        (code(name), code(_shown(field.get("default"))), field.get("title", ""), field.get("description", ""))
        for name, field in described.items()
    )
    return table(("name", "default", "title", "what it does"), rows)


def _shown(value: object) -> str:
    return "" if value in (None, "", [], {}) else str(value)
