"""Tries are counted whatever becomes of them, and together for all addresses of one connection."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.foundation.auth.public import counted_address
from banksia.foundation.auth.service.passwords import reset_password
from banksia.foundation.organisations.public import Council
from banksia.kit.errors import Problem
from banksia.kit.platform import Platform
from banksia.modules.certificates.tests.factories import order_body

PASSWORD = "correct horse battery staple"
TRIES: dict[str, tuple[str, Callable[[], dict[str, Any]], int]] = {
    "auth.reset_password": ("/api/auth/reset-password", lambda: {"token": "guessed", "password": PASSWORD}, 410),
    "auth.verify_email": ("/api/auth/verify-email", lambda: {"token": "guessed"}, 410),
    "auth.read_firm_invitation": ("/api/auth/firm-invitations/read", lambda: {"token": "guessed"}, 410),
    "payments.pay_by_link": ("/api/payments/pay/guessed/checkout", dict, 404),
    "certificates.place_order": ("/api/certificates/orders", lambda: order_body(uuid.uuid4()), 422),
}


@pytest.fixture
def limited(platform: Platform) -> None:
    platform.settings = platform.settings.model_copy(update={"rate_limits": "on"})


def counted(session: Session, name: str) -> int:
    total = "SELECT coalesce(sum(count), 0) FROM auth.rate_counts WHERE name = :name"
    return int(session.execute(text(total), {"name": name}).scalar_one())


class TestRefusedTries:
    @pytest.mark.usefixtures("limited")
    @pytest.mark.parametrize("name", TRIES)
    def test_count(self, session: Session, client: TestClient, name: str) -> None:
        path, body, refused = TRIES[name]
        answers = [client.post(path, json=body()).status_code for _ in range(3)]
        assert (answers, counted(session, name)) == ([refused] * 3, 3)

    @pytest.mark.usefixtures("limited")
    def test_are_refused_at_last(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("banksia.foundation.payments.service.pay_links.CHECKOUTS_AN_HOUR", 2)
        answers = [client.post("/api/payments/pay/guessed/checkout").status_code for _ in range(3)]
        assert answers == [404, 404, 429]

    def test_a_crowd_of_them_counts_to_the_last_and_holds_nobody_up(
        self, live_platform: Platform, live_organisation: Council
    ) -> None:
        """Twice as many at once as there are connections: each needs a second transaction to count in."""
        settings = live_platform.settings.model_copy(update={"rate_limits": "on"})
        live_platform.settings = settings
        crowd = settings.database_pool_size * 4

        def guess(_number: int) -> None:
            with pytest.raises(Problem), live_platform.database.session(live_organisation.id) as session:
                reset_password(session, token="guessed", password=PASSWORD, client="203.0.113.7")

        with ThreadPoolExecutor(crowd) as pool:
            list(pool.map(guess, range(crowd)))
        with live_platform.database.session(live_organisation.id) as session:
            assert counted(session, "auth.reset_password") == crowd


class TestCountedAddress:
    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("203.0.113.7", "203.0.113.7"),
            ("::ffff:203.0.113.7", "203.0.113.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:DB8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("testclient", "testclient"),
        ],
    )
    def test_is_the_connection_s(self, host: str, expected: str) -> None:
        assert counted_address(host) == expected

    @pytest.mark.usefixtures("limited")
    def test_limits_go_by_it(self, session: Session, platform: Platform, app_of: Callable[[Platform], Any]) -> None:
        app = app_of(platform)
        for host in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "::ffff:203.0.113.7", "203.0.113.7"):
            client = TestClient(app, base_url="http://localhost", client=(host, 50000))
            assert client.post("/api/auth/verify-email", json={"token": "guessed"}).status_code == 410
        counts = "SELECT count FROM auth.rate_counts WHERE name = 'auth.verify_email'"
        assert session.scalars(text(counts)).all() == [2, 2]
