"""The catalogue: what is sold today, at which fee, by when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.models import Product
from banksia.modules.certificates.queries.products import product_with_code, products_of
from banksia.modules.certificates.schemas.catalogue import FeeCreate
from banksia.modules.certificates.service.catalogue import offers_at, read_catalogue
from banksia.modules.certificates.service.default_catalogue import seed_catalogue
from banksia.modules.certificates.service.products import add_fee
from banksia.modules.certificates.service.working_days import SYDNEY, local_day

MONDAY_MORNING = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
"""10 am on Monday 23 November in Sydney."""


def product(session: Session, actor: Actor, code: str) -> Product:
    return session.scalars(product_with_code(actor.organisation_id, code)).one()


class TestOffersAt:
    @pytest.mark.parametrize(
        ("code", "fee_cents", "standard", "urgent"),
        [
            ("10.7-2", 6900, date(2026, 11, 30), date(2026, 11, 24)),
            ("10.7-2-5", 17400, date(2026, 12, 2), date(2026, 11, 24)),
            ("603", 10000, date(2026, 11, 26), date(2026, 11, 24)),
            ("735A", 8600, date(2026, 11, 30), None),
            ("orders", 12100, date(2026, 11, 30), None),
            ("drainage", 5400, date(2026, 11, 30), None),
        ],
    )
    def test_a_new_council_sells_the_usual_products(
        self, session: Session, code: str, fee_cents: int, standard: date, urgent: date | None
    ) -> None:
        offer = offers_at(session, MONDAY_MORNING)[code]
        assert (offer.fee.fee_cents, offer.standard_due_on, offer.urgent_due_on) == (fee_cents, standard, urgent)

    def test_the_fee_is_the_one_in_force_on_that_day(self, session: Session, administrator: Actor) -> None:
        tomorrow = local_day(datetime.now(UTC), SYDNEY) + timedelta(days=1)
        fee = FeeCreate(valid_from_on=tomorrow, fee_cents=11000, gst_treatment="taxable", gl_code="1200")
        add_fee(session, administrator, code="603", fee=fee)
        today = offers_at(session, datetime.now(UTC))["603"]
        later = offers_at(session, datetime.now(UTC) + timedelta(days=2))["603"]
        assert (today.fee.fee_cents, later.fee.fee_cents) == (10000, 11000)
        assert later.urgent_due_on is None, "a fee without an urgency fee offers no urgency"

    def test_a_product_before_its_first_fee_is_not_sold(self, session: Session) -> None:
        assert offers_at(session, datetime(2024, 6, 1, tzinfo=UTC)) == {}

    def test_closed_says_why_and_until_when(self, session: Session, officer: Actor) -> None:
        closing = product(session, officer, "603")
        closing.closed_from_on, closing.opens_again_on = date(2026, 7, 1), date(2026, 12, 3)
        closing.closed_reason = "603 certificates are closed until rates are struck."
        session.flush()
        closed = offers_at(session, MONDAY_MORNING)["603"].closed
        assert closed is not None
        assert closed.reason == (
            "603 certificates are closed until rates are struck. Orders open again on 3 December 2026."
        )
        closing.closed_reason = "Rates are being struck"
        shown = offers_at(session, MONDAY_MORNING)["603"].closed
        assert shown is not None
        assert shown.reason == "Rates are being struck. Orders open again on 3 December 2026."
        assert offers_at(session, datetime(2026, 12, 3, 1, tzinfo=UTC))["603"].closed is None
        assert offers_at(session, datetime(2026, 6, 30, 1, tzinfo=UTC))["603"].closed is None


class TestReadCatalogue:
    def test_a_product_knows_what_it_contains_and_is_contained_in(self, session: Session) -> None:
        products = {each.code: each for each in read_catalogue(session).products}
        assert products["10.7-2-5"].contains == ["10.7-2"]
        assert products["10.7-2"].contained_in == ["10.7-2-5"]

    def test_what_is_lodged_elsewhere_is_a_link_without_a_fee(self, session: Session) -> None:
        link = read_catalogue(session).products[-1]
        assert (link.kind, link.fee_cents) == ("link", None)
        assert link.link_url is not None
        assert link.link_url.startswith("https://www.planningportal")

    def test_anybody_reads_it_over_http(self, client: TestClient) -> None:
        body = client.get("/api/certificates/catalogue").json()
        assert [product["code"] for product in body["products"]][:3] == ["10.7-2", "10.7-2-5", "603"]
        first = body["products"][0]
        assert first["fee_cents"] == 6900
        assert first["urgent_fee_cents"] == 6000
        assert first["cut_off"] == "15:00"
        assert body["computed_at"].endswith("Z")
        assert "refund" in body["refund_sentence"]


class TestSeedCatalogue:
    def test_a_second_time_changes_nothing(self, session: Session, administrator: Actor) -> None:
        before = session.scalars(products_of(administrator.organisation_id)).all()
        seed_catalogue(session, administrator)
        assert session.scalars(products_of(administrator.organisation_id)).all() == before
