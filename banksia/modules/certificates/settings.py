"""What each council decides about certificates, besides its products and fees."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from banksia.kit.schemas import Line, Paragraph

QuestionKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Prefix = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Z0-9]{0,6}$")]

LONGEST_RANGE_DAYS = 62
"""Two months closed is a slip of the keyboard, not a shutdown."""


CancelUntil = Literal["never", "work_starts", "issued"]


class ClosedDay(BaseModel):
    """Days on which the council does not work although the state does: one, or a range with both ends."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: date
    until: date | None = None
    """The last day of a range; null is the one day."""
    name: Line = ""

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if not 0 <= (self.last_on - self.on).days <= LONGEST_RANGE_DAYS:
            message = f"A range ends on or after its first day, at most {LONGEST_RANGE_DAYS} days later."
            raise ValueError(message)
        return self

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.until or self.on

    def days(self) -> Iterator[date]:
        """Each of its days, weekends included."""
        for step in range((self.last_on - self.on).days + 1):
            yield self.on + timedelta(days=step)


class StandardAnswerChange(BaseModel):
    """When an answer that holds for all land was given, and by whom."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: datetime
    by: Line


class CertificatesSettings(BaseModel):
    """Settings of the module certificates for one council."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    team_name: Annotated[Line, Field(title="Team that prepares certificates")] = "Planning team"
    refund_sentence: Annotated[Paragraph, Field(title="What customers read about refunds before they pay")] = (
        "Check the lot. Council does not refund a certificate ordered for the wrong land."
    )
    customers_cancel_until: Annotated[
        CancelUntil,
        Field(
            title="Until when customers may cancel a paid order themselves",
            description="Never, until council starts work on any of its certificates, or until one is issued.",
        ),
    ] = "never"
    cancellation_fee_cents: Annotated[
        int,
        Field(
            ge=0,
            le=100_000,
            title="Handling fee kept when a paid order is cancelled",
            description="For each certificate; the customer reads it before cancelling.",
        ),
    ] = 0
    offers_upgrades: Annotated[
        bool,
        Field(
            title="Customers may upgrade a paid certificate until council starts work on it",
            description="To urgent, or to one that contains it, by paying the difference online.",
        ),
    ] = False
    signs_certificates: Annotated[
        bool,
        Field(
            title="Certificates are signed",
            description="With the council's signing certificate, from the moment one is uploaded. Without one they "
            "are issued unsigned.",
        ),
    ] = True
    order_prefix: Annotated[
        Prefix, Field(title="First letters of order numbers; empty takes the council's initials")
    ] = ""
    signatory_title: Annotated[Line, Field(title="Position under the name of who issues")] = "Certificate officer"
    attach_certificates: Annotated[
        bool,
        Field(
            title="Attach the PDF to the mail that says a certificate is ready",
            description="Up to 10 MB. The mail carries a link in any case.",
        ),
    ] = False
    standard_answers: Annotated[
        dict[QuestionKey, Paragraph],
        Field(title="Answers that hold for all land of the council, by question", max_length=200),
    ] = Field(default_factory=dict)
    """`yes`, `no`, `not_known` or the words to print; an officer may change each for one lot."""
    standard_answers_changed: Annotated[
        dict[QuestionKey, StandardAnswerChange],
        Field(title="When each of those answers was given, and by whom", max_length=200),
    ] = Field(default_factory=dict)
    download_days: Annotated[
        int | None,
        Field(
            title="Days after issue on which customers can download a certificate again; empty is always",
            description="The day of issue and so many days after it, to the end of the last. Staff always can.",
            ge=1,
            le=3650,
        ),
    ] = None
    closed_days: Annotated[tuple[ClosedDay, ...], Field(title="Local holidays and shutdowns", max_length=200)] = ()
