"""What was written about an order."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from banksia.modules.certificates.models import Message, MessageFile


def messages_of(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[Message]:
    """The messages of an order, the oldest first."""
    return (
        select(Message)
        .where(Message.organisation_id == organisation_id, Message.order_id == order_id)
        .order_by(Message.id)
    )


def count_of_messages(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[int]:
    """How many messages an order has."""
    return select(func.count()).where(Message.organisation_id == organisation_id, Message.order_id == order_id)


def count_of_customer_messages(organisation_id: uuid.UUID, order_id: uuid.UUID) -> Select[int]:
    """How many of them the customer wrote."""
    return count_of_messages(organisation_id, order_id).where(~Message.from_council)


def files_of(organisation_id: uuid.UUID, message_ids: Sequence[uuid.UUID]) -> Select[MessageFile]:
    """The files of some messages, in their order."""
    return (
        select(MessageFile)
        .where(MessageFile.organisation_id == organisation_id, MessageFile.message_id.in_(message_ids))
        .order_by(MessageFile.message_id, MessageFile.position)
    )
