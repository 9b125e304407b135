"""Every SELECT of accounts and sessions."""

import uuid
from datetime import datetime

from sqlalchemy import Select, select

from banksia.foundation.auth.models import OneTimeToken, SignInSession, User


def users_of(organisation_id: uuid.UUID) -> Select[tuple[User]]:
    """The accounts of one organisation."""
    return select(User).where(User.organisation_id == organisation_id)


def user_by_email(organisation_id: uuid.UUID, email: str) -> Select[tuple[User]]:
    """The account with an address, however it is typed."""
    return users_of(organisation_id).where(User.email == email.strip().lower())


def live_session(organisation_id: uuid.UUID, token_hash: str, now: datetime) -> Select[tuple[SignInSession, User]]:
    """The session of a cookie with its account, unless it has ended or the account is switched off."""
    return (
        select(SignInSession, User)
        .join(User, User.id == SignInSession.user_id)
        .where(SignInSession.organisation_id == organisation_id, SignInSession.token_hash == token_hash)
        .where(SignInSession.ended_at.is_(None), SignInSession.expires_at > now, User.active)
    )


def sessions_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[tuple[SignInSession]]:
    """The sessions of one account that have not ended."""
    return select(SignInSession).where(
        SignInSession.organisation_id == organisation_id,
        SignInSession.user_id == user_id,
        SignInSession.ended_at.is_(None),
    )


def usable_token(
    organisation_id: uuid.UUID, purpose: str, token_hash: str, now: datetime
) -> Select[tuple[OneTimeToken]]:
    """A one-time token that has not been used and is not too old, locked so that it is used once."""
    return (
        select(OneTimeToken)
        .where(OneTimeToken.organisation_id == organisation_id, OneTimeToken.token_hash == token_hash)
        .where(OneTimeToken.purpose == purpose, OneTimeToken.used_at.is_(None), OneTimeToken.expires_at > now)
        .with_for_update()
    )
