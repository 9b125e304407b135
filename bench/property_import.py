"""Imports: rows a second into an empty council, the memory that it takes, and the same file once more."""

import multiprocessing
import re
import resource
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psycopg
from sqlalchemy import Engine, event

from banksia.app import create_platform
from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_slugs
from banksia.kit.module import discover
from banksia.kit.settings import Settings
from banksia.modules.property.public import ImportOptions, import_addresses
from bench.gnaf_release import write_release
from bench.measuring import Bench, Row
from bench.property_register import addresses, write_parcels, write_register

TITLE = "Import"
SIZES, QUICK_SIZES = (56_003, 1_000_000), (5_000, 20_000)
AIM_PER_SECOND, AIM_SECONDS, AIM_MEGABYTES = 10_000, 180, 500
PROFILED = 6
"""So many of the longest statements are named in a row's note."""
WRITES = re.compile(r"(INSERT INTO|CREATE TEMPORARY TABLE|UPDATE|DELETE FROM) (?:property\.)?(\w+)")
SYNTHETIC, GIVEN, RELEASE = "addresses with synthetic parcels", "CSV of addresses with parcels", "G-NAF release"


class Took(NamedTuple):
    """What one import took."""

    seconds: float
    megabytes: float
    """The most memory that the importing process ever held, what it shares included."""
    profile: str
    """Where the time went."""


def measure(bench: Bench) -> Iterator[Row]:
    """One row per kind of file and size."""
    small, large = QUICK_SIZES if bench.quick else SIZES
    organisation_id, first = fill(bench, small)
    if first:
        yield _row(SYNTHETIC, small, first)
    yield _row("the same file again", small, _import(bench, organisation_id, write_register(bench, small), SYNTHETIC))
    _, first = fill(bench, large)
    if first:
        yield _row(GIVEN, large, first)
    release = write_release(bench.folder / "gnaf", addresses(bench, large))
    council = create_organisation(bench.platform, slug="gnaf", name="gnaf", hosts=["gnaf.localhost"])
    yield _row(RELEASE, large, _import(bench, council, release, RELEASE))


def fill(bench: Bench, size: int) -> tuple[uuid.UUID, Took | None]:
    """The council with so many properties, made if it is not there yet; answers its id and what it took."""
    slug = f"register-{size}"
    with bench.platform.database.session(None) as session:
        present = organisation_slugs(session)
    if slug in present:
        return present[slug], None
    council = create_organisation(bench.platform, slug=slug, name=slug, hosts=[f"{slug}.localhost"])
    large = size > SIZES[0]
    write: Callable[[Bench, int], Path] = write_parcels if large else write_register
    took = _import(bench, council, write(bench, size), GIVEN if large else SYNTHETIC)
    # As autovacuum does a little later: statistics, and the map of visible pages.
    with psycopg.connect(bench.server.url(database="banksia_bench"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return council, took


def _import(bench: Bench, organisation_id: uuid.UUID, path: Path, what: str) -> Took:
    """Import in a process of its own, as the command and the worker do, so that its memory can be told."""
    options = ImportOptions(format="gnaf" if what == RELEASE else "csv", synthesise_parcels=what == SYNTHETIC)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_imported, bench.settings, organisation_id, path, options).result()


def _imported(settings: Settings, organisation_id: uuid.UUID, path: Path, options: ImportOptions) -> Took:
    platform = create_platform(settings, discover())
    platform.bell = lambda _organisation_id, _outbox_id: None
    with platform.database.session(organisation_id) as session, profiled() as spent:
        seconds = import_addresses(session, Actor.system(organisation_id), path, options).seconds
    return Took(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, _profile(spent, seconds))


@contextmanager
def profiled() -> Iterator[dict[str, float]]:
    """The seconds that statements take meanwhile, by what they write."""
    spent: dict[str, float] = {}
    begun: list[float] = []

    def before(*_: object) -> None:
        begun.append(time.perf_counter())

    def after(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found = WRITES.search(statement)
        name = f"{found[1].split()[0].lower()} {found[2]}" if found else "the rest of SQL"
        spent[name] = spent.get(name, 0) + time.perf_counter() - begun.pop()

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "after_cursor_execute", after)
    try:
        yield spent
    finally:
        event.remove(Engine, "before_cursor_execute", before)
        event.remove(Engine, "after_cursor_execute", after)


def _profile(spent: dict[str, float], seconds: float) -> str:
    """Statements and reading follow one another on one core: PostgreSQL waits while rows are read, and the reverse."""
    longest = sorted(spent.items(), key=lambda each: -each[1])[:PROFILED]
    reading = seconds - sum(spent.values())
    parts = [("reading and checking rows", reading), *longest]
    return ", ".join(f"{name} {took:.1f}" for name, took in parts)


def _row(what: str, size: int, took: Took) -> Row:
    rate = size / took.seconds
    large = what in {GIVEN, RELEASE}
    met = rate >= AIM_PER_SECOND
    if large:
        met = took.seconds * SIZES[1] < AIM_SECONDS * size and took.megabytes < AIM_MEGABYTES
    return Row(
        what,
        f"{size:,}",
        per_second=rate,
        megabytes=took.megabytes,
        aim=f"< {AIM_SECONDS} s, < {AIM_MEGABYTES} MB" if large else f">= {AIM_PER_SECOND:,}/s",
        met=met,
        note=f"{took.seconds:.1f} seconds: {took.profile}",
    )
