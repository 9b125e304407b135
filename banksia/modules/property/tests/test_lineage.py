"""How parcels became others: recorded, refused, undone, and read."""

import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.database import finish, organisation_id_of
from banksia.modules.property.errors import LandBusy, LineageDependedOn, LineageInvalid, LineageNotFound
from banksia.modules.property.public import ancestors_of, find_properties, get_property, leads_to, successors_of
from banksia.modules.property.queries import land
from banksia.modules.property.schemas.lineage import LineageRecord, LineageRecorded
from banksia.modules.property.schemas.truths import AttributeRecord
from banksia.modules.property.service.attributes import record_attribute
from banksia.modules.property.service.lineage import preview_lineage, read_lineage, record_lineage, undo_lineage
from banksia.modules.property.tests.factories import make_property

DAY = "2018-03-12"
SIX = (
    "subdivision",
    "consolidation",
    "boundary_adjustment",
    "strata_registration",
    "strata_termination",
    "road_closure",
)


def event(parents: list[str], children: list[Any], kind: str = "subdivision", **changes: Any) -> LineageRecord:
    given = {
        "kind": kind,
        "plan": "DP1242624",
        "occurred_on": DAY,
        "source": "NSW cadastre",
        "parents": parents,
        "children": [child if isinstance(child, dict) else {"parcel": child} for child in children],
    }
    return LineageRecord.model_validate(given | changes)


@pytest.fixture
def actor(session: Session) -> Actor:
    return Actor.system(organisation_id_of(session))


@pytest.fixture
def subdivided(session: Session, actor: Actor) -> LineageRecorded:
    """Lot 1 became lots 12 and 13."""
    make_property(session, parcels=("1//DP900",))
    children = [{"parcel": "12/1242624", "area_square_metres": 858}, "Lot 13 DP 1242624"]
    return record_lineage(session, actor, event(["1/900"], children))


def refusals(session: Session, actor: Actor, recorded: LineageRecord) -> str:
    with pytest.raises(LineageInvalid) as refused:
        record_lineage(session, actor, recorded)
    problems = preview_lineage(session, recorded).problems
    assert [problem.message for problem in problems] == [error["message"] for error in refused.value.extra["errors"]]
    return " ".join(problem.message for problem in problems)


