"""The rules for issuing without an officer: each reason alone, with words that say it; and who may change them."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from banksia.modules.certificates.schemas.straight_through import Rules
from banksia.modules.certificates.service.answers import fill
from banksia.modules.certificates.service.sections import template_of
from banksia.modules.certificates.service.straight_through.judging import Case, Judgement, is_sampled, judge
from banksia.modules.property.public import KnownAttribute

TODAY = date(2026, 11, 28)
LINE = uuid.UUID("019365f2-5b1e-7c3a-9d42-1f0e8a7b6c5d")
RULES = "/api/certificates/straight-through/rules"
NOTHING: dict[str, Any] = {}


def attribute(code: str, kind: Any, value: str | None, **changes: Any) -> KnownAttribute:
    title = code.replace("_", " ").capitalize()
    shown = {"yes": "Yes", "no": "No", None: "Unknown"}.get(value, str(value))
    made = KnownAttribute(code, title, kind, value, "", shown, "Rates export", TODAY, is_unknown=value is None)
    return made._replace(**changes)


def case(*changed: KnownAttribute, saved: dict[str, Any] | None = None, **changes: Any) -> Case:
    """A 603 whose land is known in full today, but for what is changed."""
    known = [
        attribute("rates_balance", "amount", "0"),
        attribute("rating_category", "choice", "Residential"),
        attribute("postponed_rates", "yes_no", "no"),
        attribute("cost_of_work", "yes_no", "no"),
        attribute("flood_controls", "yes_no", "no"),
        *changed,
    ]
    about = {each.code: each for each in known}
    recorded = {code: each for code, each in about.items() if each.source}
    filled = [each for _, some in fill(template_of("rates"), {}, saved or {}, recorded) for each in some]
    return Case(line_id=LINE, product="603", today=TODAY, filled=filled, attributes=about, **changes)


def judged(found: Case, **rules: Any) -> Judgement:
    return judge(Rules.model_validate({"products": ["603"], "sample_percent": 0, **rules}), found)


def reasons(found: Case, **rules: Any) -> list[tuple[str, str]]:
    return [(each.code, each.words) for each in judged(found, **rules).reasons]


def days_old(days: int) -> KnownAttribute:
    return attribute("rates_balance", "amount", "0", as_at_on=TODAY - timedelta(days=days))


ANSWERED = {"cost_of_work": {"answer": {"choice": "no"}, "by": "Priya Nair", "at": "2026-11-27T00:00:00+00:00"}}
PAUSE = {"product": None, "reason": "New LEP gazetted today", "from_on": "2026-11-28", "until_on": None}
FLOOD = {"flags": [{"attribute": "flood_controls", "value": "Yes"}]}


class TestJudge:
    def test_what_is_known_fresh_and_undisputed_needs_nobody(self) -> None:
        judgement = judged(case(days_old(30)))
        assert judgement.reasons == []
        assert judgement.oldest is not None
        assert (judgement.oldest.title, judgement.oldest.on) == ("Rates balance", TODAY - timedelta(days=30))

    @pytest.mark.parametrize(
        ("found", "rules", "code", "words"),
        [
            (case(), {"pauses": [PAUSE]}, "paused", "Paused: New LEP gazetted today."),
            (
                case(),
                {"pauses": [{**PAUSE, "product": "603", "until_on": "2026-11-28"}]},
                "paused",
                "Paused until 28 November 2026: New LEP gazetted today.",
            ),
            (case(needs_check=True), NOTHING, "second_officer", "A second officer checks each"),
            (case(money=["A payment for the order came back once."]), NOTHING, "money", "A payment for the order"),
            (case(customer_wrote=True), NOTHING, "customer_wrote", "The customer wrote about the order."),
            (case(land=["Lot 2 is historic."]), NOTHING, "land_changed", "Lot 2 is historic."),
            (case(doubts=["a correction waits"]), NOTHING, "disputed", "About the property, a correction waits."),
            (
                case(attribute("cost_of_work", "yes_no", None)),
                NOTHING,
                "unknown",
                "Cost of work by council is unknown.",
            ),
            (
                case(attribute("cost_of_work", "yes_no", None, source=None, as_at_on=None)),
                NOTHING,
                "unknown",
                "Cost of work by council is unknown.",
            ),
            (case(saved=ANSWERED), NOTHING, "overridden", "Cost of work by council was answered by Priya Nair"),
            (
                case(attribute("rates_balance", "amount", "0", by_hand=True)),
                NOTHING,
                "overridden",
                "Rates balance was recorded by hand",
            ),
            (case(days_old(31)), NOTHING, "stale", "Rates balance is 31 days old, 30 allowed."),
            (
                case(days_old(1)),
                {"ages": [{"attribute": "rates_balance", "days": 0}]},
                "stale",
                "Rates balance is 1 day old, 0 allowed.",
            ),
            (
                case(attribute("rates_balance", "amount", "0", as_at_on=None, recorded_on=TODAY - timedelta(days=31))),
                NOTHING,
                "stale",
                "Rates balance is 31 days old, 30 allowed.",
            ),
            (
                case(attribute("rates_balance", "amount", "0", as_at_on=None)),
                NOTHING,
                "stale",
                "Nobody knows of which day Rates balance is.",
            ),
            (case(attribute("flood_controls", "yes_no", "yes")), FLOOD, "flag", "Flood controls is Yes"),
            (
                case(attribute("flood_controls", "yes_no", None)),
                {"flags": [{"attribute": "flood_controls", "value": "unknown"}]},
                "flag",
                "Flood controls is unknown",
            ),
            (case(issued_last_hour=60), NOTHING, "guard", "60 were issued without an officer in the last hour"),
            (case(), {"sample_percent": 100}, "sample", "Drawn for a look, as 100 of every 100 are."),
        ],
    )
    def test_each_reason_alone_sends_it_to_an_officer(
        self, found: Case, rules: dict[str, Any], code: str, words: str
    ) -> None:
        ((told, said),) = reasons(found, **rules)
        assert told == code
        assert said.startswith(words)

    @pytest.mark.parametrize(
        ("found", "rules"),
        [
            (case(), {"pauses": [{**PAUSE, "product": "10.7-2"}]}),
            (case(), {"pauses": [{**PAUSE, "from_on": "2026-11-29"}]}),
            (case(), {"pauses": [{**PAUSE, "from_on": "2026-11-01", "until_on": "2026-11-27"}]}),
            (case(days_old(400)), {"ages": [{"attribute": "rates_balance", "days": 400}]}),
            (case(attribute("rates_balance", "amount", "0", by_hand=True)), {"look_at_hand_written": False}),
            (case(attribute("flood_controls", "yes_no", None)), FLOOD),
            (case(issued_last_hour=59), NOTHING),
        ],
    )
    def test_what_is_just_allowed_is_no_reason(self, found: Case, rules: dict[str, Any]) -> None:
        assert reasons(found, **rules) == []

    def test_all_reasons_are_told_and_nothing_is_drawn_besides(self) -> None:
        found = replace(case(days_old(41)), customer_wrote=True)
        assert [code for code, _ in reasons(found, sample_percent=100)] == ["customer_wrote", "stale"]


class TestSample:
    def test_is_drawn_by_the_line_alone_and_about_as_often_as_said(self) -> None:
        lines = [uuid.UUID(int=number * 7919) for number in range(2000)]
        drawn = [line for line in lines if is_sampled(line, 10)]
        assert drawn == [line for line in lines if is_sampled(line, 10)]
        assert 140 < len(drawn) < 260
        assert {line for line in lines if is_sampled(line, 5)} < set(drawn)
        assert not any(is_sampled(line, 0) for line in lines)


class TestRules:
    def test_an_administrator_changes_them_and_a_stale_page_does_not(
        self, signed_in_as: Callable[..., TestClient]
    ) -> None:
        admin = signed_in_as("administrator")
        read = admin.get(RULES).json()
        assert (read["version"], read["rules"]["products"]) == (0, [])
        assert "rates_balance" in next(each for each in read["products"] if each["code"] == "603")["attributes"]
        wanted = {"products": ["603"], "ages": [{"attribute": "rates_balance", "days": 7}], "version": 0}
        saved = admin.put(RULES, json=wanted).json()
        assert (saved["version"], saved["rules"]["ages"]) == (1, wanted["ages"])
        stale = admin.put(RULES, json=wanted)
        assert (stale.status_code, stale.json()["version"]) == (409, 1)
        assert signed_in_as("certificate_officer").put(RULES, json=wanted).status_code == 403

    def test_what_they_name_must_be_there(self, session: Session, signed_in_as: Callable[..., TestClient]) -> None:
        wanted = {
            "products": ["603", "no-such", "building-information"],
            "flags": [{"attribute": "no_such", "value": "yes"}],
            "ages": [{"attribute": "zone", "days": 1}, {"attribute": "zone", "days": 2}],
            "pauses": [{**PAUSE, "product": "no-such"}],
            "version": 0,
        }
        refused = signed_in_as("administrator").put(RULES, json=wanted)
        assert refused.status_code == 422
        assert [each["field"] for each in refused.json()["errors"]] == [
            "products.1",
            "products.2",
            "pauses.0.product",
            "flags.0.attribute",
            "ages.1.attribute",
        ]
