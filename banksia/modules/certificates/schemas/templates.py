"""Templates of certificates as an administrator edits them."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from banksia.kit.schemas import (
    CONTROL_CHARACTERS,
    Line,
    Paragraph,
    ReadModel,
    RequestModel,
    RequiredLine,
    UtcDatetime,
)
from banksia.modules.certificates.schemas.lines import FieldKind
from banksia.modules.certificates.settings import QuestionKey

TEMPLATE_SOURCE_LENGTH = 100_000


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if CONTROL_CHARACTERS.intersection(text):
        message = "Remove the control characters."
        raise ValueError(message)
    return text


Source = Annotated[str, StringConstraints(max_length=TEMPLATE_SOURCE_LENGTH), AfterValidator(_lines)]
Reason = Annotated[Paragraph, Field(min_length=5, max_length=500)]


class QuestionFields(RequestModel):
    """One question of a certificate and what is printed for its answers.

    `attribute` is the code of what council knows of the land that answers it; empty takes the key. `standard` is the
    usual answer: words for a text, `yes`, `no` or `not_known` for a choice, empty for none.
    """

    key: QuestionKey
    label: RequiredLine
    ask: Paragraph
    kind: FieldKind
    yes: Paragraph
    no: Paragraph
    not_known: Paragraph
    standard: Paragraph
    attribute: Line


class SectionFields(RequestModel):
    """A numbered heading with its questions; `part` starts a new part above it, and is empty elsewhere."""

    number: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]
    title: RequiredLine
    part: Line
    questions: Annotated[list[QuestionFields], Field(max_length=60)]


class TemplateContent(RequestModel):
    """All that makes a template: its title on paper, its text, its questions and its notes."""

    paper_title: RequiredLine
    source: Source
    notes: Annotated[list[Annotated[Paragraph, Field(min_length=1)]], Field(max_length=20)]
    sections: Annotated[list[SectionFields], Field(min_length=1, max_length=80)]


class TemplateSave(RequestModel):
    """The whole draft as it shall be; `version` is the one that was read, 0 when there was none."""

    version: Annotated[int, Field(ge=0)]
    content: TemplateContent


class TemplateCheck(RequestModel):
    """A text to try, saved or not."""

    content: TemplateContent


class TemplatePublish(RequestModel):
    """Put the saved draft of this version in force, and why."""

    version: Annotated[int, Field(ge=1)]
    reason: Reason


class TemplateRestore(RequestModel):
    """Why an older text comes into force again."""

    reason: Reason


class MistakeRead(ReadModel):
    """One thing wrong with a text; `line` and `column` count from 1, null where no place is known."""

    message: str
    line: int | None
    column: int | None
    hint: str | None


class TemplateChecked(ReadModel):
    """What stops a text from being published, and what to look at."""

    mistakes: list[MistakeRead]
    warnings: list[str]


class TemplateVersionRead(ReadModel):
    """One published version; number 0 is the text that comes with the platform, which nobody published."""

    number: int
    published_at: UtcDatetime | None
    published_by_name: str | None
    reason: str
    restored_from: int | None
    is_in_force: bool


class TemplateSummary(ReadModel):
    """A product with the version of its template that is in force, and its draft."""

    code: str
    title: str
    in_force: TemplateVersionRead
    draft_saved_at: UtcDatetime | None
    draft_saved_by_name: str | None


class TemplateList(ReadModel):
    """The templates of all products that are sold, in the catalogue's order."""

    templates: list[TemplateSummary]


class TemplateRead(TemplateSummary):
    """A template as its editor opens it: the draft, or what is in force where there is none (`version` 0)."""

    version: int
    content: TemplateContent
    versions: list[TemplateVersionRead]


class TemplateVersionDetail(TemplateVersionRead):
    """A published version with its content."""

    content: TemplateContent


class FieldOfTemplate(ReadModel):
    """Something that a text can use: what to write, what it is, and what it looks like for an invented property."""

    expression: str
    title: str
    kind: str
    example: str


class FieldGroup(ReadModel):
    """Fields that belong together."""

    title: str
    fields: list[FieldOfTemplate]


class FieldCatalogue(ReadModel):
    """Everything that the text of a template can use, the answers of its own questions besides."""

    groups: list[FieldGroup]


class DiffLine(ReadModel):
    """One line of a comparison, with its numbers in the older and the newer text."""

    change: Literal["same", "added", "removed", "skipped"]
    text: str
    old_line: int | None
    new_line: int | None


class TemplateComparison(ReadModel):
    """Two versions, line by line; what is the same at length is left out."""

    older: str
    newer: str
    added: int
    removed: int
    lines: list[DiffLine]
