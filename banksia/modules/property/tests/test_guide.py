"""The guide to importing property data: its files and commands do what it says, in its order."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform
from banksia.modules.property.commands import commands
from banksia.modules.property.schemas.truths import AttributeDefinitionCreate
from banksia.modules.property.service.attributes.catalogue import create_definition

GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "import-property-data.md"
FILES = re.compile(r"`([\w.]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
COMMANDS = re.compile(r"^    banksia property (.+)$", re.MULTILINE)
ATTRIBUTES = re.compile(r"`(guide_\w+)`\s+\(\*([^*]+)\*, (text|yes or no), of each lot\)")


@pytest.fixture
def say(live_platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Run a command of the guide beside its files; answers what it says."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for name, content in FILES.findall(GUIDE.read_text("utf-8")):
        (tmp_path / name).write_text(content, "utf-8")

    def run(command: str) -> str:
        result = CliRunner().invoke(commands, shlex.split(command), obj=live_platform)
        assert result.exit_code == 0, f"{command}\n{result.output}"
        return result.output

    return run


def set_up_attributes(platform: Platform, council: Council) -> None:
    kinds = {"text": "text", "yes or no": "yes_no"}
    found = ATTRIBUTES.findall(" ".join(GUIDE.read_text("utf-8").split()))
    assert len(found) == 2
    with platform.database.session(council.id) as session:
        for code, title, kind in found:
            created = AttributeDefinitionCreate.model_validate({"code": code, "title": title, "kind": kinds[kind]})
            create_definition(session, Actor.system(council.id), created=created)


class TestGuide:
    def test_walks_from_a_file_to_a_checked_truth(
        self, say: Callable[[str], str], live_platform: Platform, live_organisation: Council
    ) -> None:
        set_up_attributes(live_platform, live_organisation)
        walk = COMMANDS.findall(GUIDE.read_text("utf-8"))
        dry, land, owners, attributes, by_address, by_lot, listed, revert = walk
        assert "This was a dry run" in say(dry)
        assert "Nothing has been imported yet." in say(listed)
        assert "3 rows in" in say(land)
        assert "Nothing changed: everything in the file is there already." in say(land)
        assert re.search(r"Owners new +2 *\n", say(owners))
        assert re.search(r"Attributes new +4 *\n", say(attributes))
        assert "900101" in say(by_address)
        assert "900103" in say(by_lot)
        imports = say(listed).splitlines()
        assert [line.split("  ")[3] for line in imports[:2]] == ["attributes", "owners"]
        assert "taken back" in say(revert.replace("RUN", imports[0].split()[0]))
        assert "reverted" in say(listed).splitlines()[0]
