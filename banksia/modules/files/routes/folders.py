"""Folders of one property's file, and the structure that all files have."""

from uuid import UUID

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.files import permissions, service
from banksia.modules.files.errors import (
    ApplicationThere,
    FolderArchived,
    FolderFixed,
    FolderIsNeeded,
    FolderNameTaken,
    FolderNotFound,
    FolderOfApplication,
    FolderTooDeep,
    RetentionClassNotFound,
)
from banksia.modules.files.schemas.folders import (
    ApplicationCreate,
    FolderArchive,
    FolderCreate,
    FolderRead,
    FolderRetention,
    FolderUpdate,
    StructureFolderCreate,
    StructureFolderUpdate,
)
from banksia.modules.property.public import PropertyNotFound

folders = Router()


@folders.get("/folders", permission=permissions.DOCUMENTS_READ)
def list_folders(session: SessionDep, actor: ActorDep) -> list[FolderRead]:
    """The folders that every property's file has, those that one may open."""
    return [FolderRead.model_validate(folder) for folder in service.list_folders(session, actor)]


@folders.post(
    "/folders",
    permission=permissions.STRUCTURE_MANAGE,
    status_code=201,
    raises=[FolderNotFound, FolderNameTaken, RetentionClassNotFound],
)
def create_in_structure(session: SessionDep, actor: ActorDep, wanted: StructureFolderCreate) -> FolderRead:
    """Add a folder to every property's file."""
    return FolderRead.model_validate(service.create_in_structure(session, actor, wanted=wanted))


@folders.patch(
    "/folders/{folder_id}",
    permission=permissions.STRUCTURE_MANAGE,
    raises=[FolderNotFound, FolderNameTaken, FolderIsNeeded, RetentionClassNotFound],
)
def change_structure(
    session: SessionDep, actor: ActorDep, folder_id: UUID, wanted: StructureFolderUpdate
) -> FolderRead:
    """Rename, reorder, restrict or archive a folder of every file, or choose how long its documents are kept."""
    return FolderRead.model_validate(service.change_structure(session, actor, folder_id=folder_id, wanted=wanted))


@folders.post(
    "/properties/{property_id}/folders",
    permission=permissions.DOCUMENTS_ADD,
    status_code=201,
    raises=[PropertyNotFound, FolderNotFound, FolderArchived, FolderTooDeep, FolderNameTaken],
)
def create_folder(session: SessionDep, actor: ActorDep, property_id: UUID, wanted: FolderCreate) -> FolderRead:
    """Make a folder in a property's file; one that is there by that name is answered as it is."""
    made = service.create_folder(session, actor, property_id=property_id, parent_id=wanted.parent_id, name=wanted.name)
    return FolderRead.model_validate(made)


@folders.post(
    "/properties/{property_id}/applications",
    permission=permissions.APPLICATIONS_CREATE,
    status_code=201,
    raises=[PropertyNotFound, ApplicationThere],
)
def create_application(
    session: SessionDep, actor: ActorDep, property_id: UUID, wanted: ApplicationCreate
) -> FolderRead:
    """Make the folder of a development application, with its five parts."""
    made = service.create_application(
        session, actor, property_id=property_id, number=wanted.number, kept_as=wanted.kept_as
    )
    return FolderRead.model_validate(made)


@folders.patch(
    "/property-folders/{folder_id}",
    permission=permissions.FOLDERS_MANAGE,
    raises=[FolderNotFound, FolderFixed, FolderOfApplication, FolderNameTaken],
)
def change_folder(session: SessionDep, actor: ActorDep, folder_id: UUID, wanted: FolderUpdate) -> FolderRead:
    """Rename a folder of one property, or note when what it is about was demolished."""
    changed = service.change_folder(
        session, actor, folder_id=folder_id, name=wanted.name, demolished_on=wanted.demolished_on
    )
    return FolderRead.model_validate(changed)


@folders.put(
    "/property-folders/{folder_id}/archive",
    permission=permissions.FOLDERS_MANAGE,
    raises=[FolderNotFound, FolderFixed],
)
def archive_folder(session: SessionDep, actor: ActorDep, folder_id: UUID, wanted: FolderArchive) -> FolderRead:
    """Close a folder of one property to new documents, or open it again."""
    return FolderRead.model_validate(
        service.archive_folder(session, actor, folder_id=folder_id, archived=wanted.archived)
    )


@folders.put(
    "/property-folders/{folder_id}/retention",
    permission=permissions.RETENTION_MANAGE,
    raises=[FolderNotFound, FolderFixed, RetentionClassNotFound],
)
def choose_class(session: SessionDep, actor: ActorDep, folder_id: UUID, wanted: FolderRetention) -> FolderRead:
    """Choose how long what is in a folder of one property is kept, a development application's for example."""
    return FolderRead.model_validate(
        service.choose_class(session, actor, folder_id=folder_id, class_id=wanted.retention_class_id)
    )
