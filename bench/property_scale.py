"""Search at the size of a state: 4,000,000 properties of 128 councils in one PostgreSQL, beside a hundredth of that.

Times in the database are of all statements that one search runs, one search after another, as the application's role;
over HTTP they are of eight clients at once. Growth is p50 at the large size over p50 at the small one.
"""

import os
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from banksia.foundation.organisations.public import create_organisation
from banksia.kit.platform import Platform
from banksia.modules.property.queries.searching import SEARCH_BY_POSITION
from banksia.modules.property.service.searching import NO_RESULTS, Known, asked_of, guesses, load, probes
from bench import scale_register, search_load
from bench.measuring import Bench, Row, quantile
from bench.memory import family, megabytes
from bench.own_database import own_database
from bench.scale_texts import Texts, texts_of

TITLE = "Scale"
COUNCILS, QUICK_COUNCILS = 128, 8
SIZES, QUICK_SIZES = (40_000, 4_000_000), (8_000, 40_000)
TEXTS, RUNS, QUICK_RUNS = 256, 1_500, 300
AIM_DATABASE_MS, AIM_HTTP_MS, AIM_GROWTH = 2.0, 15.0, 1.5
DATABASE = "banksia_scale"
SIZE_OF_INDEXES = """
SELECT c.relname, pg_relation_size(c.oid) / 1048576.0 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = 'property' AND t.relname = ANY(%s) ORDER BY 2 DESC"""
SIZE_OF_TABLES = """
SELECT c.relname, pg_table_size(c.oid) / 1048576.0 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'property' AND c.relname = ANY(%s) ORDER BY 2 DESC"""


@dataclass
class Scale:
    """A database of its own with its councils."""

    bench: Bench
    platform: Platform
    councils: list[uuid.UUID]
    before: dict[str, float]
    """The p50 of each row at the smaller size."""

    @property
    def owner_url(self) -> str:
        """As the superuser, who writes past the constraints."""
        return self.bench.server.url(database=DATABASE)

    def known(self) -> dict[uuid.UUID, Known]:
        """Every council's gazetteer, as the API's process keeps them."""
        found = {}
        for organisation_id in self.councils:
            with self.platform.database.session(organisation_id) as session:
                found[organisation_id] = load(session, organisation_id)
        return found


def measure(bench: Bench) -> Iterator[Row]:
    """Fill and measure at both sizes."""
    sizes = QUICK_SIZES if bench.quick else SIZES
    with _scale(bench) as scale:
        each = sizes[-1] // len(scale.councils)
        rows = list(scale_register.base_rows(bench, each))
        with psycopg.connect(scale.owner_url, autocommit=True) as connection:
            scale_register.write_base(connection, rows)
        filled = 0
        for size in sizes:
            wanted = size // len(scale.councils)
            with psycopg.connect(scale.owner_url, autocommit=True) as connection:
                inserted, built = scale_register.fill(connection, scale.councils, filled, wanted)
                yield from _sizes(connection, size, inserted, built)
            filled = wanted
            texts = texts_of(rows[:wanted], TEXTS)
            yield from _in_database(scale, size, texts)
            yield from _over_http(scale, size, texts)


@contextmanager
def _scale(bench: Bench) -> Iterator[Scale]:
    with own_database(bench, DATABASE) as platform:
        names = [f"scale-{n}" for n in range(QUICK_COUNCILS if bench.quick else COUNCILS)]
        councils = [create_organisation(platform, slug=name, name=name, hosts=[f"{name}.localhost"]) for name in names]
        yield Scale(bench, platform, councils, {})


def _sizes(connection: psycopg.Connection, size: int, inserted: float, built: float) -> Iterator[Row]:
    indexes = connection.execute(SIZE_OF_INDEXES, [list(scale_register.TABLES)]).fetchall()
    tables = connection.execute(SIZE_OF_TABLES, [list(scale_register.TABLES)]).fetchall()
    told = ", ".join(f"{name} {float(megabytes):,.0f} MB" for name, megabytes in (*tables, *indexes) if megabytes >= 1)
    note = f"inserted in {inserted:.0f} s, secondary indexes built in {built:.0f} s: {told}"
    yield Row("tables of search", f"{size:,}", megabytes=sum(float(each) for _, each in tables))
    yield Row("indexes of search", f"{size:,}", megabytes=sum(float(each) for _, each in indexes), note=note)


def _in_database(scale: Scale, size: int, texts: Texts) -> Iterator[Row]:
    began = time.perf_counter()
    known = scale.known()
    seconds = time.perf_counter() - began
    streets = sum(len(found.gazetteer.streets()) for found in known.values())
    yield Row("gazetteers of all councils read", f"{size:,}", note=f"{seconds:.1f} s for {streets:,} streets")
    with psycopg.connect(scale.platform.settings.database_url, autocommit=True) as connection:
        connection.prepare_threshold = 0
        for kind, of in texts.items():
            yield _kind_in_database(scale, connection, known, size, (kind, of))


