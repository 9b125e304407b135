"""`banksia files verify`, on a database that really commits."""

from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from banksia.foundation.organisations.public import Council
from banksia.foundation.storage.public import put_bytes
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.files.commands import commands


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
