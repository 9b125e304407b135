"""How well search finds: queries of each kind made from the addresses, right at rank one and in the first ten.

A query that fits several addresses equally (without a suburb where the street is in two, the end of a range that is
also another's number) cannot say which of them is meant: it counts as right when the address is among the first ten,
and it is left out, and said so, when more than ten fit. An address that exists twice is one result.
"""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from banksia.modules.property.service.searching import find_properties
from bench import query_kinds as kinds
from bench.measuring import Bench, Row
from bench.property_import import fill
from bench.property_register import addresses, real_addresses
from bench.query_kinds import Kind, Subject

TITLE = "Search quality"
SAMPLE, QUICK_SAMPLE = 2_000, 100
SHOWN = 10
Key = Callable[[Subject], object]


@dataclass(frozen=True)
class Measured:
    """One kind of query: how it is made, what addresses it cannot tell apart, and what it shall reach."""

    what: str
    made: Kind
    alike: Key | None = None
    """What the query says beside the number; None when it says all that tells the address from others."""
    end: int | None = None
    """Which end of a range stands for the number."""
    first: float | None = None
    in_ten: float | None = None


def _words(subject: Subject) -> object:
    return subject.words


def _street(subject: Subject) -> object:
    return subject.street


def _name(subject: Subject) -> object:
    return subject.name


def _named_place(subject: Subject) -> object:
    return subject.name, subject.suburb


KINDS = (
    Measured("as written", kinds.as_written, first=1.0),
    Measured("abbreviated", kinds.abbreviated, first=1.0),
    Measured("without type", kinds.without_type, _named_place),
    Measured("without suburb", kinds.without_suburb, _street),
    Measured("suburb first", kinds.suburb_first),
    Measured("unit as 3/12", kinds.unit_form("{unit}/{number}"), first=0.995),
    Measured("unit as U3 12", kinds.unit_form("U{unit} {number}"), first=0.995),
    Measured("unit as Unit 3 12", kinds.unit_form("UNIT {unit} {number}"), first=0.995),
    Measured("unit as 3 12", kinds.unit_form("{unit} {number}"), first=0.995),
    Measured("first end of a range", kinds.range_end(0), _words, 0, first=0.995),
    Measured("last end of a range", kinds.range_end(1), _words, 1, first=0.995),
    Measured("one typing error", kinds.typo, first=0.98),
    Measured("two words swapped", kinds.transposed),
    Measured("number and 1 letter", kinds.begun(1), _name),
    Measured("number and 3 letters", kinds.begun(3), _name),
    Measured("number and 5 letters", kinds.begun(5), _name),
    Measured("number and street name", kinds.name_complete, _name, in_ten=1.0),
    Measured("... and 2 letters of the type", kinds.type_begun, _name, in_ten=1.0),
    Measured("... and 3 letters of the suburb", kinds.suburb_begun(3), _street, in_ten=1.0),
    Measured("... and 6 letters of the suburb", kinds.suburb_begun(6), _street, in_ten=1.0),
)


def measure(bench: Bench) -> Iterator[Row]:
    """One row per kind."""
    register = [Subject(text) for text in addresses(bench, 5_000 if bench.quick else len(real_addresses(bench)))]
    organisation_id, _ = fill(bench, len(register))
    for kind in KINDS:
        yield _measure(bench, organisation_id, kind, register)


def _measure(bench: Bench, organisation_id: uuid.UUID, kind: Measured, register: list[Subject]) -> Row:
    draw = random.Random(kind.what)
    size = QUICK_SAMPLE if bench.quick else SAMPLE
    sample = []
    for subject in draw.sample(register, len(register)):
        query = kind.made(subject, draw)
        if query:
            sample.append((query, subject))
        if len(sample) == size:
            break
    alike = Counter(key for subject in register for key in keys(subject, kind))
    with bench.platform.database.session(organisation_id) as session:
        found = Found(session, alike, {subject.text for subject in register})
        for query, subject in sample:
            found.ask(query, subject, kind)
    return found.row(kind, len(register))


def keys(subject: Subject, kind: Measured) -> set[object]:
    """All that an address answers to: its number, and both ends of a range."""
    if kind.alike is None:
        return {subject.text}
    rest = kind.alike(subject)
    return {(subject.unit, number, rest) for number in (subject.number, *subject.ends)}


class Found:
    """Counts what the queries of one kind find."""

    def __init__(self, session: Session, alike: "Counter[object]", texts: set[str]) -> None:
        """Take what cannot be told apart, and every address."""
        self.session, self.alike, self.texts = session, alike, texts
        self.asked = self.first = self.in_ten = self.ambiguous = self.left_out = 0
        self.missed: list[str] = []

    def ask(self, query: str, subject: Subject, kind: Measured) -> None:
        """Run one query."""
        number = subject.number if kind.end is None else subject.ends[kind.end]
        asked = (subject.unit, number, kind.alike(subject)) if kind.alike else subject.text
        equals = self.alike[asked]
        other = query != subject.text and query in self.texts
        if equals > SHOWN:
            self.left_out += 1
            return
        self.asked += 1
        results = [result["address"] for result in find_properties(self.session, query, limit=SHOWN)]
        self.in_ten += subject.text in results
        if equals > 1 or other:
            self.ambiguous += 1
            right = subject.text in results
        else:
            right = results[:1] == [subject.text]
        self.first += right
        if not right:
            self.missed.append(f"{query} -> {results[0] if results else 'nothing'}")

    def row(self, kind: Measured, size: int) -> Row:
        """The row of the table."""
        first, in_ten = self.first / max(1, self.asked), self.in_ten / max(1, self.asked)
        aims = [f"{name} >= {aim:.1%}" for name, aim in (("first", kind.first), ("in 10", kind.in_ten)) if aim]
        met = first >= (kind.first or 0) and in_ten >= (kind.in_ten or 0) if aims else None
        told = [f"{self.ambiguous} fit several addresses and count when theirs is in the first ten"] * bool(
            self.ambiguous
        )
        told += [f"{self.left_out} fit more than ten and are left out"] * bool(self.left_out)
        told += [f"missed: {'; '.join(self.missed[:3])}"] * bool(self.missed)
        return Row(
            f"{kind.what} ({self.asked:,} queries)",
            f"{size:,}",
            first=first,
            in_ten=in_ten,
            aim=", ".join(aims),
            met=met,
            note=". ".join(told),
        )
