"""What a manifest must obey beyond its schema. Each rule answers sentences that say what to do."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from banksia.kit.manifest.models import Manifest, ManifestNavigation
from banksia.kit.manifest.schemas import schema_problems
from banksia.kit.module import RESERVED_NAMES

Rule = Callable[[Manifest], Iterator[str]]
TAKEN = RESERVED_NAMES | {"account", "docs", "healthz", "metrics", "openapi", "readyz", "settings", "staff"}
"""Names of modules, and first words of addresses that are the installation's own."""
PARAMETER = re.compile(r"\{[^}]*\}")


def problems_of(manifest: Manifest) -> list[str]:
    """Everything that is wrong with a manifest whose form is right; none means that all is well."""
    return [problem for rule in RULES for problem in rule(manifest)]


def _id(manifest: Manifest) -> Iterator[str]:
    """`id` is not the first word of an address of the installation: `api`, `settings`, `staff` and the like."""
    if manifest.id in TAKEN:
        yield f"id: “{manifest.id}” is taken. Choose another name."


def _own_names(manifest: Manifest) -> Iterator[str]:
    """What it provides, its permissions, the events it emits and its payments begin with its `id`."""
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("permissions", (each.name for each in manifest.permissions)),
        ("provides", (each.name for each in manifest.provides)),
        ("events.emits", (each.name for each in manifest.events.emits)),
        ("payments", (each.kind for each in manifest.payments)),
    )
    for where, names in named:
        for name in names:
            if name.split(".", 1)[0] != manifest.id:
                yield f"{where}: “{name}” must begin with “{manifest.id}.”, the module's own name."


def _once(manifest: Manifest) -> Iterator[str]:
    """Nothing is named twice in one list."""
    named: tuple[tuple[str, Iterable[str]], ...] = (
        ("permissions", (each.name for each in manifest.permissions)),
        ("provides", (each.name for each in manifest.provides)),
        ("requires", (each.module for each in manifest.requires)),
        ("events.hears", manifest.events.hears),
        ("events.emits", (each.name for each in manifest.events.emits)),
        ("payments", (each.kind for each in manifest.payments)),
        ("widgets", (each.name for each in manifest.widgets)),
        ("capabilities", manifest.capabilities),
        ("data", (each.name for each in manifest.data)),
    )
    for where, names in named:
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{where}: “{name}” is there {count} times. Name it once."


def _requires(manifest: Manifest) -> Iterator[str]:
    """It neither requires itself nor hears its own events."""
    if any(each.module == manifest.id for each in manifest.requires):
        yield "requires: a module cannot require itself. Take it out."
    for each in manifest.events.hears:
        if each.split(".", 1)[0] == manifest.id:
            yield f"events.hears: “{each}” is the module's own event. Take it out."


def _permissions(manifest: Manifest) -> Iterator[str]:
    """A permission that is asked for is the module's own, or that of a module which it requires."""
    declared = {each.name for each in manifest.permissions}
    required = {each.module for each in manifest.requires}
    asked = [(f"routes: {route.path}", route.permission) for route in manifest.routes]
    asked += [(f"widgets: {widget.name}", widget.permission) for widget in manifest.widgets]
    asked += [(f"navigation: {each.to}", each.permission) for each in _navigation(manifest)]
    for where, name in asked:
        if name is None or name in declared:
            continue
        owner = name.split(".", 1)[0]
        if owner == manifest.id:
            yield f"{where} needs “{name}”. Declare it under permissions."
        elif owner not in required:
            yield f"{where} needs “{name}” of another module. Add {owner} to requires, or declare your own permission."


def _audiences(manifest: Manifest) -> Iterator[str]:
    """A route for staff or admin names a permission, a public one names none."""
    for route in manifest.routes:
        if route.audience in ("staff", "admin") and route.permission is None:
            yield f"routes: {route.path} is for {route.audience} and names no permission. Give it one."
        if route.audience == "public" and route.permission is not None:
            yield f"routes: {route.path} is public and names a permission. Take it away, or choose another audience."
        if len(set(route.methods)) != len(route.methods):
            yield f"routes: {route.path} names a method twice. Name it once."


def _paths(manifest: Manifest) -> Iterator[str]:
    """No two routes have the same method and form of path, and no path holds `.` or `..`."""
    places: Counter[tuple[str, str]] = Counter()
    paths = [("routes", route.path) for route in manifest.routes]
    paths += [("widgets", widget.path) for widget in manifest.widgets]
    paths += [("events.url", manifest.events.url), ("health", manifest.health)]
    for where, path in paths:
        if {".", ".."}.intersection(path.split("/")):
            yield f"{where}: {path} has a part “.” or “..”. Write the path in full."
    for route in manifest.routes:
        places.update((method, PARAMETER.sub("{}", route.path)) for method in route.methods)
        names = PARAMETER.findall(route.path)
        if len(set(names)) != len(names):
            yield f"routes: {route.path} names a parameter twice. Give each its own name."
    for (method, path), count in places.items():
        if count > 1:
            yield f"routes: {method} {path} is declared {count} times. Leave one."


def _pages(manifest: Manifest) -> Iterator[str]:
    """Entries of the navigation lead below `/{id}/{area}`."""
    for each in _navigation(manifest):
        if not f"{each.to.partition('?')[0]}/".startswith(f"/{manifest.id}/{each.area}/"):
            yield f"navigation: “{each.to}” must lie below /{manifest.id}/{each.area}, where its area is."


def _schemas(manifest: Manifest) -> Iterator[str]:
    """Schemas are bounded JSON Schema, and `settings` describes an object."""
    yield from schema_problems(manifest.settings, "settings", of_object=True)
    for each in manifest.events.emits:
        yield from schema_problems(each.json_schema, f"events.emits: {each.name}")


def _uses(manifest: Manifest) -> Iterator[str]:
    """Payments need the capability `payments.raise`, and capabilities of property need the module `property`."""
    if manifest.payments and "payments.raise" not in manifest.capabilities and manifest.kind != "foundation":
        yield "payments: raising a payment needs the capability “payments.raise”. Add it to capabilities."
    for each in manifest.capabilities:
        if each.startswith("property.") and not any(one.module == "property" for one in manifest.requires):
            yield f"capabilities: {each} needs the module “property”. Add it to requires."


def _navigation(manifest: Manifest) -> list[ManifestNavigation]:
    return manifest.pages.navigation if manifest.pages else []


RULES: tuple[Rule, ...] = (
    _id,
    _own_names,
    _once,
    _requires,
    _permissions,
    _audiences,
    _paths,
    _pages,
    _uses,
    _schemas,
)
