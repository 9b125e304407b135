"""Accounts, sign-in and sessions."""

from banksia.foundation.auth.service.accounts import check_password, create_user, make_token, use_token
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.auth.service.sessions import (
    CSRF_COOKIE,
    SESSION_COOKIE,
    SignedIn,
    actor_of,
    authenticate,
    client_address,
    end_sessions,
    open_session,
    permissions_of,
    sign_in,
    sign_out,
)

__all__ = [
    "CSRF_COOKIE",
    "SESSION_COOKIE",
    "SignedIn",
    "actor_of",
    "authenticate",
    "check_password",
    "client_address",
    "create_user",
    "end_sessions",
    "limit_rate",
    "make_token",
    "open_session",
    "permissions_of",
    "sign_in",
    "sign_out",
    "use_token",
]
