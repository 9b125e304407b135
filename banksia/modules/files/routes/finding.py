"""Search, and files found by their property."""

from typing import Annotated

from fastapi import Query

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.files import permissions, service
from banksia.modules.files.schemas.asking import SearchAsked
from banksia.modules.files.schemas.finding import FileSummaries, FoundDocuments

finding = Router()


@finding.get("/properties", permission=permissions.DOCUMENTS_READ)
def find_files(
    session: SessionDep,
    actor: ActorDep,
    q: Annotated[str, Query(max_length=200)],
    limit: Annotated[int, Query(ge=1, le=20)] = 10,
) -> FileSummaries:
    """Files found by address, lot and plan or assessment: who touched each last, its folders, pins and last comment."""
    return service.find_files(session, actor, text=q, limit=limit)


@finding.get("/search", permission=permissions.DOCUMENTS_READ)
def search_documents(session: SessionDep, actor: ActorDep, asked: Annotated[SearchAsked, Query()]) -> FoundDocuments:
    """Documents by the words of their title, file name, description, comments and text; the last may be half typed."""
    narrow = service.Narrow(
        asked.property_id, asked.kind, asked.application_number, asked.from_on, asked.until_on, asked.person
    )
    return service.search_documents(session, actor, text=asked.q, narrow=narrow, limit=asked.limit)
