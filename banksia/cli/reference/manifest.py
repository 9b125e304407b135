"""manifest.schema.json and manifest.md: what a module says of itself, protocol 1."""

import json
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from banksia.cli.reference.markdown import code, page, table
from banksia.kit.manifest import MOST_BYTES, PATH, Manifest
from banksia.kit.manifest.rules import RULES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SERVED = f"""
A module describes itself in one JSON document, its manifest. A module that runs elsewhere serves it at
`{{base_url}}/{{id}}{PATH}`, in UTF-8 and at most {MOST_BYTES // 1024} KB. An administrator registers the address
`{{base_url}}/{{id}}`, reads what the module asks for, and approves exactly that: the approval names the SHA-256 of what
was read. A newer manifest that asks for no more holds from the next look (every five minutes); one that asks for more
waits until somebody approves the difference.

Everything of the module lies below `{{base_url}}/{{id}}`: what the council's site calls as `/api/{{id}}/X` arrives at
`/api/X`, the files of its pages lie at `/pages/FILE`, and `health`, `events.url` and the paths of widgets are taken as
they stand. [manifest.schema.json](manifest.schema.json) is this page as JSON Schema, for editors and checks.
"""
SCHEMAS = """
`settings` and the `schema` of an event are JSON Schema, draft 2020-12, in one piece: `$ref` names one of the schema's
own `$defs` and never comes back to itself; `$id`, `$anchor` and dynamic references are not taken. Patterns are matched
in linear time, without look-around and back-references.
"""


def manifest_schema() -> dict[str, Any]:
    """The manifest as JSON Schema."""
    return {"$schema": DIALECT, **Manifest.model_json_schema(by_alias=True, mode="validation"), "title": "Manifest"}


def schema_page() -> str:
    """The file."""
    return json.dumps(manifest_schema(), indent=2, ensure_ascii=False) + "\n"


def describe_manifest() -> str:
    """The page for people."""
    schema = manifest_schema()
    definitions = schema["$defs"]
    parts = [f"## {_heading(name)}\n\n{_about(part)}\n\n{_fields(part)}" for name, part in definitions.items()]
    rules = "\n".join(f"- {sentence}" for sentence in _rules())
    return page(
        "Manifest",
        SERVED.strip(),
        f"## The manifest\n\n{_fields(schema)}",
        *parts,
        f"## What else it must obey\n\n{rules}",
        f"## Schemas that a module brings\n\n{SCHEMAS.strip()}",
    )


def _heading(name: str) -> str:
    return name.removeprefix("Manifest").lower()


def _about(part: dict[str, Any]) -> str:
    return cleandoc(part.get("description", "")).replace("\n", " ")


def _fields(part: dict[str, Any]) -> str:
    needed = set(part.get("required", ()))
    rows = (
        (code(name), _kind(field), "needed" if name in needed else code(_shown(field.get("default"))), _about(field))
        for name, field in part["properties"].items()
    )
    return table(("field", "form", "default", "what it says"), rows)


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = _heading(field["$ref"].rsplit("/", 1)[-1])
        return f"[{name}](#{name})"
    if "anyOf" in field:
        return " or ".join(_kind(each) for each in field["anyOf"])
    if "const" in field:
        return code(json.dumps(field["const"]))
    if "enum" in field:
        return ", ".join(code(each) for each in field["enum"])
    if field.get("type") == "array":
        return f"list of {_kind(field['items'])}"
    form = code(field["pattern"]) if "pattern" in field else str(field.get("type", "anything"))
    return {"null": "nothing", "boolean": "true or false", "string": "text"}.get(form, form)


def _shown(value: object) -> str:
    return "" if value in (None, "") else json.dumps(value)


def _rules() -> Iterator[str]:
    for rule in RULES:
        yield cleandoc(rule.__doc__ or "").replace("\n", " ")
