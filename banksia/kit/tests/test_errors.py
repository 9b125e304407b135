"""Errors as problem documents."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from banksia.kit import errors
from banksia.kit.errors import Conflict, Invalid, Problem, message_of
from banksia.kit.schemas import Paragraph, RequiredLine

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


class TestMessageOf:
    @pytest.mark.parametrize(
        ("kind", "value", "message"),
        [
            (Annotated[Paragraph, Field(min_length=5)], "", "Write at least 5 letters."),
            (Annotated[str, Field(min_length=5)], "no", "Write at least 5 letters."),
            (Annotated[str, Field(max_length=3)], "word", "Write at most 3 letters."),
            (Annotated[Paragraph, Field(max_length=3)], "word", "Write at most 3 letters."),
            (RequiredLine, " ", "This is needed."),
            (Annotated[list[int], Field(min_length=1)], [], "Give at least one."),
            (Annotated[list[int], Field(min_length=2)], [1], "Give at least 2."),
            (Annotated[list[int], Field(max_length=1)], [1, 2], "Give at most 1."),
            (Annotated[dict[str, int], Field(max_length=0)], {"a": 1}, "Give at most 0."),
            (Annotated[int, Field(ge=1)], 0, "This must be 1 or more."),
            (Annotated[int, Field(gt=1)], 1, "This must be more than 1."),
            (Annotated[int, Field(le=9)], 10, "This must be 9 or less."),
            (Annotated[int, Field(lt=9)], 9, "This must be less than 9."),
            (int, "many", "Write a whole number."),
            (int, 1.5, "Write a whole number."),
            (float, "many", "Write a number."),
            (bool, "perhaps", "This is either true or false."),
            (str, 1, "This must be text."),
            (UUID, "no-uuid", "This is not a valid UUID."),
            (date, "tomorrow", "Write a date as 2026-11-30."),
            (date, None, "Write a date as 2026-11-30."),
            (datetime, "tomorrow", "Write a date with its time as 2026-11-30T09:00:00Z."),
            (time, "noon", "Write a time as 14:30."),
            (Literal["mine", "issued"], "all", "Choose one of these: mine or issued."),
            (list[int], "1", "This must be a list."),
            (dict[str, int], "1", "This must be an object."),
            (Annotated[str, Field(pattern="^a$")], "b", "This does not have the form that is asked for."),
        ],
    )  # fmt: skip
    def test_is_a_sentence(self, kind: Any, value: object, message: str) -> None:
        with pytest.raises(ValidationError) as refused:
            TypeAdapter(kind).validate_python(value)
        assert message_of(refused.value.errors()[0]) == message

    def test_what_a_check_of_ours_says_is_said(self) -> None:
        said = {"type": "value_error", "msg": "Value error, remove the control characters.", "loc": ()}
        assert message_of(said) == "Remove the control characters."

    def test_what_is_new_to_it_is_said_as_it_came(self) -> None:
        assert message_of({"type": "url_parsing", "msg": "Input should be a URL", "loc": ()}) == "Input should be a URL"
