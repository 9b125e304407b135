"""The routes: what they let in, whom, and what a person reads when they do not."""

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from banksia.modules.certificates.tests.factories import make_land, order_body, place_over_http

BASE = "/api/certificates"
ANYBODY = uuid.UUID("0197aaaa-0000-7000-8000-00000000abcd")
STAFF = {"certificate_officer", "counter_clerk", "records_officer", "finance_officer", "administrator"}
ANSWERS = {
    "rates_owing": {
        "choice": "yes",
        "amounts": [{"description": "Ordinary rate", "due_on": "2026-11-30", "amount_cents": 31240}],
    },
    "rating_category": {"text": "The land is categorised as residential."},
    "postponed_rates": {"choice": "no"},
    "cost_of_work": {"choice": "no"},
}
Browsers = Callable[..., TestClient]


def lines_of(clerk: TestClient) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = clerk.get(f"{BASE}/lines?view=all_open").json()["results"]
    return results


@pytest.fixture
def paid(
    client: TestClient, session: Session, signed_in_as: Browsers, run_outbox: Callable[[], int]
) -> Callable[..., dict[str, Any]]:
    """Place an order as a guest and pay it at the counter, all over HTTP."""

    def make(*products: str, **changes: Any) -> dict[str, Any]:
        order = place_over_http(client, session, *products, **changes)
        cash = {"method": "cash", "amount_cents": order["total_cents"], "tendered_cents": order["total_cents"] + 500}
        taken = signed_in_as("counter_clerk").post(
            f"{BASE}/orders/{order['id']}/counter-payment", json={"parts": [cash]}
        )
        assert taken.status_code == 200, taken.text
        assert (taken.json()["money"], taken.json()["change_cents"]) == ("paid", 500)
        run_outbox()
        return order

    return make


