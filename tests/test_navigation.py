"""What modules say of their navigation, for the reference and for API clients, is what people find on the pages."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from banksia.kit.module import Module, Modules, discover

ROOT = Path(__file__).parents[1]
PAGE = re.compile(r"export const (\w+) = page\('([^']+)'")
ENTRY = re.compile(r"label: '([^']+)',\s*to: (\w+)\.href\(\)([^}]*)")
MODULES = [module.name for module in discover()]


class Entry(NamedTuple):
    """One entry of the navigation; `permission` is empty for what everybody sees.

    `area` is the one in whose part of the site the page lies: some pages of staff are listed among the settings.
    """

    label: str
    to: str
    area: str
    permission: str


def given(words: str, key: str) -> str:
    found = re.search(rf"\b{key}: '([^']+)'", words)
    return found[1] if found else ""


def shown(module: Module) -> set[Entry]:
    """What the pages of a module show, but for a person's own menu and the home page, which no module owns."""
    folder = ROOT.joinpath(*module.package.split("."), "web")
    sources = [path.read_text("utf-8") for path in sorted(folder.glob("*.ts"))]
    paths = {name: path for source in sources for name, path in PAGE.findall(source)}
    entries = (
        Entry(label, f"/{module.name}/{paths[page]}", paths[page].split("/")[0], given(rest, "permission"))
        for source in sources
        for label, page, rest in ENTRY.findall(source)
        if not paths[page].startswith("/") and given(rest, "area") != "account"
    )
    return set(entries)


class TestNavigation:
    @pytest.mark.parametrize("name", MODULES)
    def test_is_the_one_that_the_pages_show(self, name: str, modules: Modules) -> None:
        module = modules[name]
        said = {
            Entry(each.label, each.to, each.area, each.permission.name if each.permission else "")
            for each in module.navigation
        }
        assert said == shown(module)

    def test_is_found_in_the_sources(self, modules: Modules) -> None:
        found = {entry.label for module in modules for entry in shown(module)}
        assert {"Certificates and fees", "Track an order", "Checks of the books", "Online payments", "Till"} <= found
