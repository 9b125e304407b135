"""Councils: made whole or not at all, changed with care, and found by their host."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations import service
from banksia.foundation.organisations.errors import (
    AbnInvalid,
    CouncilNotFound,
    ModuleRequired,
    SlugTaken,
    ThemeInvalid,
)
from banksia.foundation.organisations.schemas import Council, OrganisationUpdate
from banksia.foundation.organisations.service.councils import checked_abn
from banksia.foundation.organisations.service.themes import DEFAULT_THEME, check_theme, contrast
from banksia.kit.actor import Actor
from banksia.kit.database import finish
from banksia.kit.module import Module, Modules
from banksia.kit.platform import Platform


def slugs(platform: Platform) -> list[str]:
    with platform.database.session(None) as session:
        return list(session.scalars(text("SELECT slug FROM organisations.organisations ORDER BY slug")))


class TestFindCouncil:
    @pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST:80", "127.0.0.1:8000"])
    def test_by_its_host_with_or_without_a_port(self, platform: Platform, organisation: Council, host: str) -> None:
        assert service.find_council(platform, host).id == organisation.id

    @pytest.mark.parametrize("host", ["", "evil.example", "localhost.evil.example", "[::1]:8000", "a" * 5000])
    def test_no_other_host_is_a_council(self, platform: Platform, host: str) -> None:
        with pytest.raises(CouncilNotFound):
            service.find_council(platform, host)


class TestCreateOrganisation:
    def test_switches_every_module_on_and_is_in_the_log(self, platform: Platform) -> None:
        new_id = service.create_organisation(platform, slug="wattle", name="Wattle Council", hosts=["Wattle.Example "])
        council = service.find_council(platform, "wattle.example")
        assert council.id == new_id
        assert council.enabled_modules == {module.name for module in platform.modules if not module.always_on}
        with platform.database.session(new_id) as session:
            actions = session.scalars(text("SELECT action FROM audit.entries ORDER BY sequence")).all()
        assert actions[0] == "organisations.organisation_created"

    def test_refuses_a_taken_name_and_a_taken_host(self, platform: Platform) -> None:
        before = slugs(platform)
        with pytest.raises(SlugTaken):
            service.create_organisation(platform, slug="bluehills", name="Another", hosts=["other.example"])
        with pytest.raises(SlugTaken):
            service.create_organisation(platform, slug="another", name="Another", hosts=["LOCALHOST"])
        assert slugs(platform) == before

    def test_nothing_is_left_of_a_council_whose_module_fails(self, live_platform: Platform) -> None:
        def fail(_session: Session, _actor: Actor) -> None:
            raise RuntimeError("the catalogue cannot be seeded")

        modules = list(live_platform.modules)
        broken = Module(name="broken", title="Broken", version="1", kind="workflow", on_enabled=fail)
        live_platform.modules = Modules([*modules, broken])
        with pytest.raises(RuntimeError, match="cannot be seeded"):
            service.create_organisation(live_platform, slug="half", name="Half", hosts=["half.example"])
        assert "half" not in slugs(live_platform)
        live_platform.modules = Modules(modules)
        service.create_organisation(live_platform, slug="half", name="Half", hosts=["half.example"])
        assert "half" in slugs(live_platform)


class TestCouncilUrl:
    def test_is_at_the_council_s_own_host(self, session: Session, other_session: Session) -> None:
        assert service.council_url(session, "/a#token=b") == "http://localhost:8000/a#token=b"
        assert service.council_url(other_session, "/a") == "http://kurrajong.localhost:8000/a"


class TestSetModuleEnabled:
    def test_the_foundation_stays_on(self, session: Session, administrator: Actor) -> None:
        with pytest.raises(ModuleRequired, match="always on"):
            service.set_module_enabled(session, administrator, name="audit", enabled=False)


class TestCheckedAbn:
    @pytest.mark.parametrize("abn", ["51 824 753 556", "51824753556", " 51 824 753 556 "])
    def test_writes_a_right_number_in_its_usual_form(self, abn: str) -> None:
        assert checked_abn(abn) == "51 824 753 556"

    def test_nothing_is_no_number(self) -> None:
        assert checked_abn("  ") == ""

    @pytest.mark.parametrize("abn", ["51 824 753 557", "5182475355", "518247535566", "51 824 753 55x", "١١٨٢٤٧٥٣٥٥٦"])
    def test_refuses_a_wrong_number(self, abn: str) -> None:
        with pytest.raises(AbnInvalid):
            checked_abn(abn)

    @given(place=st.integers(0, 10), digit=st.integers(0, 9))
    def test_finds_every_single_wrong_digit(self, place: int, digit: int) -> None:
        right = "51824753556"
        wrong = right[:place] + str(digit) + right[place + 1 :]
        if wrong != right:
            with pytest.raises(AbnInvalid):
                checked_abn(wrong)


class TestCheckTheme:
    def test_the_default_passes_its_own_check(self) -> None:
        check_theme(DEFAULT_THEME)

    def test_refuses_text_that_not_everyone_can_read(self) -> None:
        with pytest.raises(ThemeInvalid) as refused:
            check_theme({"text": "#999999"})
        assert {each["field"] for each in refused.value.extra["errors"]} == {"theme.text"}
        assert "4.5:1" in refused.value.extra["errors"][0]["message"]

    @pytest.mark.parametrize(
        ("key", "value"), [("nothing", "#ffffff"), ("text", "red"), ("text", "#fff"), ("text", "")]
    )
    def test_names_what_it_does_not_know(self, key: str, value: str) -> None:
        with pytest.raises(ThemeInvalid) as refused:
            check_theme({key: value})
        assert refused.value.extra["errors"][0]["field"] == f"theme.{key}"

    def test_measures_as_the_standard_does(self) -> None:
        assert contrast("#000000", "#ffffff") == pytest.approx(21)
        assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


class TestCouncilDay:
    def test_is_the_day_where_the_council_is(self, session: Session) -> None:
        # In Sydney it is already the next day, half an hour past midnight.
        moment = datetime.datetime(2026, 11, 25, 13, 30, tzinfo=datetime.UTC)
        assert service.council_day(session, moment) == datetime.date(2026, 11, 26)
        assert service.council_day(session, moment - datetime.timedelta(hours=1)) == datetime.date(2026, 11, 25)


class TestUpdateOrganisation:
    def test_notes_only_what_changed(self, session: Session, administrator: Actor) -> None:
        service.update_organisation(session, administrator, changes=OrganisationUpdate(phone="02 6350 0000"))
        service.update_organisation(session, administrator, changes=OrganisationUpdate(phone="02 6350 0000"))
        finish(session)
        found = "SELECT detail FROM audit.entries WHERE action = 'organisations.organisation_changed'"
        assert session.scalars(text(found)).all() == [{"before": {"phone": ""}, "after": {"phone": "02 6350 0000"}}]
