"""Firms, their members and their invitations as they travel."""

import uuid
from typing import Annotated

from pydantic import Field

from banksia.foundation.auth.models import FirmRole
from banksia.foundation.auth.schemas import Email, LinkToken
from banksia.kit.schemas import ReadModel, RequestModel, RequiredLine, UtcDatetime

Abn = Annotated[str, Field(max_length=20, description="11 digits, spaces allowed, or empty")]


class FirmCreate(RequestModel):
    """A new firm; whoever makes it owns it."""

    name: RequiredLine
    abn: Abn = ""
    billing_email: Email | None = None


class FirmUpdate(RequestModel):
    """The details of a firm as they shall be from now on."""

    name: RequiredLine
    abn: Abn
    billing_email: Email | None


class FirmPersonRead(ReadModel):
    """Somebody of a firm, by name."""

    user_id: uuid.UUID
    name: str
    has_left: bool


class FirmSummary(ReadModel):
    """A firm that one belongs to."""

    id: uuid.UUID
    name: str
    role: FirmRole
    people: list[FirmPersonRead]
    """Everybody who belongs, or belonged, to it: whoever may have placed one of its orders."""


class InvitationForMe(ReadModel):
    """An invitation that waits for the signed-in person."""

    id: uuid.UUID
    firm_name: str
    role: FirmRole
    invited_by: str
    expires_at: UtcDatetime


class FirmList(ReadModel):
    """One's firms, the one that was ordered for last first, and the invitations to one's verified address."""

    firms: list[FirmSummary]
    invitations: list[InvitationForMe]


class MemberRead(ReadModel):
    """Somebody who belongs to a firm, and what the reader may do about them."""

    user_id: uuid.UUID
    name: str
    email: str
    role: FirmRole
    joined_at: UtcDatetime
    is_me: bool
    roles_to_give: list[FirmRole]
    """The roles that the reader may give this person; none when the reader may not change it."""
    may_remove: bool


class FirmInvitationRead(ReadModel):
    """An invitation that waits, for those who manage members."""

    id: uuid.UUID
    email: str
    role: FirmRole
    sent_at: UtcDatetime
    expires_at: UtcDatetime
    has_expired: bool


class FirmRead(ReadModel):
    """A firm as its members see it; invitations are shown to those who manage members."""

    id: uuid.UUID
    name: str
    abn: str
    billing_email: str | None
    my_role: FirmRole
    roles_to_invite: list[FirmRole]
    may_edit: bool
    may_leave: bool
    members: list[MemberRead]
    invitations: list[FirmInvitationRead]


class RoleChange(RequestModel):
    """The role that a member shall have."""

    role: FirmRole


class FirmInvitationCreate(RequestModel):
    """An address to invite, and the role that its account gets."""

    email: Email
    role: FirmRole = "member"


class FirmInvitationUse(RequestModel):
    """The token of an invitation's link."""

    token: LinkToken


class FirmInvitationShown(ReadModel):
    """What an invitation's link tells whoever opens it, signed in or not."""

    firm_name: str
    email: str
    role: FirmRole
    invited_by: str
    expires_at: UtcDatetime


class FirmJoined(ReadModel):
    """The firm that the person belongs to from now on."""

    id: uuid.UUID
    name: str