class TestRecordLineage:
    def test_ends_the_parent_and_makes_its_children(self, session: Session, subdivided: LineageRecorded) -> None:
        by_text = {parcel.text: parcel for parcel in subdivided.parcels}
        assert {text: parcel.status for text, parcel in by_text.items()} == {
            "1//DP900": "historic",
            "12//DP1242624": "current",
            "13//DP1242624": "current",
        }
        child = by_text["12//DP1242624"]
        assert child.area_square_metres == 858
        assert child.property_id
        assert get_property(session, child.property_id).status == "current"
        assert subdivided.event.parent_ids == [by_text["1//DP900"].id]
        home = by_text["1//DP900"].property_id
        assert home
        assert get_property(session, home).status == "historic"

    def test_is_found_by_search_at_once(self, session: Session, subdivided: LineageRecorded) -> None:
        assert find_properties(session, "13//DP1242624")[0]["parcels"] == ["13//DP1242624"]
        assert find_properties(session, "1//DP900")[0]["status"] == "historic"

    def test_tells_other_modules_and_the_audit_log(self, session: Session, subdivided: LineageRecorded) -> None:
        finish(session)
        rows = session.execute(text("SELECT name, payload FROM events.outbox WHERE name LIKE 'property.parcel%'"))
        told = {row.name: set(row.payload["parcel_ids"]) for row in rows}
        ids = {parcel.text: str(parcel.id) for parcel in subdivided.parcels}
        assert told == {
            "property.parcel_created": {ids["12//DP1242624"], ids["13//DP1242624"]},
            "property.parcel_ended": {ids["1//DP900"]},
        }
        assert "property.lineage_recorded" in session.scalars(text("SELECT action FROM audit.entries")).all()

    def test_takes_children_that_are_known_as_they_are(self, session: Session, actor: Actor) -> None:
        make_property(session, parcels=("1//DP900",))
        known = make_property(session, address="8 X ST LITHGOW", parcels=("12//DP1242624",), status="proposed")
        recorded = record_lineage(session, actor, event(["1//DP900"], ["12//DP1242624", "13//DP1242624"]))
        child = next(parcel for parcel in recorded.parcels if parcel.text == "12//DP1242624")
        assert (child.property_id, child.status) == (known, "current")
        assert get_property(session, known).status == "current"

    def test_reads_bare_numbers_of_a_strata_plan_as_its_lots(self, session: Session, actor: Actor) -> None:
        make_property(session, parcels=("1//DP900",))
        strata = event(["1//DP900"], ["1/12345", "2/12345", "CP/SP12345"], "strata_registration", plan="SP 12345")
        texts = {parcel.text for parcel in record_lineage(session, actor, strata).parcels}
        assert texts == {"1//DP900", "1//SP12345", "2//SP12345", "CP//SP12345"}

    def test_lets_the_parent_of_a_road_closure_go_on(self, session: Session, actor: Actor) -> None:
        make_property(session, parcels=("1//DP900",))
        closed = record_lineage(session, actor, event(["1//DP900"], ["5//DP77"], "road_closure"))
        assert {parcel.status for parcel in closed.parcels} == {"current"}

    @pytest.mark.parametrize(
        ("parents", "children", "changes", "said"),
        [
            (["1//DP900"], ["12//DP7"], {}, "two lots or more"),
            (["1//DP900", "2//DP900"], ["3//DP7", "4//DP7"], {}, "of one"),
            (["1//DP900"], ["12//DP7"], {"kind": "consolidation"}, "of two or more"),
            (["99//DP900"], ["12//DP7", "13//DP7"], {}, "knows no parcel “99//DP900”"),
            (["Fairview"], ["12//DP7", "13//DP7"], {}, "cannot be read"),
            (["1//DP900"], ["12//DP7", "13-15//DP7"], {}, "cannot be read"),
            (["1//DP900"], ["12//DP7", "12/7"], {}, "twice"),
            (["1//DP900", "1/900"], ["12//DP7"], {"kind": "consolidation"}, "twice"),
            (["1//DP900"], ["1//DP900", "2//DP7"], {}, "both sides"),
            (["1//DP900"], ["12//DP7", "13//DP7"], {"occurred_on": "2999-01-01"}, "future"),
            (["1//DP900"], ["12//DP7", "13//DP7"], {"occurred_on": "0018-03-12"}, "impossible"),
        ],
    )
    def test_refuses_what_cannot_be(
        self,
        session: Session,
        actor: Actor,
        parents: list[str],
        children: list[str],
        changes: dict[str, Any],
        said: str,
    ) -> None:
        make_property(session, parcels=("1//DP900",))
        make_property(session, address="2 X ST LITHGOW", parcels=("2//DP900",))
        kind = changes.pop("kind", "subdivision")
        assert said in refusals(session, actor, event(parents, children, kind, **changes))

    def test_refuses_a_second_end_a_second_beginning_and_a_circle(
        self, session: Session, actor: Actor, subdivided: LineageRecorded
    ) -> None:
        make_property(session, address="9 X ST LITHGOW", parcels=("5//DP900",))
        again = event(["1//DP900"], ["12//DP1242624", "13//DP1242624"])
        assert "ended already: subdivision by DP1242624 on 12 March 2018" in refusals(session, actor, again)
        second = event(["5//DP900"], ["13//DP1242624", "14//DP1242624"])
        assert "made by another event already" in refusals(session, actor, second)
        circle = event(["12//DP1242624"], ["1//DP900", "7//DP8"], occurred_on="2019-01-01")
        assert "is an ancestor of a parent" in refusals(session, actor, circle)
        early = event(["12//DP1242624"], ["70//DP8", "71//DP8"], occurred_on="2017-01-01")
        assert "was made only on 12 March 2018" in refusals(session, actor, early)

    def test_explains_a_parcel_that_an_import_has_ended(self, session: Session, actor: Actor) -> None:
        make_property(session, parcels=("1//DP900",), status="historic")
        assert "historic already" in preview_lineage(session, event(["1//DP900"], ["2//DP7", "3//DP7"])).warnings[0]
        assert len(record_lineage(session, actor, event(["1//DP900"], ["2//DP7", "3//DP7"])).parcels) == 3

    def test_waits_for_no_import(self, session: Session, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        make_property(session, parcels=("1//DP900",))
        monkeypatch.setattr(land, "import_lock", lambda _organisation_id: text("SELECT false"))
        with pytest.raises(LandBusy, match="try again in a few minutes"):
            record_lineage(session, actor, event(["1//DP900"], ["2//DP7", "3//DP7"]))


class TestUndoLineage:
    def test_leaves_everything_as_it_was(self, session: Session, actor: Actor) -> None:
        home = make_property(session, parcels=("1//DP900",), assessment="7")
        before = get_property(session, home, with_sources=True)
        recorded = record_lineage(session, actor, event(["1//DP900"], ["12//DP7", "13//DP7"]))
        undo_lineage(session, actor, recorded.event.id)
        assert get_property(session, home, with_sources=True) == before
        assert find_properties(session, "12//DP7") == []
        assert read_lineage(session, home).events == []
        with pytest.raises(LineageNotFound):
            undo_lineage(session, actor, recorded.event.id)

    def test_can_be_recorded_again(self, session: Session, actor: Actor, subdivided: LineageRecorded) -> None:
        undo_lineage(session, actor, subdivided.event.id)
        again = record_lineage(session, actor, event(["1//DP900"], ["12//DP1242624", "13//DP1242624"]))
        assert find_properties(session, "12//DP1242624")[0]["status"] == "current"
        assert {parcel.id for parcel in again.parcels} == {parcel.id for parcel in subdivided.parcels}

    def test_is_refused_once_something_depends_on_it(
        self, session: Session, actor: Actor, subdivided: LineageRecorded
    ) -> None:
        child = next(parcel for parcel in subdivided.parcels if parcel.text == "12//DP1242624")
        later = event(["12//DP1242624"], ["20//DP8", "21//DP8"], occurred_on="2019-01-01")
        second = record_lineage(session, actor, later)
        with pytest.raises(LineageDependedOn, match="later event"):
            undo_lineage(session, actor, subdivided.event.id)
        undo_lineage(session, actor, second.event.id)
        assert child.property_id
        zone = AttributeRecord(value="RU5 Village", source="Zoning layer")
        record_attribute(session, actor, property_id=child.property_id, code="zone", recorded=zone)
        with pytest.raises(LineageDependedOn):
            undo_lineage(session, actor, subdivided.event.id)


class TestReadLineage:
    def test_shows_both_sides_and_marks_the_own_parcels(self, session: Session, subdivided: LineageRecorded) -> None:
        child = next(parcel for parcel in subdivided.parcels if parcel.text == "13//DP1242624")
        assert child.property_id
        graph = read_lineage(session, child.property_id)
        assert {parcel.text for parcel in graph.parcels if parcel.is_own} == {"13//DP1242624"}
        assert len(graph.parcels) == 3
        assert [found.kind for found in graph.events] == ["subdivision"]
        assert graph.is_complete

    def test_says_when_there_are_more_generations(self, session: Session, actor: Actor) -> None:
        home = make_property(session, parcels=("1//DP1",))
        for step in range(1, 8):
            day = f"20{10 + step}-01-01"
            children = [f"1//DP{step + 1}", f"2//DP{step + 1}"]
            record_lineage(session, actor, event([f"1//DP{step}"], children, plan=f"DP{step + 1}", occurred_on=day))
        graph = read_lineage(session, home)
        assert (len(graph.events), graph.is_complete) == (5, False)
        assert [relative.generation for relative in successors_of(session, ["1//DP1"])][-1] == 7


class TestRelatives:
    def test_lead_from_a_historic_parcel_to_the_land_of_today(
        self, session: Session, actor: Actor, subdivided: LineageRecorded
    ) -> None:
        later = event(["12//DP1242624"], ["20//DP8", "21//DP8"], occurred_on="2019-01-01")
        record_lineage(session, actor, later)
        assert {found.text for found in leads_to(session, "1/900")} == {"13//DP1242624", "20//DP8", "21//DP8"}
        found = ancestors_of(session, ["20//DP8"])
        assert [(each.text, each.generation, each.occurred_on) for each in found] == [
            ("12//DP1242624", 1, datetime.date(2019, 1, 1)),
            ("1//DP900", 2, datetime.date(2018, 3, 12)),
        ]
        assert successors_of(session, ["nowhere", "99//DP99"]) == []

    def test_of_another_council_are_none(self, subdivided: LineageRecorded, other_session: Session) -> None:
        assert successors_of(other_session, ["1//DP900", subdivided.event.parent_ids[0]]) == []


lots = st.sampled_from([f"{number}//DP1" for number in range(1, 9)])
events = st.lists(
    st.tuples(
        st.sampled_from(SIX),
        st.lists(lots, max_size=3),
        st.lists(lots, max_size=3),
        st.dates(datetime.date(2010, 1, 1), datetime.date(2010, 1, 6)),
        st.booleans(),
    ),
    max_size=12,
)


class TestAnySequenceOfEvents:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=events)
    def test_has_no_circle_and_reads_the_same_either_way(self, session: Session, actor: Actor, steps: Any) -> None:
        savepoint = session.begin_nested()
        for number in range(1, 5):
            make_property(session, address=f"{number} X ST LITHGOW", parcels=(f"{number}//DP1",))
        for kind, parents, children, day, undone in steps:
            try:
                recorded = record_lineage(session, actor, event(parents, children, kind, occurred_on=day))
                if undone:
                    undo_lineage(session, actor, recorded.event.id)
            except (LineageInvalid, LineageDependedOn):
                continue
        names = [f"{number}//DP1" for number in range(1, 9)]
        down = {name: {each.text for each in successors_of(session, [name])} for name in names}
        up = {name: {each.text for each in ancestors_of(session, [name])} for name in names}
        for name in names:
            assert name not in down[name]
            assert name not in up[name]
            assert all(name in up[child] for child in down[name])
            assert all(name in down[parent] for parent in up[name])
        savepoint.rollback()
