"""Every SELECT of firms, their members and their invitations."""

import uuid
from datetime import datetime

from sqlalchemy import Delete, Select, delete, func, or_, select

from banksia.foundation.auth.models import Firm, FirmInvitation, FirmMembership, User


def firm_with_id(organisation_id: uuid.UUID, firm_id: uuid.UUID) -> Select[Firm]:
    """One firm."""
    return select(Firm).where(Firm.organisation_id == organisation_id, Firm.id == firm_id)


def memberships_of(organisation_id: uuid.UUID) -> Select[FirmMembership]:
    """Who belongs to which firm; those who left are left out."""
    return select(FirmMembership).where(
        FirmMembership.organisation_id == organisation_id, FirmMembership.ended_at.is_(None)
    )


def membership_in(organisation_id: uuid.UUID, firm_id: uuid.UUID, user_id: uuid.UUID) -> Select[FirmMembership]:
    """The membership of a person in a firm, unless they left."""
    return memberships_of(organisation_id).where(FirmMembership.firm_id == firm_id, FirmMembership.user_id == user_id)


def any_membership_in(organisation_id: uuid.UUID, firm_id: uuid.UUID, user_id: uuid.UUID) -> Select[FirmMembership]:
    """The membership of a person in a firm, also when they left."""
    return select(FirmMembership).where(
        FirmMembership.organisation_id == organisation_id,
        FirmMembership.firm_id == firm_id,
        FirmMembership.user_id == user_id,
    )


def firm_ids_of(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[uuid.UUID]:
    """The ids of the firms that a person belongs to, to stand in another query."""
    return (
        memberships_of(organisation_id)
        .where(FirmMembership.user_id == user_id)
        .with_only_columns(FirmMembership.firm_id)
    )


def firms_of_user(organisation_id: uuid.UUID, user_id: uuid.UUID) -> Select[FirmMembership, Firm]:
    """The firms of a person: the one ordered for last first, then the one joined last."""
    return (
        select(FirmMembership, Firm)
        .join(Firm, Firm.id == FirmMembership.firm_id)
        .where(FirmMembership.organisation_id == organisation_id, FirmMembership.user_id == user_id)
        .where(FirmMembership.ended_at.is_(None))
        .order_by(FirmMembership.last_used_at.desc().nulls_last(), FirmMembership.joined_at.desc())
    )


def people_of_firms(organisation_id: uuid.UUID, firm_ids: list[uuid.UUID]) -> Select[FirmMembership, User]:
    """Everybody who belongs, or belonged, to some firms, by name."""
    return (
        select(FirmMembership, User)
        .join(User, User.id == FirmMembership.user_id)
        .where(FirmMembership.organisation_id == organisation_id, FirmMembership.firm_id.in_(firm_ids))
        .order_by(User.name, User.id)
    )


def owners_of(organisation_id: uuid.UUID, firm_id: uuid.UUID) -> Select[FirmMembership]:
    """The owners of a firm who can sign in."""
    return (
        memberships_of(organisation_id)
        .join(User, User.id == FirmMembership.user_id)
        .where(FirmMembership.firm_id == firm_id, FirmMembership.role == "owner", User.active)
    )


def owner_emails_of(organisation_id: uuid.UUID, firm_id: uuid.UUID) -> Select[str]:
    """The addresses of the owners of a firm who can sign in."""
    return owners_of(organisation_id, firm_id).with_only_columns(User.email).order_by(User.email)


def successors_in(organisation_id: uuid.UUID, firm_id: uuid.UUID) -> Select[FirmMembership]:
    """Who could own a firm next: managers before members, those who joined first before the others."""
    return (
        memberships_of(organisation_id)
        .join(User, User.id == FirmMembership.user_id)
        .where(FirmMembership.firm_id == firm_id, FirmMembership.role != "owner", User.active)
        .order_by(FirmMembership.role, FirmMembership.joined_at, FirmMembership.id)
    )


def who_left(
    organisation_id: uuid.UUID, firm_id: uuid.UUID, *, user_id: uuid.UUID | None, email: str | None
) -> Select[uuid.UUID]:
    """The membership that has ended of this account, or of the account with this address."""
    return (
        select(FirmMembership.id)
        .join(User, User.id == FirmMembership.user_id)
        .where(FirmMembership.organisation_id == organisation_id, FirmMembership.firm_id == firm_id)
        .where(FirmMembership.ended_at.is_not(None), or_(User.id == user_id, User.email == (email or "").lower()))
    )


def waiting_invitations(organisation_id: uuid.UUID) -> Select[FirmInvitation]:
    """Invitations that were neither accepted nor withdrawn; some may be too old."""
    return select(FirmInvitation).where(
        FirmInvitation.organisation_id == organisation_id,
        FirmInvitation.accepted_at.is_(None),
        FirmInvitation.withdrawn_at.is_(None),
    )


def invitation_with_id(organisation_id: uuid.UUID, invitation_id: uuid.UUID) -> Select[FirmInvitation]:
    """One invitation, whatever became of it."""
    return select(FirmInvitation).where(
        FirmInvitation.organisation_id == organisation_id, FirmInvitation.id == invitation_id
    )


def invitations_of_firm(organisation_id: uuid.UUID, firm_id: uuid.UUID) -> Select[FirmInvitation]:
    """The waiting invitations of a firm, the newest first."""
    return (
        waiting_invitations(organisation_id).where(FirmInvitation.firm_id == firm_id).order_by(FirmInvitation.id.desc())
    )


def count_of_invitations(organisation_id: uuid.UUID, firm_id: uuid.UUID) -> Select[int]:
    """How many invitations of a firm wait."""
    return invitations_of_firm(organisation_id, firm_id).with_only_columns(func.count()).order_by(None)


def invitations_to(organisation_id: uuid.UUID, email: str, now: datetime) -> Select[FirmInvitation, str, str]:
    """The invitations that an address can accept, with the firm's name and who invited."""
    return (
        waiting_invitations(organisation_id)
        .join(Firm, Firm.id == FirmInvitation.firm_id)
        .join(User, User.id == FirmInvitation.invited_by_id)
        .where(FirmInvitation.email == email, FirmInvitation.expires_at > now)
        .order_by(FirmInvitation.id)
        .with_only_columns(FirmInvitation, Firm.name, User.name)
    )


def forget_invitations_before(organisation_id: uuid.UUID, moment: datetime) -> Delete:
    """Remove invitations whose link could not be used since a moment: with them goes the address of who never came."""
    return delete(FirmInvitation).where(
        FirmInvitation.organisation_id == organisation_id, FirmInvitation.expires_at < moment
    )
