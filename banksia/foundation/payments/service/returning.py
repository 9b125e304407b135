"""The page that a payer comes back to: it tells what our books say, and never believes the address it was called by."""

import datetime
import uuid
from typing import Literal

import structlog
from sqlalchemy.orm import Session

from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.provider import ProviderDown, ProviderRefused
from banksia.foundation.payments.errors import OnlinePaymentOff
from banksia.foundation.payments.models import OPEN_ATTEMPTS, PAID_STATES, Attempt, Money, Payable, PaymentAttempt
from banksia.foundation.payments.schemas import AttemptStatus
from banksia.foundation.payments.service.raising import PayableRef
from banksia.foundation.payments.service.reading import find_payable_id
from banksia.foundation.payments.service.settling import attempt_state, settle
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of

ASK_AT_MOST_EVERY = datetime.timedelta(seconds=1)

_log = structlog.get_logger(__name__)


def attempt_status(session: Session, *, attempt_id: uuid.UUID) -> AttemptStatus:
    """How an attempt stands in our books. Raises AttemptNotFound."""
    return _status(*attempt_state(session, attempt_id=attempt_id))


def confirm_attempt(transactions: Transactions, *, attempt_id: uuid.UUID) -> AttemptStatus:
    """Settle with the provider unless it was asked a moment ago; when it does not answer, it is still confirming.

    That a bank said no is told only when the provider says so now: what is known from before may have been paid since,
    and whoever hears it asks no more.
    """
    with transactions() as session:
        attempt, _ = attempt_state(session, attempt_id=attempt_id)
        asked_lately = attempt.state == Attempt.OPEN and utc_now() - attempt.asked_at < ASK_AT_MOST_EVERY
        worth_asking = attempt.state in OPEN_ATTEMPTS and not asked_lately
    is_fresh = False
    if worth_asking:
        try:
            settle(transactions, attempt_id=attempt_id)
            is_fresh = True
        except (ProviderDown, ProviderRefused, OnlinePaymentOff) as error:
            _log.warning("payments.provider_not_asked", attempt_id=str(attempt_id), reason=str(error))
    with transactions() as session:
        status = attempt_status(session, attempt_id=attempt_id)
    return status if is_fresh else status.model_copy(update={"declined": False})


def confirm_payable(transactions: Transactions, *, payable: PayableRef) -> None:
    """Settle with the provider what somebody has a page open for; raises PayableNotFound."""
    with transactions() as session:
        payable_id = find_payable_id(session, kind=payable[0], subject_id=payable[1])
        attempt = session.scalar(queries.open_attempt_of(organisation_id_of(session), payable_id))
    if attempt is not None:
        confirm_attempt(transactions, attempt_id=attempt.id)


def _status(attempt: PaymentAttempt, owed: Payable) -> AttemptStatus:
    return AttemptStatus.model_validate(
        {
            "attempt_id": attempt.id,
            "shown": _shown(attempt, owed),
            "declined": attempt.decline_code is not None and attempt.state in OPEN_ATTEMPTS,
            "money": owed.state,
            "reference": owed.reference,
            "return_path": owed.return_path,
        }
    )


def _shown(attempt: PaymentAttempt, owed: Payable) -> Literal["paid", "confirming", "checking", "failed"]:
    if owed.state in PAID_STATES:
        return "paid"
    if owed.state == Money.NEEDS_REVIEW:
        return "checking"
    return "confirming" if attempt.state in OPEN_ATTEMPTS else "failed"
