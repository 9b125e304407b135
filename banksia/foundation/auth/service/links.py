"""Links in mails: each works once and for a while. The token stands behind the `#`, so no server's log ever sees it."""

import secrets
from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import LinkExpired
from banksia.foundation.auth.events import EmailVerified
from banksia.foundation.auth.models import OneTimeToken, User
from banksia.foundation.auth.queries import unused_tokens_of, usable_token, users_of
from banksia.foundation.events.public import emit
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.kit.sealing import hash_token

TOKENS_LAST = {"verify_email": timedelta(days=2), "set_password": timedelta(hours=2), "invitation": timedelta(days=7)}
VERIFY_PAGE = "/auth/customer/verify"
SETTING_PAGE = "/auth/customer/set-password"
FORGOTTEN_PAGE = "/auth/customer/forgotten-password"


def make_token(session: Session, user: User, purpose: str) -> str:
    """A link's token; it works once and for a limited time."""
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeToken(
            id=new_id(),
            organisation_id=user.organisation_id,
            user_id=user.id,
            purpose=purpose,
            token_hash=hash_token(token),
            expires_at=utc_now() + TOKENS_LAST[purpose],
        )
    )
    return token


def use_token(session: Session, token: str, *purposes: str) -> User:
    """Use a token up; raises LinkExpired, also when its account is switched off."""
    organisation_id = organisation_id_of(session)
    found = session.scalar(usable_token(organisation_id, purposes, hash_token(token), utc_now()))
    if found is None:
        raise LinkExpired
    user = session.scalars(users_of(organisation_id).where(User.id == found.user_id)).one()
    if not user.active:
        raise LinkExpired
    found.used_at = utc_now()
    return user


def void_tokens(session: Session, user: User) -> None:
    """End every link of an account that nobody has used."""
    for token in session.scalars(unused_tokens_of(user.organisation_id, user.id)):
        token.used_at = utc_now()


def confirm_email(session: Session, user: User) -> None:
    """Note that the address is shown to be the person's, and tell whoever listens; nothing happens the second time."""
    if user.email_verified_at is not None:
        return
    user.email_verified_at = utc_now()
    audit.record(session, Actor.guest(user.organisation_id), "auth.email_verified", subject=user)
    emit(session, EmailVerified(user_id=user.id, email=user.email))


def send_verification_link(session: Session, user: User) -> None:
    """Mail the link that shows an address to be the person's."""
    link = council_url(session, f"{VERIFY_PAGE}#token={make_token(session, user, 'verify_email')}")
    context = {"name": user.name, "link": link}
    send_mail(session, template="auth/verify_email", to=user.email, context=context, confidential=True)


def make_password_link(session: Session, user: User) -> str:
    """The link with which a person sets a password: an invitation, when there is none yet."""
    return council_url(session, f"{SETTING_PAGE}#token={make_token(session, user, _password_purpose(user))}")


def send_password_link(session: Session, user: User) -> None:
    """Mail the link with which a person sets a password: an invitation, when there is none yet."""
    context = {"name": user.name, "link": make_password_link(session, user)}
    template = f"auth/{_password_purpose(user)}"
    send_mail(session, template=template, to=user.email, context=context, confidential=True)


def _password_purpose(user: User) -> str:
    return "set_password" if user.password_hash else "invitation"
