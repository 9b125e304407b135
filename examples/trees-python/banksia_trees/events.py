"""What others may hear of trees."""

import uuid

from banksia.kit.events import Event


class TreeRegistered(Event):
    """A tree came into the register."""

    tree_id: uuid.UUID
    property_id: uuid.UUID
    protected: bool
