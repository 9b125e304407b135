"""Accounts as they travel."""

import uuid
from datetime import date
from typing import Annotated, Literal

from pydantic import EmailStr, Field, StringConstraints

from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine, UtcDatetime

Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Email = Annotated[EmailStr, StringConstraints(max_length=200)]
LinkToken = Annotated[str, Field(min_length=1, max_length=200)]
AccountKind = Literal["customer", "staff"]


class Credentials(RequestModel):
    """What somebody signs in with."""

    email: RequiredLine
    password: Password


class UserRead(ReadModel):
    """The signed-in person."""

    id: uuid.UUID
    email: str
    name: str
    kind: AccountKind
    roles: list[str]
    permissions: list[str]


class Me(ReadModel):
    """Who is signed in; `user` is null for a guest."""

    user: UserRead | None


class Registration(RequestModel):
    """A customer makes an account."""

    email: Email
    name: RequiredLine
    password: Password


class LinkSent(ReadModel):
    """Where a mail goes; the answer is the same whether or not there is an account."""

    email: str


class TokenUse(RequestModel):
    """A link from a mail."""

    token: LinkToken


class EmailConfirmed(ReadModel):
    """The address that is now shown to be the person's; the next step is to sign in with it."""

    email: str


class EmailOnly(RequestModel):
    """An address that a link shall go to."""

    email: Email


class PasswordReset(RequestModel):
    """A new password, with the token from the mail."""

    token: LinkToken
    password: Password


class PasswordChange(RequestModel):
    """A new password, with the present one."""

    current_password: Password
    password: Password


class AccountUpdate(RequestModel):
    """What somebody changes about their own account."""

    name: RequiredLine


class ScopeRead(ReadModel):
    """Something that an API token can be allowed to do."""

    name: str
    title: str


class ApiTokenCreate(RequestModel):
    """What an API token shall be called and may do; it lasts a year unless told otherwise, two at most."""

    name: RequiredLine
    scopes: Annotated[list[str], Field(min_length=1, max_length=50)]
    expires_in_days: Annotated[int, Field(ge=1, le=730)] = 365


class ApiTokenRead(ReadModel):
    """An API token without what it signs in with."""

    id: uuid.UUID
    name: str
    prefix: str
    scopes: list[str]
    created_at: UtcDatetime
    expires_at: UtcDatetime
    last_used_on: date | None


class ApiTokenMade(ApiTokenRead):
    """A new API token; `token` is shown this once and cannot be read again."""

    token: str


class ApiTokenList(ReadModel):
    """One's own API tokens, and what a new one can be allowed to do."""

    tokens: list[ApiTokenRead]
    scopes: list[ScopeRead]


class AccountRead(ReadModel):
    """An account as an administrator sees it."""

    id: uuid.UUID
    email: str
    name: str
    kind: AccountKind
    roles: list[str]
    active: bool
    has_password: bool
    email_verified_at: UtcDatetime | None
    last_signed_in_at: UtcDatetime | None
    created_at: UtcDatetime


class Invitation(RequestModel):
    """A new member of staff, who gets a mail with a link to set a password."""

    email: Email
    name: RequiredLine
    roles: Annotated[list[str], Field(min_length=1, max_length=20)]


class AccountChange(RequestModel):
    """What an administrator changes about an account; what is left out stays."""

    name: RequiredLine | None = None
    roles: Annotated[list[str], Field(min_length=1, max_length=20)] | None = None
    active: bool | None = None


class PermissionRead(ReadModel):
    """Something that a role may do."""

    name: str
    title: str


class RoleRead(ReadModel):
    """A role and what it may do."""

    name: str
    title: str
    permissions: list[PermissionRead]
