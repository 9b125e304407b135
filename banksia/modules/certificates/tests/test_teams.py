"""Teams share the queue: each is shown and given its own first, and nothing is hidden or lost."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.teams import TeamNotFound, TeamRefused
from banksia.modules.certificates.models import OrderLine
from banksia.modules.certificates.queries.orders import order_with_id
from banksia.modules.certificates.schemas.lines import QueueFilter, View
from banksia.modules.certificates.schemas.teams import TeamRead, TeamWrite, WantedTeam
from banksia.modules.certificates.service.assigning import assign_line, next_line
from banksia.modules.certificates.service.queue import count_lines, list_lines
from banksia.modules.certificates.service.teams import add_team, change_team, list_teams, remove_team
from banksia.modules.certificates.tests.factories import make_order, pay

Make = Callable[..., TeamRead]
PATH = "/api/certificates/teams"


def write(name: str, products: Sequence[str], *members: Actor) -> TeamWrite:
    return TeamWrite(name=name, products=list(products), member_ids=[each.user_id for each in members if each.user_id])


@pytest.fixture
def admin(actor_with: Callable[..., Actor]) -> Actor:
    return actor_with("administrator")


@pytest.fixture
def team(session: Session, admin: Actor) -> Make:
    return lambda *wanted: add_team(session, admin, wanted=write(*wanted))


@pytest.fixture
def other(actor_with: Callable[..., Actor]) -> Actor:
    """An officer besides the first."""
    return actor_with("certificate_officer")


@pytest.fixture
def lines(
    session: Session, guest: Actor, actor_with: Callable[..., Actor], run_outbox: Callable[[], int]
) -> dict[str, OrderLine]:
    """One paid line of each of three products."""
    order = make_order(session, guest, "603", "10.7-2", "drainage")
    pay(session, actor_with("counter_clerk"), order, run_outbox)
    found = session.scalars(order_with_id(guest.organisation_id, order.id)).one().lines
    return {line.product_code: line for line in found}


def shown(session: Session, actor: Actor, team: WantedTeam = None, view: View = "all_open") -> set[str]:
    page = list_lines(session, actor, wanted=QueueFilter(view=view, team=team))
    return {line.product for line in page.results}


class TestShare:
    def test_without_teams_the_queue_is_everybodys(
        self, session: Session, officer: Actor, lines: dict[str, OrderLine]
    ) -> None:
        assert shown(session, officer) == set(lines)
        assert count_lines(session, officer).team_name == "Planning team"

    def test_ones_own_and_what_is_no_teams_comes_first_and_the_rest_is_a_choice_away(
        self, session: Session, officer: Actor, other: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        planning, rates = team("Planning", ["10.7-2"], officer), team("Rates", ["603"], other)
        assert shown(session, officer) == {"10.7-2", "drainage"}
        assert shown(session, other) == {"603", "drainage"}
        assert shown(session, officer, rates.id) == {"603"}
        assert shown(session, officer, planning.id) == {"10.7-2"}
        assert shown(session, officer, "all") == set(lines)
        with pytest.raises(TeamNotFound):
            shown(session, officer, uuid.uuid4())

    def test_counts_say_whose_they_are(
        self, session: Session, officer: Actor, other: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        team("Planning", ["10.7-2"], officer)
        rates = team("Rates", ["603"], other)
        own, theirs, everything = (count_lines(session, officer, team=each) for each in (None, rates.id, "all"))
        assert (own.unassigned, own.all_open, own.team_name) == (2, 2, "Planning")
        assert (theirs.unassigned, theirs.team_name) == (1, "Rates")
        assert everything.unassigned == 3

    def test_who_is_in_no_team_sees_everything(
        self, session: Session, officer: Actor, other: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        team("Rates", ["603"], other)
        assert shown(session, officer) == set(lines)

    def test_what_is_assigned_to_a_person_stays_theirs(
        self, session: Session, officer: Actor, other: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        team("Rates", ["603"], other)
        team("Planning", ["10.7-2"], officer)
        assign_line(session, officer, line_id=lines["603"].id, officer_id=officer.user_id)
        assert shown(session, officer, view="mine") == {"603"}
        assert count_lines(session, officer).mine == 1

    def test_the_next_one_is_of_ones_own_share(
        self, session: Session, officer: Actor, other: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        team("Rates", ["603", "drainage"], other)
        team("Planning", ["10.7-2"], officer)
        assert next_line(session, officer).line_id == lines["10.7-2"].id
        lines["10.7-2"].state = "issued"
        session.flush()
        assert next_line(session, officer).line_id is None

    def test_a_product_that_two_have_is_shown_to_both(
        self, session: Session, officer: Actor, other: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        """As it can be when two administrators add a team at the same moment."""
        team("Planning", ["10.7-2"], officer)
        team("Rates", ["603"], other)
        session.execute(text('UPDATE certificates.teams SET products = \'["603", "10.7-2"]\''))
        session.expire_all()
        assert shown(session, officer) == shown(session, other) == set(lines)


class TestKeeping:
    @pytest.mark.parametrize(
        ("name", "products", "field", "why"),
        [
            ("rates", ["10.7-2"], "name", "already"),
            ("Planning", ["603"], "products", "prepared by Rates"),
            ("Planning", ["no-such"], "products", "does not sell no-such"),
            ("Planning", ["building-information"], "products", "does not sell"),
        ],
    )
    def test_what_cannot_be_is_told_at_its_field(
        self, session: Session, other: Actor, team: Make, name: str, products: list[str], field: str, why: str
    ) -> None:
        team("Rates", ["603"], other)
        with pytest.raises(TeamRefused, match=why) as refused:
            team(name, products)
        assert [each["field"] for each in refused.value.extra["errors"]] == [field]

    def test_only_who_prepares_certificates_is_a_member(
        self, session: Session, team: Make, officer: Actor, actor_with: Callable[..., Actor]
    ) -> None:
        with pytest.raises(TeamRefused, match="does not prepare"):
            team("Rates", ["603"], actor_with("counter_clerk"))
        made = team("Rates", ["603"], officer)
        session.execute(text("UPDATE auth.users SET active = false WHERE id = :id"), {"id": officer.user_id})
        session.expire_all()
        assert [each.members for each in list_teams(session, officer).teams] == [[]]
        assert made.members[0].name == officer.name

    def test_is_changed_and_removed_with_what_it_was_in_the_log(
        self, session: Session, admin: Actor, officer: Actor, team: Make, lines: dict[str, OrderLine]
    ) -> None:
        made = team("Rates", ["603"], officer)
        changed = change_team(session, admin, team_id=made.id, wanted=write("Rates and water", ["603", "drainage"]))
        assert (changed.name, changed.products, changed.members) == ("Rates and water", ["603", "drainage"], [])
        remove_team(session, admin, team_id=made.id)
        assert list_teams(session, officer).teams == []
        with pytest.raises(TeamNotFound):
            change_team(session, admin, team_id=made.id, wanted=write("Rates", []))
        session.commit()
        noted = text("SELECT action, detail FROM audit.entries WHERE action LIKE 'certificates.team%' ORDER BY id")
        entries = session.execute(noted).all()
        assert [each.action for each in entries] == [
            "certificates.team_added",
            "certificates.team_changed",
            "certificates.team_removed",
        ]
        assert entries[1].detail["before"]["products"] == ["603"]
        assert entries[2].detail["products"] == ["603", "drainage"]


class TestOverHttp:
    def test_an_administrator_makes_one_and_an_officer_finds_it_in_the_queue(
        self, signed_in_as: Callable[..., Any], neighbour_signed_in_as: Callable[..., Any]
    ) -> None:
        admin, officer = signed_in_as("administrator"), signed_in_as("certificate_officer")
        neighbour = neighbour_signed_in_as("certificate_officer")
        member = str(officer.actor.user_id)
        body = {"name": "Rates", "products": ["603"], "member_ids": [member]}
        assert officer.post(PATH, json=body).status_code == 403
        made = admin.post(PATH, json=body)
        assert made.status_code == 201, made.text
        assert admin.post(PATH, json=body).json()["errors"][0]["field"] == "name"
        [read] = officer.get(PATH).json()["teams"]
        assert (read["name"], read["is_mine"]) == ("Rates", True)
        for path in ("/api/certificates/lines", "/api/certificates/lines/counts"):
            assert officer.get(path, params={"team": read["id"]}).status_code == 200
            assert officer.get(path, params={"team": "all"}).status_code == 200
            assert officer.get(path, params={"team": str(uuid.uuid4())}).status_code == 404
            assert officer.get(path, params={"team": "nobody"}).status_code == 422
            assert neighbour.get(path, params={"team": read["id"]}).status_code == 404
