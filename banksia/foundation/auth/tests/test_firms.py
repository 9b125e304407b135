"""Firms: who may do what in them, how people join, and what remains when somebody is forgotten."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.foundation.auth.errors import EmailNotVerified, OnlyCustomersForgotten
from banksia.foundation.auth.errors.firms import (
    AlreadyInvited,
    AlreadyMember,
    FirmNotFound,
    FirmRoleTooLow,
    InvitationForAnother,
    InvitationGone,
    InvitationNotFound,
    LastOwner,
    MemberNotFound,
)
from banksia.foundation.auth.models import FirmInvitation, FirmRole, User
from banksia.foundation.auth.public import actor_for, has_left_firm, is_in_firm, use_firm
from banksia.foundation.auth.queries.firms import invitations_of_firm
from banksia.foundation.auth.schemas.firms import FirmCreate, FirmInvitationCreate, FirmUpdate
from banksia.foundation.auth.tests.factories import mails_to, make_firm, make_staff, make_user, token_in
from banksia.foundation.organisations.public import AbnInvalid
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now


class Firm:
    """A firm with an owner, a manager and a member."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.users = {role: make_user(session, f"{role}@firm.example", name=role.title()) for role in ROLES}
        self.outsider = actor_for(session, make_user(session, "outsider@firm.example"))
        self.id = make_firm(session, self["owner"], manager=self["manager"], member=self["member"])

    def __getitem__(self, role: FirmRole) -> Actor:
        return actor_for(self.session, self.users[role])

    def role_of(self, role: FirmRole) -> str | None:
        found = service.find_membership(self.session, self[role], self.id)
        return found.role if found else None


ROLES: tuple[FirmRole, ...] = ("owner", "manager", "member")


@pytest.fixture
def firm(session: Session) -> Firm:
    return Firm(session)


def invite(session: Session, actor: Actor, firm_id: uuid.UUID, email: str, role: FirmRole = "member") -> str:
    """Invite an address; returns the token of the mail."""
    wanted = FirmInvitationCreate(email=email, role=role)
    service.invite_to_firm(session, actor, firm_id=firm_id, wanted=wanted)
    return token_in(mails_to(session, email.lower())[-1][1])


class TestCreateFirm:
    def test_its_maker_owns_it_and_the_abn_is_written_as_people_read_it(self, session: Session) -> None:
        owner = actor_for(session, make_user(session))
        made = service.create_firm(session, owner, wanted=FirmCreate(name="Dale & Kaur", abn="51824753556"))
        read = service.read_firm(session, owner, firm_id=made.id)
        assert (read.abn, read.my_role, read.may_leave) == ("51 824 753 556", "owner", False)
        assert [(member.is_me, member.roles_to_give) for member in read.members] == [(True, [])]

    def test_refuses_wrong_digits_and_accounts_that_are_not_verified(self, session: Session) -> None:
        owner = actor_for(session, make_user(session))
        unproven = actor_for(session, make_user(session, "new@example.org", verified=False))
        with pytest.raises(AbnInvalid):
            service.create_firm(session, owner, wanted=FirmCreate(name="Dale", abn="51 824 753 557"))
        with pytest.raises(EmailNotVerified):
            service.create_firm(session, unproven, wanted=FirmCreate(name="Dale"))
        with pytest.raises(ValidationError):
            FirmCreate(name=" ")


class TestRights:
    @pytest.mark.parametrize(
        ("role", "edits", "invites", "makes_owners"),
        [("owner", True, True, True), ("manager", False, True, False), ("member", False, False, False)],
    )
    def test_of_each_role(
        self, session: Session, firm: Firm, role: FirmRole, *, edits: bool, invites: bool, makes_owners: bool
    ) -> None:
        def may(act: Any, *arguments: Any, **given: Any) -> bool:
            try:
                act(session, firm[role], *arguments, firm_id=firm.id, **given)
            except FirmRoleTooLow:
                return False
            return True

        changes = FirmUpdate(name="Dale & Co", abn="", billing_email=None)
        assert may(service.update_firm, changes=changes) is edits
        assert may(service.invite_to_firm, wanted=FirmInvitationCreate(email="a@example.org")) is invites
        owner_wanted = FirmInvitationCreate(email="b@example.org", role="owner")
        assert may(service.invite_to_firm, wanted=owner_wanted) is makes_owners
        other = firm.users["member" if role != "member" else "manager"].id
        assert may(service.change_member_role, user_id=other, role="owner") is makes_owners
        read = service.read_firm(session, firm[role], firm_id=firm.id)
        assert (read.may_edit, bool(read.roles_to_invite), bool(read.invitations)) == (edits, invites, invites)

    def test_a_manager_touches_no_owner(self, session: Session, firm: Firm) -> None:
        manager, owner_id = firm["manager"], firm.users["owner"].id
        with pytest.raises(FirmRoleTooLow):
            service.remove_member(session, manager, firm_id=firm.id, user_id=owner_id)
        with pytest.raises(FirmRoleTooLow):
            service.change_member_role(session, manager, firm_id=firm.id, user_id=owner_id, role="member")
        service.remove_member(session, manager, firm_id=firm.id, user_id=firm.users["member"].id)
        assert (firm.role_of("owner"), firm.role_of("member")) == ("owner", None)

    def test_outsiders_staff_and_the_neighbour_find_no_firm(
        self, session: Session, other_session: Session, firm: Firm, officer: Actor
    ) -> None:
        session.flush()
        stranger = actor_for(other_session, make_user(other_session, "owner@firm.example"))
        for there, actor in ((session, firm.outsider), (session, officer), (other_session, stranger)):
            with pytest.raises(FirmNotFound):
                service.read_firm(there, actor, firm_id=firm.id)
            with pytest.raises(FirmNotFound):
                service.leave_firm(there, actor, firm_id=firm.id)
            assert use_firm(there, actor, firm.id) is None


