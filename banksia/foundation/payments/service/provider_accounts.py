"""A council's own account at the provider: its keys are sealed, tested before they are saved, and never shown."""

from dataclasses import dataclass

import structlog
from sqlalchemy import func
from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.organisations.public import council_url
from banksia.foundation.payments import queries
from banksia.foundation.payments.adapters.choice import PROVIDER, Keys, provider_for, provider_with
from banksia.foundation.payments.adapters.provider import AccountChecked, Provider, ProviderDown, ProviderRefused
from banksia.foundation.payments.errors.provider import (
    PagesStillOpen,
    ProviderAccountMissing,
    ProviderKeyRefused,
    ProviderNotAnswering,
    RefundsUnderWay,
)
from banksia.foundation.payments.models import OPEN_ATTEMPTS, PaymentAttempt, ProviderAccount
from banksia.foundation.payments.queries import provider as queries_provider
from banksia.foundation.payments.schemas.provider import ProviderAccountRead
from banksia.foundation.payments.service.key_sealing import SealBroken, seal, unseal
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import Transactions, organisation_id_of, platform_of

HINT_LENGTH = 4
SECRETS_AT_ONCE = 2
WEBHOOK_PATH = "/api/payments/webhooks/stripe"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Chosen:
    """Who takes a council's online payments, and whether the account is the council's own."""

    provider: Provider | None
    own: bool


def provider_of(transactions: Transactions) -> Provider | None:
    """The provider with the council's own keys, else with the installation's; None when there are neither.

    Read anew each time, outside any other transaction, so that every process takes new keys at once. ProviderDown
    when the council's keys cannot be opened: payments never go to another account instead.
    """
    return chosen_provider(transactions).provider


def chosen_provider(transactions: Transactions) -> Chosen:
    """As `provider_of`, with whose account it is."""
    settings = transactions.platform.settings
    with transactions() as session:
        row = session.scalar(queries_provider.provider_account_of(organisation_id_of(session)))
    if row is None:
        return Chosen(provider_for(settings), own=False)
    try:
        key = unseal(settings, row.organisation_id, row.sealed_key)
        secrets = tuple(unseal(settings, row.organisation_id, each) for each in row.sealed_webhook_secrets)
    except SealBroken as error:
        _log.exception("payments.provider_keys_unreadable", organisation_id=str(row.organisation_id))
        message = "The council's keys cannot be opened: the installation's secret key has changed. Save the keys again."
        raise ProviderDown(message) from error
    return Chosen(provider_with(settings, Keys(key, secrets)), own=True)


def is_online(session: Session) -> bool:
    """Whether there are keys of a provider, the council's own or the installation's; nobody is asked."""
    return provider_for(platform_of(session).settings) is not None or _account(session) is not None


def read_provider_account(session: Session) -> ProviderAccountRead:
    """Whose account it is, without any key."""
    settings, row = platform_of(session).settings, _account(session)
    shared = provider_for(settings) if row is None else None
    return ProviderAccountRead(
        source="council" if row else "installation" if shared else "none",
        provider=row.provider if row else shared.name if shared else None,
        account=row.account if row else None,
        key_hint=row.key_hint if row else None,
        livemode=row.livemode if row else bool(shared and shared.livemode),
        webhook_secrets=len(row.sealed_webhook_secrets) if row else len(settings.stripe_webhook_secrets),
        webhook_url=council_url(session, WEBHOOK_PATH),
        tested_at=row.tested_at if row else None,
        set_by_name=row.set_by_name if row else None,
    )


def save_provider_account(
    transactions: Transactions, *, secret_key: str, webhook_secret: str | None
) -> ProviderAccountRead:
    """Test a key at the provider, then seal and keep it; call it outside any transaction.

    Another key of the same account replaces the one before and keeps its webhook secrets. Raises ProviderKeyRefused,
    ProviderNotAnswering, PagesStillOpen and RefundsUnderWay (another account, while pages or refunds of the present one
    are open), SecretKeyMissing.
    """
    settings = transactions.platform.settings
    checked = _checked(provider_with(settings, Keys(secret_key, ())))
    with transactions() as session:
        organisation_id, actor = organisation_id_of(session), transactions.actor
        row = _account(session, lock=True)
        if row is None or row.account != checked.account:
            _refuse_while_money_moves(session)
        if row is None:
            row = ProviderAccount(organisation_id=organisation_id, provider=PROVIDER, sealed_webhook_secrets=[])
            session.add(row)
        elif row.account != checked.account:
            row.sealed_webhook_secrets = []
        row.sealed_key = seal(settings, organisation_id, secret_key)
        row.key_hint = secret_key[-HINT_LENGTH:]
        row.account, row.livemode = checked.account, checked.livemode
        row.tested_at, row.set_by_name = utc_now(), actor.name
        if webhook_secret is not None:
            _put_first(session, row, webhook_secret)
        session.flush()
        _note(session, actor, "payments.provider_account_saved", row)
        return read_provider_account(session)


