"""What people take out as files: the history of orders as a table, and all certificates of one order."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_zone
from banksia.foundation.storage.public import ZipMember
from banksia.kit.csv_words import csv_text, plain, spreadsheet_text
from banksia.kit.database import Transactions
from banksia.kit.words import file_name_from, harmless
from banksia.modules.certificates.errors import CertificateNotFound
from banksia.modules.certificates.models import Certificate, Order, OrderLine
from banksia.modules.certificates.schemas.history import OrderSearch
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.service.download_rule import download_rule
from banksia.modules.certificates.service.downloading import download_certificate
from banksia.modules.certificates.service.history import orders_page
from banksia.modules.certificates.service.reading import certificates_by_line, read_certificates
from banksia.modules.certificates.service.states import CUSTOMER_STATES
from banksia.modules.certificates.service.working_days import local_day

AT_FIRST, AT_ONCE = 20, 200
"""Orders that are in memory at any time; fewer at first, so that the file begins to come at once."""
COLUMNS = (
    "order",
    "placed on",
    "reference",
    "firm",
    "placed by",
    "customer",
    "certificate",
    "address",
    "parcel",
    "urgent",
    "state",
    "due on",
    "fee",
    "certificate number",
    "issued on",
)


def history_csv(transactions: Transactions, *, wanted: OrderSearch) -> Iterator[str]:
    """The orders that a person may list, one row for each certificate, piece by piece.

    Raises Unauthenticated for guests, before the first piece.
    """
    rows, cursor = _rows(transactions, wanted, None, AT_FIRST)
    with transactions() as session:
        detail = wanted.model_dump(mode="json", exclude_none=True)
        audit.record(session, transactions.actor, "certificates.orders_exported", detail=detail)
    return _pieces(transactions, wanted, rows, cursor)


def _pieces(
    transactions: Transactions, wanted: OrderSearch, rows: list[list[str]], cursor: str | None
) -> Iterator[str]:
    yield spreadsheet_text([COLUMNS, *rows])
    while cursor:
        rows, cursor = _rows(transactions, wanted, cursor, AT_ONCE)
        yield csv_text(rows)


def _rows(
    transactions: Transactions, wanted: OrderSearch, cursor: str | None, limit: int
) -> tuple[list[list[str]], str | None]:
    with transactions() as session:
        orders, following = orders_page(session, transactions.actor, wanted=wanted, limit=limit, cursor=cursor)
        certificates = certificates_by_line(session, orders)
        zone = council_zone(session)
        found = [_cells(order, line, certificates[line.id], zone) for order in orders for line in order.lines]
        return found, following


def _cells(order: Order, line: OrderLine, certificates: Sequence[Certificate], zone: ZoneInfo) -> list[str]:
    newest = certificates[0] if certificates else None
    return [
        order.number,
        str(local_day(order.created_at, zone)),
        harmless(order.reference or ""),
        harmless(order.firm_name or ""),
        harmless(order.placed_by_name or ""),
        harmless(order.contact_name),
        line.product_title,
        harmless(line.address),
        line.parcel,
        "yes" if line.urgent else "no",
        CUSTOMER_STATES[line.state].replace("_", " "),
        str(line.due_on),
        plain(line.total_cents),
        newest.number if newest else "",
        str(local_day(newest.issued_at, zone)) if newest else "",
    ]


@dataclass(frozen=True)
class ZipOfOrder:
    """The certificates of an order and the name of the zip."""

    members: list[ZipMember]
    file_name: str


def zip_of_order(transactions: Transactions, *, order_id: uuid.UUID, token: str | None) -> ZipOfOrder:
    """Return every certificate of an order, those that were replaced marked, and note who takes them.

    What its customer can no longer download is left out. Raises OrderNotFound, OrderTokenNeeded, CertificateNotFound
    while none is issued, and DownloadOver when none is left.
    """
    with transactions() as session:
        order = find_order(session, transactions.actor, order_id, token)
        members = _members(session, transactions, order)
        if not members:
            raise CertificateNotFound
        reference = f" {order.reference}" if order.reference else ""
        return ZipOfOrder(members, file_name_from(f"{order.number}{reference}.zip"))


def _members(session: Session, transactions: Transactions, order: Order) -> list[ZipMember]:
    members, rule = [], download_rule(session, transactions.actor)
    found = certificates_by_line(session, [order])
    issued_at = [certificate.issued_at for certificates in found.values() for certificate in certificates]
    if issued_at:
        rule.expect(max(issued_at))
    for certificates in found.values():
        for certificate in read_certificates(order, certificates, rule):
            if not certificate.can_download:
                continue
            download = download_certificate(session, transactions.actor, order=order, certificate_id=certificate.id)
            replaced = certificate.superseded_by
            mark = f"Replaced by {replaced.replace('/', '-')} - " if replaced else ""
            members.append(ZipMember(f"{mark}{download.file_name}", download.stored))
    return members