class TestMembers:
    def test_the_last_owner_neither_leaves_nor_steps_down(self, session: Session, firm: Firm) -> None:
        owner = firm["owner"]
        for attempt in (
            lambda: service.leave_firm(session, owner, firm_id=firm.id),
            lambda: service.change_member_role(
                session, owner, firm_id=firm.id, user_id=firm.users["owner"].id, role="manager"
            ),
            lambda: service.remove_member(session, owner, firm_id=firm.id, user_id=firm.users["owner"].id),
        ):
            with pytest.raises(LastOwner):
                attempt()
        service.change_member_role(session, owner, firm_id=firm.id, user_id=firm.users["manager"].id, role="owner")
        service.leave_firm(session, owner, firm_id=firm.id)
        assert (firm.role_of("owner"), firm.role_of("manager")) == (None, "owner")

    def test_an_owner_who_cannot_sign_in_does_not_count(self, session: Session, firm: Firm) -> None:
        service.change_member_role(
            session, firm["owner"], firm_id=firm.id, user_id=firm.users["member"].id, role="owner"
        )
        firm.users["member"].active = False
        with pytest.raises(LastOwner):
            service.leave_firm(session, firm["owner"], firm_id=firm.id)

    def test_who_is_removed_is_out_at_once_and_can_come_back(self, session: Session, firm: Firm) -> None:
        member, user = firm["member"], firm.users["member"]
        service.remove_member(session, firm["owner"], firm_id=firm.id, user_id=user.id)
        assert not is_in_firm(session, member, firm.id)
        assert has_left_firm(session, firm.id, user_id=None, email=user.email.upper())
        with pytest.raises(MemberNotFound):
            service.remove_member(session, firm["owner"], firm_id=firm.id, user_id=user.id)
        people = service.list_firms(session, firm["owner"]).firms[0].people
        assert [person.name for person in people if person.has_left] == ["Member"]
        service.accept_link(session, member, token=invite(session, firm["manager"], firm.id, user.email, "manager"))
        assert firm.role_of("member") == "manager"

    def test_the_firm_used_last_comes_first(self, session: Session, firm: Firm) -> None:
        second = make_firm(session, firm["member"])
        assert service.list_firms(session, firm["member"]).firms[0].id == second
        use_firm(session, firm["member"], firm.id)
        assert [each.id for each in service.list_firms(session, firm["member"]).firms] == [firm.id, second]


class TestInvitations:
    def test_works_once_for_the_account_of_the_address(self, session: Session, firm: Firm) -> None:
        token = invite(session, firm["owner"], firm.id, "New@Firm.example", "manager")
        shown = service.read_invitation(session, token=token, client="client")
        assert (shown.email, shown.role, shown.invited_by) == ("new@firm.example", "manager", "Owner")
        with pytest.raises(InvitationForAnother):
            service.accept_link(session, firm.outsider, token=token)
        unproven = make_user(session, "new@firm.example", verified=False)
        with pytest.raises(EmailNotVerified):
            service.accept_link(session, actor_for(session, unproven), token=token)
        unproven.email_verified_at = utc_now()
        joined = service.accept_link(session, actor_for(session, unproven), token=token)
        assert is_in_firm(session, actor_for(session, unproven), joined.id)
        for later in (actor_for(session, unproven), firm.outsider):
            with pytest.raises(InvitationGone):
                service.accept_link(session, later, token=token)

    def test_waits_for_the_verified_address_without_its_link(self, session: Session, firm: Firm) -> None:
        invite(session, firm["owner"], firm.id, "outsider@firm.example")
        [waiting] = service.list_firms(session, firm.outsider).invitations
        with pytest.raises(InvitationForAnother):
            service.accept_invitation(session, firm["member"], invitation_id=waiting.id)
        service.accept_invitation(session, firm.outsider, invitation_id=waiting.id)
        assert service.list_firms(session, firm.outsider).invitations == []

    def test_sent_again_the_link_before_ends_and_withdrawn_the_last(self, session: Session, firm: Firm) -> None:
        first = invite(session, firm["manager"], firm.id, "outsider@firm.example")
        row = session.scalars(invitations_of_firm(firm["owner"].organisation_id, firm.id)).one()
        service.resend_invitation(session, firm["owner"], firm_id=firm.id, invitation_id=row.id)
        second = token_in(mails_to(session, "outsider@firm.example")[-1][1])
        with pytest.raises(InvitationGone):
            service.accept_link(session, firm.outsider, token=first)
        service.withdraw_invitation(session, firm["manager"], firm_id=firm.id, invitation_id=row.id)
        with pytest.raises(InvitationGone):
            service.accept_link(session, firm.outsider, token=second)
        with pytest.raises(InvitationNotFound):
            service.resend_invitation(session, firm["owner"], firm_id=firm.id, invitation_id=row.id)

    def test_too_old_it_is_gone_until_sent_again(self, session: Session, firm: Firm) -> None:
        token = invite(session, firm["owner"], firm.id, "outsider@firm.example")
        row: FirmInvitation = session.scalars(invitations_of_firm(firm["owner"].organisation_id, firm.id)).one()
        row.expires_at = utc_now() - timedelta(seconds=1)
        session.flush()
        with pytest.raises(InvitationGone):
            service.accept_link(session, firm.outsider, token=token)
        assert service.list_firms(session, firm.outsider).invitations == []
        service.resend_invitation(session, firm["owner"], firm_id=firm.id, invitation_id=row.id)
        renewed = token_in(mails_to(session, "outsider@firm.example")[-1][1])
        service.accept_link(session, firm.outsider, token=renewed)

    def test_nobody_is_asked_twice(self, session: Session, firm: Firm) -> None:
        invite(session, firm["owner"], firm.id, "outsider@firm.example")
        with pytest.raises(AlreadyInvited):
            invite(session, firm["owner"], firm.id, "OUTSIDER@firm.example")
        with pytest.raises(AlreadyMember):
            invite(session, firm["owner"], firm.id, "member@firm.example")


