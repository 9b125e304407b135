"""Accounts, sign-in and sessions."""

from banksia.foundation.auth.service.accounts import check_password, create_user, rename_account
from banksia.foundation.auth.service.forgetting import forget_old
from banksia.foundation.auth.service.passwords import (
    change_password,
    own_account,
    request_password_reset,
    reset_password,
    send_reset_link,
)
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.auth.service.registering import register, verify_email
from banksia.foundation.auth.service.sessions import (
    CSRF_COOKIE,
    SESSION_COOKIE,
    SignedIn,
    actor_of,
    authenticate,
    client_address,
    open_session,
    sign_in,
    sign_out,
)
from banksia.foundation.auth.service.staff import get_user, invite_user, roles_of_council, send_link, update_user

__all__ = [
    "CSRF_COOKIE",
    "SESSION_COOKIE",
    "SignedIn",
    "actor_of",
    "authenticate",
    "change_password",
    "check_password",
    "client_address",
    "create_user",
    "forget_old",
    "get_user",
    "invite_user",
    "limit_rate",
    "open_session",
    "own_account",
    "register",
    "rename_account",
    "request_password_reset",
    "reset_password",
    "roles_of_council",
    "send_link",
    "send_reset_link",
    "sign_in",
    "sign_out",
    "update_user",
    "verify_email",
]
