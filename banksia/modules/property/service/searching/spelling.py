"""Typing errors in the words of streets, localities and buildings; numbers are never guessed.

One edit is forgiven from five letters on, two from eight, counting a swap of neighbours as one; of four letters only a
word of five that lost one. Beside that a word may be written as it sounds.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from banksia.modules.property.service.parsing import tables
from banksia.modules.property.service.searching.fitting import Words
from banksia.modules.property.service.searching.gazetteer import Gazetteer
from banksia.modules.property.service.searching.phonetics import sound_of

MAX_ALTERNATIVES = 24
MIN_LETTERS = 5
MAX_WORDS = 8
"""So many words of a text are corrected at most."""
_PER_WORD = 4
_TWO_EDITS_FROM = 8
_SOUND_COST = 2
"""A word that only sounds alike is as far away as one with two edits."""


def forgiven_edits(word: str) -> int:
    """How many edits a word of this length may be away."""
    if not word.isalpha() or len(word) < MIN_LETTERS - 1:
        return 0
    return 1 if len(word) < _TWO_EDITS_FROM else 2


class Spelling:
    """The words of one council's streets, localities and buildings."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        """Sort the words by length, by their ends and by sound."""
        self._words = gazetteer.words
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        by_end: defaultdict[str, list[str]] = defaultdict(list)
        by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words | gazetteer.buildings.words()):
            if len(word) >= MIN_LETTERS and word.isalpha():
                for length in range(max(MIN_LETTERS, len(word) - 2), len(word) + 3):
                    by_length[length].append(word)
                by_end[f"{word[:2]}-"].append(word)
                by_end[f"-{word[-2:]}"].append(word)
                by_sound[sound_of(word)].append(word)
        self._by_length = dict(by_length)
        """The words that are at most two letters longer or shorter."""
        self._by_end = dict(by_end)
        self._by_sound = dict(by_sound)
        self._types = sorted(kind for kind in gazetteer.types | tables.STRONG_TYPES if len(kind) >= MIN_LETTERS)

    def near(self, word: str) -> list[tuple[int, str]]:
        """Distance and word, nearest first, without the word itself."""
        edits = forgiven_edits(word)
        if not edits or (len(word) < MIN_LETTERS and word in self._words):
            return []
        found = extract(word, self._choices(word, edits), scorer=OSA.distance, score_cutoff=edits, limit=_PER_WORD + 1)
        costs = {near: int(distance) for near, distance, _ in found if near != word}
        if len(word) >= MIN_LETTERS:
            for near in self._by_sound.get(sound_of(word), ())[:_PER_WORD]:
                if near != word:
                    costs.setdefault(near, _SOUND_COST)
        return sorted((cost, near) for near, cost in costs.items())[:_PER_WORD]

    def _choices(self, word: str, edits: int) -> Collection[str]:
        """The words that can be so near: one edit leaves the first two letters alone, or the last two."""
        if edits > 1:
            return self._by_length.get(len(word), ())
        return {*self._by_end.get(f"{word[:2]}-", ()), *self._by_end.get(f"-{word[-2:]}", ())}

    def near_types(self, word: str) -> list[tuple[int, str]]:
        """The street type that a word misses by one edit."""
        if len(word) < MIN_LETTERS - 1 or word in tables.street_types():
            return []
        near = next((kind for kind in self._types if OSA.distance(word, kind, score_cutoff=1) <= 1), None)
        near = near or tables.misspelt_type(word)
        return [(1, near)] if near else []

    def alternatives(self, words: Words) -> Iterator[tuple[int, Words]]:
        """What may have been meant and how many edits away, fewest first: one word corrected, or two of them."""
        choices: list[tuple[int, int, str]] = []
        for place, word in enumerate(words[:MAX_WORDS]):
            kinds = self.near_types(word) if place else []
            near = self.near(word)
            # A word that exists may well be meant: others come first.
            known = int(word in self._words or (place > 0 and word in tables.street_types()))
            choices += [(edits + known, place, better) for edits, better in (*near, *kinds)]
        found: list[tuple[int, tuple[tuple[int, int, str], ...]]] = [(choice[0], (choice,)) for choice in choices]
        found += [(one[0] + two[0], (one, two)) for one, two in combinations(choices, 2) if one[1] != two[1]]
        for cost, corrections in sorted(found)[:MAX_ALTERNATIVES]:
            spelt = list(words)
            for _, place, better in corrections:
                spelt[place] = better
            yield cost, tuple(spelt)
