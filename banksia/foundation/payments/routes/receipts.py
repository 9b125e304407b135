"""Receipts as PDF, on the paper that is asked for."""

import uuid
from typing import Annotated, Literal

from fastapi import Query, Request
from starlette.responses import Response

from banksia.foundation.payments import permissions
from banksia.foundation.payments.service.receipt_papers import draw, preview_page, receipt_on_roll
from banksia.foundation.payments.service.receipting import file_name_of, receipt_to_read, receipt_with_document
from banksia.foundation.storage.public import content_disposition, serve_object
from banksia.kit.routing import Router, TransactionsDep
from banksia.kit.schemas import Line, Paragraph

receipts = Router()
PaperParam = Annotated[
    Literal["a4", "roll"], Query(description="`roll` is for a printer of 80 mm; it is as long as what is on it")
]


def send_receipt(
    request: Request, transactions: TransactionsDep, receipt_id: uuid.UUID, token: str | None, paper: str
) -> Response:
    """The kept A4 page, or the roll drawn from the same snapshot; both are noted in the audit log as read."""
    if paper == "roll":
        with transactions() as session:
            receipt = receipt_to_read(session, transactions.actor, receipt_id=receipt_id, token=token)
        return _pdf(receipt_on_roll(receipt), file_name_of(receipt))
    with transactions() as session:
        receipt, stored = receipt_with_document(session, transactions.actor, receipt_id=receipt_id, token=token)
        name = file_name_of(receipt)
    wanted = request.headers.get("range")
    return serve_object(transactions.platform, stored, file_name=name, inline=True, requested_range=wanted)


def _pdf(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": content_disposition("inline", name),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type="application/pdf", headers=headers)


@receipts.get("/receipt-preview", permission=permissions.SETTINGS_MANAGE, transactions=True, response_class=Response)
def preview_receipt(
    transactions: TransactionsDep,
    receipt_prefix: Annotated[Line, Query(max_length=10)] = "R-",
    receipt_note: Annotated[Paragraph, Query(max_length=500)] = "",
    paper: PaperParam = "a4",
) -> Response:
    """A sample of a receipt in a wording that is not saved yet; it takes no number."""
    with transactions() as session:
        page = preview_page(session, receipt_prefix, receipt_note)
    return _pdf(draw(page, paper), "Sample receipt.pdf")
