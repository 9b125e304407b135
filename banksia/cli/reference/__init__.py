"""`banksia reference FOLDER`: the reference pages, written from the code so that they cannot lie."""

import json
from pathlib import Path
from typing import Annotated

import typer

from banksia.app import create_app
from banksia.cli.reference.commands import describe_commands
from banksia.cli.reference.errors import describe_errors
from banksia.cli.reference.manifest import describe_manifest, schema_page
from banksia.cli.reference.modules import describe_modules
from banksia.cli.reference.settings import describe_settings
from banksia.cli.reference.states import describe_states
from banksia.kit.platform import Platform

__all__ = ["pages_of", "reference"]


def reference(
    context: typer.Context, folder: Annotated[Path, typer.Argument(help="Where to write it: docs/reference.")]
) -> None:
    """Write the reference: API, modules, manifest, errors, states, commands and settings."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages_of(context.obj, context.find_root().command).items():
        folder.joinpath(name).write_text(text, encoding="utf-8")


def pages_of(platform: Platform, root: object) -> dict[str, str]:
    """Every page by its file name; the same code gives the same text, whatever the machine and its settings."""
    document = create_app(platform=platform).openapi()
    return {
        "openapi.json": json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n",
        "modules.md": describe_modules(platform.modules, document),
        "manifest.md": describe_manifest(),
        "manifest.schema.json": schema_page(),
        "errors.md": describe_errors(platform.modules),
        "states.md": describe_states(platform.modules),
        "commands.md": describe_commands(root),
        "settings.md": describe_settings(),
    }
