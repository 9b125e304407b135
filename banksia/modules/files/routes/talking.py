"""Comments, the log, reminders, and documents to owners."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from banksia.foundation.storage.public import content_disposition
from banksia.kit.errors import TooManyRequests
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep
from banksia.kit.schemas import Page
from banksia.kit.words import file_name_from
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    DocumentNotFound,
    FileDamaged,
    FileInfected,
    FolderClosedToPerson,
    FolderNotFound,
    PersonCannotRead,
    ReminderDayPast,
    ReminderNotFound,
    ReminderOfAnother,
    VersionChanged,
)
from banksia.modules.files.schemas import ActivityRead
from banksia.modules.files.schemas.asking import CommentsAsked, LogAsked
from banksia.modules.files.schemas.talking import (
    CommentCreate,
    CommentRead,
    OwnerRead,
    PersonRead,
    ReminderCreate,
    ReminderRead,
    SendingCreate,
    SendingRead,
)
from banksia.modules.property.public import PropertyNotFound

talking = Router()


@talking.get("/properties/{property_id}/log", permission=permissions.DOCUMENTS_READ, raises=[PropertyNotFound])
def read_file_log(
    session: SessionDep, actor: ActorDep, property_id: UUID, asked: Annotated[LogAsked, Query()]
) -> Page[ActivityRead]:
    """What was done in a property's file, the newest first."""
    rows, following = service.file_log(session, actor, property_id=property_id, asked=asked)
    return Page(results=[ActivityRead.model_validate(row) for row in rows], next_cursor=following)


@talking.get("/documents/{document_id}/log", permission=permissions.DOCUMENTS_READ, raises=[DocumentNotFound])
def read_document_log(
    session: SessionDep, actor: ActorDep, document_id: UUID, cursor: CursorParam = None, limit: LimitParam = 50
) -> Page[ActivityRead]:
    """What was done to one document, the newest first."""
    rows, following = service.document_log(session, actor, document_id=document_id, limit=limit, cursor=cursor)
    return Page(results=[ActivityRead.model_validate(row) for row in rows], next_cursor=following)


@talking.get(
    "/documents/{document_id}/custody",
    permission=permissions.DOCUMENTS_READ,
    raises=[DocumentNotFound],
    response_class=Response,
)
def read_custody(session: SessionDep, actor: ActorDep, document_id: UUID) -> Response:
    """A document's chain of custody as PDF: its versions, and everything that was done to it."""
    title, pdf = service.draw_custody(session, actor, document_id=document_id)
    name = file_name_from(f"Chain of custody - {title}.pdf")
    headers = {"Content-Disposition": content_disposition("inline", name), "Cache-Control": "private, no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


@talking.get(
    "/properties/{property_id}/comments",
    permission=permissions.DOCUMENTS_READ,
    raises=[PropertyNotFound, FolderNotFound, DocumentNotFound],
)
def list_comments(
    session: SessionDep, actor: ActorDep, property_id: UUID, asked: Annotated[CommentsAsked, Query()]
) -> Page[CommentRead]:
    """The comments on a document, on a folder, or on the file as a whole, the newest first."""
    rows, following = service.list_comments(session, actor, property_id=property_id, **asked.model_dump())
    return Page(results=rows, next_cursor=following)


@talking.post(
    "/properties/{property_id}/comments",
    permission=permissions.DOCUMENTS_READ,
    status_code=201,
    raises=[PropertyNotFound, FolderNotFound, DocumentNotFound],
)
def add_comment(session: SessionDep, actor: ActorDep, property_id: UUID, wanted: CommentCreate) -> CommentRead:
    """Write about a document, a folder, or the whole file."""
    return service.add_comment(session, actor, property_id=property_id, wanted=wanted)


@talking.get("/people", permission=permissions.DOCUMENTS_READ)
def list_people(session: SessionDep) -> list[PersonRead]:
    """The members of staff who may open property files, and so can be reminded."""
    return service.people_to_remind(session)


@talking.get("/properties/{property_id}/reminders", permission=permissions.DOCUMENTS_READ, raises=[PropertyNotFound])
def list_reminders(session: SessionDep, actor: ActorDep, property_id: UUID) -> list[ReminderRead]:
    """The reminders of a file that are still to come, the next first."""
    reminders = service.list_reminders(session, actor, property_id=property_id)
    return [ReminderRead.model_validate(reminder) for reminder in reminders]


@talking.post(
    "/properties/{property_id}/reminders",
    permission=permissions.DOCUMENTS_READ,
    status_code=201,
    raises=[
        PropertyNotFound,
        FolderNotFound,
        DocumentNotFound,
        ReminderDayPast,
        PersonCannotRead,
        FolderClosedToPerson,
    ],
)
def set_reminder(session: SessionDep, actor: ActorDep, property_id: UUID, wanted: ReminderCreate) -> ReminderRead:
    """Remind a person of a document or a folder on a day, by mail."""
    return ReminderRead.model_validate(service.set_reminder(session, actor, property_id=property_id, wanted=wanted))


@talking.delete(
    "/reminders/{reminder_id}",
    permission=permissions.DOCUMENTS_READ,
    status_code=204,
    raises=[ReminderNotFound, ReminderOfAnother],
)
def cancel_reminder(session: SessionDep, actor: ActorDep, reminder_id: UUID) -> None:
    """Take a reminder back that was not sent yet: who set it, whom it is for, or an administrator."""
    service.cancel_reminder(session, actor, reminder_id=reminder_id)


@talking.get("/properties/{property_id}/owners", permission=permissions.DOCUMENTS_SEND, raises=[PropertyNotFound])
def list_owners(session: SessionDep, actor: ActorDep, property_id: UUID) -> list[OwnerRead]:
    """The present owners with an email address, for who may see owners; the reading is noted."""
    return service.owners_to_write_to(session, actor, property_id=property_id)


@talking.get("/properties/{property_id}/sendings", permission=permissions.DOCUMENTS_SEND, raises=[PropertyNotFound])
def list_sendings(session: SessionDep, actor: ActorDep, property_id: UUID, limit: LimitParam = 50) -> list[SendingRead]:
    """What was sent from a property's file, the newest first, and what became of each mail."""
    return service.list_sendings(session, actor, property_id=property_id, limit=limit)


@talking.post(
    "/properties/{property_id}/sendings",
    permission=permissions.DOCUMENTS_SEND,
    status_code=201,
    raises=[PropertyNotFound, DocumentNotFound, FileInfected, FileDamaged, VersionChanged, TooManyRequests],
)
def send_documents(session: SessionDep, actor: ActorDep, property_id: UUID, wanted: SendingCreate) -> SendingRead:
    """E-mail documents to one person: attached when small, else by a link that ends."""
    return service.send_documents(session, actor, property_id=property_id, wanted=wanted)
