"""The words by which an order's lines are found: what a person remembers of it."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+(?:[/.'-][^\W_]+)*")
LONGEST_WORD = 40
MOST_WORDS = 8


def words_of(*texts: str | None) -> list[str]:
    """Return the distinct words of some texts: folded, and joined ones such as `26/1183` also in parts."""
    found: dict[str, None] = {}
    for text in texts:
        for match in WORD.finditer(_folded(text or "")):
            word = match.group()
            for part in (word, *re.split(r"[/.'-]", word)):
                if part:
                    found[part[:LONGEST_WORD]] = None
    return list(found)


def words_sought(query: str) -> list[str]:
    """Return the words of a search, joined ones kept whole; each must begin a word of what is found."""
    found = dict.fromkeys(match.group()[:LONGEST_WORD] for match in WORD.finditer(_folded(query)))
    return list(found)[:MOST_WORDS]


def _folded(text: str) -> str:
    """Letters without accents, in one case, so that `Núñez` is found by `nunez`."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
