"""What somebody who pays may ask, signed in or not."""

import uuid

from fastapi import Request
from starlette.responses import StreamingResponse

from banksia.foundation.payments.errors import AttemptNotFound, ReceiptNotFound, ReceiptNotReady
from banksia.foundation.payments.schemas import AttemptStatus
from banksia.foundation.payments.service.receipting import file_name_of, receipt_with_document
from banksia.foundation.payments.service.returning import attempt_status, confirm_attempt
from banksia.foundation.storage.public import serve_object
from banksia.kit.routing import PlatformDep, Router, SessionDep, TransactionsDep

payer = Router()


@payer.get("/attempts/{attempt_id}/status", public=True, raises=[AttemptNotFound])
def read_attempt_status(session: SessionDep, attempt_id: uuid.UUID) -> AttemptStatus:
    """How an online payment stands in the council's books."""
    return attempt_status(session, attempt_id=attempt_id)


@payer.post("/attempts/{attempt_id}/confirm", public=True, transactions=True, raises=[AttemptNotFound])
def confirm_payment(transactions: TransactionsDep, attempt_id: uuid.UUID) -> AttemptStatus:
    """Ask the provider now instead of waiting for its message, then tell how the payment stands."""
    return confirm_attempt(transactions, attempt_id=attempt_id)


@payer.get(
    "/receipts/{receipt_id}/{token}",
    public=True,
    transactions=True,
    raises=[ReceiptNotFound, ReceiptNotReady],
    response_class=StreamingResponse,
)
def download_receipt(
    request: Request, transactions: TransactionsDep, platform: PlatformDep, receipt_id: uuid.UUID, token: str
) -> StreamingResponse:
    """The receipt as PDF, for whoever has its link."""
    with transactions() as session:
        receipt, stored = receipt_with_document(session, transactions.actor, receipt_id=receipt_id, token=token)
        name = file_name_of(receipt)
    return serve_object(platform, stored, file_name=name, inline=True, requested_range=request.headers.get("range"))
