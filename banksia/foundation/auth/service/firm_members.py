"""Who belongs to a firm, as what, and until when.

Owners do everything. Managers look after managers and members, and never make, change or remove an owner. Every change
is made under the lock of the firm's row, so that two people at once cannot take away the last owner.
"""

import uuid

from sqlalchemy.orm import Session

from banksia.foundation.audit import public as audit
from banksia.foundation.auth.errors.firms import FirmRoleTooLow, LastOwner, MemberNotFound
from banksia.foundation.auth.models import Firm, FirmMembership, FirmRole, User
from banksia.foundation.auth.queries.firms import (
    firm_with_id,
    firms_of_user,
    invitations_of_firm,
    membership_in,
    owners_of,
    people_of_firms,
    successors_in,
)
from banksia.foundation.auth.schemas.firms import FirmInvitationRead, FirmRead, MemberRead
from banksia.foundation.auth.service.firms import find_firm
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now

MAY_GIVE: dict[FirmRole, list[FirmRole]] = {
    "owner": ["owner", "manager", "member"],
    "manager": ["manager", "member"],
    "member": [],
}
"""The roles that each role gives and takes away."""


def read_firm(session: Session, actor: Actor, *, firm_id: uuid.UUID) -> FirmRead:
    """Return a firm with its members, and for those who manage them its invitations; raises FirmNotFound."""
    firm, mine = find_firm(session, actor, firm_id)
    may_give = MAY_GIVE[mine.role]
    owners = session.scalars(owners_of(firm.organisation_id, firm.id)).all()
    last_owner = owners[0].id if len(owners) == 1 else None
    people = session.execute(people_of_firms(firm.organisation_id, [firm.id]))
    members = [_read_member(each, user, mine, last_owner) for each, user in people if each.ended_at is None]
    now = utc_now()
    invitations = session.scalars(invitations_of_firm(firm.organisation_id, firm.id)) if may_give else ()
    return FirmRead(
        id=firm.id,
        name=firm.name,
        abn=firm.abn,
        billing_email=firm.billing_email,
        my_role=mine.role,
        roles_to_invite=may_give,
        may_edit=mine.role == "owner",
        may_leave=mine.id != last_owner,
        members=members,
        invitations=[FirmInvitationRead.of(each, has_expired=each.expires_at <= now) for each in invitations],
    )


def _read_member(each: FirmMembership, user: User, mine: FirmMembership, last_owner: uuid.UUID | None) -> MemberRead:
    may_change = each.role in MAY_GIVE[mine.role] and each.id != last_owner
    return MemberRead(
        user_id=user.id,
        name=user.name,
        email=user.email,
        role=each.role,
        joined_at=each.joined_at,
        is_me=each.id == mine.id,
        roles_to_give=MAY_GIVE[mine.role] if may_change else [],
        may_remove=may_change and each.id != mine.id,
    )


def change_member_role(
    session: Session, actor: Actor, *, firm_id: uuid.UUID, user_id: uuid.UUID, role: FirmRole
) -> FirmRead:
    """Give a member another role; raises FirmNotFound, FirmRoleTooLow, MemberNotFound and LastOwner."""
    firm, mine = find_firm(session, actor, firm_id, lock=True)
    member = _member_under(session, firm, mine, user_id)
    check_may_give(mine, role)
    if member.role != role:
        if role != "owner":
            _keep_an_owner(session, member)
        detail = {"user_id": user_id, "before": member.role, "after": role}
        member.role = role
        audit.record(session, actor, "auth.firm_role_changed", subject=firm, detail=detail)
        session.flush()
    return read_firm(session, actor, firm_id=firm_id)


def remove_member(session: Session, actor: Actor, *, firm_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Take somebody out of the firm, who sees its orders no more from now on.

    Raises FirmNotFound, FirmRoleTooLow, MemberNotFound and LastOwner.
    """
    firm, mine = find_firm(session, actor, firm_id, lock=True)
    member = _member_under(session, firm, mine, user_id)
    _keep_an_owner(session, member)
    _end(session, actor, firm, member, "auth.firm_member_removed")


def leave_firm(session: Session, actor: Actor, *, firm_id: uuid.UUID) -> None:
    """Leave a firm oneself; raises FirmNotFound and LastOwner."""
    firm, mine = find_firm(session, actor, firm_id, lock=True)
    _keep_an_owner(session, mine)
    _end(session, actor, firm, mine, "auth.firm_left")


def check_may_give(mine: FirmMembership, role: FirmRole) -> None:
    """Refuse whoever may not make somebody this; raises FirmRoleTooLow."""
    if role not in MAY_GIVE[mine.role]:
        raise FirmRoleTooLow("an owner" if mine.role == "manager" else "an owner or a manager")


def hand_on_firms(session: Session, actor: Actor, *, user: User) -> None:
    """Give the firms of which this account is the last owner to who comes next, before the account ends.

    That is the manager who joined first, else the member who did. A firm without another member keeps its orders, and
    the council's staff see them.
    """
    mine = session.execute(firms_of_user(user.organisation_id, user.id)).all()
    for firm_id in sorted(each.firm_id for each, _ in mine if each.role == "owner"):
        firm = session.scalars(firm_with_id(user.organisation_id, firm_id).with_for_update()).one()
        owners = session.scalars(owners_of(user.organisation_id, firm_id))
        if any(owner.user_id != user.id for owner in owners):
            continue
        heir = session.scalars(successors_in(user.organisation_id, firm_id)).first()
        if heir is not None:
            heir.role = "owner"
            detail = {"user_id": heir.user_id}
            audit.record(session, actor, "auth.firm_handed_on", subject=firm, detail=detail)


def end_memberships(session: Session, actor: Actor, *, user: User) -> None:
    """Take an account that ends out of all its firms, each of which keeps an owner if it has another member."""
    hand_on_firms(session, actor, user=user)
    for membership, firm in session.execute(firms_of_user(user.organisation_id, user.id)):
        _end(session, actor, firm, membership, "auth.firm_left")


def _member_under(session: Session, firm: Firm, mine: FirmMembership, user_id: uuid.UUID) -> FirmMembership:
    """A member whom this person may change; under the firm's lock, as it is now."""
    if not MAY_GIVE[mine.role]:
        check_may_give(mine, "member")
    statement = membership_in(firm.organisation_id, firm.id, user_id).execution_options(populate_existing=True)
    member = session.scalar(statement)
    if member is None:
        raise MemberNotFound
    check_may_give(mine, member.role)
    return member


def _keep_an_owner(session: Session, member: FirmMembership) -> None:
    owners = session.scalars(owners_of(member.organisation_id, member.firm_id))
    if {owner.id for owner in owners} == {member.id}:
        raise LastOwner


def _end(session: Session, actor: Actor, firm: Firm, member: FirmMembership, action: str) -> None:
    member.ended_at = utc_now()
    audit.record(session, actor, action, subject=firm, detail={"user_id": member.user_id})
    session.flush()
