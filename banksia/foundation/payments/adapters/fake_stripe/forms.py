"""Stripe's form encoding: ``line_items[0][price_data][currency]=aud`` becomes nested dicts and lists."""

import re
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError

Form: TypeAlias = dict[str, Any]

_PART = re.compile(r"\[([^\]]*)\]")
MAX_FIELDS = 2000


def parse_form(encoded: str) -> Form:
    """Nested parameters of a query string or body; raises ``ApiError`` for text that is no such form."""
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded), max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise ApiError("Invalid request: the body is not form encoded.") from error
    tree: Form = {}
    for key, value in pairs:
        _insert(tree, _path_of(key), value)
    return {key: _lists(value) for key, value in tree.items()}


def _path_of(key: str) -> list[str]:
    head, bracket, _ = key.partition("[")
    return [head, *(_PART.findall(key) if bracket else [])]


def _insert(tree: Form, path: list[str], value: str) -> None:
    node = tree
    for part in path[:-1]:
        child = node.setdefault(part or str(len(node)), {})
        if not isinstance(child, dict):
            raise ApiError(f"Invalid hash: {path[0]}", param=path[0])
        node = child
    leaf = path[-1] or str(len(node))
    if leaf in node:
        raise ApiError(f"Parameter sent twice: {path[0]}", param=path[0])
    node[leaf] = value


def _lists(node: Any) -> Any:
    """Turn ``{"0": a, "1": b}`` into ``[a, b]``, as the encoding has no other mark for an array."""
    if not isinstance(node, dict):
        return node
    inner = {key: _lists(value) for key, value in node.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner
