"""One's own account: signing in and out, registering, passwords."""

from dataclasses import replace
from typing import Any

from fastapi import Request, Response

from banksia.foundation.auth import permissions, service
from banksia.foundation.auth.errors import (
    EmailNotVerified,
    LinkExpired,
    PasswordTooWeak,
    TooManyAttempts,
    UserNotFound,
    WrongCurrentPassword,
    WrongPassword,
)
from banksia.foundation.auth.schemas import (
    AccountUpdate,
    Credentials,
    EmailConfirmed,
    EmailOnly,
    LinkSent,
    Me,
    PasswordChange,
    PasswordReset,
    Registration,
    TokenUse,
    UserRead,
)
from banksia.kit.actor import Actor
from banksia.kit.routing import ActorDep, PlatformDep, Router, SessionDep
from banksia.kit.settings import Settings

account = Router()


def read_me(actor: Actor) -> Me:
    """The actor as the clients know it."""
    if actor.user_id is None:
        return Me(user=None)
    return Me(
        user=UserRead(
            id=actor.user_id,
            email=actor.email,
            name=actor.name,
            kind="staff" if actor.kind == "staff" else "customer",
            roles=sorted(actor.roles),
            permissions=sorted(actor.permissions),
        )
    )


def set_cookies(response: Response, signed_in: service.SignedIn, settings: Settings) -> None:
    """The session's cookie, which scripts cannot read, and the one that our own pages read and send back."""
    options: dict[str, Any] = {
        "max_age": int(signed_in.lasts.total_seconds()),
        "secure": settings.is_https,
        "samesite": "lax",
        "path": "/",
    }
    response.set_cookie(service.SESSION_COOKIE, signed_in.token, httponly=True, **options)
    response.set_cookie(service.CSRF_COOKIE, signed_in.csrf_token, httponly=False, **options)


@account.get("/me", public=True)
def get_me(actor: ActorDep) -> Me:
    """Who is signed in."""
    return read_me(actor)


@account.post("/login", public=True, raises=[WrongPassword, EmailNotVerified, TooManyAttempts])
def sign_in(
    session: SessionDep, platform: PlatformDep, request: Request, response: Response, credentials: Credentials
) -> Me:
    """Sign in with e-mail and password; sets the session's cookie."""
    signed_in = service.sign_in(
        session, email=credentials.email, password=credentials.password, client=service.client_address(request)
    )
    set_cookies(response, signed_in, platform.settings)
    return read_me(signed_in.actor)


@account.post("/logout", permission=permissions.ACCOUNT_KEEP, status_code=204)
def sign_out(session: SessionDep, actor: ActorDep, response: Response) -> None:
    """Sign out in this browser."""
    service.sign_out(session, actor)
    response.delete_cookie(service.SESSION_COOKIE)
    response.delete_cookie(service.CSRF_COOKIE)


@account.post("/register", public=True, raises=[PasswordTooWeak, TooManyAttempts], status_code=202)
def register(session: SessionDep, request: Request, registration: Registration) -> LinkSent:
    """Make a customer's account; a mail with a link confirms the address, or says that there is an account already."""
    service.register(
        session,
        email=registration.email,
        name=registration.name,
        password=registration.password,
        client=service.client_address(request),
    )
    return LinkSent(email=registration.email)


@account.post("/verify-email", public=True, raises=[LinkExpired, TooManyAttempts])
def verify_email(session: SessionDep, request: Request, link: TokenUse) -> EmailConfirmed:
    """Confirm an email address with the token of a mail; then sign in."""
    user = service.verify_email(session, token=link.token, client=service.client_address(request))
    return EmailConfirmed(email=user.email)


@account.post("/request-password-reset", public=True, raises=[TooManyAttempts], status_code=202)
def request_password_reset(session: SessionDep, request: Request, address: EmailOnly) -> LinkSent:
    """Ask for a mail with a link to set a new password; it comes if there is an account."""
    service.request_password_reset(session, email=address.email, client=service.client_address(request))
    return LinkSent(email=address.email)


@account.post("/reset-password", public=True, raises=[LinkExpired, PasswordTooWeak, TooManyAttempts])
def reset_password(session: SessionDep, request: Request, reset: PasswordReset) -> EmailConfirmed:
    """Set a new password with the token of a mail; ends every session, then sign in."""
    client = service.client_address(request)
    user = service.reset_password(session, token=reset.token, password=reset.password, client=client)
    return EmailConfirmed(email=user.email)


@account.patch("/me", permission=permissions.ACCOUNT_KEEP, raises=[UserNotFound])
def update_me(session: SessionDep, actor: ActorDep, changes: AccountUpdate) -> Me:
    """Change one's own name."""
    user = service.rename_account(session, actor, user=service.own_account(session, actor), name=changes.name)
    return read_me(replace(actor, name=user.name))


@account.post(
    "/change-password",
    permission=permissions.ACCOUNT_KEEP,
    raises=[WrongCurrentPassword, PasswordTooWeak, TooManyAttempts],
    status_code=204,
)
def change_password(session: SessionDep, actor: ActorDep, change: PasswordChange) -> None:
    """Change one's own password; ends one's sessions in other browsers."""
    service.change_password(session, actor, current_password=change.current_password, password=change.password)
