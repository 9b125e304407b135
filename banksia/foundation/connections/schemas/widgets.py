"""What a module's widgets answer: read strictly, for a page of the council shows it."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from banksia.kit.schemas import CONTROL_CHARACTERS


def _without_controls(value: str) -> str:
    if CONTROL_CHARACTERS.intersection(value):
        message = "Remove the control characters."
        raise ValueError(message)
    return value


Words = Annotated[str, StringConstraints(max_length=300), AfterValidator(_without_controls)]
Here = Annotated[
    str,
    StringConstraints(pattern=r"^/([A-Za-z0-9._~?=&%:@!$'()*+,;-][A-Za-z0-9._~/?=&%:@!$'()*+,;-]*)?$", max_length=500),
]
"""An address of the council's own: one that leads elsewhere, or runs something, has another form."""


class Answered(BaseModel):
    """Fields that a later version of the module adds are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CountAnswered(Answered):
    """A number with the address of what it counts; `alert` when it wants somebody."""

    label: Words
    count: Annotated[int, Field(ge=0, le=1_000_000_000)]
    to: Here
    alert: bool = False


class DashboardAnswered(Answered):
    """What a widget of the dashboard answers."""

    counts: Annotated[list[CountAnswered], Field(max_length=20)]


class LineAnswered(Answered):
    """One thing that the module knows about the property."""

    title: Words
    detail: Words = ""
    href: Here | None = None
    status: Words | None = None


class PropertyAnswered(Answered):
    """What a widget of a property's page answers."""

    summary: Words
    href: Here | None = None
    count: Annotated[int, Field(ge=0, le=1_000_000_000)]
    lines: Annotated[list[LineAnswered], Field(max_length=20)] = []
