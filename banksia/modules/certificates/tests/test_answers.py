"""Answers: what holds for all land, what an officer says, and how it reads on paper."""

from typing import Any

import pytest

from banksia.modules.certificates.adapters.certificate_pdf.rendering import TEMPLATES as PRINTED
from banksia.modules.certificates.schemas.lines import Answer, AnswerUpdate
from banksia.modules.certificates.service.answers import Filled, fill, in_brief, in_sentence, refuse
from banksia.modules.certificates.service.default_catalogue import DEFAULTS
from banksia.modules.certificates.service.sections import TEMPLATES, Question, questions_of, template_of

ROW = {"description": "Ordinary rate", "amount_cents": 31240}


def question(key: str, template: str = "planning_2") -> Question:
    return next(each for each in questions_of(template) if each.key == key)


def filled(key: str, standards: dict[str, str], saved: dict[str, Any] | None = None) -> Filled:
    sections = fill(template_of("planning_2"), standards, saved or {})
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
