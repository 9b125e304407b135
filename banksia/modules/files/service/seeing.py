"""What an actor may see of a council's files: asked of folders, in one condition for all rows and never row by row.

Every read, and every write that looks something up first, begins here.
"""

from collections.abc import Collection
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.modules.files import queries
from banksia.modules.files.models import Document
from banksia.modules.files.permissions import REMOVALS_DECIDE, RESTRICTED_READ

RowT = TypeVar("RowT", bound=Select[Any])


def visible_documents(actor: Actor) -> Select[Document]:
    """The documents in any state, without those in folders that the actor may not open."""
    documents = queries.documents_of(actor.organisation_id)
    if actor.may(RESTRICTED_READ):
        return documents
    return documents.where(Document.folder_id.not_in(queries.restricted_folder_ids(actor.organisation_id)))


def readable_documents(actor: Actor) -> Select[Document]:
    """Those of them that the actor may read: what is present, and what is isolated for who decides removals."""
    states = ("present", "isolated") if actor.may(REMOVALS_DECIDE) else ("present",)
    return visible_documents(actor).where(Document.state.in_(states))


def hidden_documents(session: Session, actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Those of some documents that lie in folders which the actor may not open."""
    if actor.may(RESTRICTED_READ) or not ids:
        return set()
    seen = visible_documents(actor).where(among(Document.id, ids)).with_only_columns(Document.id)
    return set(ids) - set(session.scalars(seen))


def visible_rows(
    rows: RowT,
    actor: Actor,
    *,
    document: InstrumentedAttribute[Any],
    folder: InstrumentedAttribute[UUID | None] | None = None,
) -> RowT:
    """Rows about folders and documents, without those about a folder, or about what lies in one, that is closed."""
    if actor.may(RESTRICTED_READ):
        return rows
    if folder is not None:
        rows = rows.where(or_(folder.is_(None), folder.not_in(queries.restricted_folder_ids(actor.organisation_id))))
    return rows.where(~queries.lies_restricted(actor.organisation_id, document))
