"""What an operator does with councils, on a database that really commits."""

from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from banksia.foundation.organisations import service
from banksia.foundation.organisations.commands import commands
from banksia.foundation.organisations.errors import CouncilNotFound
from banksia.foundation.organisations.schemas import Council
from banksia.kit.platform import Platform


def run(platform: Platform, *arguments: str) -> Any:
    return CliRunner().invoke(commands, list(arguments), obj=platform)


class TestCreate:
    def test_makes_a_council_that_answers_at_its_host(self, live_platform: Platform) -> None:
        answer = run(live_platform, "create", "wattle", "--name", "Wattle", "--host", "Council.Wattle.example")
        assert answer.exit_code == 0, answer.output
        assert service.find_council(live_platform, "council.wattle.example").slug == "wattle"

    def test_refuses_an_address_in_place_of_a_host(self, live_platform: Platform) -> None:
        answer = run(live_platform, "create", "wattle", "--name", "Wattle", "--host", "https://wattle.example")
        assert (answer.exit_code, "is no host name" in answer.output) == (1, True)


class TestHosts:
    def test_replace_those_it_had_and_are_in_the_log(self, live_platform: Platform, live_organisation: Council) -> None:
        answer = run(live_platform, "hosts", "bluehills", "New.Example", "www.new.example", "new.example")
        assert (answer.exit_code, answer.stdout) == (0, "bluehills answers at new.example, www.new.example.\n")
        assert service.find_council(live_platform, "www.new.example").id == live_organisation.id
        with pytest.raises(CouncilNotFound):
            service.find_council(live_platform, "localhost")
        with live_platform.database.session(live_organisation.id) as session:
            found = "SELECT detail FROM audit.entries WHERE action = 'organisations.organisation_changed'"
            (detail,) = session.scalars(text(found)).all()
            assert service.council_url(session, "/a").startswith("http://new.example")
        assert detail["before"]["hosts"] == ["localhost", "127.0.0.1", "testserver"]
        assert detail["after"]["hosts"] == ["new.example", "www.new.example"]

    @pytest.mark.parametrize(
        ("arguments", "code", "sentence"),
        [
            (("bluehills", "ours.example", "KURRAJONG.localhost"), 1, "The council “kurrajong” answers at"),
            (("bluehills", "ours.example:8000"), 1, "is no host name"),
            (("nowhere", "ours.example"), 2, "There is no organisation “nowhere”. There are: bluehills, kurrajong."),
        ],
    )
    def test_are_refused_as_a_whole(
        self, live_platform: Platform, arguments: tuple[str, ...], code: int, sentence: str
    ) -> None:
        answer = run(live_platform, "hosts", *arguments)
        assert (answer.exit_code, sentence in answer.output) == (code, True), answer.output
        with pytest.raises(CouncilNotFound):
            service.find_council(live_platform, "ours.example")
