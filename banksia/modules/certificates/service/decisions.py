"""What was decided about issuing lines without an officer, in words for staff."""

import uuid
from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.kit.database import organisation_id_of
from banksia.kit.words import day_in_words
from banksia.modules.certificates.models import StraightThroughDecision
from banksia.modules.certificates.queries.straight_through import decisions_of_lines
from banksia.modules.certificates.schemas.straight_through import Reason, StraightThroughRead


def read_decisions(session: Session, line_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, StraightThroughRead]:
    """What was decided for those of the lines for which anything was, in one query."""
    found = session.scalars(decisions_of_lines(organisation_id_of(session), line_ids))
    return {decision.line_id: _read(decision) for decision in found}


def in_words(decision: StraightThroughDecision) -> str:
    """`Issued by Banksia without an officer: ...`, or `Needs an officer: ...`."""
    if not decision.issued:
        return f"Needs an officer: {' '.join(reason['words'] for reason in decision.reasons)}"
    known = f"Issued by Banksia without an officer: every answer was known on {day_in_words(decision.known_on)}"
    if decision.oldest_on is None:
        return f"{known}."
    return f"{known}; the oldest, {decision.oldest_title}, was of {day_in_words(decision.oldest_on)}."


def _read(decision: StraightThroughDecision) -> StraightThroughRead:
    return StraightThroughRead(
        issued=decision.issued,
        decided_at=decision.created_at,
        words=in_words(decision),
        reasons=[Reason.model_validate(reason) for reason in decision.reasons],
    )
