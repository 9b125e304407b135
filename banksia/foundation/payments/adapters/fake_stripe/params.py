"""Typed parameters, refused in Stripe's words."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from banksia.foundation.payments.adapters.fake_stripe.errors import ApiError, missing
from banksia.foundation.payments.adapters.fake_stripe.forms import Form

_INTEGER = re.compile(r"-?\d{1,18}")
MAX_METADATA_KEYS = 50
MAX_METADATA_KEY_LENGTH = 40
MAX_METADATA_VALUE_LENGTH = 500


def refuse_unknown(form: Form, known: Iterable[str]) -> None:
    """400 for a parameter that the endpoint does not have."""
    for name in form:
        if name not in {*known, "expand"}:
            raise ApiError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def text(form: Form, name: str, *, required: bool = False, longest: int = 5000) -> str | None:
    """A text, or None when it was not sent."""
    value = form.get(name)
    if value is None:
        if required:
            raise missing(name)
        return None
    if not isinstance(value, str):
        raise ApiError("Invalid string", param=name)
    if value == "":
        raise ApiError(
            f"You passed an empty string for '{name}'. We assume empty values are an attempt to unset a parameter; "
            f"however '{name}' cannot be unset.",
            code="parameter_invalid_empty",
            param=name,
        )
    if len(value) > longest:
        raise ApiError(f"Invalid string: must be at most {longest} characters", param=name)
    return value


def needed_text(form: Form, name: str, *, longest: int = 5000) -> str:
    """A text that must be sent."""
    value = text(form, name, required=True, longest=longest)
    if value is None:
        raise missing(name)
    return value


def integer(form: Form, name: str, *, lowest: int = 0, highest: int = 2**53) -> int | None:
    """A whole number, or None when it was not sent."""
    value = form.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not _INTEGER.fullmatch(value):
        raise ApiError(f"Invalid integer: {value}", code="parameter_invalid_integer", param=name)
    number = int(value)
    if number < lowest:
        raise ApiError(
            f"This value must be greater than or equal to {lowest}.", code="parameter_invalid_integer", param=name
        )
    if number > highest:
        raise ApiError(
            f"This value must be less than or equal to {highest}.", code="parameter_invalid_integer", param=name
        )
    return number


def mapping(form: Form, name: str) -> Form:
    """A nested object; empty when it was not sent."""
    value = form.get(name)
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise ApiError("Invalid object", param=name)
    return value


def metadata(form: Form, name: str = "metadata") -> dict[str, str]:
    """At most 50 keys of 40 characters with values of 500, as Stripe allows."""
    values = mapping(form, name)
    if len(values) > MAX_METADATA_KEYS:
        raise ApiError(f"Metadata may have up to {MAX_METADATA_KEYS} keys.", param=name)
    for key, value in values.items():
        if len(key) > MAX_METADATA_KEY_LENGTH:
            raise ApiError(f"Metadata keys may be up to {MAX_METADATA_KEY_LENGTH} characters.", param=name)
        if not isinstance(value, str) or len(value) > MAX_METADATA_VALUE_LENGTH:
            raise ApiError(f"Metadata values may be up to {MAX_METADATA_VALUE_LENGTH} characters.", param=name)
    return values


def window(form: Form) -> tuple[int, int | None]:
    """The ``created`` filter as (from, to), both included."""
    created = form.get("created")
    if isinstance(created, str):
        exact = integer(form, "created") or 0
        return exact, exact
    bounds = mapping(form, "created")
    lowest, highest = 0, None
    if "gt" in bounds:
        lowest = (integer(bounds, "gt") or 0) + 1
    if "gte" in bounds:
        lowest = integer(bounds, "gte") or 0
    if "lt" in bounds:
        highest = (integer(bounds, "lt") or 0) - 1
    if "lte" in bounds:
        highest = integer(bounds, "lte") or 0
    return lowest, highest


def page_of(things: Iterable[dict[str, Any]], form: Form, url: str) -> dict[str, Any]:
    """A list answer: ``limit``, ``starting_after`` and ``ending_before`` over things given newest first."""
    limit = integer(form, "limit", lowest=1, highest=100) or 10
    after, before = text(form, "starting_after"), text(form, "ending_before")
    if before is None:
        page = _older_than(things, after, limit + 1)
        return {"object": "list", "url": url, "has_more": len(page) > limit, "data": page[:limit]}
    every = list(things)
    ids = [thing["id"] for thing in every]
    if before not in ids:
        raise _no_cursor("ending_before", before)
    until = ids.index(before)
    start = max(0, until - limit)
    return {"object": "list", "url": url, "has_more": start > 0, "data": every[start:until]}


def _older_than(things: Iterable[dict[str, Any]], after: str | None, count: int) -> list[dict[str, Any]]:
    """The first things after one, read no further than that."""
    remaining = iter(things)
    if after is not None and not any(thing["id"] == after for thing in remaining):
        raise _no_cursor("starting_after", after)
    return list(islice(remaining, count))


def _no_cursor(name: str, cursor: str) -> ApiError:
    return ApiError(f"No such object: '{cursor}'", code="resource_missing", param=name)
