"""Writing into our ledger what only the provider's books have, when a person has decided so."""

from dataclasses import replace

from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.errors import ResolutionNotPossible
from banksia.foundation.payments.models import (
    OPEN_ATTEMPTS,
    PaymentAttempt,
    ProviderTransaction,
    ReviewCase,
)
from banksia.foundation.payments.queries import provider as books
from banksia.foundation.payments.service.posting import Posting, post_movement
from banksia.kit.actor import Actor

_MATCHED = "Both books agree about this now. Close the case without moving money."
_OTHER_FEE = "The ledger has another fee for this movement, and entries are never changed. Close the case."
_BEING_SETTLED = "This is a payment of ours that is still being settled. Wait until it is, and look again."


def record_movement(session: Session, actor: Actor, case: ReviewCase) -> None:
    """Write the ledger entry that a line of the provider's books lacks, and its fee. Raises ResolutionNotPossible."""
    organisation_id = case.organisation_id
    statement = books.transactions_of(organisation_id).where(ProviderTransaction.id == case.source_id)
    line = session.scalars(statement.with_for_update().execution_options(populate_existing=True)).one()
    if case.evidence.get("kind") == "fee":
        raise ResolutionNotPossible(_OTHER_FEE)
    if line.ledger_entry_id is not None:
        raise ResolutionNotPossible(_MATCHED)
    attempt = session.scalar(queries.attempts_at_provider(organisation_id, [line.source]).limit(1))
    if _is_settling(line, attempt):
        raise ResolutionNotPossible(_BEING_SETTLED)
    posting = Posting(
        kind=_kind_of(line),
        source_id=line.id,
        amount_cents=line.amount_cents,
        reference=line.source,
        provider_id=line.source,
        payable_id=attempt.payable_id if attempt else None,
        happened_at=line.happened_at,
    )
    line.ledger_entry_id = post_movement(session, actor, posting)
    if line.fee_cents:
        fee = replace(posting, kind="fee", amount_cents=-line.fee_cents)
        post_movement(session, actor, fee)


def _is_settling(line: ProviderTransaction, attempt: PaymentAttempt | None) -> bool:
    """Its charge comes into the ledger by itself, and must not be there twice."""
    return line.kind == "charge" and attempt is not None and attempt.state in OPEN_ATTEMPTS


def _kind_of(line: ProviderTransaction) -> str:
    """What the provider calls otherwise is a fee when it takes, and gives back when it gives."""
    if line.kind in books.MATCHED_KINDS:
        return line.kind
    return "fee" if line.amount_cents < 0 else "reversal"
