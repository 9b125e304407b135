"""Owners and attributes of files: placed, compared, ended, and listed where nobody can place them."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.database import organisation_id_of
from banksia.kit.models import new_id
from banksia.modules.property.models import Change, ImportRun, Owner, OwnerWord, Source, UnmatchedRow
from banksia.modules.property.public import KnownAttribute, attributes_of
from banksia.modules.property.queries import linking
from banksia.modules.property.service.history import list_history
from banksia.modules.property.service.importing.attribute_rows import apply_attributes
from banksia.modules.property.service.importing.keyed_rows import KeyedRows
from banksia.modules.property.service.importing.options import Rejected
from banksia.modules.property.service.importing.owner_rows import apply_owners
from banksia.modules.property.service.importing.rows import ReadAttribute, ReadOwner
from banksia.modules.property.service.parsing import read_parcel_cell
from banksia.modules.property.tests.factories import make_property

Run = Callable[..., uuid.UUID]


@pytest.fixture
def run_of(session: Session) -> Run:
    """A run of a source: `run_of("rates")`, `run_of("rates", is_complete=True)`."""
    sources: dict[str, Source] = {}

    def make(name: str = "rates", *, is_complete: bool = False) -> uuid.UUID:
        organisation_id = organisation_id_of(session)
        if name not in sources:
            sources[name] = Source(id=new_id(), organisation_id=organisation_id, name=name, format="owners", mapping={})
            session.add(sources[name])
            session.flush()
        sources[name].is_complete = is_complete
        run = ImportRun(
            id=new_id(), organisation_id=organisation_id, source_id=sources[name].id, format="owners",
            file_name="owners.csv", sha256="", options={}, counts={}, started_at=utc_now(), finished_at=utc_now(),
        )  # fmt: skip
        session.add(run)
        session.flush()
        return run.id

    return make


def owner(key: str, name: str, *, line: int = 2, assessment: str | None = None, **more: Any) -> ReadOwner:
    given = {"postal_address": None, "email": None, "owned_since_on": None} | more
    return ReadOwner(line, read_parcel_cell(key), assessment, key or str(assessment), name, **given)


def value(
    key: str, code: str, written: str, *, line: int = 2, assessment: str | None = None, **more: Any
) -> ReadAttribute:
    given: dict[str, Any] = {"detail": "", "source": "Zoning layer", "as_at_on": datetime.date(2026, 11, 1)} | more
    return ReadAttribute(line, read_parcel_cell(key), assessment, key or str(assessment), code, written, **given)


def names(session: Session, property_id: uuid.UUID) -> list[str]:
    rows = session.scalars(select(Owner).where(Owner.property_id == property_id, Owner.valid_to.is_(None)))
    return sorted(row.name for row in rows)


class TestApplyOwners:
    def test_places_owners_by_parcel_or_by_assessment_and_changes_nothing_twice(
        self, session: Session, run_of: Run
    ) -> None:
        first = make_property(session, parcels=("1//DP9",))
        second = make_property(session, address="2 X ST LITHGOW", parcels=("2//DP9", "3//DP9"), assessment="107310")
        rows = [
            owner("1/9", "Ms Ruth O’Neil", email="ruth@example.org"),
            owner("", "Portland Pty Ltd", assessment="107310", line=3),
            owner("1/9", "Tom Okafor", line=4),
        ]
        counts = apply_owners(session, run_of(), "Priya Nair", rows)
        assert counts == {"owners_new": 3, "owners_ended": 0, "owners_unmatched": 0}
        assert names(session, first) == ["Ms Ruth O’Neil", "Tom Okafor"]
        assert names(session, second) == ["Portland Pty Ltd"]
        assert set(session.scalars(select(OwnerWord.word))) >= {"RUTH", "ONEIL", "PORTLAND", "OKAFOR"}
        assert set(apply_owners(session, run_of(), "Priya Nair", rows).values()) == {0}

    @pytest.mark.parametrize(("from_rows", "setting"), [(1, "off"), (2, "on")])
    def test_joins_whole_tables_when_there_are_many_rows(
        self, session: Session, run_of: Run, monkeypatch: pytest.MonkeyPatch, from_rows: int, setting: str
    ) -> None:
        seen: list[str] = []

        def note(work: KeyedRows, statement: str) -> int:
            if "TABLE placed" in statement:
                seen.append(session.execute(text("SHOW enable_nestloop")).scalar_one())
            return execute(work, statement)

        execute = KeyedRows.execute
        monkeypatch.setattr(KeyedRows, "execute", note)
        monkeypatch.setattr(linking, "WHOLE_TABLES_FROM", from_rows)
        apply_owners(session, run_of(), "Priya Nair", [owner("1//DP9", "A Smith")])
        assert seen == [setting]
        assert session.execute(text("SHOW enable_nestloop")).scalar_one() == "on"

    def test_ends_who_is_no_longer_listed_of_a_property_and_journals_it(self, session: Session, run_of: Run) -> None:
        home = make_property(session, parcels=("1//DP9",))
        other = make_property(session, address="2 X ST LITHGOW", parcels=("2//DP9",))
        apply_owners(session, run_of(), "Priya Nair", [owner("1//DP9", "A Smith"), owner("2//DP9", "B Jones", line=3)])
        counts = apply_owners(session, run_of(), "Priya Nair", [owner("1//DP9", "C Brown")])
        assert counts == {"owners_new": 1, "owners_ended": 1, "owners_unmatched": 0}
        assert (names(session, home), names(session, other)) == (["C Brown"], ["B Jones"])
        change = session.scalars(select(Change).where(Change.table_name == "owners")).one()
        assert (change.actor_name, change.before["valid_to"]) == ("Priya Nair", None)
        told = session.execute(text("SELECT payload FROM events.outbox WHERE name = 'property.owner_changed'")).all()
        assert str(home) in told[-1].payload["property_ids"]

    def test_a_complete_file_ends_its_own_source_s_owners_only(self, session: Session, run_of: Run) -> None:
        home = make_property(session, parcels=("1//DP9",))
        other = make_property(session, address="2 X ST LITHGOW", parcels=("2//DP9",))
        apply_owners(session, run_of("rates"), "P", [owner("1//DP9", "A Smith"), owner("2//DP9", "B Jones", line=3)])
        apply_owners(session, run_of("strata roll"), "P", [owner("2//DP9", "Owners Corporation")])
        counts = apply_owners(session, run_of("rates", is_complete=True), "P", [owner("1//DP9", "A Smith")])
        assert counts == {"owners_new": 0, "owners_ended": 1, "owners_unmatched": 0}
        assert (names(session, home), names(session, other)) == (["A Smith"], ["Owners Corporation"])

    def test_lists_rows_that_it_cannot_place_until_a_later_file_settles_them(
        self, session: Session, run_of: Run
    ) -> None:
        counts = apply_owners(session, run_of(), "P", [owner("7//DP7", "A Smith"), owner("", "B", assessment="1")])
        assert counts["owners_unmatched"] == 2
        rows = session.scalars(select(UnmatchedRow).order_by(UnmatchedRow.key)).all()
        assert {row.reason for row in rows} == {
            "The council knows no such parcel.",
            "The council knows no such assessment.",
        }
        home = make_property(session, parcels=("7//DP7",))
        assert apply_owners(session, run_of(), "P", [owner("7//DP7", "A Smith")])["owners_new"] == 1
        assert names(session, home) == ["A Smith"]
        session.expire_all()
        assert all(row.resolved_at for row in session.scalars(select(UnmatchedRow)))


def known(session: Session, property_id: uuid.UUID, code: str, parcel: str | None = "1//DP9") -> KnownAttribute:
    return next(each for each in attributes_of(session, property_id, parcel) if each.code == code)


class TestApplyAttributes:
    def test_keeps_each_kind_and_changes_nothing_twice(self, session: Session, run_of: Run) -> None:
        home = make_property(session, parcels=("1//DP9",), assessment="107310")
        rows = [
            value("1//DP9", "Zone", "RU5 Village"),
            value("1/9", "bush_fire_prone", "Yes, part"),
            value("1/9", "Heritage item", "N"),
            value("1/9", "flood_controls", "unknown"),
            value("", "Rates balance", "$412.65", assessment="107310"),
            value("", "rating category", "farmland", assessment="107310"),
        ]
        counts = apply_attributes(session, run_of(), "Priya Nair", rows)
        assert (counts["attributes_new"], counts["attributes_rejected"], counts["attributes_unmatched"]) == (6, 0, 0)
        shown = {each.code: each.shown for each in attributes_of(session, home, "1//DP9")}
        assert shown["zone"] == "RU5 Village"
        assert shown["bush_fire_prone"] == "Yes, part"
        assert shown["heritage_item"] == "No"
        assert shown["flood_controls"] == shown["contaminated_land"] == "Unknown"
        assert (shown["rates_balance"], shown["rating_category"]) == ("$412.65", "Farmland")
        assert known(session, home, "flood_controls").is_unknown
        assert set(apply_attributes(session, run_of(), "Priya Nair", rows).values()) == {0}

    def test_says_what_is_wrong_with_a_row(self, session: Session, run_of: Run) -> None:
        make_property(session, parcels=("1//DP9",), assessment="107310")
        verdicts: list[Rejected] = []
        rows = [
            value("1//DP9", "heritage_item", "maybe", line=2),
            value("", "rates_balance", "a lot", assessment="107310", line=3),
            value("", "rating_category", "Vacant", assessment="107310", line=4),
            value("1//DP9", "wizards", "yes", line=5),
            value("9//DP9", "zone", "RU5", line=6),
        ]
        counts = apply_attributes(session, run_of(), "P", rows, reject=verdicts.append)
        assert [(each.line, each.reason.split(".")[0]) for each in verdicts] == [
            (2, "The value is none of yes, no and unknown"),
            (3, "The amount cannot be read"),
            (4, "The value is none of the choices: Residential, Farmland, Business, Mining"),
            (5, "The council's catalogue has no such attribute"),
        ]
        assert (counts["attributes_rejected"], counts["attributes_unmatched"], counts["attributes_new"]) == (4, 1, 0)

    def test_replaces_what_changed_and_never_by_what_is_older(self, session: Session, run_of: Run) -> None:
        home = make_property(session, parcels=("1//DP9",))
        apply_attributes(session, run_of(), "P", [value("1//DP9", "zone", "RU5")])
        later = value("1//DP9", "zone", "R1", as_at_on=datetime.date(2026, 11, 20))
        assert apply_attributes(session, run_of(), "P", [later])["attributes_changed"] == 1
        older = value("1//DP9", "zone", "RU1", as_at_on=datetime.date(2020, 1, 1))
        assert apply_attributes(session, run_of(), "P", [older])["attributes_older"] == 1
        assert known(session, home, "zone").value == "R1"
        assert len(session.scalars(select(Change).where(Change.table_name == "attribute_values")).all()) == 1

    def test_a_complete_file_leaves_what_it_lacks_unknown(self, session: Session, run_of: Run) -> None:
        home = make_property(session, parcels=("1//DP9", "2//DP9"), assessment="7")
        rows = [value("1//DP9, 2//DP9", "zone", "RU5"), value("1//DP9", "mine_subsidence", "no", line=3)]
        apply_attributes(session, run_of(), "P", rows)
        counts = apply_attributes(session, run_of(is_complete=True), "P", rows[:1])
        assert (counts["attributes_ended"], counts["attributes_new"]) == (1, 0)
        assert known(session, home, "mine_subsidence").shown == "Unknown"
        assert known(session, home, "zone", "2//DP9").value == "RU5"

    def test_of_an_assessment_belongs_to_all_its_parcels_and_the_later_line_counts(
        self, session: Session, run_of: Run
    ) -> None:
        home = make_property(session, parcels=("1//DP9", "2//DP9"), assessment="7")
        rows = [value("", "zone", "RU5", assessment="7"), value("", "zone", "R1", assessment="7", line=3)]
        counts = apply_attributes(session, run_of(), "P", rows)
        assert (counts["attributes_new"], counts["attributes_repeated"]) == (2, 2)
        assert known(session, home, "zone").value == known(session, home, "zone", "2//DP9").value == "R1"

    def test_is_told_by_the_history_as_it_came(self, session: Session, run_of: Run, administrator: Actor) -> None:
        home = make_property(session, parcels=("1//DP9",))
        first, second = run_of(), run_of()
        apply_attributes(session, first, "P", [value("1//DP9", "zone", "RU5", line=7)])
        apply_attributes(session, second, "P", [value("1//DP9", "zone", "R1", line=8)])
        entries, _ = list_history(session, administrator, property_id=home, limit=50, cursor=None)
        told = [(each.import_run_id, each.line, each.changes[0].after) for each in entries if each.kind == "attribute"]
        assert told == [(second, 8, "R1"), (first, 7, "RU5")]
        assert [each.title for each in entries if each.title.startswith("Attribute")] == ["Attribute imported"] * 2
