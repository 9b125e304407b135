"""Bulk loads, scoped to one organisation."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from banksia.kit.among import among
from banksia.modules.files.models import Activity, Batch, BatchRow


def batches_of(organisation_id: uuid.UUID) -> Select[Batch]:
    """The bulk loads of a council."""
    return select(Batch).where(Batch.organisation_id == organisation_id)


def batch_rows_of(organisation_id: uuid.UUID, batch_id: uuid.UUID) -> Select[BatchRow]:
    """The lines of a load's manifest."""
    return select(BatchRow).where(BatchRow.organisation_id == organisation_id, BatchRow.batch_id == batch_id)


def verdict_counts(organisation_id: uuid.UUID, batch_id: uuid.UUID) -> Select[str, int, int | None]:
    """Lines of a load and their bytes, by verdict."""
    return (
        select(BatchRow.verdict, func.count(), func.sum(BatchRow.size))
        .where(BatchRow.organisation_id == organisation_id, BatchRow.batch_id == batch_id)
        .group_by(BatchRow.verdict)
    )


def done_with(
    organisation_id: uuid.UUID, document_ids: Sequence[uuid.UUID], *, apart_from: Sequence[str]
) -> Select[uuid.UUID | None, str]:
    """Document and action of what people did with some documents, in its order."""
    return (
        select(Activity.document_id, Activity.action)
        .where(
            Activity.organisation_id == organisation_id,
            among(Activity.document_id, document_ids),
            Activity.action.not_in(apart_from),
        )
        .order_by(Activity.id)
    )
