"""Reports on what is kept."""

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.files import permissions, service
from banksia.modules.files.schemas.reports import FixityRead, StorageRead

reports = Router()


@reports.get("/reports/storage", permission=permissions.REPORTS_READ)
def read_storage(session: SessionDep, actor: ActorDep) -> StorageRead:
    """How much is kept, by folder and by kind of file."""
    return service.read_storage(session, actor)


@reports.get("/reports/fixity", permission=permissions.REPORTS_READ)
def read_fixity(session: SessionDep, actor: ActorDep) -> FixityRead:
    """When stored files were last read again, and which are not what they were."""
    return service.read_fixity(session, actor)
