"""A document's chain of custody as a paper: its versions, and everything that was done to it."""

from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.modules.files import queries
from banksia.modules.files.adapters.papers import Paper, Section, draw_paper
from banksia.modules.files.models import Activity, Document, DocumentVersion
from banksia.modules.files.service.reading import folder_of, get_readable, versions_of_document
from banksia.modules.files.service.words import ACTIONS, moment_in_words, size_in_words
from banksia.modules.files.service.writing import log

MOST_LINES = 5000


def draw_custody(session: Session, actor: Actor, *, document_id: UUID) -> tuple[str, bytes]:
    """The document's title, and the paper as PDF; of one in isolation for who decides removals, which is noted.

    Raises DocumentNotFound.
    """
    document = get_readable(session, actor, document_id=document_id)
    if document.state == "isolated":
        log(session, actor, document, "document_viewed", {"isolated": True})
    return document.title, draw_paper(_paper(session, actor, document))


def _paper(session: Session, actor: Actor, document: Document) -> Paper:
    versions = versions_of_document(session, actor, document=document)
    activities = queries.activities_of(actor.organisation_id).where(Activity.document_id == document.id)
    lines = list(session.scalars(activities.order_by(Activity.id).limit(MOST_LINES)))
    now = utc_now()
    return Paper(
        title="Chain of custody",
        council=current_organisation(session).name,
        lead=f"What was done to “{document.title}” and by whom, from its first day to {moment_in_words(session, now)}.",
        facts=[
            ("Property", document.property_label),
            ("Folder", folder_of(session, document).name),
            ("Document", str(document.id)),
            ("Added", moment_in_words(session, document.created_at)),
        ],
        sections=[_versions(session, versions), _log(session, lines)],
        made_at=int(now.timestamp()),
    )


def _versions(session: Session, versions: list[DocumentVersion]) -> Section:
    rows = [
        [
            str(version.number),
            version.file_name,
            size_in_words(version.size),
            f"{moment_in_words(session, version.created_at)}, {version.added_by_name}",
            version.sha256,
        ]
        for version in reversed(versions)
    ]
    return Section("Versions", ["Version", "File", "Size", "Added", "SHA-256"], [1, 4, 2, 4, 4], rows)


def _log(session: Session, lines: list[Activity]) -> Section:
    rows = [
        [
            moment_in_words(session, line.created_at),
            line.actor_name,
            ACTIONS.get(line.action, line.action),
            str(line.version_number or ""),
            str(line.detail.get("sha256", "")),
        ]
        for line in lines
    ]
    return Section("Log", ["When", "Who", "What", "Version", "SHA-256"], [3, 3, 3, 1, 4], rows)
