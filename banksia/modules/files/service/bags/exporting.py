"""A property's file as a bag: every document that is present, in all versions, with what was said and done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import current_organisation
from banksia.foundation.storage.public import ZipMember, ZipText, find_objects
from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.kit.words import file_name_from
from banksia.modules.files import queries
from banksia.modules.files.errors import DocumentNotFound, FileTooLarge
from banksia.modules.files.models import Activity, Comment, Document, DocumentVersion, Folder
from banksia.modules.files.service.bags.describing import (
    BagComment,
    BagDocument,
    BagFolder,
    BagIndex,
    BagLeftOut,
    BagVersion,
)
from banksia.modules.files.service.bags.packing import members_of
from banksia.modules.files.service.contents import refuse_unsafe, unsafe_versions
from banksia.modules.files.service.logs import visible_activities
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import get_document
from banksia.modules.files.service.retention.holding import upwards
from banksia.modules.files.service.seeing import visible_documents, visible_rows
from banksia.modules.files.service.writing import log, log_file
from banksia.modules.property.public import get_property

MOST_DOCUMENTS = 20_000
MOST_LINES = 200_000


class Bag(NamedTuple):
    """What goes into the zip, in order, and what it is called."""

    file_name: str
    members: list[ZipMember | ZipText]


def export_file(session: Session, actor: Actor, *, property_id: UUID) -> Bag:
    """A property's whole file; the leaving is noted in its log. Raises PropertyNotFound, FileTooLarge.

    What lies in restricted folders goes along only for who may open them. Bytes in which a virus was found, or that are
    known to be others, stay here; the index names them.
    """
    found = get_property(session, property_id)
    documents = _documents(session, actor, property_id)
    every = _versions(session, actor, documents)
    unsafe = unsafe_versions(session, every)
    versions = [version for version in every if version.id not in unsafe]
    objects = find_objects(session, {version.object_id for version in versions})
    comments = [row for row in _comments(session, actor, property_id) if row.document_id is None]
    paths = _folder_paths(session, actor, property_id)
    used = {document.folder_id for document in documents} | {row.folder_id for row in comments if row.folder_id}
    index = BagIndex(
        council=current_organisation(session).name,
        address=found.address,
        parcels=[parcel.text for parcel in found.parcels],
        assessment=found.assessment,
        folders=_folders(session, actor, paths, used),
        documents=_described(session, actor, paths, documents, versions),
        comments=[_comment(row, paths) for row in comments],
        left_out=_left_out(documents, every, unsafe),
        log=_log(session, actor, property_id),
    )
    payloads = [
        (f"data/{each.payload}", objects[version.object_id])
        for document, group in zip(index.documents, _grouped(documents, versions), strict=True)
        for each, version in zip(document.versions, group, strict=True)
    ]
    name = file_name_from(f"File of {label_of(found)}")
    detail: dict[str, object] = {"documents": len(documents)}
    if unsafe:
        detail["note"] = f"Left out for a virus or damaged bytes: {len(unsafe)} of {len(every)} files"
    log_file(session, actor, property_id, "file_exported", detail)
    return Bag(f"{name}.zip", members_of(session, name, index, payloads))


def zip_documents(session: Session, actor: Actor, *, document_ids: list[UUID]) -> Bag:
    """Some documents in their latest versions as one zip; each taking is in the log. Raises DocumentNotFound.

    One in which a virus was found raises FileInfected, one whose bytes are known to be others FileDamaged.
    """
    documents = [get_document(session, actor, document_id=each) for each in dict.fromkeys(document_ids)]
    objects = find_objects(session, {document.latest.object_id for document in documents})
    members: list[ZipMember | ZipText] = []
    names: set[str] = set()
    for document in documents:
        version = document.latest
        if version.object_id not in objects:
            raise DocumentNotFound
        refuse_unsafe(session, actor, version)
        log(session, actor, document, "document_downloaded", version=version)
        name = file_name_from(version.file_name)
        name = f"{len(members) + 1} {name}" if name.lower() in names else name
        names.add(name.lower())
        members.append(ZipMember(name, objects[version.object_id]))
    return Bag("Documents.zip", members)


def _documents(session: Session, actor: Actor, property_id: UUID) -> list[Document]:
    wanted = visible_documents(actor).where(Document.property_id == property_id, Document.state == "present")
    rows = list(session.scalars(wanted.order_by(Document.id).limit(MOST_DOCUMENTS + 1)))
    if len(rows) > MOST_DOCUMENTS:
        raise FileTooLarge(MOST_DOCUMENTS)
    return rows


def _versions(session: Session, actor: Actor, documents: list[Document]) -> list[DocumentVersion]:
    wanted = queries.versions_of(actor.organisation_id).where(
        among(DocumentVersion.document_id, [document.id for document in documents])
    )
    return list(session.scalars(wanted.order_by(DocumentVersion.document_id, DocumentVersion.number)))


def _grouped(documents: list[Document], versions: list[DocumentVersion]) -> list[list[DocumentVersion]]:
    groups: defaultdict[UUID, list[DocumentVersion]] = defaultdict(list)
    for version in versions:
        groups[version.document_id].append(version)
    return [groups[document.id] for document in documents]


def _described(
    session: Session,
    actor: Actor,
    paths: Mapping[UUID, list[Folder]],
    documents: list[Document],
    versions: list[DocumentVersion],
) -> list[BagDocument]:
    ids = [document.id for document in documents]
    rows = session.scalars(queries.comments_of(actor.organisation_id).where(among(Comment.document_id, ids)))
    said: defaultdict[UUID | None, list[BagComment]] = defaultdict(list)
    for row in rows:
        said[row.document_id].append(_comment(row, paths))
    names = {folder_id: [folder.name for folder in path] for folder_id, path in paths.items()}
    return [
        BagDocument(
            id=document.id,
            folder=names[document.folder_id],
            title=document.title,
            description=document.description,
            parcel=document.parcel,
            dated_on=document.dated_on,
            pinned=document.pinned_at is not None,
            versions=[_version(document, version, names[document.folder_id]) for version in group],
            comments=said[document.id],
        )
        for document, group in zip(documents, _grouped(documents, versions), strict=True)
    ]


def _left_out(
    documents: list[Document], versions: list[DocumentVersion], unsafe: Mapping[UUID, str]
) -> list[BagLeftOut]:
    titles = {document.id: document.title for document in documents}
    return [
        BagLeftOut(
            document_id=version.document_id,
            title=titles[version.document_id],
            number=version.number,
            file_name=version.file_name,
            sha256=version.sha256,
            why=unsafe[version.id],
        )
        for version in versions
        if version.id in unsafe
    ]


def _folder_paths(session: Session, actor: Actor, property_id: UUID) -> dict[UUID, list[Folder]]:
    """The folders of a file, each after those that it lies in."""
    rows = session.scalars(queries.folders_of_properties(actor.organisation_id, (property_id,)))
    by_id = {row.id: row for row in rows}
    return {folder_id: list(upwards(by_id, folder_id))[::-1] for folder_id in by_id}


def _folders(
    session: Session, actor: Actor, paths: Mapping[UUID, list[Folder]], used: Iterable[UUID]
) -> list[BagFolder]:
    """What is to be known elsewhere of the folders that something lies in, and of those above them."""
    classes = session.scalars(queries.classes_of(actor.organisation_id))
    codes: dict[UUID | None, str] = {each.id: each.code for each in classes}
    wanted = {folder.id: None for folder_id in used for folder in paths[folder_id]}
    return [
        BagFolder(
            path=[folder.name for folder in paths[folder_id]],
            restricted=paths[folder_id][-1].is_restricted,
            kept_as=codes.get(paths[folder_id][-1].retention_class_id),
        )
        for folder_id in wanted
    ]


def _version(document: Document, version: DocumentVersion, folder: list[str]) -> BagVersion:
    place = "/".join(file_name_from(name) for name in folder)
    return BagVersion(
        number=version.number,
        file_name=version.file_name,
        sha256=version.sha256,
        size=version.size,
        content_type=version.content_type,
        added_by_name=version.added_by_name,
        added_at=version.created_at.isoformat(),
        payload=f"{place}/{document.id}/{version.number} {file_name_from(version.file_name)}",
    )


def _comments(session: Session, actor: Actor, property_id: UUID) -> Iterable[Comment]:
    comments = queries.comments_of(actor.organisation_id).where(Comment.property_id == property_id)
    wanted = visible_rows(comments, actor, document=Comment.document_id, folder=Comment.folder_id)
    return session.scalars(wanted.order_by(Comment.id).limit(MOST_LINES))


def _comment(row: Comment, paths: Mapping[UUID, list[Folder]]) -> BagComment:
    return BagComment(
        text=row.text,
        author_name=row.author_name,
        written_at=row.created_at.isoformat(),
        folder=[folder.name for folder in paths[row.folder_id]] if row.folder_id else [],
    )


def _log(session: Session, actor: Actor, property_id: UUID) -> list[dict[str, object]]:
    wanted = visible_activities(actor).where(Activity.property_id == property_id)
    return [
        {
            "at": row.created_at.isoformat(),
            "action": row.action,
            "actor_name": row.actor_name,
            "document_id": str(row.document_id) if row.document_id else None,
            "version": row.version_number,
            "detail": row.detail,
        }
        for row in session.scalars(wanted.order_by(Activity.id).limit(MOST_LINES))
    ]
