"""The commands, on a database that really commits."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from banksia.foundation.organisations.public import Council
from banksia.kit.platform import Platform
from banksia.modules.property.commands import commands

ROWS = "address,lot,plan\n6 FAIRVIEW DRIVE LITHGOW,1,DP900\nNOWHERE AT ALL,1,\n"
runner = CliRunner()


def run(platform: Platform | None, *arguments: str, **options: Any) -> Any:
    return runner.invoke(commands, list(arguments), obj=platform, **options)


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "register.csv"
    path.write_text(ROWS, "utf-8")
    return path


class TestParse:
    def test_answers_one_object(self) -> None:
        answer = json.loads(run(None, "parse", "2/2/2288").stdout)
        assert answer["kind"] == "parcel"
        assert answer["parcels"] == [{"lot": "2", "section": "2", "plan_type": "DP", "plan": "2288", "part": False}]

    def test_answers_one_object_for_each_line_of_standard_input(self) -> None:
        result = run(None, "parse", "-", input=b"123/313\n\nloftus st\n\xff\xfe\n")
        assert [json.loads(line)["kind"] for line in result.stdout.splitlines()] == [
            "mixed",
            "address",
            "address",
            "address",
        ]


@pytest.mark.usefixtures("live_organisation")
class TestImport:
    def test_imports_lists_rejected_rows_and_changes_nothing_twice(
        self, live_platform: Platform, register: Path
    ) -> None:
        arguments = ("import", "--organisation", "bluehills", "--format", "csv", str(register))
        first = run(live_platform, *arguments)
        assert first.exit_code == 0, first.output
        assert "Addresses new" in first.stdout
        assert "register.rejected.csv" in first.stdout
        assert (
            (register.parent / "register.rejected.csv")
            .read_text("utf-8")
            .splitlines()[1]
            .startswith("3,A parcel needs")
        )
        assert "Nothing changed" in run(live_platform, *arguments).stdout

    def test_a_dry_run_changes_nothing(
        self, live_platform: Platform, live_organisation: Council, register: Path
    ) -> None:
        result = run(
            live_platform, "import", "--organisation", "bluehills", "--format", "csv", str(register), "--dry-run"
        )
        assert "Nothing was changed" in result.stdout
        with live_platform.database.session(live_organisation.id) as session:
            assert session.execute(text("SELECT count(*) FROM property.addresses")).scalar_one() == 0

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("--organisation", "nobody", "--format", "csv"), "There is no organisation"),
            (("--organisation", "bluehills", "--format", "gnaf"), "is not one of"),
            (("--organisation", "bluehills", "--format", "csv", "--mapping", "none.json"), "cannot be read as JSON"),
        ],
    )
    def test_says_what_is_wrong(
        self, live_platform: Platform, register: Path, arguments: tuple[str, ...], sentence: str
    ) -> None:
        result = run(live_platform, "import", *arguments, str(register))
        assert result.exit_code != 0
        assert sentence in " ".join(result.output.split())

    def test_a_file_that_cannot_be_imported_is_a_sentence(self, live_platform: Platform, register: Path) -> None:
        register.write_text("a,b\n1,2\n", "utf-8")
        result = run(live_platform, "import", "--organisation", "bluehills", "--format", "csv", str(register))
        assert result.exit_code == 1
        assert "names no address and no parcel" in " ".join(result.output.split())

    def test_takes_a_mapping(self, live_platform: Platform, register: Path) -> None:
        mapping = register.with_name("mapping.json")
        mapping.write_text('{"address": "Where"}', "utf-8")
        register.write_text("Where\n6 FAIRVIEW DRIVE LITHGOW\n", "utf-8")
        result = run(
            live_platform,
            "import",
            "--organisation",
            "bluehills",
            "--format",
            "csv",
            str(register),
            "--mapping",
            str(mapping),
        )
        assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("live_organisation")
class TestSearch:
    def test_answers_the_json_of_the_endpoint(self, live_platform: Platform, register: Path) -> None:
        run(live_platform, "import", "--organisation", "bluehills", "--format", "csv", str(register))
        result = run(live_platform, "search", "--organisation", "bluehills", "6 fairview", "--json")
        assert json.loads(result.stdout)["results"][0]["parcels"] == ["1//DP900"]
        several = run(
            live_platform, "search", "--organisation", "bluehills", "-", "--json", input="6 fairview\n7 fairview\n"
        )
        assert [len(json.loads(line)["results"]) for line in several.stdout.splitlines()] == [1, 0]
        assert "FAIRVIEW" in run(live_platform, "search", "--organisation", "bluehills", "6 fairview").stdout
