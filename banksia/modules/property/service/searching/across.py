"""One search over all councils of an installation: what is public, one transaction a council, bounded in time."""

import time
from typing import Any

from banksia.foundation.organisations.public import CouncilSite, council_sites
from banksia.kit.platform import Platform
from banksia.modules.property.schemas import CouncilResults
from banksia.modules.property.service.searching.finding import find_properties

SECONDS = 2.0
"""Councils that are not reached by then are counted, not searched."""
_HOW = ("exact", "begins", "spelling", "other")


def find_at_all_councils(platform: Platform, text: str, *, limit: int = 10, seconds: float = SECONDS) -> CouncilResults:
    """Properties that a text can mean at the councils that use the module, best first, the councils taking turns.

    When one council has it as it was typed, corrected spellings of the others are left out.
    """
    until = time.monotonic() + seconds
    sites = council_sites(platform, "property")
    ranked: list[tuple[int, int, int, dict[str, Any]]] = []
    searched = 0
    for number, site in enumerate(sites):
        if time.monotonic() > until:
            break
        searched += 1
        with platform.database.session(site.id) as session:
            results = find_properties(session, text, limit=limit)
        ranked += [(_HOW.index(r["match"]["how"]), place, number, r) for place, r in enumerate(results)]
    ranked.sort(key=lambda each: each[:3])
    as_typed = [each for each in ranked if each[0] < _HOW.index("spelling")]
    found = [result | {"council": _named(sites[number])} for _, _, number, result in (as_typed or ranked)[:limit]]
    return CouncilResults.model_validate(
        {"results": found, "councils_searched": searched, "councils_left": len(sites) - searched}
    )


def _named(site: CouncilSite) -> dict[str, str]:
    return {"slug": site.slug, "name": site.name, "url": site.url}
