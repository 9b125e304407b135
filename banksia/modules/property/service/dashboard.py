"""What of the truth waits for a person, for the page of today."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.property import permissions
from banksia.modules.property.models import Conflict, Correction, ImportRun
from banksia.modules.property.queries import changes, imports
from banksia.modules.property.queries.quality import counted

MOST_COUNTED = 100


def care_widget(session: Session, actor: Actor) -> dict[str, Any]:
    """Corrections to decide, conflicts and imports to review; each counted to a hundred."""
    council = actor.organisation_id
    waiting: list[tuple[str, Select[Any], str, bool]] = [
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
    return {
        "counts": [
            {
                "label": label,
                "count": session.execute(counted(rows, MOST_COUNTED)).scalar_one(),
                "to": to,
                "alert": is_wrong,
            }
            for label, rows, to, is_wrong in waiting
        ]
    }
