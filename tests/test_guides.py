"""The guides show the product as the journeys see it, and lead nowhere that is not there."""

import importlib.util
import re
from pathlib import Path

from banksia.kit.module import Modules

ROOT = Path(__file__).parents[1]


LOOKED_AT = re.compile(r"look\(\s*'([\w-]+)'")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")

ANCHOR = re.compile(r"\]\(((?!https?:|mailto:)([^)#\s]*)#([^)\s]+))\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors_of(document: Path) -> set[str]:
    """The addresses of a document's headings, as the forges make them."""
    headings = HEADING.findall(document.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def shown_pictures() -> set[str]:
    """What scripts/guide_pictures.py finds."""
    spec = importlib.util.spec_from_file_location("guide_pictures", ROOT / "scripts" / "guide_pictures.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return set(module.shown_pictures())


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


class TestPictures:
    def test_are_those_that_journeys_take_and_each_is_shown(self) -> None:
        taken = {name for file in (ROOT / "e2e").glob("*.ts") for name in LOOKED_AT.findall(file.read_text("utf-8"))}
        kept = {path.stem for path in (ROOT / "docs" / "images").glob("*.png")}
        shown = shown_pictures()
        assert shown - taken == set()
        assert shown == kept

    def test_every_guide_for_people_who_look_at_pages_has_some(self) -> None:
        for name in ("certificates", "conveyancers", "administrators", "certificate-templates", "counter", "finance"):
            guide = (ROOT / "docs" / "guides" / f"{name}.md").read_text("utf-8")
            assert "](../images/" in guide, name


class TestChecksOfTheBooks:
    def test_each_says_in_the_guide_what_to_do_when_it_fails(self, modules: Modules) -> None:
        guide = (ROOT / "docs" / "guides" / "finance.md").read_text("utf-8")
        rows = {line.split("|")[1].strip() for line in guide.splitlines() if line.startswith("|")}
        assert {check.title for module in modules for check in module.checks} - rows == set()


class TestLinks:
    def test_lead_to_files_that_are_there(self) -> None:
        broken = [
            f"{document.relative_to(ROOT)}: {link}"
            for document in documents()
            for link in LINK.findall(document.read_text("utf-8"))
            if not (document.parent / link).exists()
        ]
        assert broken == []

    def test_lead_to_headings_that_are_there(self) -> None:
        broken = [
            f"{document.relative_to(ROOT)}: {link}"
            for document in documents()
            for link, file, anchor in ANCHOR.findall(document.read_text("utf-8"))
            if anchor not in anchors_of((document.parent / file) if file else document)
        ]
        assert broken == []
