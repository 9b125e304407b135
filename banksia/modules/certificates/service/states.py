"""The states of a line as data: which step leads where, and who did it."""

import uuid

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import TransitionRefused
from banksia.modules.certificates.models import LineState, LineTransition, OrderLine
from banksia.modules.certificates.schemas.orders import CustomerState

TRANSITIONS: dict[str, dict[LineState, LineState]] = {
    "queue": {"awaiting_payment": "queued", "cancelled": "queued"},
    "cancel": {"awaiting_payment": "cancelled"},
    "cancel with a refund": {
        "queued": "cancelled",
        "assigned": "cancelled",
        "drafted": "cancelled",
        "to_check": "cancelled",
        "checked": "cancelled",
        "on_hold": "cancelled",
    },
    "take": {
        "queued": "assigned",
        "assigned": "assigned",
        "drafted": "drafted",
        "to_check": "to_check",
        "checked": "checked",
    },
    "give back": {"assigned": "queued", "drafted": "queued"},
    "draft": {"assigned": "drafted", "drafted": "drafted"},
    "send to be checked": {"assigned": "to_check", "drafted": "to_check"},
    "check": {"to_check": "checked"},
    "send back": {"to_check": "drafted", "checked": "drafted"},
    "put on hold": {
        "queued": "on_hold",
        "assigned": "on_hold",
        "drafted": "on_hold",
        "to_check": "on_hold",
        "checked": "on_hold",
    },
    "resume": {"on_hold": "on_hold"},
    "wait for payment": {
        "queued": "awaiting_payment",
        "assigned": "on_hold",
        "drafted": "on_hold",
        "to_check": "on_hold",
        "checked": "on_hold",
    },
    "issue": {"assigned": "issued", "drafted": "issued", "checked": "issued"},
    "issue without an officer": {"queued": "issued"},
    "refuse to issue": {
        "queued": "cannot_issue",
        "assigned": "cannot_issue",
        "drafted": "cannot_issue",
        "to_check": "cannot_issue",
        "checked": "cannot_issue",
        "on_hold": "cannot_issue",
    },
    "replace": {"issued": "drafted"},
    "keep the issued one of": {
        "queued": "issued",
        "assigned": "issued",
        "drafted": "issued",
        "to_check": "issued",
        "checked": "issued",
        "on_hold": "issued",
    },
}
"""Action to state before to state after. Resuming leads to where the line was before it was put on hold; what was
cancelled is queued when money that came late is accepted. When a cheque comes back, work that nobody began waits for
payment as before, and work that was begun is put on hold. A replacement that is called off leads back to the issued
certificate, and only where there is one; there nothing is refused."""

KEEP_ISSUED = "keep the issued one of"
WITHOUT_OFFICER = "issue without an officer"

UNPAID = "The cheque that paid for this came back from the bank. Work goes on when it is paid."
"""Why a line waits for payment a second time: by it such a hold is told from a question to the customer."""

CHANGED_NOTE = "Changed since it was drafted: "
"""Begins the note of what council learnt while a certificate was prepared; it is no step."""
KEPT_NOTE = "The issued certificate stays: "
"""Begins the note of a replacement that was called off: by it that is told from issuing."""

STATE_WORDS = {
    "awaiting_payment": "not paid",
    "queued": "waiting in the queue",
    "assigned": "being prepared",
    "drafted": "drafted",
    "to_check": "waiting to be checked",
    "checked": "checked",
    "on_hold": "on hold",
    "issued": "issued",
    "cannot_issue": "refused",
    "cancelled": "cancelled",
}

CUSTOMER_STATES: dict[LineState, CustomerState] = {
    "awaiting_payment": "awaiting_payment",
    "queued": "being_prepared",
    "assigned": "being_prepared",
    "drafted": "being_prepared",
    "to_check": "being_prepared",
    "checked": "being_prepared",
    "on_hold": "waiting_for_you",
    "issued": "ready",
    "cannot_issue": "cannot_issue",
    "cancelled": "cancelled",
}
"""What a customer sees: how a certificate is made inside the council is not theirs to follow."""


KEEP_CHECK = ("checked", "on_hold", "issued")
"""In these states a line still is what was checked; in any other the check is forgotten."""


def allows(line: OrderLine, action: str) -> bool:
    """Whether the line's state lets this be done."""
    return line.state in TRANSITIONS[action]


def check(line: OrderLine, action: str) -> None:
    """Raise TransitionRefused when the line's state does not let this be done."""
    if not allows(line, action):
        raise TransitionRefused(action, STATE_WORDS[line.state])


def move(session: Session, actor: Actor, line: OrderLine, action: str, *, note: str | None = None) -> None:
    """Take a step and note it; raises TransitionRefused. The line is locked by the caller."""
    check(line, action)
    to_state = TRANSITIONS[action][line.state]
    if action == "resume":
        to_state = line.held_from_state or "queued"
    note_transition(session, line, to_state, by=actor.user_id, by_name=actor.name, note=note)
    line.state = to_state
    if to_state not in KEEP_CHECK:
        line.checked_by_id = line.checked_by_name = line.checked_sha256 = None


def note_transition(
    session: Session, line: OrderLine, to_state: LineState, *, by: uuid.UUID | None, by_name: str, note: str | None
) -> None:
    """Write a step into the line's history; the same state twice notes what changed in between."""
    session.add(
        LineTransition(
            organisation_id=line.organisation_id,
            order_id=line.order_id,
            line_id=line.id,
            from_state=line.state,
            to_state=to_state,
            actor_id=by,
            actor_name=by_name,
            note=note,
        )
    )
