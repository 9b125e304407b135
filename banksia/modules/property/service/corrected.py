"""What a corrected field may say, and how records say it now."""

import re
from typing import Any

from sqlalchemy.orm import Session

from banksia.modules.property.errors import AddressTaken, CorrectionInvalid
from banksia.modules.property.models import STATUSES, Address, Parcel
from banksia.modules.property.queries.land import address_with_key
from banksia.modules.property.service.keys import address_key, street_key
from banksia.modules.property.service.parsing import read_listed_address

MAX_ADDRESS = 300
MAX_AREA = 1e12
_POSTCODE = re.compile(r"[0-9]{4}")


def as_text(value: Any) -> str | None:
    """A field as corrections keep it: `450`, `12.5`, or None where there is nothing."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return None if value is None else str(value)


def check_value(session: Session, row: Address | Parcel, field: str, value: str) -> str:
    """A proposed value as it will be kept; raises CorrectionInvalid, or AddressTaken for another record's address."""
    written = " ".join(value.split())
    if field == "text":
        return _address(session, row, written)
    if field == "area_square_metres":
        return _area(written)
    if field == "postcode" and not _POSTCODE.fullmatch(written):
        raise CorrectionInvalid("A postcode has four digits.")
    if field == "status" and written not in STATUSES:
        raise CorrectionInvalid("Choose proposed, current or historic.")
    return written


def _address(session: Session, row: Address | Parcel, written: str) -> str:
    if len(written) > MAX_ADDRESS:
        message = f"An address has at most {MAX_ADDRESS} characters."
        raise CorrectionInvalid(message)
    text = written.upper()
    parts = read_listed_address(text)
    if not parts.street or not (parts.number or parts.lot or parts.building):
        raise CorrectionInvalid("Write the number, the street and the locality, such as 9 Portland Road Portland.")
    key = address_key(parts, street_key(parts.street, parts.type, parts.suffix, parts.locality))
    other = session.scalar(address_with_key(row.organisation_id, key))
    if other is not None and other.id != row.id:
        raise AddressTaken(text)
    return text


def _area(written: str) -> str:
    try:
        area = float(written.replace(",", ""))
    except ValueError:
        raise CorrectionInvalid("Write the area in square metres, such as 1012.") from None
    if not 0 < area < MAX_AREA:
        raise CorrectionInvalid("The area is impossible. Write it in square metres, such as 1012.")
    return as_text(area) or ""
