"""The connections that the gateway knows of."""

import uuid

from sqlalchemy import Select, select

from banksia.foundation.connections.models import Connection


def approved_connections_of(organisation_id: uuid.UUID) -> Select[Connection]:
    """The connections whose manifest a council approved, in use or not."""
    return (
        select(Connection)
        .where(Connection.organisation_id == organisation_id)
        .where(Connection.state.in_(("verified", "enabled", "disabled")), Connection.manifest.is_not(None))
        .order_by(Connection.name)
    )
