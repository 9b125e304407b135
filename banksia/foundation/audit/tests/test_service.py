"""The audit chain: it grows in order and shows every change made to it."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from banksia.foundation.audit.models import Verification
from banksia.foundation.audit.public import record, verify
from banksia.kit.actor import Actor
from banksia.kit.database import finish
from banksia.kit.platform import CouncilHost, Platform


def write(platform: Platform, council: CouncilHost, *actions: str) -> None:
    for action in actions:
        with platform.database.session(council.id) as session:
            record(session, Actor.guest(council.id), action, detail={"name": "Zo\u00eb \u202e \u05dc\u05d5\u05d9"})


class TestRecord:
    def test_many_at_once_make_one_chain(self, live_platform: Platform, live_organisation: CouncilHost) -> None:
        def work(thread: int) -> None:
            for number in range(20):
                with live_platform.database.session(live_organisation.id) as session:
                    for action in ("tests.first", "tests.second"):
                        record(session, Actor.system(live_organisation.id), action, detail={"by": [thread, number]})

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
        with live_platform.database.session(live_organisation.id) as session:
            result = verify(session, live_organisation.id)
            found = session.execute(
                text("SELECT action, detail FROM audit.entries WHERE action LIKE 'tests.%' ORDER BY sequence")
            ).all()
        assert result.problem is None
        assert len(found) == 8 * 20 * 2
        # What one transaction recorded stands together.
        assert [row.action for row in found] == ["tests.first", "tests.second"] * 160
        assert all(found[place].detail == found[place + 1].detail for place in range(0, 320, 2))

    def test_what_is_undone_was_never_recorded(self, live_platform: Platform, live_organisation: CouncilHost) -> None:
        with live_platform.database.session(live_organisation.id) as session:
            record(session, Actor.guest(live_organisation.id), "tests.undone")
            session.execute(text("SELECT 1"))
            session.rollback()
            record(session, Actor.guest(live_organisation.id), "tests.kept")
        with live_platform.database.session(live_organisation.id) as session:
            found = session.scalars(text("SELECT action FROM audit.entries WHERE action LIKE 'tests.%'")).all()
            assert found == ["tests.kept"]
            assert verify(session, live_organisation.id).problem is None

    def test_each_council_has_a_chain_of_its_own(
        self, session: Session, other_session: Session, administrator: Actor
    ) -> None:
        for each in (session, other_session):
            record(each, administrator, "tests.one")
            finish(each)
            assert verify(each, each.info["organisation_id"]).problem is None

    def test_names_the_subject_even_when_it_gets_its_id_later(self, session: Session, administrator: Actor) -> None:
        subject = Verification(organisation_id=administrator.organisation_id, entries=0)
        session.add(subject)
        record(session, administrator, "tests.one", subject=subject)
        finish(session)
        entry = session.execute(
            text("SELECT subject_type, subject_id, actor_id, actor_name FROM audit.entries WHERE action = 'tests.one'")
        ).one()
        assert tuple(entry) == ("audit.verifications", subject.id, administrator.user_id, administrator.name)


class TestVerify:
    def test_holds_for_what_was_recorded(self, live_platform: Platform, live_organisation: CouncilHost) -> None:
        write(live_platform, live_organisation, "tests.one", "tests.two")
        with live_platform.database.session(live_organisation.id) as session:
            result = verify(session, live_organisation.id)
        assert result.broken_at is None
        assert result.entries >= 2

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ("UPDATE audit.entries SET detail = '{}' WHERE action = 'tests.two'", "was changed"),
            ("DELETE FROM audit.entries WHERE action = 'tests.two'", "is missing"),
            ("DELETE FROM audit.entries WHERE action = 'tests.three'", "entries were written"),
        ],
    )
    def test_finds_what_the_owner_of_the_tables_changed(
        self, live_platform: Platform, live_organisation: CouncilHost, change: str, problem: str
    ) -> None:
        write(live_platform, live_organisation, "tests.one", "tests.two", "tests.three")
        with psycopg.connect(live_platform.settings.database_owner_url) as owner:
            owner.execute(change)
        with live_platform.database.session(live_organisation.id) as session:
            result = verify(session, live_organisation.id)
        assert problem in (result.problem or "")

    @pytest.mark.parametrize("statement", ["UPDATE audit.entries SET action = ''", "DELETE FROM audit.entries"])
    def test_the_application_may_not_change_entries(self, session: Session, statement: str) -> None:
        with pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(statement))
