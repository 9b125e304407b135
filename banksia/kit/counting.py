"""Counts for people: exact while they are small, and no further than they must go."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session

Waiting = tuple[str, Select[Any], str, bool]
"""What waits: its label, its rows, the page that lists them, and whether any of it means that something is wrong."""


def counted(rows: Select[Any], at_most: int) -> Select[int]:
    """How many rows there are, counting no further than a limit."""
    return select(func.count()).select_from(rows.with_only_columns(literal(1)).limit(at_most).subquery())


def waiting_counts(session: Session, waiting: Iterable[Waiting], *, at_most: int = 100) -> list[dict[str, Any]]:
    """What a widget of the dashboard shows of work that waits; more than `at_most` is simply "too much"."""
    return [
        {"label": label, "count": session.execute(counted(rows, at_most)).scalar_one(), "to": to, "alert": is_wrong}
        for label, rows, to, is_wrong in waiting
    ]
