"""Where a mail server reports mail that came back."""

from typing import Annotated

from fastapi import Header, Request
from starlette.concurrency import run_in_threadpool

from banksia.foundation.notifications.errors import (
    BounceSecretWrong,
    BouncesOff,
    BounceTooLarge,
    BounceUnreadable,
)
from banksia.foundation.notifications.schemas import BounceTaken
from banksia.foundation.notifications.service.bouncing import expect_secret, take_bounce
from banksia.kit.routing import PlatformDep, Router, TransactionsDep

bounces = Router()
READ_BYTES = 256 * 1024
"""What is needed stands first: the report, then the head of the returned mail; its files follow and are let go."""
MAX_BYTES = 32 * 1024 * 1024


@bounces.post(
    "/bounces",
    public=True,
    transactions=True,
    raises=[BouncesOff, BounceSecretWrong, BounceTooLarge, BounceUnreadable],
    openapi_extra={"requestBody": {"content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def take_returned_mail(
    request: Request,
    platform: PlatformDep,
    transactions: TransactionsDep,
    x_bounce_secret: Annotated[str, Header(max_length=500, description="One of BANKSIA_BOUNCE_SECRETS")] = "",
) -> BounceTaken:
    """Take a returned mail as it came to the sender's mailbox; the sender of the mail hears of it."""
    expect_secret(platform.settings, x_bounce_secret)
    raw, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BYTES:
            raise BounceTooLarge
        raw += chunk[: max(0, READ_BYTES - len(raw))]
    return await run_in_threadpool(take_bounce, transactions, bytes(raw))
