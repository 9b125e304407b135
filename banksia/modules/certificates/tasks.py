"""Work that follows a commit; decides nothing."""

import uuid

from sqlalchemy.orm import Session

from banksia.kit.database import Transactions
from banksia.kit.tasks import task
from banksia.modules.certificates.service import batches, issuing, reminding
from banksia.modules.certificates.service.straight_through import acting


@task(transactions=True)
def finish_issuing(transactions: Transactions, *, issuance_id: uuid.UUID) -> None:
    """Draw, store and record a certificate whose issuing was decided and not carried out."""
    issuing.finish_issuing(transactions, issuance_id=issuance_id)


@task(transactions=True)
def issue_without_officer(transactions: Transactions, *, line_id: uuid.UUID) -> None:
    """Issue a line that was just paid when every rule allows it, else leave it to an officer and say why."""
    acting.issue_without_officer(transactions, line_id=line_id)


@task(transactions=True, time_limit_seconds=900)
def issue_batch(transactions: Transactions, *, batch_id: uuid.UUID) -> None:
    """Issue the certificates that an officer chose together, one after another."""
    batches.issue_batch(transactions, batch_id=batch_id)


@task()
def mail_waiting_order(session: Session, *, order_id: uuid.UUID) -> None:
    """Mail a guest the number and the link of an order that was placed some minutes ago and still waits for payment."""
    reminding.mail_waiting_order(session, order_id=order_id)
