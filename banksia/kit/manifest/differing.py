"""What a newer manifest asks for beyond an older one: an administrator approves more, and less is taken at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from banksia.kit.manifest.models import Manifest
from banksia.kit.manifest.reading import dump

AREAS: dict[str, str] = {
    "kind": "Kind of module",
    "requires": "Modules it needs",
    "provides": "What others may build on",
    "permissions": "Permissions",
    "routes": "Addresses",
    "limits": "Limits",
    "pages": "Pages",
    "widgets": "Boxes on other pages",
    "hears": "Events it is told of",
    "emits": "Events it sends",
    "payments": "Payments",
    "capabilities": "What it may do here",
    "settings": "Settings",
    "data": "Data it keeps",
    "about": "About the module",
}
HARMLESS = frozenset({"about", "provides", "settings"})
"""A change of these asks for nothing."""
NAMED = {
    "requires": "module",
    "provides": "name",
    "permissions": "name",
    "widgets": "name",
    "payments": "kind",
    "data": "name",
}
"""The lists, and by what each of their entries is known."""
ABOUT = ("title", "version", "description", "publisher", "licence", "support", "health")


@dataclass(frozen=True)
class Difference:
    """One line of what changed: `before` is None for what is new, `after` for what is gone."""

    area: str
    title: str
    change: Literal["added", "removed", "changed"]
    name: str
    before: Any
    after: Any
    asks_for_more: bool


def differences(old: Manifest | None, new: Manifest) -> list[Difference]:
    """Everything that changed, area by area; without an old one everything is new."""
    before, after = (_pieces(old) if old else {}), _pieces(new)
    found = []
    for key in sorted({*before, *after}, key=lambda key: (list(AREAS).index(key[0]), key[1])):
        one, other = before.get(key), after.get(key)
        if one != other:
            change: Literal["added", "removed", "changed"] = "changed"
            if one is None or other is None:
                change = "added" if one is None else "removed"
            more = key[0] not in HARMLESS and _is_more(key[0], one, other)
            found.append(Difference(key[0], AREAS[key[0]], change, key[1], one, other, more))
    return found


def asks_for_more(old: Manifest, new: Manifest) -> bool:
    """Whether an administrator has to look before the new one holds."""
    return any(each.asks_for_more for each in differences(old, new))


def _is_more(area: str, before: Any, after: Any) -> bool:
    """What is gone asks for nothing, save that what it guarded may be open now; a lower limit is no more either."""
    if after is None:
        return area == "data"  # whoever approved was told what is kept
    if area == "limits" and before is not None:
        return any(after[name] > before[name] for name in after)
    if area == "permissions" and before is not None:
        return not set(after["roles"]) <= set(before["roles"])
    return True


def _pieces(manifest: Manifest) -> dict[tuple[str, str], Any]:
    return {(area, name): piece for area, name, piece in _each(dump(manifest))}


def _each(document: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for area, key in NAMED.items():
        for each in document[area]:
            yield area, each[key], each
    for route in document["routes"]:
        facts = {"audience": route["audience"], "permission": route["permission"]}
        yield from (("routes", f"{method} {route['path']}", facts) for method in route["methods"])
    yield from _events(document["events"])
    yield from (("capabilities", name, True) for name in document["capabilities"])
    if document["pages"]:
        yield "pages", "script", {"script": document["pages"]["script"], "mode": document["pages"]["mode"]}
        yield from (("pages", each["to"], each) for each in document["pages"]["navigation"])
    yield "limits", "limits", document["limits"]
    yield "kind", "kind", document["kind"]
    if document["settings"]:
        yield "settings", "settings", document["settings"]
    yield from (("about", name, document[name]) for name in ABOUT)


def _events(events: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for name in events["hears"]:
        yield "hears", name, {"url": events["url"]}
    for each in events["emits"]:
        yield "emits", each["name"], each["schema"]
