"""What is kept, and whether it is still what it was."""

from sqlalchemy.orm import Session

from banksia.foundation.storage.public import FixityReport, fixity_report
from banksia.kit.actor import Actor
from banksia.modules.files import queries
from banksia.modules.files.schemas.reports import FixityFailureRead, FixityRead, StorageKindRow, StorageRead, StorageRow
from banksia.modules.files.service.seeing import hidden_documents

MOST_SHOWN = 100


def read_storage(session: Session, actor: Actor) -> StorageRead:
    """How many documents, versions and bytes lie in which folder and of which kind of file.

    Reads every row: for a person who asks now and then, never for a list.
    """
    folders = session.execute(queries.storage_by_folder(actor.organisation_id)).all()
    kinds = session.execute(queries.storage_by_kind(actor.organisation_id)).all()
    states = {row[0]: row[1] for row in session.execute(queries.documents_by_state(actor.organisation_id))}
    return StorageRead(
        documents=states.get("present", 0),
        isolated=states.get("isolated", 0),
        purged=states.get("purged", 0),
        versions=sum(row[1] for row in kinds),
        size=sum(int(row[2] or 0) for row in kinds),
        folders=[StorageRow(name=row[0], count=row[1], size=int(row[2] or 0)) for row in folders],
        kinds=[StorageKindRow(name=row[0], count=row[1], size=int(row[2] or 0), ending=row[3]) for row in kinds],
    )


def read_fixity(session: Session, actor: Actor) -> FixityRead:
    """When the stored bytes were last read again, and which are not what they were."""
    report: FixityReport = fixity_report(session)
    objects = [each.object_id for each in report.failed[:MOST_SHOWN]]
    rows = session.execute(queries.documents_with_objects(actor.organisation_id, objects)).all()
    hidden = hidden_documents(session, actor, {row[3] for row in rows})
    titles = {row[0]: (row[1], row[2], row[3]) for row in rows if row[3] not in hidden}
    failed = []
    for each in report.failed[:MOST_SHOWN]:
        title, property_id, document_id = titles.get(each.object_id, ("", None, None))
        failed.append(
            FixityFailureRead(
                sha256=each.sha256,
                verdict=each.verdict,
                verified_at=each.verified_at,
                document_title=title,
                property_id=property_id,
                document_id=document_id,
            )
        )
    return FixityRead.of(report, failed=failed)
