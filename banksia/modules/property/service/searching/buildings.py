"""The names of a council's buildings and places, in memory: found by their beginning, or by the beginning of a word."""

from bisect import bisect_left
from collections.abc import Iterable

from banksia.modules.property.queries.searching import BUILDING, BUILDING_BEGINS, BUILDING_MARK
from banksia.modules.property.service.parsing.tables import name_key
from banksia.modules.property.service.searching.fitting import END, Range, Words

MIN_LETTERS = 3
"""A word inside a name is looked for from so many letters on; a name's beginning from the first."""
MAX_NAMES = 20


class Buildings:
    """Made once per council and generation; nothing changes it afterwards."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names as the addresses have them."""
        self.names = sorted({name_key(name) for name in names if name})
        self._known = frozenset(self.names)
        self._by_word: list[tuple[str, str]] = sorted(
            (word, name) for name in self.names for word in set(name.split()) if len(word) >= MIN_LETTERS
        )

    def ranges(self, words: Words) -> tuple[list[Range], list[Range]]:
        """Where the addresses of the building lie that the words name, and of those that they begin."""
        if not self.names or not words:
            return [], []
        typed = name_key(" ".join(words))
        exact = [_range(typed, BUILDING)] if typed in self._known else []
        begun = self._beginning(typed) + self._holding(typed.split())
        return exact, [_range(name, BUILDING_BEGINS) for name in dict.fromkeys(begun) if name != typed][:MAX_NAMES]

    def words(self) -> set[str]:
        """Every word of every name."""
        return {word for name in self.names for word in name.split()}

    def _beginning(self, typed: str) -> list[str]:
        first = bisect_left(self.names, typed)
        return [name for name in self.names[first : first + MAX_NAMES] if name.startswith(typed)]

    def _holding(self, typed: list[str]) -> list[str]:
        """Names in which a word begins with each of the words."""
        longest = max(typed, key=len)
        if len(longest) < MIN_LETTERS:
            return []
        first, last = bisect_left(self._by_word, (longest,)), bisect_left(self._by_word, (longest + END,))
        found: list[str] = []
        for _, name in self._by_word[first : min(last, first + MAX_NAMES * 10)]:
            inside = name.split()
            if all(any(word.startswith(each) for word in inside) for each in typed):
                found.append(name)
        return found


def _range(name: str, why: str) -> Range:
    return Range(f"{BUILDING_MARK}{name}", f"{BUILDING_MARK}{name}\x01", why)
