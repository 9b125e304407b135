"""What somebody who pays may ask, signed in or not."""

import uuid

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from banksia.foundation.payments.errors import AttemptNotFound, ReceiptNotFound, ReceiptNotReady
from banksia.foundation.payments.routes.receipts import PaperParam, send_receipt
from banksia.foundation.payments.schemas import AttemptStatus
from banksia.foundation.payments.service.returning import attempt_status, confirm_attempt
from banksia.kit.routing import Router, SessionDep, TransactionsDep

payer = Router()


@payer.get("/attempts/{attempt_id}/status", public=True, scope="any", raises=[AttemptNotFound])
def read_attempt_status(session: SessionDep, attempt_id: uuid.UUID) -> AttemptStatus:
    """How an online payment stands in the council's books."""
    return attempt_status(session, attempt_id=attempt_id)


@payer.post("/attempts/{attempt_id}/confirm", public=True, transactions=True, scope="any", raises=[AttemptNotFound])
def confirm_payment(transactions: TransactionsDep, attempt_id: uuid.UUID) -> AttemptStatus:
    """Ask the provider now instead of waiting for its message, then tell how the payment stands."""
    return confirm_attempt(transactions, attempt_id=attempt_id)


@payer.get(
    "/receipts/{receipt_id}/{token}",
    public=True,
    scope="any",
    transactions=True,
    raises=[ReceiptNotFound, ReceiptNotReady],
    response_class=StreamingResponse,
)
def download_receipt(
    request: Request, transactions: TransactionsDep, receipt_id: uuid.UUID, token: str, paper: PaperParam = "a4"
) -> Response:
    """The receipt as PDF, for whoever has its link."""
    return send_receipt(request, transactions, receipt_id, token, paper)
