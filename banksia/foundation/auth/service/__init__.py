"""Accounts, sign-in and sessions."""

from banksia.foundation.auth.service.accounts import check_password, create_user, rename_account
from banksia.foundation.auth.service.addresses import client_address, counted_address
from banksia.foundation.auth.service.api_tokens import (
    authenticate,
    list_tokens,
    make_api_token,
    revoke_api_token,
    revoke_api_tokens,
    scopes_of,
)
from banksia.foundation.auth.service.firm_invitations import (
    accept_invitation,
    accept_link,
    invite_to_firm,
    read_invitation,
    resend_invitation,
    withdraw_invitation,
)
from banksia.foundation.auth.service.firm_members import change_member_role, leave_firm, read_firm, remove_member
from banksia.foundation.auth.service.firms import create_firm, find_membership, list_firms, update_firm, use_firm
from banksia.foundation.auth.service.forgetting import forget_account, forget_old
from banksia.foundation.auth.service.passwords import (
    change_password,
    own_account,
    request_password_reset,
    reset_password,
    send_reset_link,
)
from banksia.foundation.auth.service.rates import limit_rate
from banksia.foundation.auth.service.recognising import LeanSessions
from banksia.foundation.auth.service.registering import register, verify_email
from banksia.foundation.auth.service.sessions import (
    CSRF_COOKIE,
    RECOGNISED,
    SAFE_METHODS,
    SESSION_COOKIE,
    SignedIn,
    actor_of,
    open_session,
    sign_in,
    sign_out,
)
from banksia.foundation.auth.service.staff import (
    get_user,
    invite_by_hand,
    invite_user,
    roles_of_council,
    send_link,
    update_user,
)

__all__ = [
    "CSRF_COOKIE",
    "RECOGNISED",
    "SAFE_METHODS",
    "SESSION_COOKIE",
    "LeanSessions",
    "SignedIn",
    "accept_invitation",
    "accept_link",
    "actor_of",
    "authenticate",
    "change_member_role",
    "change_password",
    "check_password",
    "client_address",
    "counted_address",
    "create_firm",
    "create_user",
    "find_membership",
    "forget_account",
    "forget_old",
    "get_user",
    "invite_by_hand",
    "invite_to_firm",
    "invite_user",
    "leave_firm",
    "limit_rate",
    "list_firms",
    "list_tokens",
    "make_api_token",
    "open_session",
    "own_account",
    "read_firm",
    "read_invitation",
    "register",
    "remove_member",
    "rename_account",
    "request_password_reset",
    "resend_invitation",
    "reset_password",
    "revoke_api_token",
    "revoke_api_tokens",
    "roles_of_council",
    "scopes_of",
    "send_link",
    "send_reset_link",
    "sign_in",
    "sign_out",
    "update_firm",
    "update_user",
    "use_firm",
    "verify_email",
    "withdraw_invitation",
]
