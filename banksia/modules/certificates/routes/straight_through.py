"""The rules for issuing without an officer, and how often that happens."""

from typing import Annotated

from fastapi import Query

from banksia.kit.routing import ActorDep, Router, SessionDep
from banksia.modules.certificates import permissions
from banksia.modules.certificates.errors.straight_through import RulesInvalid, RulesStale
from banksia.modules.certificates.schemas.straight_through import RulesRead, RulesUpdate, ShareRead
from banksia.modules.certificates.service.straight_through import reporting, rules

straight_through = Router(prefix="/straight-through")

LastDays = Annotated[int, Query(ge=1, le=reporting.LONGEST_DAYS, description="How many days, today the last of them")]


@straight_through.get("/rules", permission=permissions.PRODUCTS_MANAGE)
def read_straight_through_rules(session: SessionDep, actor: ActorDep) -> RulesRead:
    """When a certificate is issued without an officer, and what those rules can name."""
    return rules.read_rules(session, actor)


@straight_through.put("/rules", permission=permissions.PRODUCTS_MANAGE, raises=[RulesStale, RulesInvalid])
def update_straight_through_rules(session: SessionDep, actor: ActorDep, changes: RulesUpdate) -> RulesRead:
    """Change the rules; they hold for what is paid from now on."""
    return rules.update_rules(session, actor, changes=changes)


@straight_through.get("/share", permission=permissions.ORDERS_READ)
def read_straight_through_share(session: SessionDep, actor: ActorDep, days: LastDays = 30) -> ShareRead:
    """How many certificates were issued without an officer, why the others were not, and how soon they came."""
    return reporting.read_share(session, actor, days=days)
