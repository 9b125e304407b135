"""Search over titles, file names, descriptions, comments and the text of documents."""

import re
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, Text, Uuid, cast, func, literal, null
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

    The last word may be half typed; words between quotation marks stand together. Nothing that is typed raises.
    """
    asked = asked_of(text)
    if asked is None:
        return FoundDocuments(results=[], more=False)
    ids = list(session.scalars(_function(asked, narrow, restricted=actor.may(RESTRICTED_READ))))
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
    def whole(self) -> ColumnElement[str]:
        """All of it."""
        parts = [part for part in self if part is not None]
        return parts[0] if len(parts) == 1 else _all_of(parts)


def asked_of(text: str) -> Asked | None:
    """The words of a text, or None when there are none."""
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
    if not parts and begun is None:
        return None
    return Asked(_all_of(parts) if parts else None, begun)


def _all_of(parts: list[ColumnElement[str]]) -> ColumnElement[str]:
    wanted = parts[0]
    for part in parts[1:]:
        wanted = wanted.op("&&")(part)
    return wanted


def _function(asked: Asked, narrow: Narrow, *, restricted: bool) -> Select[UUID]:
    """The reviewed function that searches as the owner and keeps to the council."""
    found = func.files.find_documents(
        cast(null(), TSQUERY) if asked.wanted is None else asked.wanted,
        cast(null(), TSQUERY) if asked.begun is None else asked.begun,
        literal(narrow.property_id, Uuid) if narrow.property_id else cast(null(), Uuid),
        cast(narrow.kind, Text),
        cast(narrow.application_number, Text),
        cast(narrow.from_on, Date),
        cast(narrow.until_on, Date),
        cast(narrow.person or None, Text),
        literal(restricted),
        literal(MOST),
    ).table_valued("document_id")
    return queries.ids_found(found)
