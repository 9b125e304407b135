"""Handing lines that were just paid to the task that may issue them without an officer."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from banksia.foundation.events.public import enqueue
from banksia.kit.actor import Actor
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.service.straight_through.rules import rules_in_force


def offer_lines(session: Session, actor: Actor, lines: Iterable[OrderLine]) -> None:
    """Queue the task for each line whose product may be issued without an officer; at most one waits for a line."""
    products = rules_in_force(session, actor).products
    for line in lines:
        if line.product_code in products:
            enqueue(session, "certificates.issue_without_officer", key=str(line.id), line_id=line.id)
