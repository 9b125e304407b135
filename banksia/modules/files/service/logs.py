"""The log of a property's file, of a folder and of a document."""

from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import start_of_day
from banksia.kit.actor import Actor
from banksia.kit.paging import Key, page_of
from banksia.modules.files import queries
from banksia.modules.files.models import Activity
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.schemas import Action
from banksia.modules.files.schemas.asking import LogAsked, LogKind
from banksia.modules.files.service.reading import end_of_day, get_readable
from banksia.modules.property.public import get_property

LOOKS: tuple[Action, ...] = ("document_viewed", "document_downloaded")
TALK: tuple[Action, ...] = (
    "comment_added", "document_sent", "shared_opened", "sending_returned", "reminder_set", "reminder_sent",
    "reminder_cancelled",
)  # fmt: skip
REMOVAL: tuple[Action, ...] = (
    "removal_asked", "removal_withdrawn", "removal_refused", "document_isolated", "document_restored",
    "document_purged", "hold_placed", "hold_lifted", "retention_chosen",
)  # fmt: skip
NEWEST_FIRST = (Key(Activity.id, "id", descending=True),)


def file_log(
    session: Session, actor: Actor, *, property_id: UUID, asked: LogAsked
) -> tuple[list[Activity], str | None]:
    """What was done in a property's file, the newest first; raises PropertyNotFound."""
    get_property(session, property_id)
    found = visible_activities(actor).where(Activity.property_id == property_id)
    if asked.folder_id is not None:
        found = found.where(Activity.folder_id == asked.folder_id)
    found = _of_kind(found, asked.kind)
    if asked.person:
        found = found.where(Activity.actor_name.icontains(asked.person, autoescape=True))
    if asked.from_on is not None:
        found = found.where(Activity.created_at >= start_of_day(session, asked.from_on))
    if asked.until_on is not None:
        found = found.where(Activity.created_at < end_of_day(session, asked.until_on))
    return page_of(session, found, keys=NEWEST_FIRST, limit=asked.limit, cursor=asked.cursor)


def document_log(
    session: Session, actor: Actor, *, document_id: UUID, limit: int, cursor: str | None
) -> tuple[list[Activity], str | None]:
    """What was done to one document, the newest first; raises DocumentNotFound."""
    get_readable(session, actor, document_id=document_id)
    found = queries.activities_of(actor.organisation_id).where(Activity.document_id == document_id)
    return page_of(session, found, keys=NEWEST_FIRST, limit=limit, cursor=cursor)


def visible_activities(actor: Actor) -> Select[Activity]:
    """The log without what concerns restricted folders, for who may not open them."""
    of = queries.activities_of if actor.may(RESTRICTED_READ) else queries.open_activities_of
    return of(actor.organisation_id)


def _of_kind(found: Select[Activity], kind: LogKind) -> Select[Activity]:
    if kind == "looks":
        return found.where(Activity.action.in_(LOOKS))
    if kind == "talk":
        return found.where(Activity.action.in_(TALK))
    if kind == "removal":
        return found.where(Activity.action.in_(REMOVAL))
    if kind == "changes":
        return found.where(Activity.action.not_in(LOOKS))
    return found
