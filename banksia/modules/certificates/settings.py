"""What each council decides about certificates, besides its products and fees."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from banksia.kit.schemas import Line, Paragraph

QuestionKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Prefix = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Z0-9]{0,6}$")]


class ClosedDay(BaseModel):
    """A day on which the council does not work although the state does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: date
    name: Line = ""


class CertificatesSettings(BaseModel):
    """Settings of the module certificates for one council."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    team_name: Annotated[Line, Field(title="Team that prepares certificates")] = "Planning team"
    refund_sentence: Annotated[Paragraph, Field(title="What customers read about refunds before they pay")] = (
        "Check the lot. Council does not refund a certificate ordered for the wrong land."
    )
    order_prefix: Annotated[
        Prefix, Field(title="First letters of order numbers; empty takes the council's initials")
    ] = ""
    signatory_title: Annotated[Line, Field(title="Position under the name of who issues")] = "Certificate officer"
    standard_answers: Annotated[
        dict[QuestionKey, Paragraph],
        Field(title="Answers that hold for all land of the council, by question", max_length=200),
    ] = Field(default_factory=dict)
    """`yes`, `no`, `not_known` or the words to print; an officer may change each for one lot."""
    closed_days: Annotated[tuple[ClosedDay, ...], Field(title="Local holidays and shutdowns", max_length=200)] = ()
