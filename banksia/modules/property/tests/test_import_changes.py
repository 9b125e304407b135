"""What imports do to records that are there: changes, ends, reopenings, the journal, and approved corrections."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.models import new_id
from banksia.modules.property.errors import ImportRefused, ImportSuspicious
from banksia.modules.property.models import Correction, Source
from banksia.modules.property.service.importing import ImportOptions, ImportReport, import_addresses
from banksia.modules.property.service.importing.applying import Applying
from banksia.modules.property.service.importing.rows import ReadRow, staged
from banksia.modules.property.service.keys import address_key, street_key
from banksia.modules.property.service.parsing import read_listed_address, read_parcel_cell
from banksia.modules.property.service.searching import find_properties
from banksia.modules.property.tests.test_importing import everything, one

HEADER = "address,lot,plan,assessment"
ALL = (HEADER, "6 A STREET LITHGOW,1,DP9,77", "8 A STREET LITHGOW,2,DP9,78", "10 A STREET LITHGOW,3,DP9,79")


class Register:
    """A source of the council, and files of it."""

    def __init__(self, session: Session, organisation: Council, folder: Path, **about: Any) -> None:
        self.session, self.actor, self.folder = session, Actor.system(organisation.id), folder
        given = {"name": "Rates", "format": "csv", "is_complete": True, "ended_percent_limit": 100, **about}
        self.source = Source(organisation_id=organisation.id, **given)
        session.add(self.source)
        session.flush()

    def take(self, *lines: str, source: Source | None = None, **options: Any) -> ImportReport:
        path = self.folder / "register.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        confirm = options.pop("confirm_suspicious", True)
        given = ImportOptions(**{"report": self.folder / "rejected.csv", **options})
        return import_addresses(
            self.session, self.actor, path, given, source=source or self.source, confirm_suspicious=confirm
        )

    def journal(self) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
        rows = self.session.execute(text("SELECT act, table_name, before, after FROM property.changes ORDER BY id"))
        hidden = ("import_run_id", "source_line")
        return [
            (act, table, *({name: side[name] for name in side if name not in hidden} for side in (before, after)))
            for act, table, before, after in rows
        ]

    def found(self, q: str) -> list[tuple[str | None, list[str], str | None, str]]:
        results = find_properties(self.session, q)
        return [(each["address"], each["parcels"], each["assessment"], each["status"]) for each in results]

    def correct(self, table: str, record_id: uuid.UUID, field: str, before: str, after: str, **about: Any) -> None:
        found = self.session.scalars(text("SELECT id FROM property.properties LIMIT 1")).one()
        self.session.add(
            Correction(
                organisation_id=self.actor.organisation_id,
                property_id=found,
                table_name=table,
                record_id=record_id,
                field=field,
                before=before,
                after=after,
                reason="Seen on site",
                state="approved",
                is_binding=True,
                proposed_by_name="Officer",
                **about,
            )
        )
        self.session.flush()


@pytest.fixture
def register(session: Session, organisation: Council, tmp_path: Path) -> Register:
    return Register(session, organisation, tmp_path)


class TestCompleteSource:
    def test_ends_what_it_no_longer_lists(self, register: Register, session: Session) -> None:
        register.take(*ALL)
        report = register.take(*ALL[:3])
        assert {name: n for name, n in report.counts.items() if name.endswith("_ended") and n} == {
            "addresses_ended": 1,
            "parcels_ended": 1,
            "assessments_ended": 1,
        }
        assert register.found("3//dp9") == [("10 A STREET LITHGOW", ["3//DP9"], "79", "historic")]
        parcel = one(session, "SELECT * FROM property.parcels WHERE lot = '3'")
        assert (parcel["status"], parcel["valid_to"] is not None) == ("historic", True)
        assert [each["label"] for each in report.samples["ended"]] == ["10 A STREET LITHGOW", "3//DP9", "79"]

    def test_journals_each_end_with_only_what_changed(self, register: Register) -> None:
        register.take(*ALL)
        assert register.journal() == []
        register.take(*ALL[:3])
        by_table = {table: (before, after) for _, table, before, after in register.journal()}
        assert set(by_table) == {"addresses", "parcels", "assessments", "properties"}
        assert by_table["addresses"][0] == {"valid_to": None}
        assert by_table["parcels"][0] == {"valid_to": None, "status": "current"}
        assert by_table["properties"] == ({"status": "current"}, {"status": "historic"})

    def test_leaves_alone_what_comes_from_elsewhere(self, register: Register, organisation: Council) -> None:
        other = Register(register.session, organisation, register.folder, name="Other", is_complete=False)
        other.take(HEADER, "99 B STREET LITHGOW,9,DP9,99")
        register.take(*ALL)
        assert not register.take(*ALL).changed
        assert register.found("99 b")[0][3] == "current"

    def test_that_moves_an_address_to_another_parcel_moves_the_link(self, register: Register) -> None:
        register.take(*ALL)
        report = register.take(
            HEADER, "6 A STREET LITHGOW,2,DP9,78", "8 A STREET LITHGOW,2,DP9,78", "10 A STREET LITHGOW,3,DP9,79",
            "12 A STREET LITHGOW,1,DP9,77",
        )  # fmt: skip
        assert (report.counts["links_new"], report.counts["links_ended"]) == (2, 1)
        assert register.found("6 a") == [("6 A STREET LITHGOW", ["2//DP9"], "78", "current")]
        assert register.found("1//dp9") == [("12 A STREET LITHGOW", ["1//DP9"], "77", "current")]

    def test_that_takes_a_parcel_out_of_its_assessment_gives_it_a_property_of_its_own(self, register: Register) -> None:
        register.take(HEADER, "6 A STREET LITHGOW,1,DP9,77", "6 A STREET LITHGOW,2,DP9,77")
        register.take(HEADER, "6 A STREET LITHGOW,1,DP9,77", "6 A STREET LITHGOW,2,DP9,")
        assert sorted(register.found("6 a"), key=str) == [
            ("6 A STREET LITHGOW", ["1//DP9"], "77", "current"),
            ("6 A STREET LITHGOW", ["2//DP9"], None, "current"),
        ]
        assert not register.take(HEADER, "6 A STREET LITHGOW,1,DP9,77", "6 A STREET LITHGOW,2,DP9,").changed

    def test_of_which_nothing_can_be_taken_is_refused(self, register: Register) -> None:
        register.take(*ALL)
        with pytest.raises(ImportRefused, match="None of the 2 rows"):
            register.take(HEADER, "NOWHERE,1,,", "NOWHERE,2,,")
        assert len(register.found("a street")) == 3

    def test_that_would_end_too_much_needs_a_confirmation(self, register: Register, session: Session) -> None:
        register.take(*ALL)
        register.source.ended_percent_limit = 30
        before = everything(session)
        with pytest.raises(ImportSuspicious, match=r"3 of the source's 9 records are no longer listed \(33%"):
            register.take(*ALL[:3], confirm_suspicious=False)
        assert everything(session) == before
        dry = register.take(*ALL[:3], dry_run=True)
        assert [finding["code"] for finding in dry.findings] == ["many_ended"]
        assert register.take(*ALL[:3]).counts["parcels_ended"] == 1


class TestReopening:
    def test_lets_the_same_records_hold_again(self, register: Register, session: Session) -> None:
        register.take(*ALL)
        ids = {r["address"]: r["id"] for r in find_properties(session, "a street")}
        register.take(*ALL[:3])
        report = register.take(*ALL)
        assert report.counts["addresses_reopened"] == report.counts["parcels_reopened"] == 1
        assert {r["address"]: r["id"] for r in find_properties(session, "a street")} == ids
        assert register.found("10 a")[0][3] == "current"
        assert session.scalar(text("SELECT count(*) FROM property.parcels WHERE valid_to IS NOT NULL")) == 0

    def test_needs_the_source_or_a_status_for_a_parcel(self, register: Register, organisation: Council) -> None:
        register.take(*ALL)
        register.take(*ALL[:3])
        other = Register(register.session, organisation, register.folder, name="Other", is_complete=False)
        other.take("lot,plan", "3,DP9")
        assert register.found("3//dp9")[0][3] == "historic"
        other.take("lot,plan,status", "3,DP9,current")
        assert register.found("3//dp9")[0][3] == "current"

    def test_is_not_for_a_parcel_that_a_subdivision_ended(self, register: Register, session: Session) -> None:
        register.take(*ALL)
        parcel = one(session, "SELECT id FROM property.parcels WHERE lot = '3'")["id"]
        event = new_id()
        given = {"organisation": register.actor.organisation_id, "event": event, "parcel": parcel, "now": utc_now()}
        for statement in (
            "UPDATE property.parcels SET status = 'historic', valid_to = :now WHERE id = :parcel",
            """INSERT INTO property.lineage_events (organisation_id, id, created_at, kind, plan, occurred_on, source,
            recorded_by_name, valid_from) VALUES (:organisation, :event, :now, 'subdivision', 'DP10', :now, 'Plan',
            'Officer', :now)""",
            """INSERT INTO property.lineage_parcels (organisation_id, event_id, parcel_id, side)
            VALUES (:organisation, :event, :parcel, 'parent')""",
        ):
            session.execute(text(statement), given)
        register.take(*ALL)
        assert one(session, "SELECT status FROM property.parcels WHERE lot = '3'")["status"] == "historic"


class TestValidity:
    def row(self, line: int, address: str, parcel: str, **about: Any) -> ReadRow:
        parts, parcels = read_listed_address(address), read_parcel_cell(parcel)
        return ReadRow(line, address, parts, parcels, False, None, None, None, None, **about)

    def apply(self, session: Session, *rows: ReadRow) -> dict[str, int]:
        applying = Applying(session)
        applying.stage(each for row in rows for each in staged(row, None))
        counts = applying.apply()
        applying.finish()
        return counts

    def test_takes_the_source_s_own_dates(self, session: Session) -> None:
        began, ended = utc_now().replace(year=2001), utc_now().replace(year=2020)
        self.apply(session, self.row(1, "6 A STREET LITHGOW", "1//DP9", address_valid_from=began))
        assert one(session, "SELECT valid_from FROM property.addresses")["valid_from"] == began
        counts = self.apply(session, self.row(1, "6 A STREET LITHGOW", "1//DP9", address_valid_to=ended))
        assert (counts["addresses_ended"], counts["links_ended"]) == (1, 1)
        assert one(session, "SELECT valid_to FROM property.addresses")["valid_to"] == ended

    def test_an_address_that_stands_in_one_row_has_not_ended(self, session: Session) -> None:
        ended = utc_now().replace(year=2020)
        self.apply(
            session,
            self.row(1, "6 A STREET LITHGOW", "1//DP9", address_valid_to=ended),
            self.row(2, "6 A STREET LITHGOW", "2//DP9"),
        )
        assert one(session, "SELECT valid_to FROM property.addresses")["valid_to"] is None

    def test_a_parcel_that_ended_before_it_was_known_is_historic(self, session: Session) -> None:
        ended = utc_now().replace(year=2020)
        row = self.row(1, "6 A STREET LITHGOW", "1//DP9", parcel_valid_to=ended)
        self.apply(session, row)
        parcel = one(session, "SELECT * FROM property.parcels")
        assert (parcel["status"], parcel["valid_to"]) == ("historic", ended)
        assert parcel["valid_from"] < ended
        before = everything(session)
        self.apply(session, row)
        assert everything(session) == before

    def test_keeps_shapes_and_the_state_s_numbers(self, session: Session) -> None:
        square = {
            "type": "Polygon",
            "coordinates": [[[150.0, -33.0], [150.001, -33.0], [150.001, -33.001], [150.0, -33.0]]],
        }
        row = self.row(1, "6 A STREET LITHGOW", "1//DP9", parcel_external_id="105", geometry=square)
        assert self.apply(session, row)["shapes_new"] == 1
        shape = one(session, "SELECT * FROM property.parcel_shapes")
        assert (shape["geometry"], shape["longitude"]) == (square, pytest.approx(150.0005))
        by_number = ReadRow(2, "8 A STREET LITHGOW", read_listed_address("8 A STREET LITHGOW"), (), False, None, None,
                            None, None, parcel_external_id="105")  # fmt: skip
        self.apply(session, by_number)
        assert find_properties(session, "8 a")[0]["parcels"] == ["1//DP9"]
        moved = row._replace(geometry=json.loads(json.dumps(square).replace("150.001", "150.002")))
        assert self.apply(session, moved)["shapes_changed"] == 1


class TestCorrections:
    def test_of_a_parcel_stay_and_become_conflicts(self, register: Register, session: Session) -> None:
        rows = ("address,lot,plan,area", "6 A STREET LITHGOW,1,DP9,500")
        register.take(*rows)
        parcel = one(session, "SELECT id FROM property.parcels")["id"]
        session.execute(text("UPDATE property.parcels SET area_square_metres = 650"))
        register.correct("parcels", parcel, "area_square_metres", "500", "650")
        report = register.take(rows[0], "6 A STREET LITHGOW,1,DP9,510")
        assert report.counts["conflicts"] == 1
        assert one(session, "SELECT area_square_metres AS area FROM property.parcels")["area"] == 650
        conflict = one(session, "SELECT state, imported_value, source_line FROM property.conflicts")
        assert conflict == {"state": "open", "imported_value": "510", "source_line": 2}
        assert not register.take(rows[0], "6 A STREET LITHGOW,1,DP9,510").changed

    def test_are_not_asked_about_twice_and_close_when_the_source_agrees(
        self, register: Register, session: Session
    ) -> None:
        rows = ("address,lot,plan,area", "6 A STREET LITHGOW,1,DP9,500")
        register.take(*rows)
        parcel = one(session, "SELECT id FROM property.parcels")["id"]
        register.correct("parcels", parcel, "area_square_metres", "400", "500")
        register.take(rows[0], "6 A STREET LITHGOW,1,DP9,510")
        session.execute(text("UPDATE property.conflicts SET state = 'kept'"))
        register.take(rows[0], "6 A STREET LITHGOW,1,DP9,510")
        assert session.scalar(text("SELECT count(*) FROM property.conflicts")) == 1
        register.take(rows[0], "6 A STREET LITHGOW,1,DP9,520")
        assert session.scalar(text("SELECT count(*) FROM property.conflicts WHERE state = 'open'")) == 1
        register.take(*rows)
        assert session.scalar(text("SELECT count(*) FROM property.conflicts WHERE state = 'open'")) == 0

    def test_of_a_status_keep_a_parcel_that_is_no_longer_listed(self, register: Register, session: Session) -> None:
        register.take(*ALL)
        parcel = one(session, "SELECT id FROM property.parcels WHERE lot = '3'")["id"]
        register.correct("parcels", parcel, "status", "historic", "current")
        report = register.take(*ALL[:3])
        assert (report.counts["parcels_ended"], report.counts["conflicts"]) == (0, 1)
        assert one(session, "SELECT status FROM property.parcels WHERE lot = '3'")["status"] == "current"

    def test_of_an_address_lead_its_rows_to_the_corrected_one(self, register: Register, session: Session) -> None:
        register.take(*ALL)
        address = one(session, "SELECT id, key FROM property.addresses WHERE text LIKE '6 A%'")
        parts = read_listed_address("6A A STREET LITHGOW")
        key = address_key(parts, street_key(parts.street, parts.type, parts.suffix, parts.locality))
        session.execute(
            text("UPDATE property.addresses SET text = :text, key = :key, number_suffix = 'A' WHERE id = :id"),
            {"text": "6A A STREET LITHGOW", "key": key, "id": address["id"]},
        )
        before, after = "6 A STREET LITHGOW", "6A A STREET LITHGOW"
        register.correct("addresses", address["id"], "text", before, after, imported_key=address["key"])
        report = register.take(*ALL)
        assert (report.counts["addresses_new"], report.counts["addresses_ended"]) == (0, 0)
        assert report.counts["conflicts"] == 1
        assert one(session, "SELECT imported_value FROM property.conflicts")["imported_value"] == before
        assert session.scalar(text("SELECT count(*) FROM property.addresses")) == 3
        agreed = register.take(HEADER, f"{after},1,DP9,77", *ALL[2:])
        assert agreed.counts["conflicts"] == 0
        assert one(session, "SELECT state FROM property.conflicts")["state"] == "kept"


class TestFindings:
    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            (("address", "6 A ST LITHGOW", "6 A STREET LITHGOW"), "repeated"),
            (("lot,plan,assessment", "1,DP9,77", "1,DP9,78"), "two_assessments"),
            (("address,lot,plan", "9-3 A STREET LITHGOW,1,DP9"), "impossible_numbers"),
            (
                ("address,lot,plan", "1 A STREET LITHGOW,1,DP9", "2 A STREET LITHGOW,2,DP9", "3 A STREET LITHGOW,,"),
                "orphans",
            ),
            (("address,lot", "6 A STREET LITHGOW,", "8 A STREET LITHGOW,1"), "many_rejected"),
            (
                ("address,longitude,latitude", *(f"{n} A STREET LITHGOW,150.1,-33.5" for n in range(1, 20)),
                 "20 A STREET LITHGOW,115.8,-31.9"),
                "far_points",
            ),
        ],
    )  # fmt: skip
    def test_name_what_is_suspicious(self, register: Register, lines: tuple[str, ...], code: str) -> None:
        report = register.take(*lines, dry_run=True)
        assert code in [finding["code"] for finding in report.findings]
        assert all(finding["message"].endswith(".") and finding["count"] for finding in report.findings)

    def test_are_none_for_a_good_file(self, register: Register) -> None:
        assert register.take(*ALL).findings == []
