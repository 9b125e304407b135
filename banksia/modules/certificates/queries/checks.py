"""What is wrong between the money and the work, as SELECTs that are empty while all is well."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, literal, select

from banksia.modules.certificates.models import Certificate, Issuance, LineUpgrade, Order, OrderLine
from banksia.modules.certificates.queries.lines import is_unfinished, lines_of


def waiting_for_money(organisation_id: uuid.UUID, placed_before: datetime) -> Select[uuid.UUID, str]:
    """Orders, by id and number, with lines that wait to be paid."""
    return (
        select(Order.id, Order.number)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            OrderLine.organisation_id == organisation_id,
            is_unfinished(),
            OrderLine.state == "awaiting_payment",
            Order.organisation_id == organisation_id,
            Order.created_at < placed_before,
        )
        .distinct()
        .order_by(Order.id)
    )


def issued_of_orders(organisation_id: uuid.UUID, order_ids: Sequence[uuid.UUID]) -> Select[OrderLine]:
    """The issued lines of some orders."""
    return lines_of(organisation_id).where(OrderLine.order_id.in_(order_ids), OrderLine.state == "issued")


def issued_of_upgrades(organisation_id: uuid.UUID, upgrade_ids: Sequence[uuid.UUID]) -> Select[OrderLine]:
    """The issued lines that some upgrades changed."""
    changed = select(LineUpgrade.line_id).where(
        LineUpgrade.organisation_id == organisation_id, LineUpgrade.id.in_(upgrade_ids), LineUpgrade.state == "done"
    )
    return lines_of(organisation_id).where(OrderLine.id.in_(changed), OrderLine.state == "issued")


def issued_without_certificate(organisation_id: uuid.UUID) -> Select[OrderLine]:
    """Lines that stand as issued and have no certificate."""
    certificate = (
        select(literal(1))
        .where(Certificate.organisation_id == organisation_id, Certificate.line_id == OrderLine.id)
        .exists()
    )
    return lines_of(organisation_id).where(OrderLine.state == "issued", ~certificate).order_by(OrderLine.id)


def issuances_left(organisation_id: uuid.UUID, before: datetime) -> Select[Issuance]:
    """Decisions to issue whose document was never made."""
    return (
        select(Issuance)
        .where(Issuance.organisation_id == organisation_id, Issuance.finished_at.is_(None), Issuance.issued_at < before)
        .order_by(Issuance.id)
    )
