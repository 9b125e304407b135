"""Batches of certificates that are issued together."""

import uuid

from sqlalchemy import Select, select

from banksia.modules.certificates.models import IssueBatch, IssueBatchLine


def batches_of(organisation_id: uuid.UUID) -> Select[IssueBatch]:
    """Every batch of the council."""
    return select(IssueBatch).where(IssueBatch.organisation_id == organisation_id)


def batch_with_id(organisation_id: uuid.UUID, batch_id: uuid.UUID) -> Select[IssueBatch]:
    """One batch."""
    return batches_of(organisation_id).where(IssueBatch.id == batch_id)


def batch_with_key(organisation_id: uuid.UUID, key: uuid.UUID) -> Select[IssueBatch]:
    """The batch that a request with this key made."""
    return batches_of(organisation_id).where(IssueBatch.key == key)


def lines_of_batch(organisation_id: uuid.UUID, batch_id: uuid.UUID) -> Select[IssueBatchLine]:
    """The lines of a batch, in its order."""
    return (
        select(IssueBatchLine)
        .where(IssueBatchLine.organisation_id == organisation_id, IssueBatchLine.batch_id == batch_id)
        .order_by(IssueBatchLine.position)
    )


def line_of_batch(organisation_id: uuid.UUID, batch_line_id: uuid.UUID) -> Select[IssueBatchLine]:
    """One line of a batch."""
    return select(IssueBatchLine).where(
        IssueBatchLine.organisation_id == organisation_id, IssueBatchLine.id == batch_line_id
    )
