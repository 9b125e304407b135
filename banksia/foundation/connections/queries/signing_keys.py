"""Every SELECT of the keys that sign identities."""

import uuid
from datetime import datetime

from sqlalchemy import Delete, Select, delete, or_, select

from banksia.foundation.connections.models.signing_keys import SigningKey


def signing_keys_shown(organisation_id: uuid.UUID, since: datetime) -> Select[SigningKey]:
    """The key in use, and those that were retired since a moment, newest first."""
    return (
        select(SigningKey)
        .where(SigningKey.organisation_id == organisation_id)
        .where(or_(SigningKey.retired_at.is_(None), SigningKey.retired_at > since))
        .order_by(SigningKey.id.desc())
    )


def signing_key_in_use(organisation_id: uuid.UUID) -> Select[SigningKey]:
    """The key that signs."""
    return select(SigningKey).where(SigningKey.organisation_id == organisation_id, SigningKey.retired_at.is_(None))


def signing_keys_retired_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove keys that nobody asks for any more."""
    return delete(SigningKey).where(SigningKey.organisation_id == organisation_id, SigningKey.retired_at < moment)
