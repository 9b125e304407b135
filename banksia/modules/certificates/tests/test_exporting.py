"""What people take out: the history of orders as a table, and an order's certificates as one zip."""

import csv
import io
import uuid
import zipfile
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.service import exporting
from banksia.modules.certificates.service.access import find_order
from banksia.modules.certificates.tests.factories import make_certificate, make_land, make_order, place_over_http

API = "/api/certificates"
Browsers = Callable[..., TestClient]


def rows_of(answer_text: str) -> list[dict[str, str]]:
    # The mark by which Excel knows the letters: without it `é` is two of them.
    assert answer_text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer_text.removeprefix("\ufeff"))))


class TestHistory:
    def test_each_certificate_is_a_row_however_many_are_read_at_once(
        self, signed_in_as: Browsers, session: Session, guest: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(exporting, "AT_ONCE", 1)
        land = make_land(session)
        orders = [make_order(session, guest, "603", "735A", property_id=land) for _ in range(3)]
        issued = make_certificate(session, orders[0].lines[0], guest)
        session.commit()
        answer = signed_in_as("counter_clerk").get(f"{API}/orders.csv")
        assert answer.headers["content-type"].startswith("text/csv")
        assert 'filename="Orders.csv"' in answer.headers["content-disposition"]
        rows = rows_of(answer.text)
        expected = [(order.number, line.product_title) for order in reversed(orders) for line in order.lines]
        assert [(row["order"], row["certificate"]) for row in rows] == expected
        assert [row["certificate number"] for row in rows if row["certificate number"]] == [issued.number]
        assert {(row["state"], row["fee"]) for row in rows if row["order"] == orders[2].number} >= {
            ("awaiting payment", f"{orders[2].lines[0].total_cents / 100:.2f}")
        }

    def test_it_is_narrowed_like_the_list(self, signed_in_as: Browsers, session: Session, guest: Actor) -> None:
        land = make_land(session)
        wanted = make_order(session, guest, property_id=land, reference="Quandong 77")
        make_order(session, guest, property_id=land, reference="Wattle 12")
        session.commit()
        clerk = signed_in_as("counter_clerk")
        assert {row["order"] for row in rows_of(clerk.get(f"{API}/orders.csv?q=quandong").text)} == {wanted.number}
        assert rows_of(clerk.get(f"{API}/orders.csv?state=cancelled").text) == []

    def test_what_a_customer_typed_is_no_formula(self, signed_in_as: Browsers, session: Session, guest: Actor) -> None:
        make_order(session, guest, reference="=HYPERLINK(1)")
        session.commit()
        [row] = rows_of(signed_in_as("counter_clerk").get(f"{API}/orders.csv").text)
        assert row["reference"] == "'=HYPERLINK(1)"

    def test_a_customer_takes_their_own_and_a_guest_nothing(
        self, client: TestClient, signed_in_as: Browsers, session: Session, guest: Actor
    ) -> None:
        make_order(session, guest)
        session.commit()
        assert rows_of(signed_in_as("customer").get(f"{API}/orders.csv").text) == []
        refused = client.get(f"{API}/orders.csv")
        assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")

    def test_the_neighbour_takes_none_of_ours(
        self, neighbour_signed_in_as: Browsers, session: Session, guest: Actor
    ) -> None:
        make_order(session, guest)
        session.commit()
        assert rows_of(neighbour_signed_in_as("counter_clerk").get(f"{API}/orders.csv").text) == []


class TestZip:
    def test_holds_every_certificate_and_says_which_was_replaced(
        self, client: TestClient, session: Session, guest: Actor
    ) -> None:
        placed = place_over_http(client, session)
        order = find_order(session, guest, uuid.UUID(placed["id"]), placed["access_token"])
        first = make_certificate(session, order.lines[0], guest)
        make_certificate(session, order.lines[0], guest, number="603/2026/00002", supersedes_id=first.id)
        session.commit()
        path, key = f"{API}/orders/{order.id}/certificates.zip", {"X-Order-Token": placed["access_token"]}
        assert client.get(path).status_code == 401
        assert client.get(path, headers={"X-Order-Token": "another"}).status_code == 404
        answer = client.get(path, headers=key)
        assert answer.headers["content-type"] == "application/zip"
        packed = zipfile.ZipFile(io.BytesIO(answer.content))
        assert packed.testzip() is None
        newest, replaced = packed.namelist()
        assert newest.startswith("603-2026-00002")
        assert replaced.startswith("Replaced by 603-2026-00002 - 603-2026-00001")
        assert [packed.read(name) for name in (newest, replaced)] == [b"a certificate"] * 2
        noted = "SELECT count(*) FROM audit.entries WHERE action = 'certificates.certificate_downloaded'"
        assert session.execute(text(noted)).scalar_one() == 2

    def test_before_one_is_issued_there_is_none(self, client: TestClient, session: Session) -> None:
        placed = place_over_http(client, session)
        path = f"{API}/orders/{placed['id']}/certificates.zip"
        assert client.get(path, headers={"X-Order-Token": placed["access_token"]}).status_code == 404
