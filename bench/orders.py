"""Placing orders: one after another through the API, and by several people at once."""

import threading
import time
import uuid
from collections.abc import Iterator

import httpx2 as httpx
from fastapi.testclient import TestClient

from banksia.app import create_app
from banksia.modules.certificates.tests.factories import order_body
from banksia.modules.property.tests.factories import make_property
from bench.counting import statements_of
from bench.measuring import Bench, Row, timed

TITLE = "Orders"
PEOPLE = 8
PARCEL = "2/2/DP2288"


def measure(bench: Bench) -> Iterator[Row]:
    """Orders of one certificate each by guests; every request commits durably."""
    with bench.platform.database.session(bench.organisation_id) as session:
        property_id = make_property(session, address="54 WILLIWA STREET PORTLAND", parcels=[PARCEL])
    url, count = bench.serve(), 40 if bench.quick else 400
    with httpx.Client(base_url=url, trust_env=False) as client:
        seconds = timed(lambda: _place(client, property_id), count)
    with TestClient(create_app(platform=bench.platform), base_url="http://127.0.0.1") as counted:
        _place(counted, property_id)
        statements = statements_of(bench.platform, lambda: _place(counted, property_id))
    note = f"{statements} statements, the commit apart"
    yield Row.of_samples("place an order, one after another", seconds, size=f"{count} orders", note=note)
    began = time.perf_counter()
    people = [threading.Thread(target=_order_many, args=(url, property_id, count // PEOPLE)) for _ in range(PEOPLE)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    yield Row(
        f"place an order, {PEOPLE} people at once",
        size=f"{count // PEOPLE * PEOPLE} orders",
        per_second=count // PEOPLE * PEOPLE / (time.perf_counter() - began),
        note="API, PostgreSQL and the people share this machine; the API runs one process",
    )


def _place(client: httpx.Client | TestClient, property_id: uuid.UUID) -> None:
    client.post("/api/certificates/orders", json=order_body(property_id, parcel=PARCEL)).raise_for_status()


def _order_many(url: str, property_id: uuid.UUID, count: int) -> None:
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        for _ in range(count):
            _place(client, property_id)
