"""Two who register one address at the same moment, with real commits: both hear the same, and one account is made."""

import time
from concurrent.futures import ThreadPoolExecutor

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from banksia.foundation.auth.service.registering import register
from banksia.foundation.organisations.public import Council
from banksia.kit.platform import Platform

EMAIL = "new@example.org"
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def test_the_second_waits_for_the_first_and_is_answered_as_always(
    live_platform: Platform, live_app: FastAPI, live_organisation: Council
) -> None:
    def someone_waits() -> bool:
        with live_platform.database.session(live_organisation.id) as session:
            return bool(session.scalar(WAITING))

    body = {"email": EMAIL, "name": "Kim", "password": "four words in a row"}
    with ThreadPoolExecutor(1) as pool, TestClient(live_app, base_url="http://localhost") as client:
        with live_platform.database.session(live_organisation.id) as session:
            register(session, email=EMAIL, name="Kim", password="other words in a row", client="203.0.113.7")
            second = pool.submit(client.post, "/api/auth/register", json=body)
            deadline = time.monotonic() + 30
            while not someone_waits():
                assert time.monotonic() < deadline, "The second registration does not wait for the first."
                time.sleep(0.05)
        assert second.result().status_code == 202
    with live_platform.database.session(live_organisation.id) as session:
        made = "SELECT count(*) FROM auth.users WHERE email = :email"
        mailed = "SELECT count(*) FROM notifications.messages WHERE to_address = :email AND template = :template"
        assert session.scalar(text(made), {"email": EMAIL}) == 1
        assert session.scalar(text(mailed), {"email": EMAIL, "template": "auth/verify_email"}) == 2
