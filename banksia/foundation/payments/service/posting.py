"""The one place that writes single entries of the ledger: each cause has one of a kind, however often it is told."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.payments.models import LedgerEntry
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id


@dataclass(frozen=True)
class Posting:
    """One entry to be written, in cents: plus in, minus out."""

    kind: str
    source_id: uuid.UUID
    amount_cents: int
    reference: str
    provider_id: str | None = None
    """What the provider, the terminal or the cheque calls it."""
    payable_id: uuid.UUID | None = None
    account_id: uuid.UUID | None = None
    method: str = "card"
    happened_at: datetime | None = None


def post_movement(session: Session, actor: Actor, posting: Posting) -> uuid.UUID | None:
    """Write one entry; a second one of the same kind and source is not written. Answers the id of a new entry."""
    written: uuid.UUID | None = session.scalar(
        insert(LedgerEntry)
        .values(
            id=new_id(),
            created_at=utc_now(),
            organisation_id=organisation_id_of(session),
            kind=posting.kind,
            source_id=posting.source_id,
            payable_id=posting.payable_id,
            account_id=posting.account_id,
            amount_cents=posting.amount_cents,
            method=posting.method,
            reference=posting.reference,
            provider_id=posting.provider_id,
            happened_at=posting.happened_at or utc_now(),
            recorded_by=actor.name,
        )
        .on_conflict_do_nothing(index_elements=["organisation_id", "kind", "source_id"])
        .returning(LedgerEntry.id)
    )
    return written
