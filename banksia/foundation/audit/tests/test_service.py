"""The audit chain: it grows in order and shows every change made to it."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

from banksia.foundation.audit.public import record, verify
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.embedded_postgres import EmbeddedPostgres
from banksia.kit.platform import Platform


def write(platform: Platform, council: Council, *actions: str) -> None:
    for action in actions:
        with platform.database.session(council.id) as session:
            record(session, Actor.guest(council.id), action, detail={"name": "Zoë ‮ לוי"})


class TestVerify:
    def test_holds_for_what_was_recorded(self, live_platform: Platform, live_organisation: Council) -> None:
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
        self, live_platform: Platform, live_organisation: Council, server: EmbeddedPostgres, change: str, problem: str
    ) -> None:
        import psycopg

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
