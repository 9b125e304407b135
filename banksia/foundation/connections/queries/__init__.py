"""Every SELECT of connected modules."""

import uuid

from sqlalchemy import Select, select

from banksia.foundation.connections.models import Connection


def connections_of(organisation_id: uuid.UUID) -> Select[Connection]:
    """The modules of one council, by name; those that were removed left out."""
    return (
        select(Connection)
        .where(Connection.organisation_id == organisation_id, Connection.state != "removed")
        .order_by(Connection.name)
    )


def connection_named(organisation_id: uuid.UUID, name: str) -> Select[Connection]:
    """The module of that name, unless it was removed."""
    return connections_of(organisation_id).where(Connection.name == name)


def connection_with_id(organisation_id: uuid.UUID, connection_id: uuid.UUID) -> Select[Connection]:
    """One connection, whatever became of it."""
    return select(Connection).where(Connection.organisation_id == organisation_id, Connection.id == connection_id)


def connection_of_client(organisation_id: uuid.UUID, client_id: str) -> Select[Connection]:
    """The connection whose module proves itself by this client id, unless it was removed."""
    return connections_of(organisation_id).where(Connection.client_id == client_id)


def enabled_connections_of(organisation_id: uuid.UUID) -> Select[Connection]:
    """The modules that are in use."""
    return connections_of(organisation_id).where(Connection.state == "enabled")


def approved_connections_of(organisation_id: uuid.UUID) -> Select[Connection]:
    """The modules that were approved, in use or not: their health is looked at."""
    return connections_of(organisation_id).where(Connection.state.in_(("verified", "enabled")))