class TestPlaceOrder:
    def test_a_guest_orders_and_opens_it_with_the_token(self, client: TestClient, session: Session) -> None:
        order = place_over_http(client, session, "603")
        assert set(order) == {
            "id", "number", "money", "total_cents", "gst_cents", "due_on", "lines", "access_token",
        }  # fmt: skip
        path = f"{BASE}/orders/{order['id']}"
        assert client.get(path).status_code == 401
        opened = client.get(path, headers={"X-Order-Token": order["access_token"]})
        assert opened.json()["can_pay"] is True
        wrong = client.get(path, headers={"X-Order-Token": "guessed"})
        assert (wrong.status_code, wrong.json()["type"]) == (404, "urn:banksia:certificates:order-not-found")

    def test_a_double_submit_makes_one_order(self, client: TestClient, session: Session) -> None:
        body, key = order_body(make_land(session)), {"Idempotency-Key": "0d7c1e2a-basket"}
        session.flush()
        first, second = (client.post(f"{BASE}/orders", json=body, headers=key) for _ in range(2))
        assert first.json()["number"] == second.json()["number"]
        other = client.post(f"{BASE}/orders", json={**body, "reference": "other"}, headers=key)
        assert (other.status_code, other.json()["type"]) == (409, "urn:banksia:certificates:idempotency-key-reused")

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"lines": []}, "lines"),
            ({"lines": "603"}, "lines"),
            ({"contact": {"name": "", "email": "a@example.org"}}, "contact.name"),
            ({"contact": {"name": "A", "email": "nobody"}}, "contact.email"),
            ({"contact": {"name": "A" * 201, "email": "a@example.org"}}, "contact.name"),
            ({"contact": {"name": "A\x00B", "email": "a@example.org"}}, "contact.name"),
            ({"total_cents": 1}, "total_cents"),
            ({"reference": ["x"]}, "reference"),
        ],
    )
    def test_bad_input_is_told_by_field(
        self, client: TestClient, session: Session, change: dict[str, Any], field: str
    ) -> None:
        body = {**order_body(make_land(session)), **change}
        session.flush()
        answer = client.post(f"{BASE}/orders", json=body)
        assert answer.status_code == 422
        assert field in {error["field"] for error in answer.json()["errors"]}

    @pytest.mark.parametrize(
        "address",
        [
            "/verify?number=1%00&code=2", "/verify?number=1&code=%00", "/orders?q=%00", "/orders?state=odd",
            f"/earlier-lines?property_id={ANYBODY}&parcel=%00", "/earlier-lines?property_id=1&parcel=1",
            "/verify?number=1", "/verify-file?sha256=abc", f"/verify-file?sha256={'g' * 64}", f"/orders/{ANYBODY}x",
        ],
    )  # fmt: skip
    def test_odd_addresses_are_refused(self, client: TestClient, address: str) -> None:
        assert client.get(BASE + address).status_code == 422

    @pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800"])
    @pytest.mark.parametrize("place", ["name", "phone", "reference", "product", "parcel"])
    def test_characters_that_no_text_holds(
        self, client: TestClient, session: Session, place: str, character: str
    ) -> None:
        body = order_body(make_land(session))
        session.flush()
        if place in ("product", "parcel"):
            body["lines"][0][place] = f"603{character}"
        elif place == "reference":
            body["reference"] = f"A{character}"
        else:
            body["contact"][place] = f"A{character}"
        # Written by hand: a client's library would not send half of a surrogate pair.
        sent = json.dumps(body).encode()
        answer = client.post(f"{BASE}/orders", content=sent, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text

    def test_what_cannot_be_sold_is_a_sentence_on_its_line(self, client: TestClient, session: Session) -> None:
        body = order_body(make_land(session), "10.7-2", "10.7-2-5")
        session.flush()
        problem = client.post(f"{BASE}/orders", json=body).json()
        assert problem["status"] == 422
        assert problem["errors"][0]["field"] == "lines.0.product"
        assert "includes" in problem["detail"]

    def test_the_other_council_sees_nothing_of_it(self, client: TestClient, session: Session) -> None:
        order = place_over_http(client, session)
        theirs = {"Host": "kurrajong.localhost", "X-Order-Token": order["access_token"]}
        assert client.get(f"{BASE}/orders/{order['id']}", headers=theirs).status_code == 404
        lines = {"lines": order_body(uuid.UUID(order["lines"][0]["property"]["id"]))["lines"]}
        body = {**order_body(ANYBODY), **lines}
        refused = client.post(f"{BASE}/orders", json=body, headers={"Host": "kurrajong.localhost"})
        assert refused.status_code == 422


class TestWhoMay:
    @pytest.mark.parametrize(
        ("method", "path", "roles"),
        [
            ("GET", "/lines", STAFF),
            ("GET", "/lines/counts", STAFF),
            ("POST", "/lines/next", {"certificate_officer", "administrator"}),
            ("PUT", f"/lines/{ANYBODY}/draft", {"certificate_officer", "administrator"}),
            ("POST", f"/lines/{ANYBODY}/issue", {"certificate_officer", "administrator"}),
            ("POST", f"/orders/{ANYBODY}/counter-payment", {"counter_clerk", "administrator"}),
            ("GET", "/products", {"administrator"}),
            ("POST", "/products", {"administrator"}),
        ],
    )  # fmt: skip
    def test_each_route_is_for_its_roles(
        self, client: TestClient, signed_in_as: Browsers, method: str, path: str, roles: set[str]
    ) -> None:
        assert client.request(method, BASE + path).status_code == 401
        for role in ("customer", *STAFF):
            status = signed_in_as(role).request(method, BASE + path).status_code
            assert (status == 403) == (role not in roles), role

    def test_ids_that_are_nobodys_are_not_found(self, signed_in_as: Browsers) -> None:
        officer = signed_in_as("certificate_officer")
        assert officer.get(f"{BASE}/lines/{ANYBODY}").status_code == 404
        assert officer.post(f"{BASE}/lines/{ANYBODY}/issue", json={"version": 0, "known": {}}).status_code == 404
        assert officer.get(f"{BASE}/lines/{ANYBODY}/preview.pdf").status_code == 404
        assert officer.get(f"{BASE}/lines/no-uuid").status_code == 422
        assert officer.get(f"{BASE}/lines?cursor=broken").status_code == 400
        assert officer.get(f"{BASE}/lines?view=everything").status_code == 422


class TestFromOrderToDownload:
    def test_the_whole_way(
        self,
        client: TestClient,
        session: Session,
        signed_in_as: Browsers,
        paid: Callable[..., dict[str, Any]],
        run_outbox: Callable[[], int],
    ) -> None:
        order = paid("603", contact={"name": "محمد العلي", "email": "m@example.org"})
        officer = signed_in_as("certificate_officer")
        (line,) = lines_of(officer)
        assert (line["customer_name"], line["state"]) == ("محمد العلي", "queued")
        assert officer.post(f"{BASE}/lines/next").json() == {"line_id": line["id"]}
        draft = officer.get(f"{BASE}/lines/{line['id']}").json()
        assert (draft["open_count"], draft["can_issue"]) == (4, False)
        saved = officer.put(f"{BASE}/lines/{line['id']}/draft", json={"version": 0, "answers": ANSWERS}).json()
        assert (saved["open_count"], saved["can_issue"], saved["version"]) == (0, True, 1)
        preview = officer.get(f"{BASE}/lines/{line['id']}/preview.pdf")
        assert (preview.headers["content-type"], preview.content[:5]) == ("application/pdf", b"%PDF-")
        issued = officer.post(f"{BASE}/lines/{line['id']}/issue", json={"version": 1, "known": saved["known"]})
        assert issued.status_code == 200, issued.text
        run_outbox()
        token = {"X-Order-Token": order["access_token"]}
        read = client.get(f"{BASE}/orders/{order['id']}", headers=token).json()
        assert (read["work"], read["lines"][0]["state"]) == ("complete", "ready")
        (certificate,) = read["lines"][0]["certificates"]
        assert client.get(certificate["download_path"]).status_code == 401
        download = client.get(certificate["download_path"], headers=token)
        assert (download.status_code, len(download.content)) == (200, certificate["size_bytes"])
        assert "603-20" in download.headers["content-disposition"]
        audited = "SELECT count(*) FROM audit.entries WHERE action = 'certificates.certificate_downloaded'"
        assert session.execute(text(audited)).scalar_one() == 1
        code = session.execute(text("SELECT code FROM certificates.certificates")).scalar_one()
        checked = client.get(f"{BASE}/verify", params={"number": certificate["number"], "code": code}).json()
        assert (checked["result"], checked["certificate"]["sha256"]) == ("genuine", certificate["sha256"])
        by_file = client.get(f"{BASE}/verify-file", params={"sha256": certificate["sha256"].upper()}).json()
        assert by_file == checked
        nothing = {"result": "not_found", "certificate": None}
        assert client.get(f"{BASE}/verify-file", params={"sha256": "0" * 64}).json() == nothing
        assert client.get(f"{BASE}/verify", params={"number": "1/2/3", "code": code}).json() == nothing

    def test_a_certificate_of_another_order_does_not_open_with_this_ones_token(
        self, client: TestClient, session: Session
    ) -> None:
        order = place_over_http(client, session)
        path = f"{BASE}/orders/{order['id']}/certificates/{ANYBODY}"
        assert client.get(path, headers={"X-Order-Token": order["access_token"]}).status_code == 404


class TestStale:
    def test_a_stale_draft_is_told_with_the_name(
        self, signed_in_as: Browsers, paid: Callable[..., dict[str, Any]]
    ) -> None:
        paid("735A")
        one, other = signed_in_as("certificate_officer"), signed_in_as("certificate_officer")
        line_id = one.post(f"{BASE}/lines/next").json()["line_id"]
        body = {"version": 0, "answers": {"outstanding_notices": {"choice": "no"}}}
        assert other.put(f"{BASE}/lines/{line_id}/draft", json=body).status_code == 200
        stale = one.put(f"{BASE}/lines/{line_id}/draft", json=body)
        assert stale.status_code == 409
        assert stale.json()["type"] == "urn:banksia:certificates:draft-stale"
        assert stale.json()["changed_by"] == other.actor.name  # type: ignore[attr-defined]  # set by the fixture


class TestCounterPayment:
    @pytest.mark.parametrize(
        ("part", "status"),
        [
            ({"method": "cash", "amount_cents": 10000, "tendered_cents": 9000}, 422),
            ({"method": "eftpos", "amount_cents": 10000}, 422),
            ({"method": "cheque", "amount_cents": 10000, "reference": "000123"}, 422),
            ({"method": "card", "amount_cents": 10000, "reference": "4242"}, 422),
            ({"method": "cash", "amount_cents": 9999, "tendered_cents": 9999}, 422),
            ({"method": "eftpos", "amount_cents": 10000, "reference": "004417"}, 200),
        ],
    )
    def test_takes_what_leaves_a_trace(
        self, client: TestClient, session: Session, signed_in_as: Browsers, part: dict[str, Any], status: int
    ) -> None:
        order = place_over_http(client, session)
        answer = signed_in_as("counter_clerk").post(
            f"{BASE}/orders/{order['id']}/counter-payment", json={"parts": [part]}
        )
        assert answer.status_code == status, answer.text

    def test_is_taken_once(self, signed_in_as: Browsers, paid: Callable[..., dict[str, Any]]) -> None:
        order = paid("603")
        again = {"parts": [{"method": "eftpos", "amount_cents": 10000, "reference": "004418"}]}
        answer = signed_in_as("counter_clerk").post(f"{BASE}/orders/{order['id']}/counter-payment", json=again)
        assert answer.status_code == 409


class TestProducts:
    def test_an_administrator_adds_a_fee_over_http(self, signed_in_as: Browsers) -> None:
        administrator = signed_in_as("administrator")
        products = administrator.get(f"{BASE}/products").json()["products"]
        assert [product["fees"][0]["status"] for product in products[:6]] == ["in_force"] * 6
        fee = {
            "valid_from_on": "2099-07-01", "fee_cents": 7200, "urgent_fee_cents": 6200,
            "gst_treatment": "exempt", "gl_code": "1100-4010",
        }  # fmt: skip
        added = administrator.post(f"{BASE}/products/10.7-2/fees", json=fee)
        assert (added.status_code, added.json()["fees"][0]["status"]) == (201, "future")
        fee_id = added.json()["fees"][0]["id"]
        assert administrator.delete(f"{BASE}/products/10.7-2/fees/{fee_id}").status_code == 200
        refused = administrator.post(f"{BASE}/products/10.7-2/fees", json={**fee, "fee_cents": -1})
        assert refused.status_code == 422


class TestDashboard:
    def test_counts_lead_to_their_views(self, signed_in_as: Browsers, paid: Callable[..., dict[str, Any]]) -> None:
        paid("603")
        widgets = signed_in_as("certificate_officer").get("/certificates/.well-known/banksia/dashboard.json")
        assert widgets.status_code == 200, widgets.text
        counts = widgets.json()["widgets"][0]["content"]["counts"]
        unassigned = {"label": "Unassigned", "count": 1, "to": "/certificates/staff?view=unassigned", "alert": False}
        assert unassigned in counts
        assert [count["label"] for count in counts if count["alert"]] == ["Overdue"]
