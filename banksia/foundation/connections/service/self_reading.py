"""As whom a module calls."""

from sqlalchemy.orm import Session

from banksia.foundation.connections.schemas.calls import ModuleSelf
from banksia.foundation.connections.service.own_settings import settings_of
from banksia.foundation.connections.service.payments_raised import connection_of
from banksia.kit.actor import Actor


def read_self(session: Session, actor: Actor) -> ModuleSelf:
    """The module, the person for whom it acts, and the settings that the council made for it."""
    connection = connection_of(session, actor)
    values, _ = settings_of(connection)
    return ModuleSelf(
        module=connection.name,
        connection_id=connection.id,
        organisation_id=connection.organisation_id,
        acts_for=actor.user_id,
        capabilities=sorted(actor.capabilities),
        permissions=sorted(actor.permissions),
        settings=values,
    )
