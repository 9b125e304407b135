"""What every request and answer has in common."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from banksia.kit.schemas import Line, Page, Paragraph, ReadModel, RequestModel, RequiredLine, UtcDatetime


class OrderCreate(RequestModel):
    reference: Line = ""


class OrderRead(ReadModel):
    placed_at: UtcDatetime
    note: str | None = None


class TestUtcDatetime:
    @given(st.datetimes(min_value=datetime(1900, 1, 2), max_value=datetime(2200, 1, 1)), st.integers(-12, 14))  # noqa: DTZ001  (hypothesis wants its limits naive)
    def test_travels_with_a_z_and_comes_back_the_same(self, moment: datetime, hours: int) -> None:
        placed_at = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
        text = OrderRead(placed_at=placed_at).model_dump(mode="json")["placed_at"]
        assert text.endswith("Z")
        assert datetime.fromisoformat(text) == placed_at

    def test_every_field_of_an_answer_is_promised(self) -> None:
        assert set(OrderRead.model_json_schema(mode="serialization")["required"]) == {"placed_at", "note"}
        page = Page[OrderRead](results=[OrderRead(placed_at=datetime(2026, 11, 23, tzinfo=UTC))], next_cursor=None)
        assert page.model_dump(mode="json")["next_cursor"] is None


class TestLine:
    @pytest.mark.parametrize("text", ["Zoë", "‏שלום", "李小龍", "🏠"])  # noqa: PLE2502  (right-to-left text is a name here)
    def test_takes_every_name(self, text: str) -> None:
        assert TypeAdapter(Line).validate_python(f"  {text} ") == text

    @pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "x" * 201, "\x7f"])
    def test_refuses_control_characters_and_length(self, text: str) -> None:
        with pytest.raises(ValidationError):
            TypeAdapter(Line).validate_python(text)

    @pytest.mark.parametrize("text", ["a\tb", "a\r\nb", "a\u2028b", "a\u202e b\u2066"])
    def test_breaks_become_spaces_and_nothing_turns_the_text(self, text: str) -> None:
        assert TypeAdapter(Line).validate_python(text) == "a b"

    @pytest.mark.parametrize("text", ["\u200b", " \u202e\u2060 ", "\ufeff"])
    def test_what_nobody_sees_is_nothing(self, text: str) -> None:
        assert TypeAdapter(Line).validate_python(text) == ""
        with pytest.raises(ValidationError):
            TypeAdapter(RequiredLine).validate_python(text)

    def test_spaces_are_not_something(self) -> None:
        with pytest.raises(ValidationError):
            TypeAdapter(RequiredLine).validate_python("   ")

    def test_a_paragraph_may_have_lines(self) -> None:
        assert TypeAdapter(Paragraph).validate_python("a\r\nb") == "a\r\nb"


class TestRequestModel:
    def test_a_misspelt_field_is_not_silently_lost(self) -> None:
        with pytest.raises(ValidationError, match="referense"):
            OrderCreate.model_validate({"referense": "x"})
