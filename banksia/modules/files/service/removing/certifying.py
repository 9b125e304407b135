"""The certificate of destruction: what a list named, who made and approved it, and what is gone."""

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, current_organisation
from banksia.kit.words import day_in_words
from banksia.modules.files import queries
from banksia.modules.files.adapters.papers import Paper, Section
from banksia.modules.files.models import Disposal, DisposalDocument


def certificate_of(session: Session, disposal: Disposal) -> Paper:
    """What the certificate says once all is gone; the same list gives the same words."""
    listed = queries.disposal_documents_of(disposal.organisation_id, disposal.id)
    rows = list(session.scalars(listed.order_by(DisposalDocument.due_on, DisposalDocument.id)))
    gone, kept = [row for row in rows if not row.is_kept], [row for row in rows if row.is_kept]
    assert disposal.approved_at is not None  # noqa: S101  (only what is approved is destroyed)
    return Paper(
        title=f"Certificate of destruction {disposal.number}",
        council=current_organisation(session).name,
        lead="The documents below were destroyed. Their titles, hashes and logs are kept.",
        facts=[
            ("List", disposal.title),
            ("Due by", day_in_words(disposal.due_by_on)),
            ("Proposed by", f"{disposal.made_by_name}, {day_in_words(council_day(session, disposal.created_at))}"),
            ("Approved by", f"{disposal.approved_by_name}, {day_in_words(council_day(session, disposal.approved_at))}"),
            ("Documents destroyed", str(len(gone))),
        ],
        sections=[
            Section(
                "Destroyed",
                ["Document", "Property", "Class", "Due", "SHA-256"],
                [4, 3, 2, 2, 4],
                [_cells(row) for row in gone],
            ),
            Section(
                "Taken off the list",
                ["Document", "Property", "Class", "Why it is kept"],
                [4, 3, 2, 4],
                [[*_cells(row)[:3], row.kept_because] for row in kept],
            ),
        ],
        made_at=int(disposal.approved_at.timestamp()),
    )


def _cells(row: DisposalDocument) -> list[str]:
    document = row.document
    return [
        document.title,
        document.property_label,
        row.class_code,
        day_in_words(row.due_on),
        document.latest.sha256,
    ]
