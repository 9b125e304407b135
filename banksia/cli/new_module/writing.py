"""Writes a module's files from the templates that come with the package.

A template is a file of the module with the ending `.tmpl`; in its path and its text stand words such as `@name@`.
Nothing else is replaced, so that a template can be read as what it becomes.
"""

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from banksia.kit.clock import utc_now

TEMPLATES = files(__package__) / "templates"
ENDING = ".tmpl"
WORD = re.compile(r"@([A-Za-z_]+)@")


def words_for(name: str, title: str, kind: str) -> dict[str, str]:
    """What the templates' words become for a module."""
    return {
        "name": name,
        "Name": "".join(part.title() for part in name.split("_")),
        "title": title,
        "kind": kind,
        "package": f"banksia_{name}",
        "dashed": name.replace("_", "-"),
        "css": f"banksia-{name.replace('_', '-')}",
        "table": "records" if kind == "truth" else "requests",
        "revision": f"{name.replace('_', '')[:3]}090001",
        "revision_time": f"{utc_now():%Y%m%d_%H%M}",
    }


def write(folder: Path, templates: tuple[str, ...], words: Mapping[str, str]) -> list[Path]:
    """Write the files of these sets of templates below a folder; answers them, each relative to the folder."""
    written = []
    for name in templates:
        for path, template in _walk(TEMPLATES / name):
            target = folder / _filled(path.removesuffix(ENDING), words)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(template.read_text("utf-8"), words), encoding="utf-8")
            written.append(target.relative_to(folder))
    return sorted(written)


def _walk(folder: Traversable, below: str = "") -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda found: found.name):
        if each.is_dir():
            yield from _walk(each, f"{below}{each.name}/")
        elif each.name.endswith(ENDING):
            yield f"{below}{each.name}", each


def _filled(text: str, words: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: words.get(found[1], found[0]), text)
