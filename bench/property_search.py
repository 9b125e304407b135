"""Search: each kind of text in the database and over HTTP, at two sizes, beside a bare handler with the same SQL."""

import json
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import text as sql

from banksia.kit.ports import free_port, listens
from banksia.modules.property.queries.searching import SEARCH_BY_POSITION
from banksia.modules.property.service.parsing import read_listed_address
from banksia.modules.property.service.searching import Known, asked_of, guesses, load, probes
from banksia.testing.processes import eventually, variables_of
from bench import bare_search, search_load
from bench.measuring import Bench, Row, quantile
from bench.property_import import QUICK_SIZES, SIZES, fill
from bench.property_register import addresses

TITLE = "Search"
TEXTS = 200
SOME_PARCELS = "SELECT result::json -> 'parcels' ->> 0 FROM property.search_entries WHERE place = 0 LIMIT 20000"
AIM_MS, AIM_BESIDE = 2.0, 0.6
RUNS, QUICK_RUNS = 2_000, 400


def measure(bench: Bench) -> Iterator[Row]:
    """Per size and kind: in the database, then over HTTP beside the bare handler."""
    runs = QUICK_RUNS if bench.quick else RUNS
    for size in QUICK_SIZES if bench.quick else SIZES:
        organisation_id, _ = fill(bench, size)
        with bench.platform.database.session(organisation_id) as session:
            known = load(session, organisation_id)
        kinds = texts(bench, organisation_id, size)
        with psycopg.connect(bench.settings.database_url, autocommit=True) as connection:
            connection.prepare_threshold = 0
            calls = {text: made(connection, organisation_id, known, text) for of in kinds.values() for text in of}
            for kind, of in kinds.items():
                yield in_database(connection, kind, size, [call for text in of for call in calls[text]], runs)
        yield from over_http(bench, size, kinds, calls, runs)


def made(connection: Any, organisation_id: uuid.UUID, known: Known, text: str) -> list[list[Any]]:
    """The arguments of the statements that a search for the text runs, in order."""
    asked = probes(text, known)
    found = [asked_of(asked).of(organisation_id, 10)]
    row = connection.execute(SEARCH_BY_POSITION, found[0]).fetchone()
    if row[1] == "[]" and not asked.guessed and (asked := guesses(text, known)):
        found.append(asked_of(asked).of(organisation_id, 10))
    return found


def in_database(connection: Any, kind: str, size: int, calls: list[list[Any]], runs: int) -> Row:
    """One statement after another as the application's role, over the socket."""
    samples = []
    for number in range(runs + 20):
        began = time.perf_counter()
        connection.execute(SEARCH_BY_POSITION, calls[number % len(calls)]).fetchone()
        samples.append(time.perf_counter() - began)
    samples = samples[20:]
    met = quantile(samples, 0.99) * 1000 <= AIM_MS
    return Row.of_samples(f"database: {kind}", samples, size=f"{size:,}", aim=f"p99 <= {AIM_MS:.0f} ms", met=met)


def over_http(
    bench: Bench, size: int, kinds: dict[str, list[str]], calls: dict[str, list[list[Any]]], runs: int
) -> Iterator[Row]:
    """Eight clients at once, first at the bare handler, then at the real server."""
    host, port = f"register-{size}.localhost", free_port()
    everything = [search_load.request_of(host, text) for of in zip(*kinds.values(), strict=True) for text in of]
    with bare_handler(bench, port, calls):
        bare = _rate(port, everything, runs * 3)
    url = bench.serve()
    real_port = int(url.rsplit(":", 1)[1].strip("/"))
    for kind, of in kinds.items():
        requests = [search_load.request_of(host, text) for text in of]
        search_load.run(real_port, requests, 200)
        samples, seconds = search_load.run(real_port, requests, runs)
        p50, p99 = quantile(samples, 0.5) * 1000, quantile(samples, 0.99) * 1000
        yield Row(f"HTTP, 8 clients: {kind}", f"{size:,}", p50_ms=p50, p99_ms=p99, per_second=runs / seconds)
    rate = _rate(real_port, everything, runs * 3)
    bench.installation.kill("api")
    yield Row("bare handler: all kinds in turn", f"{size:,}", per_second=bare)
    beside = rate / bare
    aim = f">= {AIM_BESIDE:.0%} of bare"
    yield Row("HTTP: all kinds in turn", f"{size:,}", per_second=rate, beside=beside, aim=aim, met=beside >= AIM_BESIDE)


def _rate(port: int, requests: list[bytes], count: int) -> float:
    search_load.run(port, requests, count // 10)
    return count / search_load.run(port, requests, count)[1]


@contextmanager
def bare_handler(bench: Bench, port: int, calls: dict[str, list[list[Any]]]) -> Iterator[None]:
    """The bare handler in a process of its own, served as the real one is."""
    path = bench.folder / "calls.json"
    path.write_text(json.dumps(calls, default=str), "utf-8")
    given = {bare_search.DATABASE: bench.settings.database_url, bare_search.CALLS: str(path)}
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "bench.bare_search:application"],
        env=bench.installation.environment(**variables_of(bench.settings), **given),
    )
    try:
        eventually(lambda: listens(port), "the bare handler listens")
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def texts(bench: Bench, organisation_id: uuid.UUID, size: int) -> dict[str, list[str]]:
    """As many texts of each kind, drawn from the register with a seed."""
    draw = random.Random(size)
    some = draw.sample(list(addresses(bench, size)), TEXTS)
    streets = [read_listed_address(text) for text in some]
    letters = "ABCDEFGHIJKLMNOPRSTW"
    with bench.platform.database.session(organisation_id) as session:
        lots = session.scalars(sql(SOME_PARCELS)).all()
    begun = [(parts.street or "")[: draw.randint(2, 5)] for parts in streets]
    return {
        "lot and plan exact": draw.sample(list(lots), TEXTS),
        "street prefix": begun,
        "number and street prefix": [f"{parts.number} {name}" for parts, name in zip(streets, begun, strict=True)],
        "one letter": [draw.choice(letters) for _ in range(TEXTS)],
        "a typing error": [
            f"{parts.number} {_misspelt(parts.street or '', draw)} {parts.type or ''}" for parts in streets
        ],
        "no match": [f"{draw.randint(1, 99)} qx{draw.randint(100, 999)}zzy street" for _ in range(TEXTS)],
    }


def _misspelt(name: str, draw: random.Random) -> str:
    """Two neighbouring letters swapped in the longest word."""
    words = name.split()
    longest = max(range(len(words)), key=lambda at: len(words[at]))
    word = words[longest]
    at = draw.randrange(1, max(2, len(word) - 1))
    words[longest] = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return " ".join(words)
