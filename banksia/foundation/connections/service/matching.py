"""Which declared route of a module a path is: compiled once for each manifest, asked by every request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from banksia.kit.manifest import ManifestRoute

LONGEST_PATH, MOST_PARTS = 2000, 40
_SAFE = "-._~!$&'()*+,;=:@"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


@dataclass
class _Place:
    """What may follow at one part of a path."""

    words: dict[str, "_Place"] = field(default_factory=dict)
    any_word: "_Place | None" = None
    routes: dict[str, ManifestRoute] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """The route that answers, or the methods that would."""

    route: ManifestRoute | None
    allowed: tuple[str, ...]


class Routes:
    """The routes of one manifest. A written word is more exact than a parameter, from left to right."""

    def __init__(self, routes: Iterable[ManifestRoute]) -> None:
        """Compile them."""
        self._root = _Place()
        for route in routes:
            place = self._root
            for part in _parts_of(route.path):
                if part.startswith("{"):
                    place.any_word = place.any_word or _Place()
                    place = place.any_word
                else:
                    place = place.words.setdefault(part, _Place())
            place.routes.update(dict.fromkeys(route.methods, route))
        # Whatever may be read may be asked for its headers alone.
        _answer_heads(self._root)

    def find(self, method: str, parts: list[str]) -> Found | None:
        """The most exact route for the parts of a path; None when no route has such a path.

        One that has the path and not the method does not hide a less exact one that has both.
        """
        allowed: set[str] = set()
        route = _find(self._root, method, parts, 0, allowed)
        if route is None and not allowed:
            return None
        return Found(route, tuple(sorted(allowed)))


def _answer_heads(place: _Place) -> None:
    if "GET" in place.routes:
        place.routes.setdefault("HEAD", place.routes["GET"])
    for following in (*place.words.values(), *([place.any_word] if place.any_word else [])):
        _answer_heads(following)


def _find(place: _Place, method: str, parts: list[str], at: int, allowed: set[str]) -> ManifestRoute | None:
    if at == len(parts):
        allowed.update(place.routes)
        return place.routes.get(method)
    for following in (place.words.get(parts[at]), place.any_word):
        if following is not None:
            route = _find(following, method, parts, at + 1, allowed)
            if route is not None:
                return route
    return None


def _parts_of(path: str) -> list[str]:
    return [part for part in path.split("/") if part]


def read_parts(path: str) -> list[str] | None:
    """The parts of a path below the module's, as the server decoded it; None for one that could mean two things.

    An empty part, `.`, `..`, a backslash or a control character is read differently by different servers: what we
    judged and what the module would answer could be two routes.
    """
    if path in ("", "/"):
        return []
    if len(path) > LONGEST_PATH or not path.startswith("/"):
        return None
    parts = path[1:].split("/")
    if len(parts) > MOST_PARTS:
        return None
    for part in parts:
        if part in ("", ".", "..") or ("\\" in part or ";" in part or "%" in part or not part.isprintable()):
            return None
    return parts


def write_parts(parts: list[str]) -> str:
    """The path that the module is asked for: written anew, so that it means to the module what it meant to us."""
    return "/" + "/".join(part if _PLAIN.issuperset(part) else quote(part, safe=_SAFE) for part in parts)
