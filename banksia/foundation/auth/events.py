"""What other modules hear about accounts."""

import uuid

from banksia.kit.events import Event


class EmailVerified(Event):
    """Somebody has shown that an address is theirs; what was ordered with it as a guest is theirs too."""

    user_id: uuid.UUID
    email: str
