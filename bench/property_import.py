"""Imports: rows a second into an empty council, and of the same file once more."""

import uuid
from collections.abc import Iterator

import psycopg

from banksia.foundation.organisations.public import create_organisation
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_slugs
from banksia.modules.property.public import ImportOptions, import_addresses
from bench.measuring import Bench, Row
from bench.property_register import write_register

TITLE = "Import"
SIZES, QUICK_SIZES = (56_003, 1_000_000), (5_000, 20_000)
AIM_PER_SECOND = 10_000


def measure(bench: Bench) -> Iterator[Row]:
    """One row per size and run."""
    for size in QUICK_SIZES if bench.quick else SIZES:
        organisation_id, first = fill(bench, size)
        if first:
            yield _row("addresses with synthetic parcels", size, first)
        if size <= SIZES[0]:
            yield _row("the same file again", size, _import(bench, organisation_id, size))


def fill(bench: Bench, size: int) -> tuple[uuid.UUID, float]:
    """The council with so many properties, made if it is not there yet; answers its id and the seconds that it took."""
    slug = f"register-{size}"
    with bench.platform.database.session(None) as session:
        present = organisation_slugs(session)
    if slug in present:
        return present[slug], 0.0
    council = create_organisation(bench.platform, slug=slug, name=slug, hosts=[f"{slug}.localhost"])
    seconds = _import(bench, council, size)
    # As autovacuum does a little later: statistics, and the map of visible pages.
    with psycopg.connect(bench.server.url(database="banksia_bench"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return council, seconds


def _import(bench: Bench, organisation_id: uuid.UUID, size: int) -> float:
    path = write_register(bench, size)
    with bench.platform.database.session(organisation_id) as session:
        options = ImportOptions(synthesise_parcels=True)
        return import_addresses(session, Actor.system(organisation_id), path, options).seconds


def _row(what: str, size: int, seconds: float) -> Row:
    rate = size / seconds
    aim = f">= {AIM_PER_SECOND:,}/s"
    return Row(what, f"{size:,}", per_second=rate, aim=aim, met=rate >= AIM_PER_SECOND, note=f"{seconds:.1f} seconds")
