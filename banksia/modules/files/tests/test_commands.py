"""`banksia files verify`, `load` and `undo`, on a database that really commits."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url
from typer.testing import CliRunner

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import put_bytes
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform, make_platform
from banksia.modules.files import queries, service
from banksia.modules.files.commands import commands
from banksia.modules.files.schemas.keeping import HoldCreate
from banksia.modules.files.tests.factories import make_property


def verify(platform: Platform, *arguments: str) -> Any:
    return CliRunner().invoke(commands, ["verify", *arguments], obj=platform)


def test_exits_with_one_on_any_difference(live_platform: Platform, live_organisation: Council) -> None:
    transactions = Transactions(live_platform, Actor.system(live_organisation.id))
    whole, changed = (put_bytes(transactions, content) for content in (b"a plan", b"a letter"))
    answer = verify(live_platform)
    assert (answer.exit_code, answer.output.count("in order")) == (0, 2)

    (path,) = Path(live_platform.settings.data_dir).rglob(changed.sha256)
    path.chmod(0o640)
    path.write_bytes(b"a lettuce"[: changed.size])
    assert verify(live_platform).exit_code == 0  # as long as before: only reading it finds out
    deep = verify(live_platform, "--deep", "--organisation", live_organisation.slug)
    assert deep.exit_code == 1
    assert f"{changed.sha256} damaged" in deep.output

    (path,) = Path(live_platform.settings.data_dir).rglob(whole.sha256)
    path.unlink()
    assert f"{whole.sha256} missing" in verify(live_platform).output
    assert verify(live_platform, "--organisation", "nowhere").exit_code == 2


def test_a_database_without_tables_is_told_in_a_sentence(live_platform: Platform) -> None:
    settings = live_platform.settings
    address = make_url(settings.database_url).set(database="postgres").render_as_string(hide_password=False)
    unprepared = make_platform(settings.model_copy(update={"database_url": address}), live_platform.modules)
    answer = verify(unprepared)
    assert isinstance(unprepared.database.bind, Engine)
    unprepared.database.bind.dispose()
    assert (answer.exit_code, "banksia migrate" in answer.output, "Traceback" in answer.output) == (2, True, False)


class TestLoad:
    @pytest.fixture
    def shelf(self, live_platform: Platform, live_organisation: Council, tmp_path: Path) -> Path:
        transactions = Transactions(live_platform, Actor.system(live_organisation.id))
        with transactions() as session:
            make_property(session, parcels=["2/2/DP2288"])
        folder = tmp_path / "shelf"
        folder.mkdir()
        for name in ("a.txt", "b.txt"):
            (folder / name).write_text(f"scan of {name}")
        return folder

    def run(self, live_platform: Platform, council: Council, *arguments: str) -> Any:
        return CliRunner().invoke(commands, [*arguments, "--organisation", council.slug], obj=live_platform)

    def test_lines_that_are_left_out_are_said_and_exit_with_three(
        self, live_platform: Platform, live_organisation: Council, shelf: Path
    ) -> None:
        lines = ("path,parcel,folder,title", "a.txt,2/2/DP2288,Rates,A", "b.txt,2/2/DP2288,Nowhere,B")
        (shelf / "manifest.csv").write_text("\n".join(lines))
        for more in (["--dry-run"], []):
            answer = self.run(live_platform, live_organisation, "load", str(shelf), *more)
            assert (answer.exit_code, "1 line was left out" in answer.output) == (3, True)
            assert "There is no folder “Nowhere”" in answer.output

    def test_a_load_is_taken_back_and_what_stays_is_told(
        self, live_platform: Platform, live_organisation: Council, shelf: Path
    ) -> None:
        lines = ("path,parcel,folder,title", "a.txt,2/2/DP2288,Rates,A", "b.txt,2/2/DP2288,Rates,B")
        (shelf / "manifest.csv").write_text("\n".join(lines))
        loaded = self.run(live_platform, live_organisation, "load", str(shelf))
        assert loaded.exit_code == 0, loaded.output
        batch_id = loaded.stdout.split("  ", 1)[0]
        transactions = Transactions(live_platform, Actor.system(live_organisation.id))
        with transactions() as session:
            document = session.scalars(queries.documents_of(live_organisation.id)).first()
            assert document is not None
            wanted = HoldCreate(property_id=document.property_id, document_id=document.id, reason="Court case")
            service.place_hold(session, transactions.actor, wanted=wanted)
        undone = self.run(live_platform, live_organisation, "undo", batch_id)
        assert undone.exit_code == 0, undone.output
        assert " taken back: 1" in undone.output
        assert "not taken back: 1" in undone.output
        assert "A hold is on, so it stays: Court case" in undone.output
