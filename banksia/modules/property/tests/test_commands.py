"""The commands, on a database that really commits."""

import json
import os
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

    def test_rejected_rows_lie_beside_the_file_or_else_here(
        self, live_platform: Platform, register: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = register.parent / "here"
        here.mkdir()
        monkeypatch.chdir(here)
        arguments = ("import", "--organisation", "bluehills", "--format", "csv", "--dry-run", str(register))
        run(live_platform, *arguments)
        assert (list(here.iterdir()), register.with_name("register.rejected.csv").is_file()) == ([], True)
        monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)  # root may write everywhere
        run(live_platform, *arguments)
        assert [path.name for path in here.iterdir()] == ["register.rejected.csv"]

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
            (("--organisation", "bluehills", "--format", "dwg"), "is not one of"),
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
class TestSources:
    ARGUMENTS = ("--organisation", "bluehills", "--format", "csv", "--source", "Rates")

    def test_a_complete_source_ends_what_it_leaves_out_once_that_is_confirmed(
        self, live_platform: Platform, register: Path
    ) -> None:
        mapping = register.with_name("mapping.json")
        mapping.write_text('{"address": "Where"}', "utf-8")
        register.write_text("Where,lot,plan\n6 A STREET LITHGOW,1,DP9\n8 A STREET LITHGOW,2,DP9\n", "utf-8")
        first = run(live_platform, "import", *self.ARGUMENTS, "--complete", "--mapping", str(mapping), str(register))
        assert first.exit_code == 0, first.output
        register.write_text("Where,lot,plan\n6 A STREET LITHGOW,1,DP9\n", "utf-8")
        dry = run(live_platform, "import", *self.ARGUMENTS, "--dry-run", str(register))
        assert "Suspicious: 2 of the source's 4 records are no longer listed" in dry.stdout
        refused = run(live_platform, "import", *self.ARGUMENTS, str(register))
        assert refused.exit_code == 1
        assert "no longer listed (50%" in " ".join(refused.output.split())
        assert "Parcels ended" in run(
            live_platform, "import", *self.ARGUMENTS, "--confirm-suspicious", str(register)
        ).stdout.replace("  ", " ")

    def test_completeness_needs_a_source_and_a_source_keeps_its_format(
        self, live_platform: Platform, register: Path
    ) -> None:
        unnamed = run(
            live_platform, "import", "--organisation", "bluehills", "--format", "csv", "--complete", str(register)
        )
        assert (unnamed.exit_code, "--source" in unnamed.output) == (2, True)
        assert run(live_platform, "import", *self.ARGUMENTS, str(register)).exit_code == 0
        other = run(
            live_platform, "import", "--organisation", "bluehills", "--format", "owners", "--source", "Rates",
            str(register),
        )  # fmt: skip
        assert other.exit_code == 1
        assert "not owners" in " ".join(other.output.split())

    def test_imports_are_listed_and_taken_back(self, live_platform: Platform, register: Path) -> None:
        assert "Nothing has been imported" in run(live_platform, "imports", "--organisation", "bluehills").stdout
        run(live_platform, "import", *self.ARGUMENTS, str(register))
        listed = run(live_platform, "imports", "--organisation", "bluehills").stdout
        assert "applied  csv  register.csv of Rates" in listed
        taken_back = run(live_platform, "revert", "--organisation", "bluehills", listed.split()[0])
        assert taken_back.exit_code == 0, taken_back.output
        found = run(live_platform, "search", "--organisation", "bluehills", "6 fairview", "--json")
        assert json.loads(found.stdout)["results"] == []
        again = run(live_platform, "revert", "--organisation", "bluehills", listed.split()[0])
        assert again.exit_code == 1
        assert "was reverted" in again.output


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
