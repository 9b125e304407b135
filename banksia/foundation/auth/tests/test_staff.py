"""What an administrator does with accounts."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth import service
from banksia.foundation.auth.errors import LastAdministrator, UnknownRole
from banksia.foundation.auth.public import actor_for, names_of, users_with_permission
from banksia.foundation.auth.tests.factories import PASSWORD, mails_to, make_staff, make_user, token_in
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.platform import Platform

Browser = Callable[..., Any]
USERS = "/api/auth/users"
INVITATION = {"email": "Priya@council.example", "name": "Priya Nair", "roles": ["certificate_officer"]}


class TestInviteUser:
    def test_mails_a_link_with_which_the_person_sets_a_password(
        self, signed_in_as: Browser, client: TestClient, session: Session
    ) -> None:
        answer = signed_in_as("administrator").post(USERS, json=INVITATION)
        assert answer.status_code == 201
        assert (answer.json()["email"], answer.json()["has_password"]) == ("priya@council.example", False)
        ((template, message),) = mails_to(session, "priya@council.example")
        assert template == "auth/invitation"
        reset = {"token": token_in(message), "password": PASSWORD}
        assert client.post("/api/auth/reset-password", json=reset).status_code == 200
        signed_in = client.post("/api/auth/login", json={"email": "priya@council.example", "password": PASSWORD})
        assert signed_in.json()["user"]["roles"] == ["certificate_officer"]

    @pytest.mark.parametrize("roles", [["wizard"], ["customer"], ["certificate_officer", "customer"], []])
    def test_refuses_roles_that_staff_cannot_have(self, signed_in_as: Browser, roles: list[str]) -> None:
        answer = signed_in_as("administrator").post(USERS, json={**INVITATION, "roles": roles})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == "roles"

    def test_refuses_a_second_account_for_an_address(self, signed_in_as: Browser) -> None:
        browser = signed_in_as("administrator")
        browser.post(USERS, json=INVITATION)
        assert browser.post(USERS, json=INVITATION).json()["type"] == "urn:banksia:auth:email-taken"


class TestListUsers:
    def test_finds_staff_by_any_part_and_customers_by_the_beginning(
        self, signed_in_as: Browser, session: Session
    ) -> None:
        make_staff(session, "ruth@council.example", "records_officer", name="Ruth Abernethy")
        make_user(session, "mei_100%@example.org")
        browser = signed_in_as("administrator")

        def found(**query: str) -> list[str]:
            return [each["email"] for each in browser.get(USERS, params=query).json()["results"]]

        assert found(q="ABERNETHY") == found(q="ruth@") == found(role="records_officer") == ["ruth@council.example"]
        assert found(kind="customer", q="MEI_") == ["mei_100%@example.org"]
        assert found(kind="customer", q="100%") == found(kind="customer", q="m_i") == []
        assert "mei_100%@example.org" not in found()
        assert found(active="false") == []

    def test_goes_on_where_the_page_ended(self, signed_in_as: Browser, session: Session) -> None:
        for number in range(5):
            make_staff(session, f"same-{number}@council.example", "counter_clerk", name="Same Name")
        browser = signed_in_as("administrator")
        seen: list[str] = []
        cursor = ""
        while True:
            params = {"limit": "2", "q": "same", **({"cursor": cursor} if cursor else {})}
            page = browser.get(USERS, params=params).json()
            seen += [each["email"] for each in page["results"]]
            cursor = page["next_cursor"]
            if not cursor:
                break
        assert len(seen) == len(set(seen)) == 5

    def test_a_range_of_the_index_serves_the_search_for_customers(self, session: Session) -> None:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = session.scalars(
            text(
                "EXPLAIN SELECT id FROM auth.users WHERE organisation_id = gen_random_uuid()"
                " AND email >= 'mei' AND email < 'mej'"
            )
        ).all()
        condition = next(line for line in plan if "Index Cond" in line)
        assert "email >= 'mei'" in condition


class TestUpdateUser:
    def test_new_roles_count_from_the_next_request(self, signed_in_as: Browser) -> None:
        clerk = signed_in_as("counter_clerk")
        changed = signed_in_as("administrator").patch(
            f"{USERS}/{clerk.actor.user_id}", json={"roles": ["administrator", "administrator"]}
        )
        assert changed.json()["roles"] == ["administrator"]
        assert clerk.get(USERS).status_code == 200

    def test_an_account_that_is_switched_off_is_signed_out_at_once(self, signed_in_as: Browser) -> None:
        clerk, administrator = signed_in_as("counter_clerk"), signed_in_as("administrator")
        path = f"{USERS}/{clerk.actor.user_id}"
        assert administrator.patch(path, json={"active": False}).json()["active"] is False
        assert clerk.get("/api/auth/me").json() == {"user": None}
        assert administrator.post(f"{path}/send-password-link").status_code == 409
        administrator.patch(path, json={"active": True})
        assert clerk.get("/api/auth/me").json() == {"user": None}

    @pytest.mark.parametrize("change", [{"active": False}, {"roles": ["counter_clerk"]}])
    def test_the_last_administrator_stays(self, signed_in_as: Browser, change: dict[str, object]) -> None:
        browser = signed_in_as("administrator")
        answer = browser.patch(f"{USERS}/{browser.actor.user_id}", json=change)
        assert answer.json()["type"] == "urn:banksia:auth:last-administrator"
        signed_in_as("administrator")
        assert browser.patch(f"{USERS}/{browser.actor.user_id}", json=change).status_code == 200

    def test_a_customer_gets_no_roles_of_staff(self, signed_in_as: Browser, session: Session) -> None:
        user = make_user(session)
        answer = signed_in_as("administrator").patch(f"{USERS}/{user.id}", json={"roles": ["administrator"]})
        assert answer.json()["type"] == "urn:banksia:auth:customers-have-one-role"

    def test_another_council_s_account_is_not_found(self, signed_in_as: Browser, other_session: Session) -> None:
        stranger = make_user(other_session)
        browser = signed_in_as("administrator")
        for path in (f"{USERS}/{stranger.id}", f"{USERS}/{uuid.uuid4()}"):
            assert browser.get(path).status_code == 404
            assert browser.patch(path, json={"active": False}).status_code == 404
            assert browser.post(f"{path}/send-password-link").status_code == 404

    def test_two_administrators_cannot_switch_each_other_off(
        self, live_platform: Platform, live_organisation: Council
    ) -> None:
        with live_platform.database.session(live_organisation.id) as session:
            users = [make_staff(session, f"{name}@council.example", "administrator") for name in ("one", "two")]
            actors = [actor_for(session, user) for user in users]

        def switch_off(actor: Actor, user_id: uuid.UUID) -> bool:
            try:
                with live_platform.database.session(actor.organisation_id) as session:
                    service.update_user(session, actor, user_id=user_id, active=False)
            except LastAdministrator:
                return False
            return True

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(switch_off, actors, [users[1].id, users[0].id]))
        assert sorted(done) == [False, True]


class TestSendPasswordLink:
    def test_mails_a_reset_to_who_has_a_password(self, signed_in_as: Browser, session: Session) -> None:
        user = make_staff(session, "ruth@council.example", "records_officer")
        assert signed_in_as("administrator").post(f"{USERS}/{user.id}/send-password-link").status_code == 202
        assert [template for template, _ in mails_to(session, user.email)] == ["auth/set_password"]


class TestListRoles:
    def test_says_what_each_role_may_do(self, signed_in_as: Browser) -> None:
        roles = {each["name"]: each for each in signed_in_as("administrator").get("/api/auth/roles").json()}
        assert set(roles) >= {"customer", "certificate_officer", "counter_clerk", "records_officer", "administrator"}
        manage = {"name": "auth.users.manage", "title": "Manage people and their roles"}
        assert manage in roles["administrator"]["permissions"]
        assert manage not in roles["counter_clerk"]["permissions"]

    def test_only_an_administrator_asks(self, signed_in_as: Browser) -> None:
        assert signed_in_as("records_officer").get("/api/auth/roles").status_code == 403


class TestUsersWithPermission:
    def test_names_active_staff_only(self, session: Session) -> None:
        make_staff(session, "b@council.example", "administrator", name="B")
        make_staff(session, "a@council.example", "administrator", "counter_clerk", name="A")
        make_staff(session, "c@council.example", "administrator", name="C").active = False
        make_staff(session, "d@council.example", "counter_clerk", name="D")
        found = users_with_permission(session, "auth.users.manage")
        assert [user.name for user in found] == ["A", "B"]
        assert names_of(session, [user.id for user in found]) == {user.id: user.name for user in found}


class TestCreateUser:
    def test_refuses_an_unknown_role(self, session: Session) -> None:
        with pytest.raises(UnknownRole):
            make_staff(session, "x@council.example", "wizard")


class TestForgetOld:
    def test_removes_only_what_nobody_can_use(self, signed_in_as: Browser, session: Session) -> None:
        kept, gone = signed_in_as("counter_clerk"), signed_in_as("counter_clerk")
        session.execute(
            text("UPDATE auth.sessions SET expires_at = now() - interval '31 days' WHERE user_id = :gone"),
            {"gone": gone.actor.user_id},
        )
        session.execute(
            text(
                "INSERT INTO auth.rate_counts"
                " (id, organisation_id, name, subject_hash, window_starts_at, count, created_at)"
                " SELECT gen_random_uuid(), :organisation, 'tests', age, now() - age::interval, 1, now()"
                " FROM unnest(ARRAY['1 day', '3 days']) AS age"
            ),
            {"organisation": kept.actor.organisation_id},
        )
        service.forget_old(session)
        assert session.scalars(text("SELECT user_id FROM auth.sessions")).all() == [kept.actor.user_id]
        assert session.scalars(text("SELECT subject_hash FROM auth.rate_counts")).all() == ["1 day"]
        assert kept.get("/api/auth/me").json()["user"] is not None
