"""Watched folders and prefixes: what may be watched, and what becomes of a file that lies there."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions
from banksia.kit.platform import Platform
from banksia.modules.property.errors import SourceInvalid
from banksia.modules.property.models import Source
from banksia.modules.property.service.imports import watching
from banksia.modules.property.service.imports.allowed_folders import check_watched_url
from banksia.modules.property.service.searching import find_properties

RATES = "address,lot,plan\n6 A STREET LITHGOW,1,DP9\n8 A STREET LITHGOW,2,DP9\n"


@pytest.fixture
def folder(platform: Platform, tmp_path: Path) -> Path:
    """The council's own part of what the operator allows."""
    found = tmp_path / "imports" / "bluehills"
    (found / "rates").mkdir(parents=True)
    platform.settings = platform.settings.model_copy(update={"import_folders": [str(tmp_path / "imports")]})
    return found


@pytest.fixture
def transactions(platform: Platform, organisation: Council) -> Transactions:
    return Transactions(platform, Actor.system(organisation.id))


def lay(folder: Path, name: str = "july.csv", content: str = RATES, *, age: int = 600) -> Path:
    """A file that was written a while ago."""
    path = folder / name
    path.write_text(content, "utf-8")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def watch(session: Session, organisation: Council, url: str, **about: Any) -> Source:
    given = {"name": "Rates", "format": "csv", "watched_url": url, **about}
    source = Source(organisation_id=organisation.id, **given)
    session.add(source)
    session.flush()
    return source


def runs(session: Session) -> list[tuple[str, str]]:
    rows = session.execute(text("SELECT file_name, state FROM property.import_runs ORDER BY id"))
    return [(name, state) for name, state in rows]


class TestWhatMayBeWatched:
    def test_is_the_council_s_own_part(self, session: Session, folder: Path) -> None:
        assert check_watched_url(session, str(folder)) == str(folder)
        assert check_watched_url(session, f"file://{folder}/rates/") == str(folder / "rates")

    @pytest.mark.parametrize(
        "url",
        [
            "/etc", "/", "rates", "../..", "{folder}/../kurrajong", "{folder}/../../..", "s3://bucket/x", "http://x",
            "\x00",
        ],
    )  # fmt: skip
    def test_is_nothing_else(self, session: Session, folder: Path, url: str) -> None:
        with pytest.raises(SourceInvalid, match="Choose a folder in"):
            check_watched_url(session, url.format(folder=folder))

    def test_does_not_follow_a_link_out_of_it(self, session: Session, folder: Path, tmp_path: Path) -> None:
        (folder / "out").symlink_to(tmp_path)
        with pytest.raises(SourceInvalid):
            check_watched_url(session, str(folder / "out"))

    def test_is_nothing_at_all_unless_the_operator_says_so(self, session: Session) -> None:
        with pytest.raises(SourceInvalid, match="BANKSIA_IMPORT_FOLDERS"):
            check_watched_url(session, "/srv")

    @pytest.mark.parametrize(
        ("url", "allowed"),
        [
            ("s3://drops/in/bluehills/rates", True),
            ("s3://drops/in/bluehills", True),
            ("s3://drops/in/bluehillsx", False),
            ("s3://drops/in/kurrajong", False),
            ("s3://drops/in/bluehills/../kurrajong", False),
            ("s3://other/in/bluehills", False),
        ],
    )
    def test_is_the_council_s_own_prefix(self, session: Session, platform: Platform, url: str, allowed: bool) -> None:
        platform.settings = platform.settings.model_copy(
            update={"import_folders": ["s3://drops/in?region=ap-southeast-2"]}
        )
        if allowed:
            assert check_watched_url(session, url) == url
        else:
            with pytest.raises(SourceInvalid):
                check_watched_url(session, url)


class TestWatching:
    def test_makes_a_new_file_an_import_once_and_checks_it(
        self, session: Session, organisation: Council, transactions: Transactions, folder: Path, run_outbox: Any
    ) -> None:
        watch(session, organisation, str(folder))
        session.commit()
        lay(folder)
        assert watching.watch_sources(transactions) == 1
        assert watching.watch_sources(transactions) == 0
        run_outbox()
        assert runs(session) == [("july.csv", "checked")]
        assert find_properties(session, "6 a") == []
        lay(folder, content=RATES + "10 A STREET LITHGOW,3,DP9\n", age=300)
        assert watching.watch_sources(transactions) == 1

    def test_applies_by_itself_only_what_is_not_suspicious(
        self, session: Session, organisation: Council, transactions: Transactions, folder: Path, run_outbox: Any
    ) -> None:
        watch(session, organisation, str(folder), applies_unwatched=True, is_complete=True)
        session.commit()
        lay(folder)
        watching.watch_sources(transactions)
        run_outbox()
        assert runs(session) == [("july.csv", "applied")]
        assert len(find_properties(session, "a street")) == 2
        lay(folder, "august.csv", "address,lot,plan\n6 A STREET LITHGOW,1,DP9\n")
        watching.watch_sources(transactions)
        run_outbox()
        assert runs(session)[1] == ("august.csv", "checked")
        assert len(find_properties(session, "a street")) == 2

    def test_leaves_alone_what_is_unfinished_hidden_or_a_link(
        self, session: Session, organisation: Council, transactions: Transactions, folder: Path, tmp_path: Path
    ) -> None:
        watch(session, organisation, str(folder))
        session.commit()
        for name in (".hidden.csv", "july.csv.part", "upload.tmp"):
            lay(folder, name)
        lay(folder, "growing.csv", age=1)
        lay(folder, "empty.csv", "")
        (folder / "link.csv").symlink_to(lay(tmp_path, "secret.csv"))
        assert watching.watch_sources(transactions) == 0

    def test_goes_on_when_a_folder_is_gone_or_no_longer_allowed(
        self, session: Session, organisation: Council, transactions: Transactions, folder: Path
    ) -> None:
        watch(session, organisation, str(folder / "gone"))
        watch(session, organisation, "/etc", name="Stolen")
        watch(session, organisation, str(folder), name="Good")
        session.commit()
        lay(folder)
        assert watching.watch_sources(transactions) == 1


@pytest.fixture
def prefix(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A bucket that speaks S3, of which the council has its part."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    bucket = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    bucket.create_bucket(Bucket="drops")
    allowed = f"s3://drops/in?endpoint={endpoint}&region=us-east-1"
    platform.settings = platform.settings.model_copy(update={"import_folders": [allowed]})
    yield bucket
    server.stop()


class TestPrefix:
    def test_is_watched_like_a_folder(
        self,
        session: Session,
        organisation: Council,
        transactions: Transactions,
        prefix: Any,
        run_outbox: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(watching, "SETTLED_AFTER", -watching.SETTLED_AFTER)
        watch(session, organisation, "s3://drops/in/bluehills/rates")
        session.commit()
        prefix.put_object(Bucket="drops", Key="in/bluehills/rates/july.csv", Body=RATES.encode())
        prefix.put_object(Bucket="drops", Key="in/bluehills/rates/old/june.csv", Body=RATES.encode())
        prefix.put_object(Bucket="drops", Key="in/kurrajong/july.csv", Body=RATES.encode())
        assert watching.watch_sources(transactions) == 1
        run_outbox()
        assert runs(session) == [("july.csv", "checked")]
        assert watching.watch_sources(transactions) == 0
