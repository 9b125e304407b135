"""Paths as they stand in the log: what opens something for whoever holds it is left out."""

import re
from typing import Final

from starlette.types import Scope

HIDDEN: Final = "***"
_LONG: Final = re.compile(r"[A-Za-z0-9_-]{20,}")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORDS: Final = re.compile(r"[a-z_-]+")


def logged_path(scope: Scope) -> str:
    """The path of a request without the tokens in it; ids stay, by which an operator finds things.

    What a route calls a token is one. Elsewhere (a page of the shell, a module that runs elsewhere, an address that
    is mistyped) whatever is as long and as mixed as a token is taken for one.
    """
    path: str = scope["path"]
    if path.startswith("/assets/"):
        return path
    token = scope.get("path_params", {}).get("token")
    if token:
        path = "/".join(HIDDEN if part == token else part for part in path.split("/"))
    return _LONG.sub(_hidden, path)


def _hidden(found: re.Match[str]) -> str:
    return found[0] if _UUID.fullmatch(found[0]) or _WORDS.fullmatch(found[0]) else HIDDEN
