"""What the dashboard shows of the queue."""

from typing import Any

from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.service.queue import count_lines


def queue_widget(session: Session, actor: Actor) -> dict[str, Any]:
    """Count what is overdue, due today, unassigned and open, each with the view that shows it."""
    counts = count_lines(session, actor)
    shown = (
        ("Overdue", counts.overdue, "overdue"),
        ("Due today", counts.due_today, "due_today"),
        ("Mine", counts.mine, "mine"),
        ("Unassigned", counts.unassigned, "unassigned"),
        ("All open", counts.all_open, "all_open"),
    )
    return {
        "team": counts.team_name,
        "counts": [
            {"label": label, "count": count, "to": f"/certificates/staff?view={view}", "alert": view == "overdue"}
            for label, count, view in shown
        ],
    }
