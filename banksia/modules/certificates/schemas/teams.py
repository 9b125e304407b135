"""Teams, and which of their queues is looked at."""

import uuid
from typing import Annotated, Literal

from pydantic import Field

from banksia.kit.schemas import Line, ReadModel, RequestModel, RequiredLine
from banksia.modules.certificates.schemas.officers import OfficerRead

WantedTeam = Annotated[
    uuid.UUID | Literal["all"] | None,
    Field(description="One team's certificates, or `all`; without it those of one's own teams and of no team"),
]


class TeamWrite(RequestModel):
    """A team as it shall be."""

    name: Annotated[RequiredLine, Field(max_length=60)]
    products: Annotated[list[Annotated[Line, Field(max_length=40)]], Field(max_length=200)]
    member_ids: Annotated[list[uuid.UUID], Field(max_length=500)]


class TeamRead(ReadModel):
    """A team with its officers."""

    id: uuid.UUID
    name: str
    products: list[str]
    members: list[OfficerRead]
    is_mine: bool
    """Whether the reader is one of its officers."""


class TeamList(ReadModel):
    """Every team, by name."""

    teams: list[TeamRead]
