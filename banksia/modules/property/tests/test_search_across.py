"""Search over all councils, by owner, and of any text at all."""

import json
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from banksia.foundation.organisations.public import Council, council_sites, set_module_enabled
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.platform import Platform
from banksia.modules.property.commands import commands
from banksia.modules.property.models import Owner, OwnerWord
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.service.searching.across import find_at_all_councils
from banksia.modules.property.service.searching.owner_names import words_of_name
from banksia.modules.property.tests.factories import make_property

SEARCH, OWNERS = "/api/property/search", "/api/property/owners/search"
ADDRESS = "6 FAIRVIEW DRIVE LITHGOW"


class TestAllCouncils:
    def test_take_turns_and_say_whose_each_result_is(
        self, client: TestClient, session: Session, platform: Platform, other_organisation: Council
    ) -> None:
        make_property(session, address=ADDRESS, parcels=("1//DP1",))
        make_property(session, address="8 FAIRVIEW DRIVE LITHGOW", parcels=("2//DP1",))
        session.flush()
        with platform.database.session(other_organisation.id) as other:
            make_property(other, address="6 FAIRVIEW DRIVE KURRAJONG", parcels=("1//DP1",))
        answer = client.get(SEARCH, params={"q": "fairview drive", "councils": "all"}).json()
        assert [(r["council"]["slug"], r["address"]) for r in answer["results"]] == [
            ("bluehills", ADDRESS),
            ("kurrajong", "6 FAIRVIEW DRIVE KURRAJONG"),
            ("bluehills", "8 FAIRVIEW DRIVE LITHGOW"),
        ]
        assert answer["results"][1]["council"]["url"] == "http://kurrajong.localhost:8000"
        assert (answer["councils_searched"], answer["councils_left"]) == (2, 0)

    def test_leave_out_corrected_words_when_one_has_what_was_typed(
        self, session: Session, platform: Platform, other_organisation: Council
    ) -> None:
        make_property(session, address="6 FAIRVUE DRIVE LITHGOW", parcels=("1//DP1",))
        session.flush()
        with platform.database.session(other_organisation.id) as other:
            make_property(other, address="6 FAIRVIEW DRIVE KURRAJONG", parcels=("1//DP1",))
        found = find_at_all_councils(platform, "6 fairview dr")
        assert [(r.council.slug, r.match.how) for r in found.results] == [("kurrajong", "exact")]
        mended = find_at_all_councils(platform, "6 fairvieu dr")
        assert {(r.council.slug, r.match.how) for r in mended.results} == {
            ("kurrajong", "spelling"),
            ("bluehills", "spelling"),
        }

    def test_are_only_those_that_use_the_module(
        self, session: Session, platform: Platform, other_organisation: Council
    ) -> None:
        make_property(session, address=ADDRESS)
        session.flush()
        with platform.database.session(other_organisation.id) as other:
            for name in ("certificates", "files", "property"):
                set_module_enabled(other, Actor.system(other_organisation.id), name=name, enabled=False)
        assert [site.slug for site in council_sites(platform, "property")] == ["bluehills"]
        assert find_at_all_councils(platform, "6 fairview").councils_searched == 1

    def test_that_are_not_reached_in_time_are_counted(self, session: Session, platform: Platform) -> None:
        make_property(session, address=ADDRESS)
        session.flush()
        found = find_at_all_councils(platform, "6 fairview", seconds=-1)
        assert (found.results, found.councils_searched, found.councils_left) == ([], 0, 2)

    def test_are_searched_from_the_command_line(self, live_platform: Platform, live_organisation: Council) -> None:
        with live_platform.database.session(live_organisation.id) as session:
            make_property(session, address=ADDRESS)
        answer = CliRunner().invoke(commands, ["search", "--all", "--json", "6 fairview"], obj=live_platform)
        assert [r["council"]["slug"] for r in json.loads(answer.stdout)["results"]] == ["bluehills"]
        assert CliRunner().invoke(commands, ["search", "6 fairview"], obj=live_platform).exit_code == 2


