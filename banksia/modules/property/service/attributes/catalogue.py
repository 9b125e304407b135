"""The council's catalogue of attributes: added, changed, retired, never removed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.errors import (
    AttributeCodeTaken,
    AttributeInvalid,
    AttributeKindFixed,
    AttributeNotFound,
)
from banksia.modules.property.models import AttributeDefinition
from banksia.modules.property.queries import attributes as queries
from banksia.modules.property.schemas.truths import (
    AttributeDefinitionCreate,
    AttributeDefinitionRead,
    AttributeDefinitionUpdate,
)
from banksia.modules.property.service.attributes.values import UNKNOWN

STEP = 10


def list_definitions(session: Session) -> list[AttributeDefinitionRead]:
    """The catalogue in its order, retired attributes at the end."""
    organisation_id = organisation_id_of(session)
    counts = {row[0]: row[1] for row in session.execute(queries.value_counts(organisation_id))}
    rows = list(session.scalars(queries.definitions_of(organisation_id)))
    rows.sort(key=lambda row: row.retired_at is not None)
    return [_read(row, counts.get(row.id, 0)) for row in rows]


def find_definition(session: Session, code: str, *, lock: bool = False) -> AttributeDefinition:
    """The attribute of a code; raises AttributeNotFound."""
    wanted = queries.definition_with_code(organisation_id_of(session), code)
    found = session.scalar(wanted.with_for_update() if lock else wanted)
    if found is None:
        raise AttributeNotFound(code)
    return found


def create_definition(session: Session, actor: Actor, *, created: AttributeDefinitionCreate) -> AttributeDefinitionRead:
    """Add an attribute; raises AttributeCodeTaken or AttributeInvalid."""
    if session.scalar(queries.definition_with_code(actor.organisation_id, created.code)):
        raise AttributeCodeTaken(created.code)
    _check_choices(created.kind, created.choices)
    position = created.position
    if position is None:
        position = (session.scalar(queries.last_position(actor.organisation_id)) or 0) + STEP
    values = created.model_dump() | {"position": position}
    row = AttributeDefinition(id=new_id(), organisation_id=actor.organisation_id, **values)
    session.add(row)
    audit.record(session, actor, "property.attribute_defined", subject=row, detail={"code": row.code})
    session.flush()
    return _read(row, 0)


def update_definition(
    session: Session, actor: Actor, *, code: str, changes: AttributeDefinitionUpdate
) -> AttributeDefinitionRead:
    """Change an attribute; raises AttributeNotFound, AttributeKindFixed or AttributeInvalid."""
    row = find_definition(session, code, lock=True)
    given = changes.model_dump(exclude_none=True)
    fixed = ("kind", "subject")
    if any(name in given and given[name] != getattr(row, name) for name in fixed) and _has_values(session, row):
        raise AttributeKindFixed(row.title)
    kind, choices = given.get("kind", row.kind), given.get("choices", row.choices)
    _check_choices(kind, choices)
    _refuse_lost_choices(session, row, choices)
    for name, value in given.items():
        setattr(row, name, value)
    audit.record(session, actor, "property.attribute_changed", subject=row, detail={"code": code, **given})
    return _counted(session, row)


def retire_definition(session: Session, actor: Actor, *, code: str) -> AttributeDefinitionRead:
    """Take no more values; raises AttributeNotFound."""
    row = find_definition(session, code, lock=True)
    if row.retired_at is None:
        row.retired_at = utc_now()
        audit.record(session, actor, "property.attribute_retired", subject=row, detail={"code": code})
    return _counted(session, row)


def restore_definition(session: Session, actor: Actor, *, code: str) -> AttributeDefinitionRead:
    """Take values again; raises AttributeNotFound."""
    row = find_definition(session, code, lock=True)
    if row.retired_at is not None:
        row.retired_at = None
        audit.record(session, actor, "property.attribute_restored", subject=row, detail={"code": code})
    return _counted(session, row)


def _check_choices(kind: str, choices: Sequence[str]) -> None:
    if kind == "choice" and len(choices) < 2:
        raise AttributeInvalid.at("choices", "Give at least two choices. Unknown is always one besides.")
    if kind != "choice" and choices:
        raise AttributeInvalid.at("choices", "Only an attribute of the kind choice has choices.")
    folded = [choice.casefold() for choice in choices]
    if len(set(folded)) < len(folded):
        raise AttributeInvalid.at("choices", "Two choices are the same. Remove one.")
    if UNKNOWN in folded:
        raise AttributeInvalid.at("choices", "Unknown is always a choice. Remove it from the list.")


def _refuse_lost_choices(session: Session, row: AttributeDefinition, choices: Sequence[str]) -> None:
    lost = set(row.choices) - set(choices)
    if not lost:
        return
    used = lost & set(session.scalars(queries.choices_in_use(row.organisation_id, row.id)))
    if used:
        message = f"“{min(used)}” is recorded for properties. Keep it among the choices."
        raise AttributeInvalid.at("choices", message)


def _has_values(session: Session, row: AttributeDefinition) -> bool:
    return session.scalar(queries.any_value_of(row.organisation_id, row.id)) is not None


def _counted(session: Session, row: AttributeDefinition) -> AttributeDefinitionRead:
    session.flush()
    counts = {found[0]: found[1] for found in session.execute(queries.value_counts(row.organisation_id))}
    return _read(row, counts.get(row.id, 0))


def _read(row: AttributeDefinition, value_count: int) -> AttributeDefinitionRead:
    columns = {name: getattr(row, name) for name in AttributeDefinitionRead.model_fields if name != "value_count"}
    return AttributeDefinitionRead(**columns, value_count=value_count)
