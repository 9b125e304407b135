"""The steps that a line has taken, as its officer reads them."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy.orm import Session

from banksia.modules.certificates.models import OPEN_STATES, Certificate, LineTransition, OrderLine
from banksia.modules.certificates.queries.orders import transitions_of
from banksia.modules.certificates.schemas.lines import ReplacesRead, TransitionRead
from banksia.modules.certificates.service.states import CHANGED_NOTE, KEPT_NOTE


def steps_of_line(session: Session, line: OrderLine) -> list[LineTransition]:
    """Every step of a line, oldest first."""
    steps = session.scalars(transitions_of(line.organisation_id, line.order_id))
    return [step for step in steps if step.line_id == line.id]


def read_steps(steps: Sequence[LineTransition]) -> list[TransitionRead]:
    """The steps with what each was."""
    return [
        TransitionRead(
            kind=_kind(step),
            from_state=step.from_state,
            to_state=step.to_state,
            at=step.created_at,
            actor_name=step.actor_name,
            note=(step.note or "").removeprefix(CHANGED_NOTE).removeprefix(KEPT_NOTE) or None,
        )
        for step in steps
    ]


def replaced_by_line(
    line: OrderLine, certificates: Sequence[Certificate], steps: Sequence[LineTransition]
) -> ReplacesRead | None:
    """The certificate that an open line is to replace, and why; None when none is issued. The newest come first."""
    if line.state not in OPEN_STATES or not certificates:
        return None
    begun = [step for step in steps if step.from_state == "issued"]
    return ReplacesRead(
        number=certificates[0].number, because=line.replaced_because, reason=begun[-1].note if begun else None
    )


def is_kept(step: LineTransition) -> bool:
    """Whether the step called a replacement off."""
    return step.to_state == "issued" and (step.note or "").startswith(KEPT_NOTE)


def _kind(step: LineTransition) -> Literal["step", "changed", "kept_issued"]:
    if is_kept(step):
        return "kept_issued"
    return "changed" if (step.note or "").startswith(CHANGED_NOTE) else "step"
