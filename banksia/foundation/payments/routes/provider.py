"""A council's own account at the provider, and the disputes that come from there."""

import uuid

from starlette.responses import PlainTextResponse

from banksia.foundation.payments import permissions
from banksia.foundation.payments.errors.provider import (
    DisputeNotFound,
    PagesStillOpen,
    ProviderAccountMissing,
    ProviderKeyRefused,
    ProviderNotAnswering,
    RefundsUnderWay,
    SecretKeyMissing,
)
from banksia.foundation.payments.schemas.provider import (
    DisputeDetail,
    DisputeRead,
    DisputeWord,
    ProviderAccountRead,
    ProviderAccountUpdate,
    WebhookSecretCreate,
)
from banksia.foundation.payments.service import dispute_reading, provider_accounts
from banksia.kit.routing import ActorDep, CursorParam, LimitParam, Router, SessionDep, TransactionsDep
from banksia.kit.schemas import Page

provider_routes = Router()


@provider_routes.get("/provider-account", permission=permissions.PROVIDER_MANAGE)
def read_provider_account(session: SessionDep) -> ProviderAccountRead:
    """Whose account takes online payments; keys are never shown."""
    return provider_accounts.read_provider_account(session)


@provider_routes.put(
    "/provider-account",
    permission=permissions.PROVIDER_MANAGE,
    transactions=True,
    raises=[ProviderKeyRefused, ProviderNotAnswering, PagesStillOpen, RefundsUnderWay, SecretKeyMissing],
)
def save_provider_account(transactions: TransactionsDep, body: ProviderAccountUpdate) -> ProviderAccountRead:
    """Save the council's own keys once the provider has accepted them."""
    webhook_secret = body.webhook_secret.get_secret_value() if body.webhook_secret else None
    return provider_accounts.save_provider_account(
        transactions, secret_key=body.secret_key.get_secret_value(), webhook_secret=webhook_secret
    )


@provider_routes.post(
    "/provider-account/check",
    permission=permissions.PROVIDER_MANAGE,
    transactions=True,
    raises=[ProviderAccountMissing, ProviderKeyRefused, ProviderNotAnswering],
)
def check_provider_account(transactions: TransactionsDep) -> ProviderAccountRead:
    """Ask the provider whether the saved key still works."""
    return provider_accounts.check_provider_account(transactions)


@provider_routes.delete(
    "/provider-account",
    permission=permissions.PROVIDER_MANAGE,
    raises=[ProviderAccountMissing, PagesStillOpen, RefundsUnderWay],
)
def remove_provider_account(session: SessionDep, actor: ActorDep) -> ProviderAccountRead:
    """Forget the council's own keys."""
    return provider_accounts.remove_provider_account(session, actor)


@provider_routes.post(
    "/provider-account/webhook-secrets",
    permission=permissions.PROVIDER_MANAGE,
    raises=[ProviderAccountMissing, SecretKeyMissing],
)
def add_webhook_secret(session: SessionDep, actor: ActorDep, body: WebhookSecretCreate) -> ProviderAccountRead:
    """Take a new webhook secret into use beside the one before."""
    secret = body.webhook_secret.get_secret_value()
    return provider_accounts.add_webhook_secret(session, actor, webhook_secret=secret)


@provider_routes.delete(
    "/provider-account/webhook-secrets/old",
    permission=permissions.PROVIDER_MANAGE,
    raises=[ProviderAccountMissing],
)
def end_old_webhook_secret(session: SessionDep, actor: ActorDep) -> ProviderAccountRead:
    """Keep only the newest webhook secret."""
    return provider_accounts.end_old_webhook_secret(session, actor)


@provider_routes.get("/disputes", permission=permissions.PAYMENTS_READ)
def list_disputes(
    session: SessionDep,
    state: DisputeWord | None = None,
    payable_id: uuid.UUID | None = None,
    cursor: CursorParam = None,
    limit: LimitParam = 50,
) -> Page[DisputeRead]:
    """Payments that a payer's bank wants back, newest first."""
    return dispute_reading.dispute_page(session, state=state, payable_id=payable_id, cursor=cursor, limit=limit)


@provider_routes.get("/disputes/{dispute_id}", permission=permissions.PAYMENTS_READ, raises=[DisputeNotFound])
def read_dispute(session: SessionDep, dispute_id: uuid.UUID) -> DisputeDetail:
    """One dispute with what we can show."""
    return dispute_reading.dispute_detail(session, dispute_id=dispute_id)


@provider_routes.get(
    "/disputes/{dispute_id}/evidence",
    permission=permissions.PAYMENTS_READ,
    transactions=True,
    raises=[DisputeNotFound],
    response_class=PlainTextResponse,
)
def download_evidence(transactions: TransactionsDep, dispute_id: uuid.UUID) -> PlainTextResponse:
    """The evidence as a text, to be sent to the bank."""
    with transactions() as session:
        text, name = dispute_reading.evidence_text(session, transactions.actor, dispute_id=dispute_id)
    return PlainTextResponse(text, headers={"Content-Disposition": f'attachment; filename="{name}"'})
