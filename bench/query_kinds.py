"""Queries as people type them, made from addresses as they are written, after CSIRO's method: one function a kind.

A kind that does not fit an address (an address without a unit has no unit forms) answers nothing.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from banksia.modules.property.service.parsing import AddressParts, read_listed_address
from banksia.modules.property.service.parsing.tables import type_spellings

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORT = {"MOUNT": "MT", "NORTH": "NTH", "SOUTH": "STH", "SAINT": "ST"}
_COMMON = {
    "AVENUE": "AVE", "BOULEVARD": "BVD", "CLOSE": "CL", "CRESCENT": "CRES", "DRIVE": "DR", "HIGHWAY": "HWY",
    "LANE": "LN", "PARADE": "PDE", "PLACE": "PL", "ROAD": "RD", "STREET": "ST", "TERRACE": "TCE",
}  # fmt: skip
_TYPO_FROM = 5


@dataclass(frozen=True)
class Subject:
    """One address and its parts."""

    text: str

    @cached_property
    def parts(self) -> AddressParts:
        """What it says."""
        return read_listed_address(self.text)

    @property
    def head(self) -> str:
        """Unit and number as they are written: `3/12`."""
        return re.split(r" (?=[A-Z'-]{2})", self.text, maxsplit=1)[0]

    @property
    def number(self) -> str:
        """The number as it is written: `12`, `33A-33B`."""
        return self.head.rsplit("/", 1)[-1]

    @property
    def unit(self) -> str:
        """The unit as it is written, or nothing."""
        return self.head.removesuffix(self.number)

    @property
    def ends(self) -> list[str]:
        """Both ends of a range, or the number."""
        return self.number.split("-")

    @property
    def words(self) -> str:
        """Everything after the number."""
        return self.text[len(self.head) + 1 :]

    @property
    def suburb(self) -> str:
        """The locality as it is written, or nothing."""
        locality = self.parts.locality or ""
        return locality if self.words.endswith(f" {locality}") else ""

    @property
    def street(self) -> str:
        """The street with its type and suffix, as it is written."""
        return self.words.removesuffix(self.suburb).strip()

    @property
    def name(self) -> str:
        """The street's name alone."""
        kind = self.parts.type or ""
        before, found, _ = self.street.rpartition(f" {kind}")
        return before if kind and found else self.street

    @property
    def after_name(self) -> str:
        """Type and suffix."""
        return self.street[len(self.name) :].strip()

    def worded(self, *words: str) -> str:
        """The head followed by other words."""
        return " ".join(word for word in (self.head, *words) if word)


Kind = Callable[[Subject, random.Random], str | None]


def as_written(subject: Subject, _draw: random.Random) -> str:
    """The address itself."""
    return subject.text


def abbreviated(subject: Subject, _draw: random.Random) -> str | None:
    """Street type and compass points as people shorten them."""
    kind = subject.parts.type or ""
    short = _COMMON.get(kind) or min(type_spellings().get(kind, {kind}), key=lambda word: (len(word) < 2, len(word)))
    name = " ".join(_SHORT.get(word, word) for word in subject.name.split())
    found = subject.worded(name, subject.after_name.replace(kind, short, 1) if kind else "", subject.suburb)
    return found if found != subject.text else None


def without_type(subject: Subject, _draw: random.Random) -> str | None:
    """Name and suburb."""
    return subject.worded(subject.name, subject.suburb) if subject.after_name else None


def without_suburb(subject: Subject, _draw: random.Random) -> str | None:
    """Number and street alone."""
    return subject.worded(subject.street) if subject.suburb else None


def suburb_first(subject: Subject, _draw: random.Random) -> str | None:
    """`LITHGOW 12 MAIN STREET`."""
    return f"{subject.suburb} {subject.worded(subject.street)}" if subject.suburb else None


def unit_form(pattern: str) -> Kind:
    """The unit and the number written in another way."""

    def made(subject: Subject, _draw: random.Random) -> str | None:
        unit, slash, number = subject.head.partition("/")
        return f"{pattern.format(unit=unit, number=number)} {subject.words}" if slash else None

    return made


def range_end(which: int) -> Kind:
    """Only one end of a range."""

    def made(subject: Subject, _draw: random.Random) -> str | None:
        return f"{subject.unit}{subject.ends[which]} {subject.words}" if len(subject.ends) == 2 else None

    return made


def typo(subject: Subject, draw: random.Random) -> str | None:
    """One letter wrong, missing, too many or swapped with the next, in one word of five letters or more."""
    words = subject.words.split()
    long = [at for at, word in enumerate(words) if len(word) >= _TYPO_FROM and word.isalpha()]
    if not long:
        return None
    at = draw.choice(long)
    for _ in range(20):
        changed = misspelt(words[at], draw)
        if changed != words[at]:
            return subject.worded(*words[:at], changed, *words[at + 1 :])
    return None


def misspelt(word: str, draw: random.Random) -> str:
    """A word with one edit."""
    at = draw.randrange(len(word))
    left, right = word[:at], word[at:]
    return draw.choice(
        (
            left + draw.choice(LETTERS) + right[1:],
            left + right[1:],
            left + draw.choice(LETTERS) + right,
            left + right[1:2] + right[:1] + right[2:],
        )
    )


def transposed(subject: Subject, draw: random.Random) -> str | None:
    """Two neighbouring words swapped."""
    words = subject.words.split()
    if len(words) < 2:
        return None
    at = draw.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return subject.worded(*words)


def begun(letters: int) -> Kind:
    """Number and the first letters of the street's name."""

    def made(subject: Subject, _draw: random.Random) -> str | None:
        return subject.worded(subject.name[:letters].strip()) if len(subject.name) > letters else None

    return made


def name_complete(subject: Subject, _draw: random.Random) -> str:
    """Number and the whole name."""
    return subject.worded(subject.name)


def type_begun(subject: Subject, _draw: random.Random) -> str | None:
    """Number, name and the first two letters of the type."""
    return subject.worded(subject.name, subject.after_name[:2].strip()) if subject.after_name else None


def suburb_begun(letters: int) -> Kind:
    """Number, street and the first letters of the suburb."""

    def made(subject: Subject, _draw: random.Random) -> str | None:
        return subject.worded(subject.street, subject.suburb[:letters].strip()) if subject.suburb else None

    return made
