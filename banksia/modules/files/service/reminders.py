"""Reminders: a person is mailed about a folder or a document on a day."""

from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import active_user, users_with_permission
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_day, council_url
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.files import permissions, queries
from banksia.modules.files.errors import (
    FolderClosedToPerson,
    PersonCannotRead,
    ReminderDayPast,
    ReminderNotFound,
    ReminderOfAnother,
)
from banksia.modules.files.models import Document, Folder, Reminder
from banksia.modules.files.schemas.talking import PersonRead, ReminderCreate
from banksia.modules.files.service.folders.finding import get_folder
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import folder_of, get_document
from banksia.modules.files.service.seeing import visible_rows
from banksia.modules.files.service.writing import log_about
from banksia.modules.property.public import get_property

AT_ONCE = 500


def people_to_remind(session: Session) -> list[PersonRead]:
    """The members of staff who may open property files."""
    people = users_with_permission(session, permissions.DOCUMENTS_READ.name)
    return [PersonRead(id=person.id, name=person.name) for person in people]


def set_reminder(session: Session, actor: Actor, *, property_id: UUID, wanted: ReminderCreate) -> Reminder:
    """Remind a person on a day.

    Raises PropertyNotFound, FolderNotFound, DocumentNotFound, ReminderDayPast, PersonCannotRead, and
    FolderClosedToPerson when the mail would tell the person of a folder that is not for them.
    """
    get_property(session, property_id)
    folder = get_folder(session, actor, wanted.folder_id, property_id=property_id) if wanted.folder_id else None
    document = get_document(session, actor, document_id=wanted.document_id) if wanted.document_id else None
    if wanted.remind_on < council_day(session):
        raise ReminderDayPast
    person_id = wanted.person_id or actor.user_id
    person = next((each for each in people_to_remind(session) if each.id == person_id), None)
    if person is None:
        raise PersonCannotRead
    folder = folder_of(session, document) if document else folder
    if folder is not None and folder.is_restricted and not _opens_restricted(session, person.id):
        raise FolderClosedToPerson(person.name)
    reminder = Reminder(
        organisation_id=actor.organisation_id,
        property_id=document.property_id if document else property_id,
        folder_id=wanted.folder_id,
        document_id=wanted.document_id,
        remind_on=wanted.remind_on,
        person_id=person.id,
        person_name=person.name,
        note=wanted.note,
        created_by_id=actor.user_id,
        created_by_name=actor.name,
    )
    session.add(reminder)
    session.flush()
    session.refresh(reminder, ["document"])
    log_about(session, actor, reminder, "reminder_set", {"on": wanted.remind_on.isoformat(), "person": person.name})
    return reminder


def list_reminders(session: Session, actor: Actor, *, property_id: UUID) -> list[Reminder]:
    """The reminders of a file that are still to come, the next first; raises PropertyNotFound."""
    get_property(session, property_id)
    waiting = _visible(actor).where(Reminder.property_id == property_id)
    return list(session.scalars(waiting.order_by(Reminder.remind_on, Reminder.id).limit(AT_ONCE)))


def cancel_reminder(session: Session, actor: Actor, *, reminder_id: UUID) -> None:
    """Take a reminder back that was not sent yet: one's own, one that is for oneself, or as an administrator.

    Raises ReminderNotFound, ReminderOfAnother.
    """
    waiting = _visible(actor).where(Reminder.id == reminder_id)
    reminder = session.scalars(waiting.with_for_update(of=Reminder)).one_or_none()
    if reminder is None:
        raise ReminderNotFound
    own = actor.user_id is not None and actor.user_id in {reminder.created_by_id, reminder.person_id}
    if not (own or actor.may(permissions.STRUCTURE_MANAGE)):
        raise ReminderOfAnother
    reminder.cancelled_at = utc_now()
    log_about(session, actor, reminder, "reminder_cancelled", {"person": reminder.person_name})
    session.flush()


def _visible(actor: Actor) -> Select[Reminder]:
    waiting = queries.waiting_reminders(actor.organisation_id)
    return visible_rows(waiting, actor, document=Reminder.document_id, folder=Reminder.folder_id)


def _opens_restricted(session: Session, person_id: UUID) -> bool:
    people = users_with_permission(session, permissions.RESTRICTED_READ.name)
    return any(person.id == person_id for person in people)


def send_reminders(session: Session) -> int:
    """Mail what is due, each once; answers how many.

    One whose person has left the council, or may no longer open the folder that it is about, is only noted.
    """
    organisation_id = organisation_id_of(session)
    actor = Actor.system(organisation_id)
    due = (
        queries.waiting_reminders(organisation_id)
        .where(Reminder.remind_on <= council_day(session))
        .order_by(Reminder.remind_on, Reminder.id)
        .limit(AT_ONCE)
        .with_for_update(of=Reminder, skip_locked=True)
    )
    reminders = list(session.scalars(due))
    for reminder in reminders:
        person = active_user(session, reminder.person_id)
        if person is not None and not _may_hear(session, reminder):
            person = None
        if person is not None:
            _mail(session, reminder, person.email)
        reminder.sent_at = utc_now()
        log_about(
            session, actor, reminder, "reminder_sent",
            {"person": reminder.person_name, "mailed": person is not None},
        )  # fmt: skip
    session.flush()
    return len(reminders)


def _may_hear(session: Session, reminder: Reminder) -> bool:
    """Whether the person may still open what the reminder is about: it may lie in a restricted folder by now."""
    if _opens_restricted(session, reminder.person_id):
        return True
    nobody = Actor.guest(reminder.organisation_id)
    return session.scalars(_visible(nobody).where(Reminder.id == reminder.id)).one_or_none() is not None


def _mail(session: Session, reminder: Reminder, to: str) -> None:
    found = get_property(session, reminder.property_id)
    where = f"?document={reminder.document_id}" if reminder.document_id else ""
    where = f"?folder={reminder.folder_id}" if reminder.folder_id else where
    send_mail(
        session,
        template="files/reminder",
        to=to,
        context={
            "name": reminder.person_name,
            "about": _about(session, reminder),
            "property": label_of(found),
            "parcels": ", ".join(parcel.title for parcel in found.parcels),
            "note": reminder.note,
            "set_by": reminder.created_by_name,
            "link": council_url(session, f"/files/staff/{reminder.property_id}{where}"),
        },
        dedupe_key=f"files.reminder:{reminder.id}",
    )


def _about(session: Session, reminder: Reminder) -> str:
    """What the reminder is about, in words; what has left the file since is still named."""
    if reminder.document_id is not None:
        documents = queries.documents_of(reminder.organisation_id).where(Document.id == reminder.document_id)
        return session.scalars(documents).one().title
    if reminder.folder_id is not None:
        folders = queries.folders_of(reminder.organisation_id).where(Folder.id == reminder.folder_id)
        return session.scalars(folders).one().name
    return "the file"
