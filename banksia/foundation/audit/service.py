"""Recording, and proving that nothing recorded was changed.

Each entry's hash covers the one before, so a changed, removed or inserted entry breaks the chain from there on. The end
of the chain is locked by the transaction's last statements: taken first, it made every writer wait for every other.
"""

import hashlib
import json
import uuid
from collections.abc import Collection
from datetime import UTC
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import inspect
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit.models import Entry, Head, Verification
from banksia.foundation.audit.queries import entries_of, head_of
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Last, before_commit, notes_of, organisation_id_of
from banksia.kit.models import Base, new_id

BATCH = 5000


def record(
    session: Session, actor: Actor, action: str, *, subject: Base | None = None, detail: dict[str, Any] | None = None
) -> None:
    """Note what the actor did, in the same transaction; `action` is a past tense, `certificates.order_placed`."""
    entry = Entry(
        id=new_id(),
        organisation_id=organisation_id_of(session),
        occurred_at=utc_now(),
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_name=actor.name,
        action=action,
        subject_type=_type_of(subject) if subject is not None else None,
        detail=to_jsonable_python(detail or {}),
    )
    notes_of(session).setdefault("audit", []).append((entry, subject))
    before_commit(session, Last.AUDIT_CHAIN, _append)


def _type_of(subject: Base) -> str:
    """The subject's table, `certificates.orders`."""
    return str(inspect(type(subject)).local_table)


def _append(session: Session) -> None:
    """Put what was recorded at the end of the chain."""
    organisation_id = organisation_id_of(session)
    session.execute(insert(Head).values(organisation_id=organisation_id, sequence=0, hash="").on_conflict_do_nothing())
    head = session.scalars(head_of(organisation_id).with_for_update().execution_options(populate_existing=True)).one()
    for entry, subject in notes_of(session).pop("audit", []):
        entry.subject_id = getattr(subject, "id", None)
        entry.sequence, entry.previous_hash = head.sequence + 1, head.hash
        entry.hash = hash_of(entry)
        head.sequence, head.hash = entry.sequence, entry.hash
        session.add(entry)


def entries_about(session: Session, subject_ids: Collection[uuid.UUID], *, limit: int) -> list[Entry]:
    """What was done about these subjects, the oldest first; the newest `limit` when there is more.

    Who asks has to hold the permission of the page that shows it: the log itself asks for none here.
    """
    about = entries_of(organisation_id_of(session)).where(Entry.subject_id.in_(subject_ids))
    newest = session.scalars(about.order_by(Entry.sequence.desc()).limit(limit))
    return list(newest)[::-1]


def hash_of(entry: Entry) -> str:
    """SHA-256, in hex, over everything the entry says and the hash of the one before it."""
    said = {
        "organisation": str(entry.organisation_id),
        "sequence": entry.sequence,
        "occurred_at": entry.occurred_at.astimezone(UTC).isoformat(),
        "actor": [entry.actor_kind, str(entry.actor_id or ""), entry.actor_name],
        "action": entry.action,
        "subject": [entry.subject_type or "", str(entry.subject_id or "")],
        "detail": entry.detail,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def verify(session: Session, organisation_id: uuid.UUID) -> Verification:
    """Walk the chain from its first entry and keep the result."""
    count, previous, problem = 0, "", None
    entries = session.scalars(entries_of(organisation_id).order_by(Entry.sequence).execution_options(yield_per=BATCH))
    for entry in entries:
        problem = _problem_of(entry, count + 1, previous)
        if problem:
            entries.close()
            break
        count, previous = entry.sequence, entry.hash
        session.expunge(entry)
    head = session.scalar(head_of(organisation_id))
    if problem is None and head is not None and (head.sequence, head.hash) != (count, previous):
        problem = f"The chain ends at entry {count}, but {head.sequence} entries were written."
    result = Verification(
        id=new_id(),
        organisation_id=organisation_id,
        entries=count,
        broken_at=count + 1 if problem else None,
        problem=problem,
    )
    session.add(result)
    session.flush()
    return result


def _problem_of(entry: Entry, expected: int, previous: str) -> str | None:
    if entry.sequence != expected:
        return f"Entry {expected} is missing."
    if entry.previous_hash != previous:
        return f"Entry {expected} does not follow the entry before it."
    if entry.hash != hash_of(entry):
        return f"Entry {expected} was changed after it was written."
    return None
