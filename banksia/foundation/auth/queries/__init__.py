"""Every SELECT of accounts and sessions."""

import uuid
from datetime import date, datetime

from sqlalchemy import Delete, Select, Update, delete, func, or_, select, update

from banksia.foundation.auth.models import ApiToken, OneTimeToken, RateCount, SignInSession, User


def users_of(organisation_id: uuid.UUID) -> Select[User]:
    """The accounts of one organisation."""
    return select(User).where(User.organisation_id == organisation_id)


def user_by_email(organisation_id: uuid.UUID, email: str) -> Select[User]:
    """The account with an address, however it is typed."""
    return users_of(organisation_id).where(User.email == email.strip().lower())


def listed_users(
    organisation_id: uuid.UUID, *, kind: str, q: str = "", role: str | None = None, active: bool | None = None
) -> Select[User]:
    """Accounts of one kind: staff by any part of name or address, customers by how their address begins.

    Staff are hundreds at most. Customers may be many, so theirs is a range of an index: under row-level security `LIKE`
    would read every account.
    """
    found = users_of(organisation_id).where(User.kind == kind)
    wanted = q.strip().lower()
    if wanted and kind == "staff":
        found = found.where(or_(func.strpos(func.lower(User.name), wanted) > 0, func.strpos(User.email, wanted) > 0))
    elif wanted:
        found = found.where(User.email >= wanted, User.email < wanted + "\U0010ffff")
    if role is not None:
        found = found.where(User.roles.contains([role]))
    if active is not None:
        found = found.where(User.active.is_(active))
    return found


def active_administrators(organisation_id: uuid.UUID) -> Select[User]:
    """Who can give roles, locked in one order so that two people cannot take them from each other at the same time."""
    return (
        users_of(organisation_id)
        .where(User.kind == "staff", User.active, User.roles.contains(["administrator"]))
        .order_by(User.id)
        .with_for_update()
    )


def users_in_roles(organisation_id: uuid.UUID, roles: tuple[str, ...]) -> Select[User]:
    """Active staff who have one of these roles, by name."""
    has_one = or_(*(User.roles.contains([role]) for role in roles))
    return users_of(organisation_id).where(User.kind == "staff", User.active, has_one).order_by(User.name, User.id)


def live_session(organisation_id: uuid.UUID, token_hash: str, now: datetime) -> Select[SignInSession, User]:
    """The session of a cookie with its account, unless it has ended or the account is switched off."""
    return (
        select(SignInSession, User)
        .join(User, User.id == SignInSession.user_id)
        .where(SignInSession.organisation_id == organisation_id, SignInSession.token_hash == token_hash)
        .where(SignInSession.ended_at.is_(None), SignInSession.expires_at > now, User.active)
    )


FIND_SESSION = """
SELECT set_config('banksia.organisation_id', %(organisation)s, true);
SELECT sessions.id, csrf_token, last_seen_at, users.id, kind, name, email, roles
FROM auth.sessions JOIN auth.users ON users.id = user_id
WHERE sessions.organisation_id = %(organisation)s AND token_hash = %(token)s
AND ended_at IS NULL AND expires_at > %(now)s AND active"""
"""`live_session` for a bare connection."""


def sessions_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[SignInSession]:
    """The sessions of one account that have not ended."""
    return select(SignInSession).where(
        SignInSession.organisation_id == organisation_id,
        SignInSession.user_id == user_id,
        SignInSession.ended_at.is_(None),
    )


def live_api_token(organisation_id: uuid.UUID, token_hash: str, now: datetime) -> Select[ApiToken, User]:
    """An API token with the account it acts for, unless either has ended."""
    return (
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.organisation_id == organisation_id, ApiToken.token_hash == token_hash)
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
        .where(User.active, User.email_verified_at.is_not(None))
    )


def note_use(token: ApiToken, day: date) -> Update:
    """Note that a token was used on a day, unless another request has noted it meanwhile."""
    return (
        update(ApiToken)
        .where(ApiToken.organisation_id == token.organisation_id, ApiToken.id == token.id)
        .where(ApiToken.last_used_on.is_distinct_from(day))
        .values(last_used_on=day)
    )


def api_tokens_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[ApiToken]:
    """The API tokens of one account that were not revoked, the newest first; those that have expired among them."""
    return (
        select(ApiToken)
        .where(ApiToken.organisation_id == organisation_id, ApiToken.user_id == user_id)
        .where(ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id.desc())
    )


def usable_token(
    organisation_id: uuid.UUID, purposes: tuple[str, ...], token_hash: str, now: datetime
) -> Select[OneTimeToken]:
    """A one-time token that has not been used and is not too old, locked so that it is used once."""
    return (
        select(OneTimeToken)
        .where(OneTimeToken.organisation_id == organisation_id, OneTimeToken.token_hash == token_hash)
        .where(OneTimeToken.purpose.in_(purposes), OneTimeToken.used_at.is_(None), OneTimeToken.expires_at > now)
        .with_for_update()
    )


def unused_tokens_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[OneTimeToken]:
    """The links of one account that nobody has used."""
    return select(OneTimeToken).where(
        OneTimeToken.organisation_id == organisation_id,
        OneTimeToken.user_id == user_id,
        OneTimeToken.used_at.is_(None),
    )


def counts_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove counts of windows that began before a moment."""
    return delete(RateCount).where(RateCount.organisation_id == organisation_id, RateCount.window_starts_at < moment)


def sessions_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove sessions that could not be used since a moment."""
    return delete(SignInSession).where(
        SignInSession.organisation_id == organisation_id, SignInSession.expires_at < moment
    )


def api_tokens_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove API tokens that could not be used since a moment."""
    return delete(ApiToken).where(
        ApiToken.organisation_id == organisation_id,
        or_(ApiToken.expires_at < moment, ApiToken.revoked_at < moment),
    )


def tokens_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove links that could not be used since a moment."""
    return delete(OneTimeToken).where(OneTimeToken.organisation_id == organisation_id, OneTimeToken.expires_at < moment)
