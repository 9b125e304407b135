"""How a word sounds, roughly: words that are written differently and said alike have one key.

Only spellings that English speakers do confuse are folded (PH and F, CK and K, double letters, EE and EA, an unstressed
ER, AR or OR at the end); a vowel stays a vowel of its kind, so that the keys of different names rarely meet.
"""

import re
from functools import lru_cache
from typing import Final

_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:KN|GN|PN)", "N"),
        (r"^WR", "R"),
        (r"^PS", "S"),
        (r"^WH", "W"),
        (r"^X", "S"),
        (r"PH", "F"),
        (r"GHT", "T"),
        (r"OUGH|AUGH", "AW"),
        (r"GH(?=[^AEIOUY]|$)", ""),
        (r"TCH", "CH"),
        (r"SCH", "SK"),
        (r"SC(?=[EIY])|C(?=[EIY])", "S"),
        (r"DG(?=[EIY])|G(?=[EIY])", "J"),
        (r"C(?=H)", "("),
        (r"CK|C|QU?", "K"),
        (r"\(", "C"),
        (r"MB$", "M"),
        (r"Z", "S"),
        (r"([B-DF-HJ-NP-TV-XZ])\1", r"\1"),
        (r"EIGH|AIGH|AI|AY|EI|EY(?=.)", "1"),
        (r"EA|EE|IE(?=.)", "2"),
        (r"OO|OU|EW|UE", "3"),
        (r"AU|AW", "4"),
        (r"OA|OW", "5"),
        (r"(?:ER|OR|AR|RE|OUR|UR)$", "6"),
        (r"(?:EY|IE|Y)$", "I"),
        (r"Y", "I"),
        (r"(?<=[^AEIOU])E$", ""),
        (r"(?<=.)E(?=S$)", ""),
        (r"(?<=.)H", ""),
    )
)


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """The key of a word in capitals."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word
