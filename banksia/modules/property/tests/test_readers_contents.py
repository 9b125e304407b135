"""Uploads that cannot be trusted: bombs, nested and damaged archives, names that point outside, files without end."""

import gzip
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected
from banksia.modules.property.service.importing.readers import contents as limits
from banksia.modules.property.service.importing.readers import open_reader
from banksia.modules.property.service.importing.readers.contents import Contents


def packed(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def unpacked(path: Path) -> int:
    """How many bytes the one file of an upload has."""
    contents = Contents(path)
    with contents.open(contents.only(".csv")) as content:
        return sum(len(block) for block in iter(lambda: content.read(64 * 1024), b""))


def walked(path: Path) -> int:
    return sum(1 for _ in open_reader(path, ImportOptions()).rows())


class TestContents:
    def test_a_csv_in_a_zip_is_read(self, tmp_path: Path) -> None:
        path = packed(tmp_path / "r.zip", folder__register_dot_csv=b"address\n1 MAIN ST LITHGOW\n", readme_dot_pdf=b"x")
        assert walked(path) == 1

    @pytest.mark.parametrize(
        ("member", "sentence"),
        [
            ("inner.zip", "holds another archive"),
            ("a/../../etc.csv", "point outside of it"),
            ("/etc/x.csv", "point outside of it"),
            ("c:\\x.csv", "point outside of it"),
            ("xl/workbook.xml", "an Excel workbook. Save it as CSV"),
            ("readme.md", "must hold exactly one file of .csv"),
        ],
    )
    def test_an_archive_that_cannot_be_trusted_is_refused(self, tmp_path: Path, member: str, sentence: str) -> None:
        path = tmp_path / "r.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, b"address\n1 MAIN ST LITHGOW\n")
        with pytest.raises(ImportRefused, match=sentence):
            walked(path)

    def test_a_damaged_archive_is_refused_wherever_it_ends(self, tmp_path: Path) -> None:
        rows = b"address\n" + b"".join(b"%d FAIRVIEW DRIVE LITHGOW\n" % number for number in range(60_000))
        whole = packed(tmp_path / "whole.zip", register_dot_csv=rows).read_bytes()
        path = tmp_path / "r.zip"
        for damaged in (whole[:-10], whole[: len(whole) // 2], whole[:3_000] + b"\x00" * 500 + whole[3_500:]):
            path.write_bytes(damaged)
            with pytest.raises(ImportRefused, match="damaged"):
                unpacked(path)
        with pytest.raises(ImportRefused, match="no file"):
            Contents(tmp_path / "none.csv")

    @pytest.mark.parametrize("ending", ["gz", "zip"])
    def test_a_bomb_is_stopped_while_it_unpacks(
        self, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "RATIO_COUNTS_FROM", 4 * 1024**2)
        bomb = b"address\n" + b"1 MAIN ST LITHGOW\n" * 1_000_000
        path = tmp_path / f"bomb.csv.{ending}"
        if ending == "gz":
            path.write_bytes(gzip.compress(bomb))
        else:
            packed(path, bomb_dot_csv=bomb)
        with pytest.raises(ImportRefused, match="unpacks to more than 200 times its size"):
            unpacked(path)

    def test_an_archive_that_says_it_is_too_large_is_not_opened(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "MAX_UNPACKED", 1_000)
        path = packed(tmp_path / "r.zip", register_dot_csv=b"address\n" * 500)
        with pytest.raises(ImportRefused, match="unpacks to more than"):
            walked(path)

    def test_progress_ends_at_the_size(self, tmp_path: Path) -> None:
        content = b"address\n" + b"".join(b"%d MAIN ST LITHGOW\n" % number for number in range(1, 5_000))
        (tmp_path / "r.csv").write_bytes(content)
        (tmp_path / "r.csv.gz").write_bytes(gzip.compress(content))
        packed(tmp_path / "r.zip", register_dot_csv=content)
        for name in ("r.csv", "r.csv.gz", "r.zip"):
            reader = open_reader(tmp_path / name, ImportOptions())
            assert reader.read == 0
            assert sum(1 for _ in reader.rows()) == 4_999
            assert reader.read == reader.size > 0


class TestMemory:
    def test_two_gigabytes_that_are_no_text_are_refused_at_once(self, tmp_path: Path) -> None:
        path = tmp_path / "register.csv"
        with path.open("wb") as out:
            out.write(b"address\n")
            out.truncate(2 * 1024**3)
        with pytest.raises(ImportRefused, match="not a text file"):
            walked(path)

    def test_a_file_without_line_ends_and_one_of_equal_rows_stay_out_of_memory(self, tmp_path: Path) -> None:
        endless, equal = tmp_path / "endless.csv", tmp_path / "equal.csv"
        endless.write_bytes(b"address\n" + b"1 MAIN STREET LITHGOW " * 300_000)
        equal.write_bytes(b"address\n" + b"1 MAIN STREET LITHGOW\n" * 30_000)
        tracemalloc.start()
        try:
            rejected = [row for row in open_reader(endless, ImportOptions()).rows() if isinstance(row, Rejected)]
            assert walked(equal) == 30_000
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert rejected
        assert peak < 32 * 1024**2
