"""What certificates contributes to the checks of the books: that work follows money, and only money."""

import datetime
from collections.abc import Iterator
from itertools import islice

from sqlalchemy.orm import Session

from banksia.foundation.payments.public import paid_among, unpaid_subjects
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.module import MOST_FINDINGS, Check, Finding
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries import checks as queries
from banksia.modules.certificates.service.access import staff_order_path
from banksia.modules.certificates.service.signing_keys import read_signing

ORDER, UPGRADE = "certificates.order", "certificates.upgrade"
FOLLOWS_WITHIN = datetime.timedelta(minutes=10)
"""Work is queued by a task after the payment, and a document is made by one at the latest."""
AT_ONCE = 1000


def _paid_without_work(session: Session) -> list[Finding]:
    return list(islice(_orders_without_work(session), MOST_FINDINGS))


def _orders_without_work(session: Session) -> Iterator[Finding]:
    latest = utc_now() - FOLLOWS_WITHIN
    waiting = queries.waiting_for_money(organisation_id_of(session), latest).execution_options(yield_per=AT_ONCE)
    for some in session.execute(waiting).partitions():
        numbers = {(ORDER, order_id): (order_id, number) for order_id, number in some}
        for payable, settled_at in paid_among(session, list(numbers)).items():
            if settled_at < latest:
                order_id, number = numbers[payable]
                yield Finding(
                    f"{number} is paid, and its certificates are not in the queue", staff_order_path(order_id)
                )


def _issued_without_payment(session: Session) -> list[Finding]:
    return list(islice(_unpaid_lines(session), MOST_FINDINGS))


def _unpaid_lines(session: Session) -> Iterator[Finding]:
    """What is issued for an order that is not paid, then what an upgrade changed whose difference is not."""
    sold = {
        ORDER: (queries.issued_of_orders, "the order is not paid"),
        UPGRADE: (queries.issued_of_upgrades, "its upgrade is not paid"),
    }
    for kind, (issued_of, words) in sold.items():
        for some in unpaid_subjects(session, kind):
            for line in session.scalars(issued_of(organisation_id_of(session), some)):
                text = f"{line.order_number}, {line.product_title} is issued, and {words}"
                yield Finding(text, staff_order_path(line.order_id))


def _issued_without_document(session: Session) -> list[Finding]:
    organisation_id = organisation_id_of(session)
    lines = session.scalars(queries.issued_without_certificate(organisation_id).limit(MOST_FINDINGS))
    findings = [Finding(f"{line.order_number}, {line.product_title} has no document", _line(line)) for line in lines]
    left = queries.issuances_left(organisation_id, utc_now() - FOLLOWS_WITHIN).limit(MOST_FINDINGS)
    for issuance in session.scalars(left):
        text = f"{issuance.number} was decided at {issuance.issued_at:%d %b %Y %H:%M} UTC and never made"
        findings.append(Finding(text, f"/certificates/staff/lines/{issuance.line_id}"))
    return findings[:MOST_FINDINGS]


def _signing_certificate_ends(session: Session) -> list[Finding]:
    read = read_signing(session)
    if not read.is_wanted or read.in_use is None or not read.ends_soon:
        return []
    ends = read.in_use.valid_until
    text = f"The signing certificate {'ended' if read.has_ended else 'ends'} on {ends.day} {ends:%B %Y}"
    return [Finding(text, "/certificates/settings/signing")]


def _line(line: OrderLine) -> str:
    return f"/certificates/staff/lines/{line.id}"


CHECKS = (
    Check(
        "paid_has_work",
        "Every paid order is in the queue",
        "These were paid more than 10 minutes ago, and nobody can begin them. Look whether the worker runs.",
        _paid_without_work,
    ),
    Check(
        "issued_is_paid",
        "Nothing is issued that is not paid",
        "A certificate went out and its order, or its upgrade, is not paid: most often a cheque came back after it was "
        "issued. Ask the customer to pay, or waive the fee.",
        _issued_without_payment,
    ),
    Check(
        "issued_has_document",
        "Every issued certificate has its document",
        "It was decided to issue these more than 10 minutes ago, and there is no document. Look whether the worker "
        "and the object store work; the task is tried again by itself.",
        _issued_without_document,
    ),
    Check(
        "signing_certificate_lasts",
        "The signing certificate is valid for 60 days or more",
        "Certificates are signed with it, and none is issued once it has ended. Order its successor and upload it.",
        _signing_certificate_ends,
    ),
)
