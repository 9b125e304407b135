"""What remote modules call back with and for."""

import uuid
from datetime import datetime

from sqlalchemy import Delete, Select, delete, select

from banksia.foundation.connections.models import AccessToken, Connection, KeptObject, RaisedPayment, Reminder


def connection_with_client(organisation_id: uuid.UUID, client_id: str) -> Select[Connection]:
    """The connection that has this credential, in use or not."""
    return select(Connection).where(Connection.organisation_id == organisation_id, Connection.client_id == client_id)


def enabled_connections(organisation_id: uuid.UUID) -> Select[Connection]:
    """The connections in use, by name."""
    return (
        select(Connection)
        .where(Connection.organisation_id == organisation_id, Connection.state == "enabled")
        .order_by(Connection.name)
    )


def connection_with_id(organisation_id: uuid.UUID, connection_id: uuid.UUID) -> Select[Connection]:
    """One connection, in use or not."""
    return select(Connection).where(Connection.organisation_id == organisation_id, Connection.id == connection_id)


def live_access_token(organisation_id: uuid.UUID, token_hash: str, now: datetime) -> Select[AccessToken, Connection]:
    """A token that has not run out, of a connection that is in use."""
    return (
        select(AccessToken, Connection)
        .join(Connection, Connection.id == AccessToken.connection_id)
        .where(AccessToken.organisation_id == organisation_id, Connection.organisation_id == organisation_id)
        .where(AccessToken.token_hash == token_hash, AccessToken.expires_at > now, Connection.state == "enabled")
    )


def access_tokens_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove tokens that ran out before a moment."""
    return delete(AccessToken).where(AccessToken.organisation_id == organisation_id, AccessToken.expires_at < moment)


def raised_payments_of(organisation_id: uuid.UUID, connection_id: uuid.UUID) -> Select[RaisedPayment]:
    """What one module raised."""
    return select(RaisedPayment).where(
        RaisedPayment.organisation_id == organisation_id, RaisedPayment.connection_id == connection_id
    )


def kept_objects_of(organisation_id: uuid.UUID, connection_id: uuid.UUID) -> Select[KeptObject]:
    """The files of one module."""
    return select(KeptObject).where(
        KeptObject.organisation_id == organisation_id, KeptObject.connection_id == connection_id
    )


def reminders_of(organisation_id: uuid.UUID, connection_id: uuid.UUID) -> Select[Reminder]:
    """The reminders of one module."""
    return select(Reminder).where(Reminder.organisation_id == organisation_id, Reminder.connection_id == connection_id)


def reminder_with_id(organisation_id: uuid.UUID, reminder_id: uuid.UUID) -> Select[Reminder]:
    """One reminder, whosever it is."""
    return select(Reminder).where(Reminder.organisation_id == organisation_id, Reminder.id == reminder_id)


def reminders_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove reminders that were told or cancelled, and were due before a moment."""
    return delete(Reminder).where(
        Reminder.organisation_id == organisation_id, Reminder.due_at < moment, Reminder.state != "waiting"
    )
