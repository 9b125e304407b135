"""Answers: what holds for all land, what an officer says, and how it reads on paper."""

from datetime import date
from typing import Any

import pytest

from banksia.modules.certificates.adapters.certificate_pdf.rendering import TEMPLATES as PRINTED
from banksia.modules.certificates.schemas.lines import Answer, AnswerUpdate
from banksia.modules.certificates.service.answers import Filled, fill, in_brief, in_sentence, refuse
from banksia.modules.certificates.service.default_catalogue import DEFAULTS
from banksia.modules.certificates.service.sections import TEMPLATES, Question, questions_of, template_of
from banksia.modules.property.public import KnownAttribute

ROW = {"description": "Ordinary rate", "amount_cents": 31240}


def question(key: str, template: str = "planning_2") -> Question:
    return next(each for each in questions_of(template) if each.key == key)


def filled(key: str, standards: dict[str, str], saved: dict[str, Any] | None = None) -> Filled:
    sections = fill(template_of("planning_2"), standards, saved or {})
    return next(each for _, questions in sections for each in questions if each.question.key == key)


def known(code: str, kind: Any, value: str | None, detail: str = "") -> dict[str, KnownAttribute]:
    shown = value or "Unknown"
    day = date(2026, 3, 14)
    return {code: KnownAttribute(code, code, kind, value, detail, shown, "RFS map", day, is_unknown=value is None)}


def fill_one(
    key: str,
    attributes: dict[str, KnownAttribute],
    standards: dict[str, str] | None = None,
    saved: dict[str, Any] | None = None,
    template: str = "planning_2",
) -> Filled:
    sections = fill(template_of(template), standards or {}, saved or {}, attributes)
    return next(each for _, questions in sections for each in questions if each.question.key == key)


class TestTemplates:
    def test_every_product_has_one_that_can_be_printed(self) -> None:
        assert {default.template for default in DEFAULTS} == set(TEMPLATES)
        assert {template.printed_with for template in TEMPLATES.values()} == set(PRINTED)

    @pytest.mark.parametrize("key", TEMPLATES)
    def test_questions_are_asked_once_and_answered_in_sentences(self, key: str) -> None:
        questions = list(questions_of(key))
        assert len({each.key for each in questions}) == len(questions)
        numbers = [section.number for section in template_of(key).sections]
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
        for each in questions:
            assert all(words.endswith(".") for words in each.words.values())
            assert each.ask.endswith("?")


