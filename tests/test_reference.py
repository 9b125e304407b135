"""The reference in docs/reference is written from the code, is the same everywhere, and is up to date."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi.testclient import TestClient
from httpx2 import Response

from banksia.app import create_app
from banksia.cli.building import build
from banksia.cli.reference import pages_of
from banksia.cli.reference.errors import problems_of
from banksia.cli.reference.states import Step, steps_of
from banksia.kit.errors import NotFound
from banksia.kit.module import Modules
from banksia.kit.platform import Platform
from banksia.kit.settings import Settings

FOLDER = Path(__file__).parents[1] / "docs" / "reference"


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


class NoSuchLight(NotFound):
    """A problem of this test, which no page may show."""


WRITTEN: list[dict[str, str]] = []
"""Writing them takes ten seconds, so it happens once."""


@pytest.fixture
def pages(platform: Platform) -> dict[str, str]:
    if not WRITTEN:
        WRITTEN.append(pages_of(platform, typer.main.get_command(build(platform.modules))))
    return WRITTEN[0]


class TestPages:
    @pytest.mark.parametrize(
        "name",
        [
            "openapi.json",
            "modules.md",
            "manifest.md",
            "manifest.schema.json",
            "errors.md",
            "states.md",
            "commands.md",
            "settings.md",
        ],
    )
    def test_are_up_to_date(self, pages: dict[str, str], name: str) -> None:
        committed = FOLDER / name
        assert committed.is_file(), "run `make generate` and commit what it writes"
        assert committed.read_text("utf-8") == pages[name], f"{name} is stale: run `make generate` and commit it"

    def test_do_not_depend_on_the_settings_of_the_machine(self, pages: dict[str, str], platform: Platform) -> None:
        elsewhere = Settings(environment="test", public_url="https://x.example", mail_from="a@x.example")
        other = Platform(settings=elsewhere, modules=platform.modules, bind=platform.bind)
        assert pages_of(other, typer.main.get_command(build(platform.modules))) == pages

    def test_name_every_module_and_permission(self, pages: dict[str, str], modules: Modules) -> None:
        for name in (*(module.name for module in modules), *modules.permissions, *modules.events, *modules.tasks):
            assert name in pages["modules.md"], name

    def test_name_every_setting(self, pages: dict[str, str]) -> None:
        for name, field in Settings.model_fields.items():
            assert f"BANKSIA_{name.upper()}" in pages["settings.md"]
            assert field.description, f"say in a docstring what the setting {name} does"


class TestApiDocs:
    SOURCE = FOLDER.parents[1] / "web" / "shell" / "api-docs.html"

    def served(self, platform: Platform, folder: Path) -> Response:
        settings = platform.settings.model_copy(update={"web_dir": folder})
        installed = replace(platform, settings=settings)
        with TestClient(create_app(platform=installed), base_url="http://localhost") as client:
            return client.get("/api/docs")

    def test_is_the_built_page_asked_for_afresh(self, platform: Platform, tmp_path: Path) -> None:
        for name in ("index.html", "api-docs.html"):
            tmp_path.joinpath(name).write_text(f"<title>{name}</title>")
        answer = self.served(platform, tmp_path)
        assert (answer.status_code, answer.text) == (200, "<title>api-docs.html</title>")
        assert answer.headers["cache-control"] == "no-cache"
        assert "unsafe" not in answer.headers["content-security-policy"]

    def test_takes_nothing_from_elsewhere_and_runs_nothing_inline(self) -> None:
        source = self.SOURCE.read_text("utf-8")
        assert "http" not in source
        assert "style" not in source
        assert all("src=" in script for script in source.split("<script")[1:])


class TestErrors:
    def test_are_those_of_the_installation_alone(self, modules: Modules, pages: dict[str, str]) -> None:
        assert NoSuchLight not in problems_of(modules)
        assert "urn:banksia:organisations:module-not-found" in pages["errors.md"]

    def test_have_a_type_of_their_own_each(self, modules: Modules) -> None:
        types = [problem.type_urn() for problem in problems_of(modules)]
        assert sorted(types) == sorted(set(types))


class TestStepsOf:
    @pytest.mark.parametrize(
        ("transitions", "cause"),
        [
            ({Light.RED: frozenset({Light.GREEN})}, ""),
            ({Light.RED: {"wait": (Light.GREEN,)}}, "wait"),
            ({"wait": {Light.RED: Light.GREEN}}, "wait"),
        ],
    )
    def test_reads_every_form(self, transitions: Mapping[Any, Any], cause: str) -> None:
        assert list(steps_of(transitions)) == [Step("red", cause, "green")]
