"""Teams: who prepares which certificates."""

import uuid

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.teams import TeamNotFound, TeamRefused
from banksia.modules.certificates.schemas.teams import TeamList, TeamRead, TeamWrite
from banksia.modules.certificates.service import teams as service

teams = Router(prefix="/teams")


@teams.get("", permission=permissions.ORDERS_READ)
def list_teams(session: SessionDep, actor: ActorDep) -> TeamList:
    """Every team with its certificates and officers."""
    return service.list_teams(session, actor)


@teams.post("", permission=permissions.PRODUCTS_MANAGE, status_code=201, raises=[TeamRefused])
def add_team(session: SessionDep, actor: ActorDep, wanted: TeamWrite) -> TeamRead:
    """Make a team."""
    return service.add_team(session, actor, wanted=wanted)


@teams.put("/{team_id}", permission=permissions.PRODUCTS_MANAGE, raises=[TeamNotFound, TeamRefused])
def change_team(session: SessionDep, actor: ActorDep, team_id: uuid.UUID, wanted: TeamWrite) -> TeamRead:
    """Write a team anew: its name, its certificates, its officers."""
    return service.change_team(session, actor, team_id=team_id, wanted=wanted)


@teams.delete("/{team_id}", permission=permissions.PRODUCTS_MANAGE, status_code=204, raises=[TeamNotFound])
def remove_team(session: SessionDep, actor: ActorDep, team_id: uuid.UUID) -> None:
    """Remove a team; its certificates become everybody's."""
    service.remove_team(session, actor, team_id=team_id)
