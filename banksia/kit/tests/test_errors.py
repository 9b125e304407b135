"""Errors as problem documents."""

import pytest

from banksia.kit import errors
from banksia.kit.errors import Conflict, Invalid, Problem

KINDS = [
    (errors.BadRequest, 400),
    (errors.Unauthenticated, 401),
    (errors.Forbidden, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Gone, 410),
    (errors.TooLarge, 413),
    (errors.Invalid, 422),
    (errors.TooManyRequests, 429),
    (errors.Unavailable, 503),
]


class OrderNotPaid(Conflict):
    title = "Not paid yet"

    def __init__(self, number: str) -> None:
        super().__init__(f"Order {number} is not paid. Take the payment first.", number=number)


class TestProblem:
    @pytest.mark.parametrize(("kind", "status"), KINDS)
    def test_every_kind_has_its_status_and_a_sentence(self, kind: type[Problem], status: int) -> None:
        document = kind().document()
        assert document["status"] == status
        assert document["detail"]
        assert document["type"].startswith("urn:banksia:kit:")
        assert not kind.keeps_transaction

    def test_is_named_after_its_module_and_class(self) -> None:
        assert OrderNotPaid("1").document() == {
            "type": "urn:banksia:kit:order-not-paid",
            "title": "Not paid yet",
            "detail": "Order 1 is not paid. Take the payment first.",
            "status": 409,
            "number": "1",
        }

    def test_names_the_fields_that_are_wrong(self) -> None:
        wrong = [{"field": "lines.0.parcel", "message": "There is no such parcel."}]
        assert Invalid(errors=wrong).document()["errors"] == wrong
