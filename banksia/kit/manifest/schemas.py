"""The JSON Schemas that a module brings, for its settings and its events: checked before they are used on anything.

They come from outside and are run on what people and modules send, so they may be neither endless nor slow: no
reference leaves the schema or comes back to itself, and patterns are matched by an engine whose time is linear.
"""

from collections.abc import Iterator
from typing import Any

from jsonschema_rs import Draft202012Validator, ReferencingError, RegexOptions, ValidationError

MOST_NODES = 2000
MOST_ERRORS = 20
DIALECT = "https://json-schema.org/draft/2020-12/schema"
REFUSED = frozenset(
    {"$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$vocabulary"}
)
DEFINITIONS = "#/$defs/"


def schema_problems(schema: dict[str, Any], where: str, *, of_object: bool = False) -> list[str]:
    """What is wrong with a schema, in sentences; `where` is its field in the manifest."""
    if not schema:
        return []
    problems = list(dict.fromkeys(_bounds(schema, where)))
    if problems:
        return problems
    if of_object and schema.get("type") != "object":
        return [f'{where}: must describe an object. Write "type": "object" and "properties".']
    try:
        _validator(schema)
    except (ValidationError, ReferencingError, ValueError) as error:
        said = str(error).splitlines()[0][:200] if str(error) else "it cannot be compiled"
        return [f"{where}: is no JSON Schema (draft 2020-12): {said}"]
    return []


def value_problems(schema: dict[str, Any], value: Any) -> list[dict[str, str]]:
    """What a value breaks of a schema that was checked, as `{"field": "a.b", "message": "..."}`."""
    if not schema:
        return []
    found = []
    for error in _validator(schema).iter_errors(value):
        field = ".".join(str(part) for part in error.instance_path)
        found.append({"field": field, "message": _shown(error)})
        if len(found) == MOST_ERRORS:
            break
    return found


def _shown(error: ValidationError) -> str:
    message = error.message.splitlines()[0][:300]
    return message[:1].upper() + message[1:]


def _validator(schema: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(
        schema, validate_formats=True, pattern_options=RegexOptions(size_limit=1 << 20), offline=True
    )


def _bounds(schema: dict[str, Any], where: str) -> Iterator[str]:
    nodes = list(_walk(schema))
    if len(nodes) > MOST_NODES:
        yield f"{where}: has more than {MOST_NODES} parts. Make the schema smaller."
        return
    if schema.get("$schema", DIALECT) != DIALECT:
        yield f"{where}: $schema must be {DIALECT}, or be left out."
    definitions = schema.get("$defs", {})
    for node in nodes:
        for word in REFUSED.intersection(node):
            yield f"{where}: {word} is not taken. Write the schema in one piece, with $defs and $ref alone."
        reference = node.get("$ref")
        if reference is not None and not _names_definition(reference, definitions):
            yield f"{where}: $ref must name one of the schema's own $defs, as {DEFINITIONS}Name."
    if isinstance(definitions, dict) and (looping := _looping(definitions)):
        yield f"{where}: $defs.{looping} refers to itself. Write it without going round in a circle."


def _names_definition(reference: Any, definitions: Any) -> bool:
    return (
        isinstance(reference, str)
        and isinstance(definitions, dict)
        and reference.startswith(DEFINITIONS)
        and reference.removeprefix(DEFINITIONS) in definitions
    )


def _walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in it, with the schemas among them; a property may be called `$ref` and is refused as well."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def _looping(definitions: dict[str, Any]) -> str | None:
    """The name of a definition that leads back to itself, or None."""
    leads = {
        name: {
            str(node["$ref"]).removeprefix(DEFINITIONS)
            for node in _walk(definition)
            if isinstance(node.get("$ref"), str)
        }
        for name, definition in definitions.items()
    }
    for name, first in leads.items():
        seen: set[str] = set()
        waiting = list(first)
        while waiting:
            following = waiting.pop()
            if following == name:
                return name
            if following not in seen:
                seen.add(following)
                waiting.extend(leads.get(following, ()))
    return None
