"""The queue of paid lines and the drafting of certificates, as staff see them."""

import datetime
import uuid
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from banksia.foundation.payments.public import Money
from banksia.kit.schemas import Line, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime
from banksia.modules.certificates.models import LineState, ReplacedBecause
from banksia.modules.certificates.schemas.attaching import AttachedRead
from banksia.modules.certificates.schemas.known import Known, KnownChange
from banksia.modules.certificates.schemas.orders import CertificateRead, ContactRead, PropertyRead
from banksia.modules.certificates.schemas.straight_through import StraightThroughRead
from banksia.modules.certificates.schemas.teams import WantedTeam

View = Literal["mine", "unassigned", "due_today", "overdue", "to_check", "on_hold", "all_open", "issued"]
Sort = Literal["due", "-due", "property", "-property", "product", "-product", "order", "-order", "state", "-state"]
FieldKind = Literal["text", "choice", "amounts", "entries"]
Choice = Literal["yes", "no", "not_known"]
Origin = Literal["officer", "truth", "standard", "none"]


class QueueFilter(RequestModel):
    """Which lines, in which order, and from where on."""

    view: View = "mine"
    team: WantedTeam = None
    product: Annotated[Line, Field(max_length=40)] | None = None
    state: LineState | None = None
    urgent: bool | None = None
    q: Annotated[Line, Field(description="Words of an address, lot, order, matter or customer")] = ""
    sort: Sort = "due"
    limit: Annotated[int, Field(ge=1, le=100, description="How many rows at most")] = 50
    cursor: (
        Annotated[str, Field(max_length=500, description="Where the page starts: `next_cursor` of the last")] | None
    ) = None


class QueueLineRead(ReadModel):
    """One line of the queue."""

    id: uuid.UUID
    order_id: uuid.UUID
    order_number: str
    property_id: uuid.UUID
    address: str
    parcel: str
    product: str
    product_title: str
    customer_name: str
    firm_name: str | None
    reference: str | None
    urgent: bool
    state: LineState
    due_on: datetime.date
    cut_off: str
    working_days_left: int
    clock_stopped: bool
    assigned_to_id: uuid.UUID | None
    assigned_to_name: str | None
    issued_at: UtcDatetime | None
    certificate_number: str | None
    customer_wrote_at: UtcDatetime | None
    """When the customer wrote last, while council has not answered."""
    mail_bounced_at: UtcDatetime | None
    """When mail to the customer came back, while nobody has told them another way."""
    collects: bool


class QueuePage(ReadModel):
    """One page of the queue."""

    results: list[QueueLineRead]
    next_cursor: str | None


class QueueCounts(ReadModel):
    """How many lines stand in each view; counting stops at `most`."""

    mine: int
    unassigned: int
    due_today: int
    overdue: int
    to_check: int
    on_hold: int
    all_open: int
    most: int
    team_name: str
    """Whose part of the queue is counted."""
    counted_at: UtcDatetime


class AmountRow(ReadModel):
    """One rate or charge: what, when due, how much."""

    description: RequiredLine
    due_on: datetime.date | None = None
    amount_cents: Annotated[int, Field(ge=-100_000_000, le=100_000_000)]


class EntryRow(ReadModel):
    """One notice or order: its number, day and what it asks for."""

    number: Line = ""
    dated_on: datetime.date | None = None
    description: RequiredLine


class Answer(ReadModel):
    """What an officer, or the property's truth, says to one question; which part is used depends on the kind."""

    choice: Choice | None = None
    text: Paragraph | None = None
    amounts: Annotated[list[AmountRow], Field(max_length=200)] | None = None
    entries: Annotated[list[EntryRow], Field(max_length=200)] | None = None


class FieldRead(ReadModel):
    """One question of a certificate with its answer, where the answer comes from, and what will be printed.

    `origin` truth: read from what the council knows of the property, by `source` as at `as_at_on`.
    """

    key: str
    label: str
    question: str
    kind: FieldKind
    answer: Answer | None
    is_unknown: bool
    statement: str | None
    origin: Origin
    source: str | None
    as_at_on: datetime.date | None
    is_changed: bool
    changed_from: str | None
    changed_by_name: str | None
    changed_at: UtcDatetime | None


class SectionRead(ReadModel):
    """A section of a certificate; `open_count` questions of it are unanswered."""

    number: str
    title: str
    part: str | None
    open_count: int
    fields: list[FieldRead]


class TransitionRead(ReadModel):
    """One step of a line; `changed` is no step, and says what council learnt meanwhile, as its note tells."""

    kind: Literal["step", "changed", "kept_issued"]
    from_state: LineState
    to_state: LineState
    at: UtcDatetime
    actor_name: str
    note: str | None


class IssueOutcome(ReadModel):
    """What will happen when the officer issues."""

    number_preview: str
    dated_on: datetime.date
    customer: str
    emails_customer: bool


class ReplacesRead(ReadModel):
    """The issued certificate that a new one is to replace, and why."""

    number: str
    because: ReplacedBecause | None
    reason: str | None


class DraftRead(ReadModel):
    """A line as its officer works on it."""

    line: QueueLineRead
    contact: ContactRead
    money: Money
    property: PropertyRead
    title: str
    law: str
    reason: str | None
    sections: list[SectionRead]
    open_count: int
    attached: AttachedRead | None
    version: int
    template_number: int
    """The version of the template that it is made with; 0 is the platform's own."""
    known: Known
    """What council knows, by what it is known of, in words: sent back with what is done, it says what was seen."""
    changes: list[KnownChange]
    """What of it has changed since the certificate was drafted."""
    replaces: ReplacesRead | None
    newer_template: int | None
    """The version that came into force meanwhile; null when it is made with that."""
    saved_at: UtcDatetime | None
    saved_by_name: str | None
    can_issue: bool
    needs_check: bool
    """A second officer checks it before it is issued."""
    straight_through: StraightThroughRead | None
    """Whether it was issued without an officer; null when that was never to be decided."""
    prepared_by_ids: list[uuid.UUID]
    """Who cannot be that officer."""
    checked_by_name: str | None
    when_you_issue: IssueOutcome
    issuing_number: str | None
    certificates: list[CertificateRead]
    history: list[TransitionRead]


class AnswerUpdate(RequestModel):
    """An answer as typed; all parts null takes the answer away."""

    choice: Choice | None = None
    text: Paragraph | None = None
    amounts: Annotated[list[AmountRow], Field(max_length=200)] | None = None
    entries: Annotated[list[EntryRow], Field(max_length=200)] | None = None


class DraftUpdate(RequestModel):
    """Changed answers by question; `version` is the one that was read, `template_number` the template that was seen.

    `known` is what was seen with them: what it says otherwise than is known now is shown as changed.
    """

    version: Annotated[int, Field(ge=0)]
    template_number: Annotated[int, Field(ge=0)] | None = None
    known: Known | None = None
    answers: Annotated[dict[Annotated[str, StringConstraints(max_length=60)], AnswerUpdate], Field(max_length=200)]


class NextLine(ReadModel):
    """The line to work on next; null when nothing waits."""

    line_id: uuid.UUID | None
