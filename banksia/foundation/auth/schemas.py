"""Accounts as they travel."""

import uuid
from typing import Annotated, Literal

from pydantic import EmailStr, Field, StringConstraints

from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine

Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Email = Annotated[EmailStr, StringConstraints(max_length=200)]


class Credentials(RequestModel):
    """What somebody signs in with."""

    email: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Password


class UserRead(ReadModel):
    """The signed-in person."""

    id: uuid.UUID
    email: str
    name: str
    kind: Literal["customer", "staff"]
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


class TokenUse(RequestModel):
    """A link from a mail."""

    token: Annotated[str, Field(min_length=1, max_length=200)]


class EmailOnly(RequestModel):
    """An address that a link shall go to."""

    email: Email


class PasswordReset(RequestModel):
    """A new password, with the token from the mail."""

    token: Annotated[str, Field(min_length=1, max_length=200)]
    password: Password


class PasswordChange(RequestModel):
    """A new password, with the present one."""

    current_password: Password
    password: Password


class AccountUpdate(RequestModel):
    """What somebody changes about their own account."""

    name: RequiredLine
