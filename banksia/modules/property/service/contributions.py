"""What the council's other modules know about a property: each answers for itself, and none can break the page."""

import uuid
from collections.abc import Collection
from typing import Any

import structlog
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from banksia.foundation.connections.public import load_widgets
from banksia.kit.actor import Actor
from banksia.kit.database import Transactions, platform_of
from banksia.kit.module import Module, Widget
from banksia.modules.property.schemas.truths import ContributionList, ContributionRead
from banksia.modules.property.service.earlier import find_property

log = structlog.get_logger()


async def load_contributions(
    request: Request, transactions: Transactions, *, property_id: uuid.UUID, enabled_modules: Collection[str]
) -> ContributionList:
    """Ask the installed modules, then those that run elsewhere, with nothing held; raises PropertyNotFound."""

    def ask_installed() -> ContributionList:
        with transactions() as session:
            return list_contributions(
                session, transactions.actor, property_id=property_id, enabled_modules=enabled_modules
            )

    found = await run_in_threadpool(ask_installed)
    about = {"property_id": str(property_id)}
    remote = await load_widgets(request, transactions, place="property", about=about)
    answered = [
        ContributionRead.model_validate({"title": each.title, **each.content, "module": each.module, "name": each.name})
        for each in remote
        if each.content is not None
    ]
    silent = [each.module_title for each in remote if each.content is None]
    return ContributionList(
        contributions=[*found.contributions, *answered], failed=list(dict.fromkeys([*found.failed, *silent]))
    )


def list_contributions(
    session: Session, actor: Actor, *, property_id: uuid.UUID, enabled_modules: Collection[str]
) -> ContributionList:
    """Ask each module that is in use and that the actor may look into; raises PropertyNotFound."""
    find_property(session, property_id)
    contributions: list[ContributionRead] = []
    failed: list[str] = []
    for module in platform_of(session).modules:
        if not (module.always_on or module.name in enabled_modules):
            continue
        for widget in module.widgets:
            if widget.place != "property" or not (widget.permission is None or actor.may(widget.permission)):
                continue
            answer = _load(session, actor, (module, widget), property_id)
            if answer is None:
                failed.append(module.title)
            else:
                contributions.append(answer)
    return ContributionList(contributions=contributions, failed=failed)


def _load(
    session: Session, actor: Actor, asked: tuple[Module, Widget], property_id: uuid.UUID
) -> ContributionRead | None:
    """One module's answer, in a savepoint of its own; None when it could not answer."""
    module, widget = asked
    savepoint = session.begin_nested()
    try:
        answer: dict[str, Any] = widget.load(session, actor, property_id=property_id)
        named = {"title": widget.title, **answer, "module": module.name, "name": widget.name}
        read = ContributionRead.model_validate(named)
    except Exception as error:  # noqa: BLE001  (a module that fails costs its own box only)
        savepoint.rollback()
        log.warning("property.contribution_failed", module=module.name, widget=widget.name, error=str(error))
        return None
    savepoint.commit()  # house: commit, ends the savepoint of one widget, not the transaction
    return read
