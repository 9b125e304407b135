"""Registers of any size out of real addresses: each copy moves the streets into other localities of the state."""

import csv
import gzip
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from itertools import count, islice
from pathlib import Path

from banksia.modules.property.service.parsing import read_listed_address
from banksia.modules.property.service.parsing.tables import localities
from bench.measuring import Bench

POINTS = "blue-mountains-lithgow-addresses-epsg7855.csv"
LOTS = 900
"""So many lots are in each plan that is made up."""
DEMO = ("lithgow_addresses.csv.gz", "kurrajong_addresses.csv.gz")


def real_addresses(bench: Bench) -> list[str]:
    """The state's address points if they are at hand, else the demo's; each address once."""
    if bench.data and (bench.data / POINTS).is_file():
        with (bench.data / POINTS).open(encoding="utf-8", newline="") as lines:
            found = [row["address"] for row in csv.DictReader(lines)]
    else:
        found = []
        for name in DEMO:
            with gzip.open(str(files("banksia.demo") / "data" / name), "rt", encoding="utf-8", newline="") as lines:
                found += [row["address"] for row in csv.DictReader(lines)]
    return list(dict.fromkeys(found))


def addresses(bench: Bench, size: int) -> Iterator[str]:
    """So many different addresses: the real ones, then the same streets in other localities."""
    real = [(text, read_listed_address(text).locality or "") for text in real_addresses(bench)]
    own = list(dict.fromkeys(locality for _, locality in real))
    others = [name for name in localities().values() if name not in set(own)]
    return islice(_copies(real, own, others), size)


def _copies(real: list[tuple[str, str]], own: list[str], others: list[str]) -> Iterator[str]:
    yield from (text for text, _ in real)
    for copy in count():
        names = others[copy * len(own) : (copy + 1) * len(own)]
        if len(names) < len(own):
            return
        renamed = dict(zip(own, names, strict=True))
        yield from (text.removesuffix(locality) + renamed[locality] for text, locality in real)


def write_register(bench: Bench, size: int) -> Path:
    """A CSV of so many addresses."""
    return _write(bench.folder / f"register-{size}.csv", ["address"], ([text] for text in addresses(bench, size)))


def write_parcels(bench: Bench, size: int) -> Path:
    """A CSV of so many addresses, each with its parcel and assessment, as a rates system exports it."""
    rows = (
        [100_000 + number, text, f"{number % LOTS + 1}//DP{1_000_000 + number // LOTS}"]
        for number, text in enumerate(addresses(bench, size))
    )
    return _write(bench.folder / f"parcels-{size}.csv", ["assessment", "address", "parcel"], rows)


def _write(path: Path, headings: list[str], rows: Iterable[Sequence[object]]) -> Path:
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(headings)
            writer.writerows(rows)
    return path
