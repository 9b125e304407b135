"""Checks of the modules that need no database. Each answers sentences; none means that all is well."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from banksia.kit.migrations import has_tables, heads, tables_of
from banksia.kit.models import Base, module_of
from banksia.kit.module import RESERVED_NAMES, BrokenModule, Module, Modules


def check(modules: Modules, app: FastAPI) -> list[str]:
    """Everything that is wrong with the installed modules, by name."""
    each: tuple[Callable[[Module, Modules], Iterator[str]], ...] = (
        _names,
        _imports,
        _migrations,
        _events_and_tasks,
        _permissions,
    )
    found = [problem for module in modules for one in each for problem in one(module, modules)]
    return [*found, *_tables(modules), *_routes(app), *_clashes(modules, app)]


def refuse_broken(app: FastAPI) -> None:
    """Stop the boot when a module breaks the contract; raises BrokenModule with everything that is wrong."""
    problems = check(app.state.platform.modules, app)
    if problems:
        raise BrokenModule(" ".join(problems))


def _names(module: Module, _modules: Modules) -> Iterator[str]:
    if module.name in RESERVED_NAMES:
        yield f"{module.name}: this name is reserved."
    if not module.name.isidentifier() or module.name != module.name.lower():
        yield f"{module.name}: a module's name has small letters, digits and underscores."


def _imports(module: Module, modules: Modules) -> Iterator[str]:
    """An import of a module that is not in depends_on."""
    if module.kind == "foundation":
        return
    allowed = {module.name, *module.depends_on, *(other.name for other in modules if other.kind == "foundation")}
    packages = {other.package: other for other in modules if other.name not in allowed}
    # Parsing all of the code at every start takes seconds, and hardly a file holds what an offence begins with.
    signs = [sign for package in packages for sign in (package, f"from {package.rpartition('.')[0]} import")]
    for path in sorted(Path(str(module.folder(""))).rglob("*.py")):
        text = path.read_text("utf-8")
        for imported in _imported(text) if any(sign in text for sign in signs) else ():
            for package, other in packages.items():
                if imported == package or imported.startswith(f"{package}."):
                    yield f"{module.name}: {path.name} imports {other.name}, which is not in depends_on."


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _migrations(module: Module, _modules: Modules) -> Iterator[str]:
    if not has_tables(module):
        return
    found = heads(module)
    if len(found) != 1:
        yield f"{module.name}: there are {len(found)} migration heads; there must be one."


def _events_and_tasks(module: Module, modules: Modules) -> Iterator[str]:
    for name in (*(task.name for task in module.tasks), *(event.name for event in module.events)):
        if name.split(".", 1)[0] != module.name:
            yield f"{module.name}: {name} does not begin with the module's name."
    for event in module.listens:
        if event not in modules.events:
            yield f"{module.name}: listens to {event}, which no module emits."
    for schedule in module.schedules:
        if schedule.task.name not in modules.tasks:
            yield f"{module.name}: schedules {schedule.task.name}, which no module registers."
    registered = {task.name for task in module.tasks}
    for task in _declared_tasks(module):
        if task not in registered:
            yield f"{module.name}: task {task} is declared but not registered in module.py."


def _declared_tasks(module: Module) -> Iterator[str]:
    folder = Path(str(module.folder("")))
    for path in (*folder.glob("tasks.py"), *folder.glob("tasks/*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and any(_is_task(decorator) for decorator in node.decorator_list):
                yield f"{module.name}.{node.name}"


def _is_task(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "task"


def _permissions(module: Module, _modules: Modules) -> Iterator[str]:
    for permission in module.permissions:
        if permission.name.split(".", 1)[0] != module.name:
            yield f"{module.name}: permission {permission.name} does not begin with the module's name."
    for webhook in module.webhooks:
        if webhook.name.split(".", 1)[0] != module.name:
            yield f"{module.name}: webhook {webhook.name} does not begin with the module's name."


def _tables(modules: Modules) -> Iterator[str]:
    """A table outside its module's schema."""
    by_name = {module.name: module for module in modules}
    for mapper in Base.registry.mappers:
        schema = getattr(mapper.local_table, "schema", None)
        owner = module_of(mapper.class_.__module__)
        if schema != owner or owner not in by_name:
            yield f"{owner}: table {mapper.local_table} lies outside the module's schema."
    for module in modules:
        for table in tables_of(module):
            if (
                "organisation_id" not in table.columns
                and f"{table.schema}.{table.name}" != "organisations.organisations"
            ):
                yield f"{module.name}: table {table.name} has no organisation_id."


def _routes(app: FastAPI) -> Iterator[str]:
    """A route of a module without a permission that is not public."""
    permissions = app.state.platform.modules.permissions
    for route in api_routes(app):
        declared = (route.openapi_extra or {}).get("x-permission", "missing")
        if declared == "missing":
            yield f"{route.path}: says neither permission=... nor public=True."
        elif declared is not None and declared not in permissions:
            yield f"{route.path}: needs {declared}, which no module registers."


def api_routes(app: FastAPI) -> list[RouteContext]:
    """The routes that modules brought, each under its whole path."""
    names = {module.name for module in app.state.platform.modules}
    return [
        context
        for context in iter_route_contexts(app.routes)
        if isinstance(context.original_route, APIRoute) and _module_in(context.path) in names
    ]


def _module_in(path: str | None) -> str | None:
    parts = (path or "").split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "api" else None


def _clashes(modules: Modules, app: FastAPI) -> Iterator[str]:
    operations = Counter(route.unique_id for route in api_routes(app))
    places = Counter((method, route.path) for route in api_routes(app) for method in route.methods or ())
    permissions = Counter(permission.name for module in modules for permission in module.permissions)
    tasks = Counter(task.name for module in modules for task in module.tasks)
    for kind, counts in (("operation", operations), ("route", places), ("permission", permissions), ("task", tasks)):
        for name, count in counts.items():
            if count > 1:
                yield f"{kind} {name} is registered {count} times."
