"""Every mail of every installed module: a text with a subject, and the same in HTML."""

from pathlib import Path

import pytest
from jinja2 import Environment

from banksia.kit.module import discover

TEMPLATES = [
    pytest.param(path, id=f"{module.name}/{path.stem}")
    for module in discover()
    for path in sorted(Path(str(module.folder("templates"))).glob("*.txt"))
]
UNWELCOME = ("please", "sorry", "oops", "!")  # the words and signs that our mails do without


@pytest.mark.parametrize("path", TEMPLATES)
class TestTemplates:
    def test_starts_with_a_subject_and_an_empty_line(self, path: Path) -> None:
        first, second, *_ = path.read_text(encoding="utf-8").splitlines()
        assert first.startswith("Subject: ")
        assert second == ""

    def test_has_html_on_the_one_layout(self, path: Path) -> None:
        html = path.with_suffix(".html").read_text(encoding="utf-8")
        Environment(autoescape=True).parse(html)
        assert html.startswith('{% extends "notifications/layout.html" %}')
        assert "| safe" not in html
        assert "|safe" not in html

    def test_speaks_plainly(self, path: Path) -> None:
        words = path.read_text(encoding="utf-8").lower()
        assert [word for word in UNWELCOME if word in words.replace("!=", "")] == []
