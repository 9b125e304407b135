"""Giving up the bytes of an object that nothing refers to any more, so that it is never mistaken for a loss.

The same bytes may come again at any moment, and then the object is live again. So both sides take one lock on the
bytes, and what is about to go is written down and committed before any byte does: whoever records the same bytes
afterwards looks whether they are still there.
"""

import uuid
from collections.abc import Callable, Mapping

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.storage import queries
from banksia.foundation.storage.adapters.store import StoreUnavailable
from banksia.foundation.storage.errors import StorageUnavailable
from banksia.foundation.storage.models import Purge, StoredObject
from banksia.foundation.storage.service.keeping import find_object, object_key, store_of
from banksia.kit.database import Transactions
from banksia.kit.kill_points import reach

StillNeeded = Callable[[Session], bool]

log = structlog.get_logger()


def purge_object(
    transactions: Transactions, object_id: uuid.UUID, *, judged: Mapping[str, StillNeeded] | None = None
) -> bool:
    """Remove an object's bytes unless something needs them; answers whether they are gone.

    A row that names the object, in any table of any module, keeps it. For the columns in `judged`, such as
    `files.document_versions.object_id`, the module that owns them says instead whether they still need it. Doing it
    again after a kill finishes it. Call it outside any transaction. Raises StorageUnavailable, and ValueError for a
    judged column that no model has.
    """
    judges = dict(judged or {})
    if unknown := judges.keys() - {queries.name_of_column(column) for column in queries.columns_of_objects()}:
        raise ValueError(f"No column that may name an object is called {', '.join(sorted(unknown))}.")
    with transactions() as session:
        stored = find_object(session, object_id)
        if stored is None or not _give_up(session, stored, judges):
            return False
    return _remove_bytes(transactions, stored, judges)


def _give_up(session: Session, stored: StoredObject, judges: Mapping[str, StillNeeded]) -> bool:
    """Write down that the object goes, unless it is needed; committed before a byte is touched."""
    session.execute(queries.lock_bytes(stored.organisation_id, stored.sha256))
    if session.scalar(queries.is_gone(stored.organisation_id, stored.id)):
        return True  # written down before; perhaps its bytes are still there
    if is_needed(session, stored, judges):
        return False
    session.add(Purge(organisation_id=stored.organisation_id, object_id=stored.id, step="purged"))
    return True


def _remove_bytes(transactions: Transactions, stored: StoredObject, judges: Mapping[str, StillNeeded]) -> bool:
    """Delete inside the transaction, against the rule that a store is never called in one.

    Its lock is what keeps an upload of the same bytes from being recorded between the last look and the deletion. The
    transaction writes nothing, so a kill in it leaves the object given up, and doing it again deletes again.
    """
    with transactions() as session:
        session.execute(queries.lock_bytes(stored.organisation_id, stored.sha256))
        if not session.scalar(queries.is_gone(stored.organisation_id, stored.id)):
            return False  # the same bytes came meanwhile
        if is_needed(session, stored, judges, in_json=False):  # a row that was copied, and never recorded its bytes
            session.add(Purge(organisation_id=stored.organisation_id, object_id=stored.id, step="returned"))
            return False
        try:
            store_of(transactions.platform).delete(object_key(stored.organisation_id, stored.sha256))
        except (StoreUnavailable, OSError) as error:
            raise StorageUnavailable from error
        reach("storage.bytes_purged")
    log.info("storage.object_purged", object_id=str(stored.id), sha256=stored.sha256)
    return True


def is_needed(
    session: Session, stored: StoredObject, judges: Mapping[str, StillNeeded], *, in_json: bool = True
) -> bool:
    """Whether anything names the object, or a judge says that it is needed; JSON is read row by row, so only once."""
    for column in queries.columns_of_objects(in_json=in_json):
        judge = judges.get(queries.name_of_column(column))
        if judge is None:
            if session.scalar(queries.is_named_by(column, stored.organisation_id, stored.id)):
                return True
        elif judge(session):
            return True
    return False
