"""What the demo's councils know of their land besides its addresses: owners and attributes, all of them invented.

The same for the same assessment at every start afresh. Some attributes are left out, as in a real register: what
nobody has looked at is unknown, which is not no.
"""

import csv
import datetime
import io
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.certificates.service.working_days import SYDNEY, local_day
from banksia.modules.property.public import ImportOptions, find_properties, import_addresses
from banksia.modules.property.schemas.lineage import LineageChild, LineageRecord
from banksia.modules.property.service.imports.sources import source_for_command
from banksia.modules.property.service.lineage import record_lineage

FIRST_NAMES = (
    "Aroha", "Bilal", "Catherine", "Dimitri", "Elena", "Farid", "Grace", "Hugh", "Isla", "Joon", "Kirra", "Lachlan",
    "Margaret", "Ngaire", "Owen", "Priya", "Quentin", "Rosa", "Sione", "Thi", "Uma", "Vincent", "Wei", "Yasmin",
)  # fmt: skip
LAST_NAMES = (
    "Abbott", "Barnes", "Castellano", "Dwyer", "Evans", "Fletcher", "Georgiou", "Hanrahan", "Ito", "Jovanovic", "Khan",
    "Lindqvist", "McAllister", "Nguyen", "O’Brien", "Patel", "Quirk", "Rossi", "Singh", "Tuilagi", "Underwood",
    "Vella", "Whitlam", "Young",
)  # fmt: skip
VILLAGES = {"PORTLAND", "CULLEN BULLEN", "CAPERTEE", "RYDAL", "HARTLEY", "MEGALONG VALLEY", "MOUNT VICTORIA"}
PLANNING_ON = datetime.date(2026, 11, 1)
SUBDIVIDED = {"bluehills": ("williwa street portland", "DP1299001"), "kurrajong": ("station street", "DP1299002")}
Row = dict[str, str]


def seed_land(session: Session, actor: Actor, *, council: str, register: str) -> None:
    """Import a register of addresses, invent parcels, owners and attributes for it, and record a subdivision."""
    rows = csv.DictReader(io.StringIO(register))
    known = {row["assessment"]: row["address"] for row in rows if row["assessment"]}
    _import(session, actor, "addresses", register, ImportOptions(synthesise_parcels=True))
    _import(session, actor, "owners", _as_csv(_owners(known)), ImportOptions(format="owners"))
    _import(session, actor, "attributes", _as_csv(_attributes(known)), ImportOptions(format="attributes"))
    _subdivide(session, actor, *SUBDIVIDED[council])


def _import(session: Session, actor: Actor, what: str, content: str, options: ImportOptions) -> None:
    source = source_for_command(session, actor, f"Rates system, {what}", options, is_complete=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{what}.csv"
        path.write_text(content, "utf-8")
        import_addresses(session, actor, path, options, source=source)


def _as_csv(rows: Iterator[Row]) -> str:
    first = next(rows)
    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(first))
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    return lines.getvalue()


def _owners(known: dict[str, str]) -> Iterator[Row]:
    for assessment, address in known.items():
        chance = random.Random(f"owner {assessment}")
        family = chance.choice(LAST_NAMES)
        name = " and ".join(f"{first} {family}" for first in chance.sample(FIRST_NAMES, chance.choice((1, 1, 2))))
        since = datetime.date(1985, 1, 1) + datetime.timedelta(days=chance.randrange(15_000))
        yield {
            "assessment": assessment,
            "owner_name": name,
            "postal_address": address.title() if chance.random() < 0.7 else f"PO Box {chance.randrange(1, 900)}",
            "owned_since": since.isoformat(),
        }


def _attributes(known: dict[str, str]) -> Iterator[Row]:
    for assessment, address in known.items():
        chance = random.Random(f"attribute {assessment}")
        for code, value, source, as_at in _known_of(chance, address):
            yield {
                "assessment": assessment,
                "attribute": code,
                "value": value,
                "source": source,
                "as_at": as_at.isoformat(),
            }


def _known_of(chance: random.Random, address: str) -> Iterator[tuple[str, str, str, datetime.date]]:
    rates_on = local_day(utc_now(), SYDNEY) - datetime.timedelta(days=1)  # a nightly export
    village = any(address.endswith(name) for name in VILLAGES)
    zone = "RU5 Village" if village else "RU1 Primary Production" if "HIGHWAY" in address else "R1 General Residential"
    yield "zone", "E1 Local Centre" if "MAIN STREET" in address else zone, "Zoning layer", PLANNING_ON
    yield "heritage_item", _drawn(chance, yes=0.03), "LEP Schedule 5", PLANNING_ON
    if chance.random() < 0.8:
        yield "bush_fire_prone", _drawn(chance, yes=0.4), "RFS map", datetime.date(2026, 3, 14)
    if chance.random() < 0.6:
        yield "flood_controls", _drawn(chance, yes=0.1), "Flood study 2019", datetime.date(2019, 6, 30)
    if chance.random() < 0.9:
        yield "mine_subsidence", _drawn(chance, yes=0.05), "Subsidence districts", datetime.date(2025, 2, 3)
    if chance.random() < 0.85:
        yield "sewer_connected", _drawn(chance, yes=0.2 if zone.startswith("RU1") else 0.95), "Sewer register", rates_on
    category = "Business" if "MAIN STREET" in address else "Farmland" if zone.startswith("RU1") else "Residential"
    yield "rating_category", category, "Rates export", rates_on
    yield "rates_balance", f"{chance.choice((0, 0, 412.65, 388.10, 1_204.90)):.2f}", "Rates export", rates_on
    if not village:  # the villages' older records were never taken over: there an officer looks
        yield "postponed_rates", _drawn(chance, yes=0.02), "Rates export", rates_on
        yield "cost_of_work", _drawn(chance, yes=0.02), "Rates export", rates_on


def _drawn(chance: random.Random, *, yes: float) -> str:
    return "yes" if chance.random() < yes else "no"


def _subdivide(session: Session, actor: Actor, text: str, plan: str) -> None:
    """One lot of the council became two, so that the demo has a historic lot whose successors search names."""
    found = next(each for each in find_properties(session, text, limit=10) if each["parcels"])
    made = LineageRecord(
        kind="subdivision",
        plan=plan,
        occurred_on=datetime.date(2024, 3, 12),
        source="Deposited plan, as registered",
        parents=[found["parcels"][0]],
        children=[LineageChild(parcel=f"{lot}//{plan}", area_square_metres=area) for lot, area in ((1, 612), (2, 640))],
    )
    record_lineage(session, actor, made)
