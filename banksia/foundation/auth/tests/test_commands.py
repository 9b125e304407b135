"""The first administrator of a council comes from the command line; on a database that really commits."""

import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from typer.testing import CliRunner

from banksia.foundation.auth.commands import commands
from banksia.foundation.auth.tests.factories import PASSWORD, mails_to, token_in
from banksia.foundation.organisations.public import Council
from banksia.kit.platform import Platform

EMAIL = "ruth@council.example"


def invite(platform: Platform, *arguments: str, organisation: str = "bluehills", email: str = EMAIL) -> Any:
    asked = ["invite", email, "--organisation", organisation, "--name", "Ruth Abernethy", *arguments]
    return CliRunner().invoke(commands, asked, obj=platform)


def signs_in(platform: Platform, app_of: Any, link_or_mail: str) -> list[str]:
    """The roles of whoever sets a password with a link and signs in."""
    with TestClient(app_of(platform), base_url="http://localhost") as client:
        reset = {"token": token_in(link_or_mail), "password": PASSWORD}
        assert client.post("/api/auth/reset-password", json=reset).status_code == 200
        signed_in = client.post("/api/auth/login", json={"email": EMAIL, "password": PASSWORD})
        roles: list[str] = signed_in.json()["user"]["roles"]
        return roles


class TestInvite:
    def test_mails_a_link_with_which_an_administrator_signs_in(
        self, live_platform: Platform, live_organisation: Council, app_of: Any
    ) -> None:
        answer = invite(live_platform)
        assert answer.exit_code == 0, answer.output
        assert EMAIL in answer.stdout
        assert "#token=" not in answer.output
        with live_platform.database.session(live_organisation.id) as session:
            ((template, message),) = mails_to(session, EMAIL)
            audited = "SELECT actor_name FROM audit.entries WHERE action = 'auth.user_created'"
            assert session.scalars(text(audited)).all() == ["Banksia"]
        assert template == "auth/invitation"
        assert signs_in(live_platform, app_of, message) == ["administrator"]

    def test_shows_the_link_where_no_mail_server_could_carry_it(
        self, live_platform: Platform, live_organisation: Council, app_of: Any
    ) -> None:
        without_mail = live_platform.settings.model_copy(update={"environment": "production", "smtp_url": ""})
        answer = invite(replace(live_platform, settings=without_mail, bind=live_platform.database.bind))
        assert answer.exit_code == 0, answer.output
        assert "No mail server is set" in answer.stdout
        (link,) = re.findall(r"^http\S+$", answer.stdout, re.MULTILINE)
        with live_platform.database.session(live_organisation.id) as session:
            assert mails_to(session, EMAIL) == []
            shown = "SELECT count(*) FROM audit.entries WHERE action = 'auth.password_link_shown'"
            assert session.scalar(text(shown)) == 1
        assert signs_in(live_platform, app_of, link) == ["administrator"]

    def test_gives_the_roles_that_are_named(self, live_platform: Platform, live_organisation: Council) -> None:
        answer = invite(live_platform, "--role", "counter_clerk", "--role", "records_officer")
        assert answer.exit_code == 0, answer.output
        with live_platform.database.session(live_organisation.id) as session:
            assert session.scalars(text("SELECT roles FROM auth.users")).all() == [["counter_clerk", "records_officer"]]

    @pytest.mark.usefixtures("live_organisation")
    def test_refuses_an_address_that_has_an_account(self, live_platform: Platform) -> None:
        invite(live_platform)
        answer = invite(live_platform, email=EMAIL.upper())
        assert (answer.exit_code, "exists already" in answer.output) == (1, True)

    @pytest.mark.usefixtures("live_organisation")
    @pytest.mark.parametrize(
        ("arguments", "given", "sentence"),
        [
            (("--role", "wizard"), {}, "There is no role “wizard”. There are: certificate_officer"),
            (("--role", "customer"), {}, "There is no role “customer”"),
            ((), {"organisation": "nowhere"}, "There is no organisation “nowhere”. There are: bluehills, kurrajong."),
            ((), {"email": "ruth"}, "email: "),
            (("--name", " "), {}, "name: "),
        ],
    )
    def test_says_what_is_wrong(
        self, live_platform: Platform, arguments: tuple[str, ...], given: dict[str, str], sentence: str
    ) -> None:
        answer = invite(live_platform, *arguments, **given)
        assert (answer.exit_code, sentence in answer.output) == (2, True), answer.output
