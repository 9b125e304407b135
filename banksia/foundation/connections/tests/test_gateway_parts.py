"""The parts of the gateway by themselves: routes, breaker, places, redirects, tokens, keys."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.foundation.connections.adapters.breaking import AT_ONCE_OF_ONE, Breaker, Crowded, Places, Resting
from banksia.foundation.connections.adapters.headers import local_redirect
from banksia.foundation.connections.models import Connection
from banksia.foundation.connections.models.signing_keys import SigningKey
from banksia.foundation.connections.service.access import check_access
from banksia.foundation.connections.service.callers import BURST, allows
from banksia.foundation.connections.service.knowing import read
from banksia.foundation.connections.service.matching import Routes, read_parts, write_parts
from banksia.foundation.connections.service.minting import TokenRefused, mint_token, read_token
from banksia.foundation.connections.service.remote_modules import RemoteModule, remote_module
from banksia.foundation.connections.service.signing_keys import (
    KEPT_AFTER_RETIRING,
    SHOWN_AFTER_RETIRING,
    key_set_of,
    public_keys_of,
    rotate_key,
    signer_of,
)
from banksia.foundation.connections.tests.gateway_factories import MANAGE, make_connection
from banksia.foundation.organisations.public import Council
from banksia.kit.actor import Actor
from banksia.kit.clock import utc_now
from banksia.kit.errors import Forbidden
from banksia.kit.manifest import ManifestRoute
from banksia.kit.platform import Platform


def routes(*declared: tuple[str, str]) -> Routes:
    return Routes(
        ManifestRoute.model_validate({"path": path, "methods": methods.split(), "audience": "public"})
        for path, methods in declared
    )


class TestMatching:
    def find(self, found: Routes, method: str, path: str) -> str | None:
        parts = read_parts(path)
        match = found.find(method, parts) if parts is not None else None
        return match.route.path if match and match.route else None

    def test_written_words_go_before_parameters(self) -> None:
        found = routes(("/a/{x}", "GET POST"), ("/a/b", "GET"), ("/{y}/b", "PUT"), ("/", "GET"), ("/{y}/b/c", "GET"))
        assert self.find(found, "GET", "/a/b") == "/a/b"
        assert self.find(found, "POST", "/a/b") == "/a/{x}"
        assert self.find(found, "PUT", "/a/b") == "/{y}/b"
        assert self.find(found, "GET", "/a/b/c") == "/{y}/b/c"
        assert self.find(found, "HEAD", "/a/z") == "/a/{x}"
        assert self.find(found, "GET", "") == "/"
        assert self.find(found, "GET", "/a") is None

    def test_says_what_would_be_possible(self) -> None:
        found = routes(("/a/{x}", "POST"), ("/a/b", "GET")).find("DELETE", ["a", "b"])
        assert found is not None
        assert (found.route, found.allowed) == (None, ("GET", "HEAD", "POST"))

    @pytest.mark.parametrize(
        "path", ["/..", "/a/../b", "/a//b", "/a/", "/%2e", "/a\\b", "/a;b", "/a\x00", "/a\nb", "a"]
    )
    def test_reads_nothing_that_could_mean_two_things(self, path: str) -> None:
        assert read_parts(path) is None

    def test_writes_parts_anew(self) -> None:
        assert write_parts(["hall 7", "é?#", "a:b@c"]) == "/hall%207/%C3%A9%3F%23/a:b@c"


class TestBreaker:
    def fail(self, breaker: Breaker, times: int = 1) -> None:
        for _ in range(times):
            breaker.leave(trying=breaker.enter(), failed=True)

    def test_opens_after_five_failures_and_one_call_tries(self) -> None:
        now = [0.0]
        breaker = Breaker(lambda: now[0])
        self.fail(breaker, 4)
        assert not breaker.is_open
        self.fail(breaker)
        with pytest.raises(Resting) as resting:
            breaker.enter()
        assert resting.value.seconds == 5.0
        now[0] = 5.0
        trying = breaker.enter()
        with pytest.raises(Resting):
            breaker.enter()
        breaker.leave(trying=trying, failed=True)
        now[0] = 9.9
        with pytest.raises(Resting):
            breaker.enter()
        now[0] = 10.0
        breaker.leave(trying=breaker.enter(), failed=None)  # the caller went away: it says nothing
        breaker.leave(trying=breaker.enter(), failed=False)
        assert not breaker.is_open

    def test_failures_long_apart_open_nothing(self) -> None:
        now = [0.0]
        breaker = Breaker(lambda: now[0])
        for _ in range(20):
            self.fail(breaker)
            now[0] += 2.6
        assert not breaker.is_open

    def test_a_late_success_does_not_close_it(self) -> None:
        breaker = Breaker(lambda: 0.0)
        begun = breaker.enter()
        self.fail(breaker, 5)
        breaker.leave(trying=begun, failed=False)
        assert breaker.is_open


class TestPlaces:
    def test_one_caller_does_not_take_them_all(self) -> None:
        places = Places()
        held = [places.one("slow") for _ in range(AT_ONCE_OF_ONE)]
        leave = [each.__enter__() for each in held]
        with pytest.raises(Crowded), places.one("slow"):
            pass
        with places.one("another"):
            pass
        leave[0]()
        with places.one("slow"):
            pass
        for each in held:
            each.__exit__(None, None, None)
        assert places.is_empty


class TestRedirects:
    def test_relative_ones_are_read_from_where_they_were_answered(self) -> None:
        def at(location: str) -> str | None:
            return local_redirect(location, at="/api/bookings/halls/7", within="/api/bookings")

        assert at("8") == "/api/bookings/halls/8"
        assert at("../rules?a=1#b") == "/api/bookings/rules?a=1#b"
        assert at("?day=2") == "/api/bookings/halls/7?day=2"
        for elsewhere in ("../../../payments", "/api/bookingsevil", "/api/bookings\t/", "///x", "data:x", ""):
            assert at(elsewhere) is None


class TestRates:
    def test_a_caller_has_so_many_at_once(self, platform: Platform) -> None:
        object.__setattr__(platform, "settings", platform.settings.model_copy(update={"rate_limits": "on"}))
        assert all(allows(platform, "a", now=0.0) for _ in range(int(BURST)))
        assert not allows(platform, "a", now=0.0)
        assert allows(platform, "b", now=0.0)
        assert allows(platform, "a", now=1.0)


class TestModulesThatCallModules:
    """A module reaches what others offer to modules, when its approved manifest says that it builds on them."""

    def test_only_those_that_it_requires_and_only_what_is_for_modules(
        self, session: Session, platform: Platform, organisation: Council
    ) -> None:
        offering = make_connection(session, "https://halls.example.com")
        requires = [{"module": "bookings"}]
        plain: dict[str, Any] = {"permissions": [], "routes": []}
        building = make_connection(session, "https://a.example.com", id="building", requires=requires, **plain)
        stranger = make_connection(session, "https://b.example.com", id="stranger", **plain)
        known = read(platform, "localhost")
        module = known.modules["bookings"]

        def may(caller: Connection, path: str, **changes: Any) -> bool:
            found = module.declared.routes.find("GET", path.split("/"))
            assert found is not None
            assert found.route is not None
            given = {"module": caller.name, "connection_id": caller.id, **changes}
            try:
                check_access(known, module, found.route, Actor(organisation.id, "module", **given))
            except Forbidden:
                return False
            return True

        assert may(building, "for-modules")
        assert may(building, "halls/7")
        assert may(offering, "for-modules")  # its own
        assert not may(building, "bookings")
        assert not may(building, "staff/bookings/1", permissions=frozenset({MANAGE}))
        assert not may(stranger, "for-modules")
        assert not may(building, "for-modules", connection_id=stranger.id)


class TestTokens:
    def module(self, session: Session) -> RemoteModule:
        found = remote_module(session, make_connection(session, "https://example.com"), signer_of(session))
        assert found is not None
        return found

    def test_what_was_signed_is_read_for_its_module_and_minute_alone(self, session: Session, officer: Actor) -> None:
        module, now = self.module(session), 1_800_000_000.0
        token = mint_token(module, officer, "r1", now=now)
        meant: dict[str, Any] = {"keys": public_keys_of(session), "issuer": module.issuer, "audience": module.audience}
        assert read_token(token, now=now + 59, **meant)["jti"] == "r1"
        changes: tuple[dict[str, Any], ...] = (
            {"now": now + 61},
            {"audience": "banksia:module:other:1"},
            {"issuer": "http://elsewhere"},
            {"keys": {}},
        )
        for changed in changes:
            with pytest.raises(TokenRefused):
                read_token(token, **{"now": now, **meant, **changed})
        for broken in ("", "a.b.c", token[:-4] + "AAAA", token + ".x", f"{token}\n", "x" * 20_000):
            with pytest.raises(TokenRefused):
                read_token(broken, now=now, **meant)

    def test_a_module_that_acts_is_named_beside_the_person(self, session: Session, officer: Actor) -> None:
        module = self.module(session)
        acting = Actor(
            officer.organisation_id,
            "module",
            user_id=officer.user_id,
            module="trees",
            connection_id=module.connection_id,
        )
        meant: dict[str, Any] = {"keys": public_keys_of(session), "issuer": module.issuer, "audience": module.audience}
        claims = read_token(mint_token(module, acting, "r1"), **meant)
        assert (claims["sub"], claims["kind"]) == (str(officer.user_id), "module")
        assert claims["act"] == {"sub": f"banksia:module:trees:{module.connection_id}"}


class TestKeys:
    def test_are_made_once_sealed_and_shown_without_their_secret(self, session: Session) -> None:
        first, second = signer_of(session), signer_of(session)
        assert first.kid == second.kid
        (shown,) = key_set_of(session)
        assert set(shown) == {"kty", "crv", "x", "kid", "use", "alg"}
        kept = session.query(SigningKey).one()
        assert '"d"' not in json.dumps(kept.public)
        assert kept.sealed_private is not None
        assert "kty" not in kept.sealed_private

    def test_the_old_one_stays_for_ten_minutes_and_signs_no_more(self, session: Session, officer: Actor) -> None:
        old = signer_of(session)
        rotate_key(session, officer)
        assert signer_of(session).kid != old.kid
        assert {each["kid"] for each in key_set_of(session)} == {old.kid, signer_of(session).kid}
        row = session.query(SigningKey).filter_by(kid=old.kid).one()
        assert row.sealed_private is None
        row.retired_at = utc_now() - SHOWN_AFTER_RETIRING - timedelta(seconds=1)
        session.flush()
        assert {each["kid"] for each in key_set_of(session)} == {signer_of(session).kid}
        row.retired_at = utc_now() - KEPT_AFTER_RETIRING - timedelta(seconds=1)
        rotate_key(session, officer)
        assert session.query(SigningKey).filter_by(kid=old.kid).one_or_none() is None

    def test_one_that_cannot_be_opened_is_replaced(self, session: Session) -> None:
        old = signer_of(session)
        session.query(SigningKey).one().sealed_private = "v1:AAAA"
        session.flush()
        assert signer_of(session).kid != old.kid

    def test_a_council_has_its_own(self, session: Session, other_session: Session) -> None:
        assert signer_of(session).kid != signer_of(other_session).kid
