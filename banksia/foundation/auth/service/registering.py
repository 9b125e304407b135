"""Customers make their own accounts, and show that their address is theirs."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import EmailTaken
from banksia.foundation.auth.models import User
from banksia.foundation.auth.queries import user_by_email
from banksia.foundation.auth.service.accounts import check_password, create_user
from banksia.foundation.auth.service.links import (
    FORGOTTEN_PAGE,
    confirm_email,
    send_verification_link,
    use_token,
    void_tokens,
)
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.auth.service.sessions import hasher
from banksia.foundation.notifications.public import send_mail
from banksia.foundation.organisations.public import council_url
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of

PER_HOUR = timedelta(hours=1)


def register(session: Session, *, email: str, name: str, password: str, client: str) -> None:
    """Make a customer's account and mail the link that confirms it; raises PasswordTooWeak or TooManyAttempts.

    Whoever asks learns nothing about other people: a taken address gets a mail that says so; the answer and the time
    that it takes are the same.
    """
    limit_rate(session, "auth.register_address", subject=client, at_most=50, per=PER_HOUR)
    limit_rate(session, "auth.register_email", subject=email.lower(), at_most=5, per=PER_HOUR)
    check_password(password)
    guest = Actor.guest(organisation_id_of(session))
    password_hash = hasher.hash(password)
    user = _customer_of(session, guest, email, name)
    if user.kind == "staff" or user.email_verified_at is not None or not user.active:
        _tell_that_there_is_an_account(session, user)
        return
    # Nobody has shown the address to be theirs yet, so the last to ask decides; the links of those before end.
    void_tokens(session, user)
    user.name, user.password_hash = name, password_hash
    audit.record(session, guest, "auth.registered", subject=user)
    session.flush()
    send_verification_link(session, user)


def _customer_of(session: Session, guest: Actor, email: str, name: str) -> User:
    """Whoever has the address, made now when nobody has; when it is taken at this very moment, who took it."""
    try:
        return create_user(session, guest, email=email, name=name, kind="customer", roles=["customer"])
    except EmailTaken:
        return session.scalars(user_by_email(guest.organisation_id, email)).one()


def _tell_that_there_is_an_account(session: Session, user: User) -> None:
    link = council_url(session, FORGOTTEN_PAGE)
    send_mail(session, template="auth/account_exists", to=user.email, context={"name": user.name, "link": link})


def verify_email(session: Session, *, token: str, client: str) -> User:
    """Confirm the address that a link was mailed to; raises LinkExpired or TooManyAttempts."""
    limit_rate(session, "auth.verify_email", subject=client, at_most=100, per=PER_HOUR)
    user = use_token(session, token, "verify_email")
    confirm_email(session, user)
    return user
