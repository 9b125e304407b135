"""Classes of the disposal authority, as rows that an administrator edits.

Source: FA450, Local government records, Museums of History NSW, 14 February 2025, which supersedes GA39. Only classes
whose period and trigger are certain are given to a council at first; it adds others, with the authority's own codes.
"""

from typing import Any, Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.files import queries
from banksia.modules.files.errors import RetentionClassNotFound, RetentionCodeTaken, RetentionPeriodMissing
from banksia.modules.files.models import RetentionClass
from banksia.modules.files.schemas.keeping import RetentionClassCreate, RetentionClassUpdate

AUTHORITY: Final = "FA450"
# code, title, trigger, years, until demolished, what it says
FIRST: Final = (
    (
        "registers",
        "Registers of development applications",
        "never",
        None,
        False,
        "Keep for ever: required as State archives",
    ),
    (
        "significant-applications",
        "Significant development applications",
        "never",
        None,
        False,
        "Keep for ever: required as State archives",
    ),
    (
        "major-works",
        "Development applications for major works",
        "folder_closed",
        10,
        True,
        "Keep 10 years or until demolished, whichever is longer",
    ),
    ("subdivisions", "Subdivisions", "folder_closed", 20, False, "Keep 20 years after completion"),
)


def seed_classes(session: Session, actor: Actor) -> None:
    """Give a council the first classes; those that it has stay as they are."""
    rows = [
        {
            "id": new_id(),
            "created_at": utc_now(),
            "organisation_id": actor.organisation_id,
            "code": code,
            "title": title,
            "authority": AUTHORITY,
            "trigger": trigger,
            "keep_years": years,
            "until_demolished": until_demolished,
            "action": action,
            "is_active": True,
        }
        for code, title, trigger, years, until_demolished, action in FIRST
    ]
    statement = insert(RetentionClass).values(rows)
    session.execute(statement.on_conflict_do_nothing(index_elements=["organisation_id", "code"]))


def list_classes(session: Session, actor: Actor) -> list[RetentionClass]:
    """The classes of a council, by code; those no longer in use too."""
    return list(session.scalars(queries.classes_of(actor.organisation_id).order_by(RetentionClass.code)))


def create_class(session: Session, actor: Actor, *, wanted: RetentionClassCreate) -> RetentionClass:
    """Add a class; raises RetentionCodeTaken, RetentionPeriodMissing."""
    same = queries.classes_of(actor.organisation_id).where(RetentionClass.code == wanted.code)
    if session.scalars(same).one_or_none() is not None:
        raise RetentionCodeTaken(wanted.code)
    _check_period(wanted.trigger, wanted.keep_years)
    added = RetentionClass(organisation_id=actor.organisation_id, **wanted.model_dump())
    session.add(added)
    session.flush()
    audit.record(session, actor, "files.retention_class_added", subject=added, detail=wanted.model_dump())
    return added


def change_class(session: Session, actor: Actor, *, class_id: UUID, wanted: RetentionClassUpdate) -> RetentionClass:
    """Change a class, for all documents that are kept by it; raises RetentionClassNotFound, RetentionPeriodMissing."""
    found = queries.classes_of(actor.organisation_id).where(RetentionClass.id == class_id).with_for_update()
    changed = session.scalars(found.execution_options(populate_existing=True)).one_or_none()
    if changed is None:
        raise RetentionClassNotFound
    before: dict[str, Any] = {}
    given = wanted.model_dump(exclude_unset=True)
    # Nothing but the years can be taken away.
    given = {name: value for name, value in given.items() if value is not None or name == "keep_years"}
    for name, value in given.items():
        before[name] = getattr(changed, name)
        setattr(changed, name, value)
    _check_period(changed.trigger, changed.keep_years)
    session.flush()
    detail = {"from": before, "to": given}
    audit.record(session, actor, "files.retention_class_changed", subject=changed, detail=detail)
    return changed


def _check_period(trigger: str, keep_years: int | None) -> None:
    if (trigger == "never") != (keep_years is None):
        raise RetentionPeriodMissing