@pytest.fixture
def owned(session: Session, organisation: Council) -> None:
    """Two owners of one property, and one who owned it before."""
    property_id = make_property(session, address=ADDRESS, assessment="104882")
    for name, ended in (("Mary O'Neil-Okafor", False), ("NEILSON PTY LTD", False), ("Ruth Neil", True)):
        owner = Owner(organisation_id=organisation.id, property_id=property_id, name=name)
        if ended:
            owner.valid_to = utc_now()
        session.add(owner)
        session.flush()
        session.add_all(
            OwnerWord(organisation_id=organisation.id, word=word, owner_id=owner.id) for word in words_of_name(name)
        )
    session.flush()


@pytest.mark.usefixtures("owned")
class TestOwners:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("oneil", ["Mary O'Neil-Okafor"]),
            ("okaf mary", ["Mary O'Neil-Okafor"]),
            ("neil", ["NEILSON PTY LTD"]),
            ("neilson pty ltd", ["NEILSON PTY LTD"]),
            ("mary neilson", []),
            ("n", []),
            ("", []),
            ("\x00%", []),
        ],
    )
    def test_are_found_by_the_beginnings_of_their_words(
        self, signed_in_as: Callable[..., TestClient], text: str, names: list[str]
    ) -> None:
        results = signed_in_as("records_officer").get(OWNERS, params={"q": text}).json()["results"]
        assert [r["owner"] for r in results] == names
        assert all((r["address"], r["assessment"], r["match"]["by"]) == (ADDRESS, "104882", "owner") for r in results)

    def test_are_for_those_who_may_see_them(self, client: TestClient, signed_in_as: Callable[..., TestClient]) -> None:
        assert client.get(OWNERS, params={"q": "oneil"}).status_code == 401
        assert signed_in_as("counter_clerk").get(OWNERS, params={"q": "oneil"}).status_code == 403

    def test_are_never_found_by_the_public_search(self, session: Session) -> None:
        assert find_properties(session, "oneil") == find_properties(session, "mary okafor") == []

    def test_that_they_were_looked_for_is_written_down(self, signed_in_as: Callable[..., TestClient]) -> None:
        signed_in_as("records_officer").get(OWNERS, params={"q": "oneil"})
        entries = signed_in_as("administrator").get("/api/audit/entries").json()["results"]
        searched = [entry for entry in entries if entry["action"] == "property.owners_searched"]
        assert [entry["detail"]["words"] for entry in searched] == [["ONEIL"]]
        assert len(searched[0]["detail"]["owners"]) == 1


WORDS = st.sampled_from(("fairview", "drive", "lithgow", "6", "60", "lot", "dp", "unit", "/", ",", "fairveiw", "7//"))


class TestAnyText:
    @given(text=st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=30).map(" ".join)))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
    def test_answers_results_of_one_shape(self, session: Session, text: str) -> None:
        make_property(session, address=ADDRESS)
        for result in find_properties(session, text):
            assert set(result) == {
                *("id", "address", "parcels", "assessment", "status", "is_synthetic", "successors", "match"),
            }

    @given(number=st.integers(min_value=1, max_value=99_999), wrong=st.booleans())
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
    def test_finds_no_other_number_than_the_one_typed(self, session: Session, number: int, *, wrong: bool) -> None:
        make_property(session, address=ADDRESS)
        street = "fairveiw drive" if wrong else "fairview drive"
        found = [r["address"] for r in find_properties(session, f"{number} {street}")]
        assert found == ([ADDRESS] if number == 6 else [])

    @pytest.mark.parametrize("text", ["x" * 10_000, "6 fairview " * 1_000, "\x00\x1e\x1f", "1, " * 4_000, "a b " * 500])
    def test_of_any_length_is_cut_by_the_service_and_refused_by_the_route(
        self, session: Session, client: TestClient, text: str
    ) -> None:
        make_property(session, address=ADDRESS)
        assert isinstance(find_properties(session, text), list)
        answer = client.get(SEARCH, params={"q": text})
        assert answer.status_code == (422 if len(text) > 200 else 200)
        if answer.status_code == 422:
            assert answer.json()["errors"][0]["field"] == "q"
            assert "200" in answer.json()["errors"][0]["message"]
