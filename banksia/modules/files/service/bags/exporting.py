"""A property's file as a bag: every document that is present, in all versions, with what was said and done."""

import csv
import hashlib
import io
import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import council_day, current_organisation
from banksia.foundation.storage.public import StoredObject, ZipMember, ZipText, find_objects
from banksia.kit.actor import Actor
from banksia.kit.among import among
from banksia.kit.words import file_name_from, harmless
from banksia.modules.files import queries
from banksia.modules.files.errors import DocumentNotFound, FileTooLarge
from banksia.modules.files.models import Activity, Comment, Document, DocumentVersion, Folder
from banksia.modules.files.service.bags.describing import BagComment, BagDocument, BagIndex, BagVersion
from banksia.modules.files.service.contents import refuse_unsafe
from banksia.modules.files.service.logs import visible_activities
from banksia.modules.files.service.properties import label_of
from banksia.modules.files.service.reading import get_document
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

    What lies in restricted folders goes along only for who may open them.
    """
    found = get_property(session, property_id)
    documents = _documents(session, actor, property_id)
    versions = _versions(session, actor, documents)
    objects = find_objects(session, {version.object_id for version in versions})
    index = BagIndex(
        council=current_organisation(session).name,
        address=found.address,
        parcels=[parcel.text for parcel in found.parcels],
        assessment=found.assessment,
        documents=_described(session, actor, documents, versions),
        comments=[_comment(row) for row in _comments(session, actor, property_id) if row.document_id is None],
        log=_log(session, actor, property_id),
    )
    payloads = [
        (f"data/{each.payload}", objects[version.object_id])
        for document, group in zip(index.documents, _grouped(documents, versions), strict=True)
        for each, version in zip(document.versions, group, strict=True)
    ]
    name = file_name_from(f"File of {label_of(found)}")
    log_file(session, actor, property_id, "file_exported", {"documents": len(documents)})
    return Bag(f"{name}.zip", _members(session, name, index, payloads))


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
    session: Session, actor: Actor, documents: list[Document], versions: list[DocumentVersion]
) -> list[BagDocument]:
    paths = _folder_paths(session, actor, {document.property_id for document in documents})
    ids = [document.id for document in documents]
    rows = session.scalars(queries.comments_of(actor.organisation_id).where(among(Comment.document_id, ids)))
    said: defaultdict[UUID | None, list[BagComment]] = defaultdict(list)
    for row in rows:
        said[row.document_id].append(_comment(row))
    return [
        BagDocument(
            id=document.id,
            folder=paths[document.folder_id],
            title=document.title,
            description=document.description,
            parcel=document.parcel,
            dated_on=document.dated_on,
            pinned=document.pinned_at is not None,
            versions=[_version(document, version, paths[document.folder_id]) for version in group],
            comments=said[document.id],
        )
        for document, group in zip(documents, _grouped(documents, versions), strict=True)
    ]


def _folder_paths(session: Session, actor: Actor, property_ids: set[UUID]) -> dict[UUID, list[str]]:
    rows = session.scalars(queries.folders_of_properties(actor.organisation_id, tuple(property_ids)))
    by_id: dict[UUID, Folder] = {row.id: row for row in rows}
    paths = {}
    for folder in by_id.values():
        names, above = [folder.name], folder.parent_id
        while above is not None:
            names.append(by_id[above].name)
            above = by_id[above].parent_id
        paths[folder.id] = names[::-1]
    return paths


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


def _comment(row: Comment) -> BagComment:
    return BagComment(text=row.text, author_name=row.author_name, written_at=row.created_at.isoformat())


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


def _members(
    session: Session, name: str, index: BagIndex, payloads: list[tuple[str, StoredObject]]
) -> list[ZipMember | ZipText]:
    """Bag declaration, manifests and payload, under one folder as RFC 8493 asks of a zip."""
    described = ZipText("data/metadata.json", index.model_dump_json(indent=1).encode())
    listed = ZipText("data/index.csv", _index_csv(index))
    hashes = [(member.name, hashlib.sha256(member.content).hexdigest()) for member in (described, listed)]
    hashes += [(path, stored.sha256) for path, stored in payloads]
    size = len(described.content) + len(listed.content) + sum(stored.size for _, stored in payloads)
    tags = [
        ZipText("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        ZipText(
            "bag-info.txt",
            f"Source-Organization: {index.council}\nExternal-Description: {name}\n"
            f"Bagging-Date: {council_day(session).isoformat()}\n"
            f"Payload-Oxum: {size}.{len(payloads) + 2}\n".encode(),
        ),
        ZipText("manifest-sha256.txt", "".join(f"{each}  {_encoded(path)}\n" for path, each in hashes).encode()),
    ]
    tag_hashes = "".join(f"{hashlib.sha256(tag.content).hexdigest()}  {tag.name}\n" for tag in tags)
    everything: Iterable[ZipMember | ZipText] = itertools.chain(
        tags,
        [ZipText("tagmanifest-sha256.txt", tag_hashes.encode()), described, listed],
        (ZipMember(path, stored) for path, stored in payloads),
    )
    return [
        ZipText(f"{name}/{each.name}", each.content)
        if isinstance(each, ZipText)
        else ZipMember(f"{name}/{each.name}", each.stored)
        for each in everything
    ]


def _encoded(path: str) -> str:
    """RFC 8493, 2.1.3: what would break a line of the manifest is written as a percent sequence."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _index_csv(index: BagIndex) -> bytes:
    """What a person opens first: a line for each version."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["folder", "title", "version", "added", "by", "size", "sha256", "file"])
    for document in index.documents:
        for version in document.versions:
            cells = [
                " / ".join(document.folder), document.title, version.number, version.added_at, version.added_by_name,
                version.size, version.sha256, version.payload,
            ]  # fmt: skip
            lines.writerow([harmless(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")