def _kind_in_database(
    scale: Scale,
    connection: psycopg.Connection,
    known: dict[uuid.UUID, Known],
    size: int,
    texts: tuple[str, Sequence[str]],
) -> Row:
    kind, of = texts
    samples: list[float] = []
    worked: list[float] = []
    thought: list[float] = []
    runs = QUICK_RUNS if scale.bench.quick else RUNS
    for number in range(runs + TEXTS):
        organisation_id, text = scale.councils[number % len(scale.councils)], of[number % len(of)]
        before, began = _processor_time(connection), time.perf_counter()
        spent = _search(connection, organisation_id, known[organisation_id], text)
        if number >= TEXTS:
            thought.append(time.perf_counter() - began - spent)
            worked.append(_processor_time(connection) - before)
            samples.append(spent)
    note = (
        f"of this the server's processor time p50 {quantile(worked, 0.5) * 1000:.2f} ms,"
        f" p99 {quantile(worked, 0.99) * 1000:.2f} ms; in Python besides p99 {quantile(thought, 0.99) * 1000:.2f} ms"
    )
    return _judged(scale, f"database: {kind}", size, samples, AIM_DATABASE_MS, note)


def _processor_time(connection: psycopg.Connection) -> float:
    """The seconds that the connection's server process has worked; others' work on the machine does not count."""
    nanoseconds = Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text("ascii").split()[0]
    return int(nanoseconds) / 1e9


def _search(connection: psycopg.Connection, organisation_id: uuid.UUID, known: Known, text: str) -> float:
    """The seconds that one search waits for the database."""
    asked = probes(text, known)
    arguments = asked_of(asked).of(organisation_id, 10)
    began = time.perf_counter()
    row = connection.execute(SEARCH_BY_POSITION, arguments).fetchone()
    spent = time.perf_counter() - began
    if row is not None and row[1] == NO_RESULTS and not asked.guessed and (asked := guesses(text, known)):
        arguments = asked_of(asked).of(organisation_id, 10)
        began = time.perf_counter()
        connection.execute(SEARCH_BY_POSITION, arguments).fetchone()
        spent += time.perf_counter() - began
    return spent


def _over_http(scale: Scale, size: int, texts: Texts) -> Iterator[Row]:
    settings = scale.platform.settings
    urls = {
        "BANKSIA_DATABASE_URL": str(settings.database_url),
        "BANKSIA_DATABASE_OWNER_URL": str(settings.database_owner_url),
    }
    url = scale.bench.serve(None, **urls)
    port = int(url.rsplit(":", 1)[1].strip("/"))
    hosts = [f"scale-{n}.localhost" for n in range(len(scale.councils))]
    began = time.perf_counter()
    search_load.run(port, [search_load.request_of(host, "1 main") for host in hosts], len(hosts))
    note = f"{(time.perf_counter() - began) / len(hosts) * 1000:.0f} ms each"
    yield Row(
        "first search of every council",
        f"{size:,}",
        megabytes=sum(map(megabytes, family(scale.bench.installation.processes["api"].pid))),
        note=note,
    )
    for kind, of in texts.items():
        requests = [search_load.request_of(hosts[n % len(hosts)], text) for n, text in enumerate(of)]
        search_load.run(port, requests, TEXTS)
        samples, _ = search_load.run(port, requests, QUICK_RUNS if scale.bench.quick else RUNS)
        yield _judged(scale, f"HTTP, 8 clients: {kind}", size, samples, AIM_HTTP_MS, "")
    scale.bench.installation.kill("api")


def _judged(scale: Scale, what: str, size: int, samples: list[float], aim_ms: float, note: str) -> Row:
    p50, p99 = (quantile(samples, part) * 1000 for part in (0.5, 0.99))
    met, aim = p99 <= aim_ms, f"p99 <= {aim_ms:.0f} ms"
    load = f"load {os.getloadavg()[0]:.1f}"
    if what in scale.before:
        growth = p50 / scale.before[what]
        met, aim, note = met and growth <= AIM_GROWTH, f"{aim}, growth <= {AIM_GROWTH}", f"growth {growth:.2f}, {note}"
    scale.before.setdefault(what, p50)
    return Row(
        what,
        f"{size:,}",
        p50_ms=p50,
        p99_ms=p99,
        aim=aim,
        met=met,
        note=", ".join(filter(None, (note.strip(", "), load))),
    )