class TestForgetting:
    def test_a_forgotten_owner_leaves_the_firm_to_the_manager(
        self, session: Session, firm: Firm, administrator: Actor
    ) -> None:
        alone = make_firm(session, firm["owner"])
        user: User = service.forget_account(session, administrator, user_id=firm.users["owner"].id)
        assert (user.name, user.active, user.has_password) == ("Former customer", False, False)
        assert "owner@firm.example" not in user.email
        assert (firm.role_of("owner"), firm.role_of("manager"), firm.role_of("member")) == (None, "owner", "member")
        assert not is_in_firm(session, firm["owner"], alone)
        assert has_left_firm(session, firm.id, user_id=user.id, email=None)
        clerk = make_staff(session, "clerk@council.example", "counter_clerk")
        with pytest.raises(OnlyCustomersForgotten):
            service.forget_account(session, administrator, user_id=clerk.id)

    def test_switched_off_the_last_owner_stays_and_another_owns_it_too(
        self, session: Session, firm: Firm, administrator: Actor
    ) -> None:
        service.update_user(session, administrator, user_id=firm.users["owner"].id, active=False)
        assert (firm.role_of("owner"), firm.role_of("manager")) == ("owner", "owner")

    def test_old_invitations_go_with_the_address_in_them(
        self, session: Session, firm: Firm, administrator: Actor
    ) -> None:
        invite(session, firm["owner"], firm.id, "never@example.org")
        invite(session, firm["owner"], firm.id, "outsider@firm.example")
        service.forget_account(session, administrator, user_id=firm.outsider.user_id or uuid.uuid4())
        kept = text("SELECT email FROM auth.firm_invitations")
        assert not {"outsider@firm.example"} & set(session.scalars(kept))
        session.execute(text("UPDATE auth.firm_invitations SET expires_at = now() - interval '91 days'"))
        service.forget_old(session)
        assert session.scalars(kept).all() == []


class TestRoutes:
    def test_a_firm_is_made_joined_and_left(self, signed_in_as: Any, client: TestClient, session: Session) -> None:
        owner, guest = signed_in_as("customer"), signed_in_as("customer")
        firm = owner.post("/api/auth/firms", json={"name": "Dale & Kaur", "abn": ""}).json()
        path = f"/api/auth/firms/{firm['id']}"
        wrong = owner.put(path, json={"name": "Dale", "abn": "1", "billing_email": None})
        assert wrong.json()["errors"][0]["field"] == "abn"
        invited = owner.post(f"{path}/invitations", json={"email": guest.actor.email, "role": "member"}).json()
        assert [each["email"] for each in invited["invitations"]] == [guest.actor.email]
        token = {"token": token_in(mails_to(session, guest.actor.email)[-1][1])}
        assert client.post("/api/auth/firm-invitations/read", json=token).json()["firm_name"] == "Dale & Kaur"
        assert client.post("/api/auth/firm-invitations/accept", json=token).status_code == 401
        assert guest.post("/api/auth/firm-invitations/accept", json=token).json()["id"] == firm["id"]
        assert guest.delete(f"{path}/members/{owner.actor.user_id}").status_code == 403
        assert guest.post(f"{path}/leave").status_code == 204
        assert guest.get(path).json()["type"] == "urn:banksia:auth:firm-not-found"
        assert signed_in_as("administrator").get("/api/auth/firms").status_code == 403
