"""Search over titles, file names, descriptions, comments and the text of documents."""

import re
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Date, Select, Text, Uuid, cast, func, literal, null
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.modules.files import queries
from banksia.modules.files.models import Folder
from banksia.modules.files.permissions import RESTRICTED_READ
from banksia.modules.files.schemas import DocumentRead
from banksia.modules.files.schemas.finding import FoundDocument, FoundDocuments
from banksia.modules.files.schemas.folders import FolderKind
from banksia.modules.files.service.lineage import family_of
from banksia.modules.property.public import get_property

MOST = 200
"""Documents that one search answers from; with more, people narrow it."""
_WORD = re.compile(r"\w+")
_PHRASE = re.compile(r'"([^"]*)"')
MOST_WORDS = 12


class Narrow(NamedTuple):
    """What a search is narrowed to."""

    property_id: UUID | None = None
    kind: FolderKind | None = None
    application_number: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    person: str | None = None


def search_documents(session: Session, actor: Actor, *, text: str, narrow: Narrow, limit: int) -> FoundDocuments:
    """Documents with all of the words, those with them in the title first, then the newest.

    The last word may be half typed; words between quotation marks stand together. Nothing that is typed raises. Without
    words all that it is narrowed to is found. Raises PropertyNotFound.
    """
    asked = asked_of(text)
    if asked.is_empty and (text.strip() or not any(narrow)):
        return FoundDocuments(results=[], more=False)
    ids = list(session.scalars(_function(session, actor, asked, narrow)))
    if not ids:
        return FoundDocuments(results=[], more=False)
    rows = list(session.scalars(queries.first_of(actor.organisation_id, ids, asked.whole, limit=limit)))
    folders = queries.folders_of(actor.organisation_id).where(among(Folder.id, {row.folder_id for row in rows}))
    names = {folder.id: _path(folder) for folder in session.scalars(folders)}
    return FoundDocuments(
        results=[
            FoundDocument(**DocumentRead.model_validate(row).model_dump(), folder_name=names.get(row.folder_id, ""))
            for row in rows
        ],
        more=len(ids) > limit,
    )


def _path(folder: Folder) -> str:
    if folder.application_number and folder.parent_id is not None:
        return f"DA {folder.application_number}, {folder.name}"
    return folder.name


class Asked(NamedTuple):
    """What a text asks for, as PostgreSQL writes it."""

    wanted: ColumnElement[str] | None
    """Whole words and phrases."""
    begun: ColumnElement[str] | None
    """The last word, half typed."""

    @property
    def is_empty(self) -> bool:
        """Whether no words are asked for."""
        return self.wanted is None and self.begun is None

    @property
    def whole(self) -> ColumnElement[str] | None:
        """All of it."""
        parts = [part for part in self if part is not None]
        return _all_of(parts) if parts else None


def asked_of(text: str) -> Asked:
    """The words of a text."""
    phrases = [" ".join(_WORD.findall(each)) for each in _PHRASE.findall(text)]
    words = _WORD.findall(_PHRASE.sub(" ", text))[:MOST_WORDS]
    parts: list[ColumnElement[str]] = [
        func.phraseto_tsquery("english", phrase) for phrase in phrases[:MOST_WORDS] if phrase
    ]
    half_typed = words.pop() if words and text[-1:].isalnum() else None
    if words:
        parts.append(func.plainto_tsquery("english", " ".join(words).replace("_", " ")))
    stem = (half_typed or "").replace("_", " ").split()
    begun = func.to_tsquery("english", " & ".join(f"{each}:*" for each in stem)) if stem else None
    return Asked(_all_of(parts) if parts else None, begun)


def _all_of(parts: list[ColumnElement[str]]) -> ColumnElement[str]:
    wanted = parts[0]
    for part in parts[1:]:
        wanted = wanted.op("&&")(part)
    return wanted


def _function(session: Session, actor: Actor, asked: Asked, narrow: Narrow) -> Select[UUID]:
    """The reviewed function that searches as the owner and keeps to the council."""
    shown = None if narrow.property_id is None else _shown_in(session, actor, narrow.property_id)
    found = func.files.find_documents(
        cast(null(), TSQUERY) if asked.wanted is None else asked.wanted,
        cast(null(), TSQUERY) if asked.begun is None else asked.begun,
        literal(shown, ARRAY(Uuid)),
        cast(narrow.kind, Text),
        cast(narrow.application_number, Text),
        cast(narrow.from_on, Date),
        cast(narrow.until_on, Date),
        cast(narrow.person or None, Text),
        literal(actor.may(RESTRICTED_READ)),
        literal(MOST),
    ).table_valued("document_id")
    return queries.ids_found(found)


def _shown_in(session: Session, actor: Actor, property_id: UUID) -> list[UUID]:
    """All that a property's file shows: what is linked to it and what its land held before too."""
    scope = family_of(session, get_property(session, property_id)).scope(property_id)
    placed = queries.placed_documents(actor.organisation_id, scope, restricted=actor.may(RESTRICTED_READ))
    return list(session.scalars(queries.ids_placed(placed)))
