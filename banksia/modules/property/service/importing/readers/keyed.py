"""Owners and attributes by CSV: rows that name their property by parcel, by assessment, or by one key for either."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Generic, TypeVar

from banksia.modules.property.errors import ImportRefused
from banksia.modules.property.service.importing.options import ImportOptions, Rejected, RowRejected
from banksia.modules.property.service.importing.readers.cells import parcels_of, read_parcels_cell
from banksia.modules.property.service.importing.readers.fields import KEY_FIELDS, Synonyms
from banksia.modules.property.service.importing.readers.tables import Table
from banksia.modules.property.service.importing.readers.values import date_cell
from banksia.modules.property.service.importing.rows import ReadAttribute, ReadOwner
from banksia.modules.property.service.parsing import ParcelParts

KEY: Final[Synonyms] = {**KEY_FIELDS, "key": ("key", "propertykey", "parcelorassessment", "subject", "record")}
OWNER_FIELDS: Final[Synonyms] = {
    **KEY,
    "name": (
        "name", "ownername", "owner", "owners", "ownernames", "fullname", "ownerfullname", "ratepayer",
        "ratepayername", "ownerdescription", "formattedname", "ownername1", "owner1",
    ),
    "name2": ("ownername2", "owner2", "secondowner", "jointowner", "coowner"),
    "postal_address": (
        "postaladdress", "mailingaddress", "owneraddress", "ownerpostaladdress", "addressforservice", "postal",
        "mailaddress", "correspondenceaddress", "noticeaddress", "address", "ownermailingaddress", "postaladdress1",
    ),
    "postal_address2": ("postaladdress2", "mailingaddress2", "owneraddress2", "postaladdressline2"),
    "postal_address3": ("postaladdress3", "mailingaddress3", "owneraddress3", "postaladdressline3"),
    "email": ("email", "emailaddress", "owneremail", "emailaddress1", "mail", "owneremailaddress"),
    "owned_since": (
        "ownedsince", "owneddate", "dateacquired", "purchasedate", "datepurchased", "ownerfrom", "settlementdate",
        "transferdate", "datefrom", "owneddatefrom", "acquired", "ownershipdate", "ownedfrom", "startdate",
    ),
}  # fmt: skip
ATTRIBUTE_FIELDS: Final[Synonyms] = {
    **KEY,
    "attribute": ("attribute", "attributecode", "attributename", "code", "field", "characteristic", "attributetitle"),
    "value": ("value", "attributevalue", "answer"),
    "detail": ("detail", "details", "comment", "comments", "note", "notes", "remarks", "attributedetail"),
    "source": ("source", "datasource", "layer", "sourcename", "register", "sourcelayer"),
    "as_at": ("asat", "asatdate", "effectivedate", "dateasat", "currencydate", "updated", "dateupdated", "asaton"),
}  # fmt: skip
_EMAIL: Final = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_MAX_NAME: Final = 300
Found = TypeVar("Found", ReadOwner, ReadAttribute)
Key = tuple[tuple[ParcelParts, ...], str | None, str]


class _KeyedReader(Generic[Found]):
    """What readers of owners and attributes share."""

    def __init__(self, path: Path, options: ImportOptions, synonyms: Synonyms, what: str) -> None:
        """Read the header; raises ImportRefused when no column names the property."""
        self.table = Table(path, synonyms, options.mapping)
        self.found = set(self.table.columns.names)
        if not self.found & {"key", "parcel", "plan", "assessment"}:
            header = ", ".join(filter(None, self.table.form.header))[:500] or "nothing"
            message = (
                f"No column of the file says whose {what} a row is. It has: {header}. "
                "Name the column of the assessment or of the parcel in the mapping."
            )
            raise ImportRefused(message)

    @property
    def size(self) -> int:
        """Bytes in all."""
        return self.table.contents.size

    @property
    def read(self) -> int:
        """Bytes so far."""
        return self.table.contents.read

    def rows(self) -> Iterator[Found | Rejected]:
        """Everything in the file's order; one row can say several things."""
        for row in self.table.raw():
            if isinstance(row, Rejected):
                yield row
            else:
                yield from self.look(*row)

    def look(self, line: int, raw: list[str]) -> list[Found | Rejected]:
        """What one row of the file says: all of it, or why it is not taken."""
        cells = self.table.by_field(line, raw)
        if isinstance(cells, Rejected):
            return [cells]
        try:
            return list(self.said(line, cells[1], raw))
        except RowRejected as verdict:
            return [Rejected(line, verdict.reason, verdict.value)]

    def said(self, line: int, cells: dict[str, str], raw: list[str]) -> Iterator[Found]:
        """What the cells say; raises RowRejected."""
        raise NotImplementedError


