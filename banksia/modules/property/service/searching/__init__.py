"""Search: a text in, the properties it can mean out, best first.

Python decides what a text can mean, with the council's streets in memory; PostgreSQL looks all of it up in one
statement. When nothing is found as typed, words (never numbers) are tried with their likely corrections.
"""

from banksia.modules.property.service.searching.asking import MAX_RESULTS, asked_of, guesses, probes
from banksia.modules.property.service.searching.finding import NO_RESULTS, find_properties
from banksia.modules.property.service.searching.gazetteers import Known, load, remembered

__all__ = [
    "MAX_RESULTS",
    "NO_RESULTS",
    "Known",
    "asked_of",
    "find_properties",
    "guesses",
    "load",
    "probes",
    "remembered",
]
