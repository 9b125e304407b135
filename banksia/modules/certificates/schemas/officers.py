"""Who can be given a line."""

import uuid

from banksia.kit.schemas import ReadModel


class OfficerRead(ReadModel):
    """Someone who prepares certificates."""

    id: uuid.UUID
    name: str


class OfficerList(ReadModel):
    """Who can be given a line."""

    officers: list[OfficerRead]
