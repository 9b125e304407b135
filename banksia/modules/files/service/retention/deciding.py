"""Whether a document may go: never while its class says keep or none is chosen, or while a hold is on."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_zone
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.modules.files import queries
from banksia.modules.files.models import Document, Folder, RetentionClass
from banksia.modules.files.service.retention.holding import Holding, upwards

NO_CLASS: Final = "No retention class: it is kept until one is chosen for its folder."


class Kept(NamedTuple):
    """Why a document may not go, in a sentence, and the day from which it may, where there is one."""

    reason: str
    until_on: datetime.date | None = None


class Keeping:
    """What keeps some documents, read in a constant number of statements: holds, folders and retention classes."""

    def __init__(self, session: Session, documents: Collection[Document]) -> None:
        """Read what concerns these documents."""
        organisation_id = organisation_id_of(session)
        self._holding = Holding(session, documents)
        self._folders = self._holding.folders
        self._classes = {each.id: each for each in session.scalars(queries.classes_of(organisation_id))}
        self._zone = council_zone(session)

    def why(self, document: Document) -> Kept | None:
        """Why a document may not be purged today, or None when it may."""
        hold = self._holding.on(document)
        if hold is not None:
            return Kept(f"A hold is on: {hold.reason}")
        folder = classed(self._folders, document.folder_id)
        if folder is None or folder.retention_class_id is None:
            return Kept(NO_CLASS)
        return _kept_by(document, folder, self._classes[folder.retention_class_id], self._zone)


def why_kept(session: Session, document: Document) -> Kept | None:
    """Why a document may not be purged today, or None when it may."""
    return Keeping(session, [document]).why(document)


def classed(folders: Mapping[UUID, Folder], folder_id: UUID) -> Folder | None:
    """The folder that says how long what is in a folder is kept: itself, else the next one above with a class."""
    return next((each for each in upwards(folders, folder_id) if each.retention_class_id is not None), None)


def kept_words(folders: Iterable[Folder], classes: Iterable[RetentionClass]) -> dict[UUID, str]:
    """How long what is in each folder is kept, in the authority's words; by default as the one above.

    A folder without a class is left out: what is in it is kept until one is chosen.
    """
    by_id, actions = {each.id: each for each in folders}, {each.id: each.action for each in classes}
    says = {folder_id: classed(by_id, folder_id) for folder_id in by_id}
    return {
        folder_id: actions[folder.retention_class_id]
        for folder_id, folder in says.items()
        if folder is not None and folder.retention_class_id in actions
    }


def _kept_by(document: Document, folder: Folder, kept_by: RetentionClass, zone: ZoneInfo) -> Kept | None:
    if kept_by.trigger == "never":
        return Kept(f"{kept_by.title}: {kept_by.action}.")
    if kept_by.until_demolished and folder.demolished_on is None:
        return Kept(f"{kept_by.action}. No demolition is noted on the folder {folder.name}.")
    over = _over_on(document, folder, kept_by, zone)
    if over is None:
        return Kept(f"{kept_by.action}. The period begins when the folder {folder.name} is archived.")
    if over > utc_now().astimezone(zone).date():
        return Kept(f"{kept_by.action}.", over)
    return None


def _over_on(document: Document, folder: Folder, kept_by: RetentionClass, zone: ZoneInfo) -> datetime.date | None:
    """The day after the period, where the council is, or None while it has not begun."""
    added_on = document.created_at.astimezone(zone).date()
    begun = {
        "added": added_on,
        "dated": document.dated_on or added_on,
        "folder_closed": folder.archived_at.astimezone(zone).date() if folder.archived_at else None,
    }[kept_by.trigger]
    if begun is None:
        return None
    over = years_after(begun, kept_by.keep_years or 0)
    return max(over, folder.demolished_on) if folder.demolished_on else over


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day some years later; 29 February becomes the 28th, as PostgreSQL has it.

    At most the last day that there is: a day was once kept as it was typed.
    """
    if day.year + years > datetime.MAXYEAR:
        return datetime.date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
