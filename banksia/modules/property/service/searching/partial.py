"""Parcels that are still being typed: a lot without its plan, a section, a label without a number."""

import re
from typing import Final

from banksia.modules.property.queries.searching import ANY_PLAN
from banksia.modules.property.service.parsing import ParcelParts

_LABEL: Final = r"(?P<label>D|DP|S|SP|PLAN)?"
_LOT: Final = r"(?P<lot>[0-9]{1,5}[A-Z]{0,2}|[A-Z]{1,3}[0-9]{0,4})"
_FORMS: Final = (
    # 2//  2//DP  2/2/  2/2/DP
    re.compile(rf"(?:LOT |LT |L )?{_LOT}/(?P<section>[0-9A-Z]{{1,4}})?/ ?{_LABEL}"),
    # LOT 2  LOT 2 SEC  LOT 2 SEC 2  LOT 2 SEC 2 OF DP
    re.compile(
        rf"(?:PT |PART )?L(?:O?TS?) ?{_LOT}(?:,? ?SEC(?:T|TION)?(?: ?(?P<section>[0-9A-Z]{{1,4}}))?)?"
        rf"(?:,? ?(?:IN|OF|ON))?(?:,? ?{_LABEL})?"
    ),
)


def partial_parcel(text: str) -> ParcelParts | None:
    """The parcel that a plain text begins to name; its plan is `ANY_PLAN`, and its label may still be missing."""
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            label = {"D": "DP", "S": "SP"}.get(match["label"] or "", match["label"] or "")
            lot = match["lot"].lstrip("0") or "0"
            section = match["section"]
            return ParcelParts(
                lot, section, label if label in ("DP", "SP") else "DP", ANY_PLAN, bare=label not in ("DP", "SP")
            )
    return None
