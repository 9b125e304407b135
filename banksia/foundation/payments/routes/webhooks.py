"""What the provider sends: taken in and answered at once, applied later by a task."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from banksia.foundation.payments.errors import WebhookEndpointOff, WebhookNotSigned, WebhookTooLarge
from banksia.foundation.payments.service.intake import receive
from banksia.kit.routing import Router, TransactionsDep

MAX_WEBHOOK_BYTES = 256 * 1024
webhooks = Router(prefix="/webhooks")


@webhooks.post(
    "/stripe",
    public=True,
    transactions=True,
    status_code=204,
    raises=[WebhookEndpointOff, WebhookNotSigned, WebhookTooLarge],
)
async def receive_webhook(request: Request, transactions: TransactionsDep) -> Response:
    """Stripe tells what happened. The signature covers the raw bytes, so they are read as they came."""
    payload = bytearray()
    async for chunk in request.stream():
        payload += chunk
        if len(payload) > MAX_WEBHOOK_BYTES:
            raise WebhookTooLarge
    signature = request.headers.get("stripe-signature", "")
    await run_in_threadpool(receive, transactions, bytes(payload), signature)
    return Response(status_code=204)
