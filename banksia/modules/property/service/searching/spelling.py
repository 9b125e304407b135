"""Typing errors in the words of streets and localities; numbers are never guessed.

One edit is forgiven from five letters on, two from eight, counting a swap of neighbours as one.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from banksia.modules.property.service.parsing import tables
from banksia.modules.property.service.searching.gazetteer import Gazetteer, Words

MAX_ALTERNATIVES = 24
_PER_WORD = 4


def forgiven_edits(word: str) -> int:
    """How many edits a word of this length may be away."""
    if not word.isalpha() or len(word) < 5:
        return 0
    return 1 if len(word) < 8 else 2


class Spelling:
    """The words of one council's streets and localities."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Take the words; they are sorted by length when the first error comes."""
        self._words = gazetteer.words

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            found[len(word)].append(word)
        return dict(found)

    def near(self, word: str) -> list[tuple[int, str]]:
        """Distance and word, nearest first, without the word itself."""
        edits = forgiven_edits(word)
        if not edits:
            return []
        choices = [
            near for length in range(len(word) - edits, len(word) + edits + 1) for near in self._of_length(length)
        ]
        found = extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=_PER_WORD + 1)
        return sorted((int(distance), near) for near, distance, _ in found if near != word)[:_PER_WORD]

    def _of_length(self, length: int) -> list[str]:
        return self._by_length.get(length, [])

    def alternatives(self, words: Words) -> Iterator[Words]:
        """What may have been meant, fewest edits first; street types are corrected from their own table."""
        choices: list[list[tuple[int, str]]] = []
        for place, word in enumerate(words):
            kind = tables.misspelt_type(word) if place and word not in tables.street_types() else None
            near = [] if word in tables.street_types() and place else self.near(word)
            choices.append([(0, word), *near, *([(1, kind)] if kind else [])])
        found = sorted(
            (sum(edits for edits, _ in chosen), tuple(w for _, w in chosen)) for chosen in product(*choices[:6])
        )
        tail = words[6:]
        yield from (spelt + tail for edits, spelt in found[: MAX_ALTERNATIVES + 1] if edits)
