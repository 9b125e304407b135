"""Teams share the queue among them: each prepares some products; what is no team's is everybody's.

A team narrows what its officers are shown first and given next. It hides nothing: whoever may prepare certificates can
look at another team's queue, and what is assigned to a person stays in their own view.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.public import users_with_permission
from banksia.kit.actor import Actor
from banksia.kit.models import new_id
from banksia.modules.certificates.errors.teams import TeamNotFound, TeamRefused
from banksia.modules.certificates.models import OrderLine, Team
from banksia.modules.certificates.permissions import LINES_PREPARE
from banksia.modules.certificates.queries.products import products_of
from banksia.modules.certificates.queries.teams import teams_of
from banksia.modules.certificates.schemas.officers import OfficerRead
from banksia.modules.certificates.schemas.teams import TeamList, TeamRead, TeamWrite, WantedTeam

MOST_TEAMS = 50


def list_teams(session: Session, actor: Actor) -> TeamList:
    """Return every team, by name."""
    teams = session.scalars(teams_of(actor.organisation_id)).all()
    return TeamList(teams=_read_all(session, actor, teams))


def add_team(session: Session, actor: Actor, *, wanted: TeamWrite) -> TeamRead:
    """Make a team; raises TeamRefused."""
    teams = session.scalars(teams_of(actor.organisation_id)).all()
    if len(teams) >= MOST_TEAMS:
        raise TeamRefused("name", f"A council has at most {MOST_TEAMS} teams.")
    team = Team(id=new_id(), organisation_id=actor.organisation_id)
    _write(session, actor, team, teams, wanted)
    audit.record(session, actor, "certificates.team_added", subject=team, detail=wanted.model_dump(mode="json"))
    return _read_all(session, actor, [team])[0]


def change_team(session: Session, actor: Actor, *, team_id: uuid.UUID, wanted: TeamWrite) -> TeamRead:
    """Write a team anew; raises TeamNotFound and TeamRefused."""
    team, teams = _locked(session, actor, team_id)
    before = {"name": team.name, "products": team.products, "member_ids": team.member_ids}
    _write(session, actor, team, [each for each in teams if each.id != team_id], wanted)
    after = wanted.model_dump(mode="json")
    if after != before:
        detail = {"before": before, "after": after}
        audit.record(session, actor, "certificates.team_changed", subject=team, detail=detail)
    return _read_all(session, actor, [team])[0]


def remove_team(session: Session, actor: Actor, *, team_id: uuid.UUID) -> None:
    """Remove a team; its products become everybody's. Raises TeamNotFound."""
    team, _ = _locked(session, actor, team_id)
    detail = {"name": team.name, "products": team.products, "member_ids": team.member_ids}
    audit.record(session, actor, "certificates.team_removed", subject=team, detail=detail)
    session.delete(team)
    session.flush()


@dataclass(frozen=True)
class Share:
    """The part of the queue that is looked at: some products, all but some, or everything."""

    names: tuple[str, ...] = ()
    """Of the teams whose part it is; none for everything."""
    only: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()

    def of(self, lines: type[OrderLine] = OrderLine) -> ColumnElement[bool]:
        """The lines that belong to it."""
        if self.only is not None:
            return lines.product_code.in_(self.only)
        return lines.product_code.not_in(self.without) if self.without else true()


def share_of(session: Session, actor: Actor, wanted: WantedTeam) -> Share:
    """Return the part of the queue that somebody wants to see; raises TeamNotFound."""
    if wanted == "all":
        return Share()
    teams = session.scalars(teams_of(actor.organisation_id)).all()
    if wanted is not None:
        team = next((each for each in teams if each.id == wanted), None)
        if team is None:
            raise TeamNotFound
        return Share((team.name,), only=tuple(team.products))
    mine = [team for team in teams if str(actor.user_id) in team.member_ids]
    if not mine:
        return Share()
    own = {code for team in mine for code in team.products}
    others = {code for team in teams for code in team.products} - own
    return Share(tuple(team.name for team in mine), without=tuple(sorted(others)))


def _locked(session: Session, actor: Actor, team_id: uuid.UUID) -> tuple[Team, Sequence[Team]]:
    """All are locked: whose a product is depends on every one of them."""
    statement = teams_of(actor.organisation_id).with_for_update().execution_options(populate_existing=True)
    teams = session.scalars(statement).all()
    team = next((each for each in teams if each.id == team_id), None)
    if team is None:
        raise TeamNotFound
    return team, teams


def _write(session: Session, actor: Actor, team: Team, others: Sequence[Team], wanted: TeamWrite) -> None:
    if any(other.name.casefold() == wanted.name.casefold() for other in others):
        raise TeamRefused("name", f"There is a team called {wanted.name} already.")
    sold = {product.code: product for product in session.scalars(products_of(actor.organisation_id))}
    for code in wanted.products:
        if code not in sold or sold[code].kind != "sale":
            raise TeamRefused("products", f"Council does not sell {code}.")
        owner = next((other for other in others if code in other.products), None)
        if owner:
            raise TeamRefused("products", f"{sold[code].short_title} is prepared by {owner.name}. Take it there first.")
    officers = {user.id for user in users_with_permission(session, LINES_PREPARE.name)}
    if not officers.issuperset(wanted.member_ids):
        raise TeamRefused("member_ids", "Somebody here does not prepare certificates any more. Reload the page.")
    team.name = wanted.name
    team.products = list(dict.fromkeys(wanted.products))
    team.member_ids = list(dict.fromkeys(str(each) for each in wanted.member_ids))
    session.add(team)
    try:
        session.flush()
    except IntegrityError as error:
        if "uq_teams" in str(error.orig):  # made by somebody else at this moment
            raise TeamRefused("name", f"There is a team called {wanted.name} already.") from error
        raise


def _read_all(session: Session, actor: Actor, teams: Sequence[Team]) -> list[TeamRead]:
    officers = {str(user.id): user for user in users_with_permission(session, LINES_PREPARE.name)}
    return [
        TeamRead(
            id=team.id,
            name=team.name,
            products=team.products,
            members=[
                OfficerRead(id=officers[each].id, name=officers[each].name)
                for each in team.member_ids
                if each in officers
            ],
            is_mine=str(actor.user_id) in team.member_ids,
        )
        for team in teams
    ]
