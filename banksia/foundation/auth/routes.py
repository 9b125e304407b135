"""Signing in and out."""

from typing import Any

from fastapi import Request, Response

from banksia.foundation.auth import permissions, service
from banksia.foundation.auth.errors import EmailNotVerified, TooManyAttempts, WrongPassword
from banksia.foundation.auth.schemas import Credentials, Me, UserRead
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