class TestFill:
    def test_a_question_without_an_answer_is_unknown_and_never_no(self) -> None:
        unknown = filled("flood_controls", {})
        assert (unknown.answer, unknown.origin, unknown.statement) == (None, "none", None)

    def test_the_usual_answer_gives_way_to_the_council_and_the_council_to_the_officer(self) -> None:
        assert filled("coastal_charges", {}).answer == Answer(choice="no")
        of_council = filled("coastal_charges", {"coastal_charges": "not_known"})
        assert (of_council.answer, of_council.origin) == (Answer(choice="not_known"), "standard")
        kept = {"coastal_charges": {"answer": {"choice": "yes"}, "by": "Priya Nair", "at": "2026-11-23T00:00:00+00:00"}}
        of_officer = filled("coastal_charges", {}, kept)
        assert (of_officer.origin, of_officer.changed_from, of_officer.changed_by_name) == (
            "officer",
            "No",
            "Priya Nair",
        )

    def test_what_council_knows_of_the_lot_goes_before_what_holds_for_all_land(self) -> None:
        flooded = fill_one("flood_controls", known("flood_controls", "yes_no", "yes", "part"), {"flood_controls": "no"})
        assert flooded.answer == Answer(choice="yes", text="part")
        assert (flooded.origin, flooded.source, flooded.as_at_on) == ("truth", "RFS map", date(2026, 3, 14))
        zone = fill_one("zone", known("zone", "text", "RU5 Village"))
        assert (zone.statement, zone.origin) == ("RU5 Village", "truth")

    def test_what_is_recorded_as_unknown_stays_open_whatever_the_council_says_of_other_land(self) -> None:
        unknown = fill_one("coastal_charges", known("coastal_charges", "yes_no", None), {"coastal_charges": "no"})
        assert (unknown.answer, unknown.origin, unknown.source) == (None, "none", "RFS map")

    def test_what_an_officer_says_instead_is_marked_as_changed(self) -> None:
        kept = {"zone": {"answer": {"text": "R1"}, "by": "Priya Nair", "at": "2026-11-23T00:00:00+00:00"}}
        changed = fill_one("zone", known("zone", "text", "RU5 Village"), saved=kept)
        assert (changed.origin, changed.changed_from, changed.source) == ("officer", "RU5 Village", "RFS map")

    @pytest.mark.parametrize(
        ("cents", "choice", "rows"), [("41265", "yes", [41265]), ("0", "no", []), ("-500", "no", [])]
    )
    def test_a_rates_balance_answers_what_is_owing(self, cents: str, choice: str, rows: list[int]) -> None:
        found = fill_one("rates_owing", known("rates_balance", "amount", cents), template="rates").answer
        assert found
        assert found.choice == choice
        assert [row.amount_cents for row in found.amounts or ()] == rows

    def test_an_attribute_of_another_kind_answers_nothing(self) -> None:
        assert fill_one("flood_controls", known("flood_controls", "text", "see map")).answer is None

    @pytest.mark.parametrize("text", ["", "perhaps", "YES, mostly"])
    def test_a_setting_that_is_no_answer_leaves_it_unknown(self, text: str) -> None:
        assert filled("flood_controls", {"flood_controls": text}).answer is None

    def test_a_text_of_the_council_is_printed_as_it_stands(self) -> None:
        assert filled("lep", {"lep": "Blue Hills LEP 2014."}).statement == "Blue Hills LEP 2014."


class TestInWords:
    def test_a_choice_reads_as_a_sentence_with_its_detail_apart(self) -> None:
        flood = question("flood_controls")
        assert in_sentence(flood, Answer(choice="no", text="See map 4.")).startswith("The land is not within")
        assert in_brief(flood, Answer(choice="no", text="See map 4.")) == "No, See map 4."
        assert in_brief(flood, None) == "Unknown"


class TestRefuse:
    @pytest.mark.parametrize(
        ("key", "template", "given", "reason"),
        [
            ("lep", "planning_2", {"text": "LEP 2014"}, None),
            ("lep", "planning_2", {"choice": "yes"}, "Write what"),
            ("flood_controls", "planning_2", {"choice": "not_known"}, None),
            ("flood_controls", "planning_2", {"choice": "yes", "text": "Part."}, None),
            ("flood_controls", "planning_2", {"text": "Part."}, "Choose one"),
            ("flood_controls", "planning_2", {"choice": "no", "amounts": [ROW]}, "takes no rows"),
            ("rates_owing", "rates", {"choice": "yes", "amounts": [ROW]}, None),
            ("rates_owing", "rates", {"choice": "no"}, None),
            ("rates_owing", "rates", {"choice": "yes"}, "at least one row"),
            ("rates_owing", "rates", {"choice": "no", "amounts": [ROW]}, "Remove the rows"),
            ("rates_owing", "rates", {"choice": "not_known"}, "Choose one"),
            ("outstanding_notices", "notices", {"choice": "yes", "entries": [{"description": "Fence"}]}, None),
            ("outstanding_notices", "notices", {"choice": "yes", "amounts": [ROW]}, "takes no rows"),
        ],
    )
    def test_says_what_does_not_fit(self, key: str, template: str, given: dict[str, Any], reason: str | None) -> None:
        refused = refuse(question(key, template), AnswerUpdate.model_validate(given))
        assert refused is None if reason is None else reason in (refused or "")