def check_provider_account(transactions: Transactions) -> ProviderAccountRead:
    """Ask the provider whether the saved key still opens the account; call it outside any transaction.

    Raises ProviderAccountMissing, ProviderKeyRefused, ProviderNotAnswering.
    """
    try:
        chosen = chosen_provider(transactions)
    except ProviderDown as error:
        raise ProviderKeyRefused(str(error)) from error
    if chosen.provider is None or not chosen.own:
        raise ProviderAccountMissing
    _checked(chosen.provider)
    with transactions() as session:
        row = _needed(session)
        row.tested_at = utc_now()
        return read_provider_account(session)


def add_webhook_secret(session: Session, actor: Actor, *, webhook_secret: str) -> ProviderAccountRead:
    """Take a new webhook secret into use; the one before stays valid until it is ended.

    Raises ProviderAccountMissing.
    """
    row = _needed(session)
    _put_first(session, row, webhook_secret)
    session.flush()
    _note(session, actor, "payments.webhook_secret_added", row)
    return read_provider_account(session)


def end_old_webhook_secret(session: Session, actor: Actor) -> ProviderAccountRead:
    """Keep only the newest webhook secret. Raises ProviderAccountMissing."""
    row = _needed(session)
    row.sealed_webhook_secrets = row.sealed_webhook_secrets[:1]
    session.flush()
    _note(session, actor, "payments.webhook_secret_ended", row)
    return read_provider_account(session)


def remove_provider_account(session: Session, actor: Actor) -> ProviderAccountRead:
    """Forget the council's keys: the installation's account takes its payments, if there is one.

    Raises ProviderAccountMissing, PagesStillOpen, RefundsUnderWay.
    """
    row = _needed(session)
    _refuse_while_money_moves(session)
    _note(session, actor, "payments.provider_account_removed", row)
    session.delete(row)
    session.flush()
    return read_provider_account(session)


def _checked(provider: Provider) -> AccountChecked:
    try:
        return provider.check_account()
    except ProviderRefused as error:
        raise ProviderKeyRefused("") from error
    except ProviderDown as error:
        raise ProviderNotAnswering from error


def _account(session: Session, *, lock: bool = False) -> ProviderAccount | None:
    statement = queries_provider.provider_account_of(organisation_id_of(session))
    return session.scalar(statement.with_for_update() if lock else statement)


def _needed(session: Session) -> ProviderAccount:
    row = _account(session, lock=True)
    if row is None:
        raise ProviderAccountMissing
    return row


def _put_first(session: Session, row: ProviderAccount, webhook_secret: str) -> None:
    sealed = seal(platform_of(session).settings, row.organisation_id, webhook_secret)
    row.sealed_webhook_secrets = [sealed, *row.sealed_webhook_secrets][:SECRETS_AT_ONCE]


def _refuse_while_money_moves(session: Session) -> None:
    """A page that somebody pays on, or a refund, can be asked about with the keys that made it, and with no others."""
    opened = queries.attempts_of(organisation_id_of(session)).where(PaymentAttempt.state.in_(OPEN_ATTEMPTS))
    count = session.scalar(opened.with_only_columns(func.count(PaymentAttempt.id))) or 0
    if count:
        raise PagesStillOpen(count)
    pending = queries.pending_card_refunds(organisation_id_of(session), before=utc_now())
    refunds = len(session.scalars(pending).all())
    if refunds:
        raise RefundsUnderWay(refunds)


def _note(session: Session, actor: Actor, action: str, row: ProviderAccount) -> None:
    detail = {
        "account": row.account,
        "key_hint": row.key_hint,
        "livemode": row.livemode,
        "webhook_secrets": len(row.sealed_webhook_secrets),
    }
    audit.record(session, actor, action, subject=row, detail=detail)
