"""What a certificate says, apart from how it looks: what the renderer takes and what is kept."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Issuer:
    """The council as its letterhead names it. `accent` is a colour like `#14563b`; `logo` is SVG, PNG or JPEG."""

    name: str
    accent: str
    abn: str | None = None
    postal_address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    logo: bytes | None = None
    time_zone: str = "Australia/Sydney"
    """Where the day of issue is read; the default is what was kept before councils had their own."""


@dataclass(frozen=True)
class Fact:
    """One line of the box that names the applicant and the land."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings; `amounts` names the columns (from 0) that hold sums and stand at the right."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: tuple[int, ...] = ()
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Statement:
    """One thing the certificate says. `text` is None while nobody has answered, which only a draft may print."""

    label: str
    text: str | None
    detail: str | None = None
    table: Table | None = None
    key: str | None = None


@dataclass(frozen=True)
class Section:
    """A numbered heading with its statements; `part` starts a new part of the certificate above it."""

    number: str
    title: str
    statements: tuple[Statement, ...]
    part: str | None = None


@dataclass(frozen=True)
class SignedBy:
    """Whose certificate signs the file, and the SHA-256 of that certificate in hex."""

    subject: str
    fingerprint: str


@dataclass(frozen=True)
class Authenticity:
    """What makes an issued certificate checkable: its number, its random code and where to enter both."""

    number: str
    code: str
    issued_at: datetime
    verification_url: str
    page_url: str
    signed_by: SignedBy | None = None


@dataclass(frozen=True)
class Body:
    """What a council wrote itself to stand between the land and the closing, in a numbered version of its template.

    `source` is Typst markup; `values` is what it can name as `data`: JSON, every key always present, none for what is
    not recorded.
    """

    source: str
    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class AttachedPdf:
    """A PDF whose pages follow the certificate's own, or, when it `is_whole`, say all that the certificate says.

    `content` are its bytes; they are drawn when they are there, and not kept with the document.
    """

    object_id: uuid.UUID
    sha256: str
    file_name: str
    page_count: int
    is_whole: bool = False
    content: bytes | None = None


@dataclass(frozen=True)
class CertificateDocument:
    """A whole certificate. `authenticity` is None for a draft, which is printed with a watermark."""

    template: str
    title: str
    law: str
    issuer: Issuer
    facts: tuple[Fact, ...]
    land: str
    sections: tuple[Section, ...]
    data_as_at_on: date
    headline: Fact | None = None
    notes: tuple[str, ...] = ()
    signatory: str | None = None
    supersedes: str | None = None
    authenticity: Authenticity | None = None
    body: Body | None = None
    """None prints the body that comes with the platform for `template`."""
    attached: AttachedPdf | None = None

    @property
    def unanswered(self) -> tuple[Statement, ...]:
        """The statements that nobody has answered yet."""
        return tuple(each for section in self.sections for each in section.statements if each.text is None)
