"""Forgotten, set and changed passwords."""

from datetime import timedelta

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors import UserNotFound, WrongCurrentPassword
from banksia.foundation.auth.models import User
from banksia.foundation.auth.queries import user_by_email, users_of
from banksia.foundation.auth.service.accounts import check_password
from banksia.foundation.auth.service.links import confirm_email, send_password_link, use_token, void_tokens
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.auth.service.sessions import end_sessions, hasher
from banksia.foundation.events.public import enqueue
from banksia.foundation.notifications.public import send_mail
from banksia.kit.actor import Actor
from banksia.kit.database import organisation_id_of

PER_HOUR = timedelta(hours=1)


def request_password_reset(session: Session, *, email: str, client: str) -> None:
    """Mail a link to set a new password, if there is an account; raises TooManyAttempts.

    A task looks for the account: here, the time that the answer takes would tell whether there is one.
    """
    limit_rate(session, "auth.reset_address", subject=client, at_most=50, per=PER_HOUR)
    limit_rate(session, "auth.reset_email", subject=email.lower(), at_most=5, per=PER_HOUR)
    enqueue(session, "auth.send_reset_link", email=email.strip().lower())


def send_reset_link(session: Session, *, email: str) -> None:
    """Mail the link to an active account of this address; without one nothing happens."""
    user = session.scalar(user_by_email(organisation_id_of(session), email))
    if user is not None and user.active:
        audit.record(session, Actor.system(user.organisation_id), "auth.password_link_sent", subject=user)
        send_password_link(session, user)


def reset_password(session: Session, *, token: str, password: str, client: str) -> User:
    """Set a new password with the token of a mail; raises LinkExpired, PasswordTooWeak or TooManyAttempts.

    The mail arrived, so the address is the person's. Every session and every other link of the account ends.
    """
    limit_rate(session, "auth.reset_password", subject=client, at_most=100, per=PER_HOUR)
    check_password(password)
    user = use_token(session, token, "set_password", "invitation")
    _set_password(session, user, password)
    end_sessions(session, user)
    confirm_email(session, user)
    audit.record(session, Actor.guest(user.organisation_id), "auth.password_set", subject=user)
    return user


def change_password(session: Session, actor: Actor, *, current_password: str, password: str) -> None:
    """Change one's own password and end one's other sessions; raises WrongCurrentPassword or PasswordTooWeak."""
    limit_rate(session, "auth.change_password", subject=str(actor.user_id), at_most=10, per=PER_HOUR)
    user = own_account(session, actor)
    if not user.password_hash or not hasher.verify(current_password, user.password_hash):
        audit.record(session, actor, "auth.password_change_failed", subject=user)
        raise WrongCurrentPassword
    check_password(password)
    _set_password(session, user, password)
    end_sessions(session, user, except_id=actor.session_id)
    audit.record(session, actor, "auth.password_changed", subject=user)


def own_account(session: Session, actor: Actor) -> User:
    """The account of the person who acts; raises UserNotFound."""
    user = session.scalar(users_of(actor.organisation_id).where(User.id == actor.user_id))
    if user is None:
        raise UserNotFound
    return user


def _set_password(session: Session, user: User, password: str) -> None:
    first = not user.password_hash
    user.password_hash = hasher.hash(password)
    void_tokens(session, user)
    if not first:  # somebody else may have done it: the person is told
        send_mail(session, template="auth/password_changed", to=user.email, context={"name": user.name})