def key_of(cells: dict[str, str]) -> Key:
    """Parcels, assessment and how the file wrote them; raises RowRejected when there is neither.

    One column `key` can hold both kinds: a text that reads as a parcel with its plan is one, any other an assessment.
    """
    parcels: tuple[ParcelParts, ...] = ()
    if cells.get("parcel") or cells.get("plan") or (cells.get("lot") and not cells.get("assessment")):
        parcels = parcels_of(cells)
    assessment = cells.get("assessment") or None
    key = cells.get("key", "")
    if key and not parcels and not assessment:
        is_parcel = re.search(r"/|\b(?:DP|SP|LOT|PLAN)", key.upper())
        parcels = read_parcels_cell(key) if is_parcel else ()
        assessment = None if parcels else key
    if not parcels and not assessment:
        raise RowRejected("There is neither a parcel nor an assessment.", ",".join(cells.values())[:200])
    lot = "/".join(filter(None, (cells.get("lot"), cells.get("section"), cells.get("plan"))))
    return parcels, assessment, assessment or cells.get("parcel") or lot or key


class OwnerReader(_KeyedReader[ReadOwner]):
    """Owners; a second owner of a row comes as a row of its own."""

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Read the header; raises ImportRefused when it names no owner."""
        super().__init__(path, options, OWNER_FIELDS, "owner")
        if "name" not in self.found:
            message = "No column of the file is the owner's name. Name it in the mapping."
            raise ImportRefused(message)

    def said(self, line: int, cells: dict[str, str], raw: list[str]) -> Iterator[ReadOwner]:  # noqa: ARG002
        """The owners of one row; raises RowRejected."""
        parcels, assessment, key = key_of(cells)
        names = [name for name in (cells.get("name"), cells.get("name2")) if name]
        if not names:
            raise RowRejected("The owner has no name.", key)
        if len(max(names, key=len)) > _MAX_NAME:
            raise RowRejected(f"The name has more than {_MAX_NAME} characters.", key)
        email = cells.get("email") or None
        if email and not _EMAIL.fullmatch(email):
            raise RowRejected("The e-mail address cannot be one.", email)
        lines = (cells.get("postal_address"), cells.get("postal_address2"), cells.get("postal_address3"))
        postal = ", ".join(each.strip(" ,") for each in lines if each) or None
        since = date_cell(cells, "owned_since")
        for name in names:
            yield ReadOwner(line, parcels, assessment, key, name, postal, email, since)


class AttributeReader(_KeyedReader[ReadAttribute]):
    """Attributes: long, one a row (key, attribute, value), or wide, a column for each attribute.

    An empty cell says nothing: the attribute stays unknown. It is never read as no.
    """

    def __init__(self, path: Path, options: ImportOptions) -> None:
        """Find out which form it is; raises ImportRefused when no column holds a value."""
        super().__init__(path, options, ATTRIBUTE_FIELDS, "attribute")
        self.is_long = {"attribute", "value"} <= self.found
        self.source = path.name
        places = set(self.table.columns.places.values())
        header = self.table.form.header
        self.wide = [(place, name) for place, name in enumerate(header) if name and place not in places]
        if not self.is_long and ("attribute" in self.found or "value" in self.found):
            # A column `Value` or `Code` without its other half is an attribute of a wide file.
            alone = [
                (self.table.columns.places[field], field) for field in ("attribute", "value") if field in self.found
            ]
            self.wide = sorted([*self.wide, *((place, header[place]) for place, _ in alone)])
        if not self.is_long and not self.wide:
            message = (
                "No column of the file holds an attribute. Give it the columns key, attribute and value, "
                "or a column for each attribute, named by its code or title."
            )
            raise ImportRefused(message)

    def said(self, line: int, cells: dict[str, str], raw: list[str]) -> Iterator[ReadAttribute]:
        """The values of one row; raises RowRejected."""
        parcels, assessment, key = key_of(cells)
        detail, source = cells.get("detail", ""), cells.get("source") or self.source
        as_at = date_cell(cells, "as_at")
        if self.is_long:
            given = [(cells.get("attribute", ""), cells.get("value", ""))]
            if not given[0][0]:
                raise RowRejected("The row names no attribute.", key)
        else:
            given = [(name, " ".join(raw[place].split())) for place, name in self.wide if place < len(raw)]
        for code, value in given:
            if not value.isprintable():
                raise RowRejected("A cell has characters that cannot be read.", repr(value[:100]))
            if value:
                yield ReadAttribute(line, parcels, assessment, key, code, value, detail, source, as_at)
            elif self.is_long:
                raise RowRejected("The attribute has no value. Write unknown when it is not known.", f"{key} {code}")
