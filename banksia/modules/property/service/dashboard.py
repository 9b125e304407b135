"""What of the truth waits for a person, for the page of today."""

from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.counting import Waiting, waiting_counts
from banksia.modules.property import permissions
from banksia.modules.property.models import Conflict, Correction, ImportRun
from banksia.modules.property.queries import changes, imports


def care_widget(session: Session, actor: Actor) -> dict[str, Any]:
    """Corrections to decide, conflicts and imports to review; each counted to a hundred."""
    council = actor.organisation_id
    waiting: list[Waiting] = [
        (
            "Corrections to decide",
            changes.corrections_of(council).where(Correction.state == "proposed"),
            "/property/staff/corrections",
            False,
        ),
        (
            "Conflicts with corrections",
            imports.conflicts_of(council).where(Conflict.state == "open"),
            "/property/staff/quality/conflicts",
            True,
        ),
    ]
    if actor.may(permissions.IMPORTS_RUN):
        checked = imports.runs_of(council).where(ImportRun.state == "checked")
        waiting.append(("Imports to review", checked, "/property/settings/imports", False))
    return {"counts": waiting_counts(session, waiting)}
