"""Products and fees as an administrator edits them: what was sold keeps the price it had."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors.products import (
    FeeInForce,
    FeeInvalid,
    FeeNotFound,
    ProductCodeTaken,
    ProductInvalid,
    ProductNotFound,
    ProductStale,
)
from banksia.modules.certificates.schemas.catalogue import FeeCreate, ProductCreate, ProductRead, ProductUpdate
from banksia.modules.certificates.service.catalogue import offers_at
from banksia.modules.certificates.service.products import (
    add_fee,
    create_product,
    list_products,
    update_product,
    withdraw_fee,
)
from banksia.modules.certificates.service.working_days import SYDNEY, local_day

TODAY = local_day(datetime.now(UTC), SYDNEY)
FLOOD: dict[str, Any] = {
    "code": "flood",
    "title": "Flood level certificate",
    "short_title": "Flood level",
    "number_prefix": "FL",
    "fee": {"valid_from_on": str(TODAY), "fee_cents": 15000, "gst_treatment": "taxable", "gl_code": "1400"},
}


def fee_from(day: date, cents: int = 20000) -> FeeCreate:
    return FeeCreate(valid_from_on=day, fee_cents=cents, gst_treatment="exempt", gl_code="1200-4020")


def found(session: Session, administrator: Actor, code: str) -> ProductRead:
    return next(each for each in list_products(session, administrator).products if each.code == code)


def as_update(product: ProductRead, **changes: Any) -> ProductUpdate:
    fields = product.model_dump(exclude={"code", "fees"})
    return ProductUpdate.model_validate({**fields, **changes})


class TestCreateProduct:
    def test_is_sold_from_its_first_fee(self, session: Session, administrator: Actor) -> None:
        created = create_product(session, administrator, created=ProductCreate.model_validate(FLOOD))
        assert [fee.status for fee in created.fees] == ["in_force"]
        assert offers_at(session, datetime.now(UTC))["flood"].fee.fee_cents == 15000

    def test_a_code_is_used_once(self, session: Session, administrator: Actor) -> None:
        with pytest.raises(ProductCodeTaken):
            create_product(session, administrator, created=ProductCreate.model_validate({**FLOOD, "code": "603"}))

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"fee": None}, "fee"),
            ({"kind": "link", "fee": None}, "link_url"),
            ({"contains": ["no-such"]}, "contains"),
            ({"contains": ["flood"]}, "contains"),
            ({"turnaround_days": 2, "urgent_turnaround_days": 3}, "urgent_turnaround_days"),
            ({"opens_again_on": "2027-01-01"}, "closed_from_on"),
            ({"closed_from_on": "2027-01-01", "opens_again_on": "2027-01-01"}, "opens_again_on"),
        ],
    )
    def test_parts_that_contradict_each_other(
        self, session: Session, administrator: Actor, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(ProductInvalid) as refused:
            create_product(session, administrator, created=ProductCreate.model_validate({**FLOOD, **changes}))
        assert refused.value.extra["errors"][0]["field"] == field


class TestUpdateProduct:
    def test_changes_what_is_sold_from_now_on(self, session: Session, administrator: Actor) -> None:
        product = found(session, administrator, "603")
        updated = update_product(session, administrator, code="603", changes=as_update(product, turnaround_days=4))
        assert (updated.turnaround_days, updated.version) == (4, product.version + 1)

    def test_two_administrators_do_not_overwrite_each_other(self, session: Session, administrator: Actor) -> None:
        product = found(session, administrator, "603")
        update_product(session, administrator, code="603", changes=as_update(product, title="603"))
        with pytest.raises(ProductStale):
            update_product(session, administrator, code="603", changes=as_update(product, title="Rates"))

    def test_withdrawn_products_leave_the_catalogue(self, session: Session, administrator: Actor) -> None:
        product = found(session, administrator, "603")
        update_product(session, administrator, code="603", changes=as_update(product, is_offered=False))
        assert "603" not in offers_at(session, datetime.now(UTC))

    def test_an_unknown_code(self, session: Session, administrator: Actor) -> None:
        product = found(session, administrator, "603")
        with pytest.raises(ProductNotFound):
            update_product(session, administrator, code="no-such", changes=as_update(product))


class TestFees:
    def test_a_future_fee_waits_and_can_be_withdrawn(self, session: Session, administrator: Actor) -> None:
        added = add_fee(session, administrator, code="603", fee=fee_from(TODAY + timedelta(days=5)))
        assert [fee.status for fee in added.fees] == ["future", "in_force"]
        assert offers_at(session, datetime.now(UTC))["603"].fee.fee_cents == 10000
        left = withdraw_fee(session, administrator, code="603", fee_id=added.fees[0].id)
        assert [fee.status for fee in left.fees] == ["in_force"]

    def test_a_fee_from_today_replaces_the_one_before(self, session: Session, administrator: Actor) -> None:
        added = add_fee(session, administrator, code="603", fee=fee_from(TODAY))
        assert [(fee.fee_cents, fee.status) for fee in added.fees] == [(20000, "in_force"), (10000, "past")]

    def test_the_past_is_not_rewritten(self, session: Session, administrator: Actor) -> None:
        with pytest.raises(FeeInvalid, match="today or later"):
            add_fee(session, administrator, code="603", fee=fee_from(TODAY - timedelta(days=1)))
        in_force = found(session, administrator, "603").fees[0]
        with pytest.raises(FeeInForce, match="1 July 2024"):
            withdraw_fee(session, administrator, code="603", fee_id=in_force.id)

    def test_one_fee_a_day(self, session: Session, administrator: Actor) -> None:
        tomorrow = TODAY + timedelta(days=1)
        add_fee(session, administrator, code="603", fee=fee_from(tomorrow))
        with pytest.raises(FeeInvalid, match="withdraw that one first"):
            add_fee(session, administrator, code="603", fee=fee_from(tomorrow))
        add_fee(session, administrator, code="603", fee=fee_from(TODAY))
        with pytest.raises(FeeInvalid, match="Choose a later day"):
            add_fee(session, administrator, code="603", fee=fee_from(TODAY))

    def test_an_unknown_fee(self, session: Session, administrator: Actor) -> None:
        with pytest.raises(FeeNotFound):
            withdraw_fee(session, administrator, code="603", fee_id=uuid.uuid4())
