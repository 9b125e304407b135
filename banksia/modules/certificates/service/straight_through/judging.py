"""Whether rules let a certificate be issued without an officer: pure, of facts that were read before."""

import datetime
import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from banksia.kit.words import day_in_words
from banksia.modules.certificates.schemas.straight_through import Reason, Rules
from banksia.modules.certificates.service.answers import Filled
from banksia.modules.certificates.service.known import known_for
from banksia.modules.property.public import KnownAttribute

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Case:
    """One line as it stands at the moment of deciding."""

    line_id: uuid.UUID
    product: str
    today: datetime.date
    filled: Sequence[Filled]
    attributes: Mapping[str, KnownAttribute]
    """Everything of the council's catalogue for its land, by code, what nobody recorded included."""
    template_fault: str = ""
    """Why the council's own text cannot print it; empty when it can."""
    signing_fault: str = ""
    """Why the council's key cannot sign it; empty when it can, or when the council does not sign."""
    needs_check: bool = False
    money: Sequence[str] = ()
    """What is doubtful about its payment, as sentences."""
    customer_wrote: bool = False
    land: Sequence[str] = ()
    """How its land changed since it was ordered, as sentences."""
    doubts: Sequence[str] = ()
    """What nobody has decided about its property yet."""
    issued_last_hour: int = 0


@dataclass(frozen=True)
class Age:
    """How old an answer is."""

    title: str
    code: str
    on: datetime.date


@dataclass(frozen=True)
class Judgement:
    """What speaks for an officer; without any reason it is issued. `oldest` is the oldest answer, if any has a day."""

    reasons: list[Reason] = field(default_factory=list)
    oldest: Age | None = None


def judge(rules: Rules, case: Case) -> Judgement:
    """Go through every rule; a sample is drawn only of what nothing else speaks against."""
    reasons = [reason for rule in RULES for reason in rule(rules, case)]
    if not reasons and is_sampled(case.line_id, rules.sample_percent):
        reasons = [Reason(code="sample", words=f"Drawn for a look, as {rules.sample_percent} of every 100 are.")]
    return Judgement(reasons, min(_ages(case), key=lambda age: age.on, default=None))


def is_sampled(line_id: uuid.UUID, percent: int) -> bool:
    """Whether a line is drawn: by its id alone, so that asked again the answer is the same."""
    return int.from_bytes(hashlib.sha256(line_id.bytes).digest()[:8]) % 100 < percent


def _paused(rules: Rules, case: Case) -> Iterator[Reason]:
    for pause in rules.pauses:
        begun, over = pause.from_on <= case.today, pause.until_on is not None and pause.until_on < case.today
        if begun and not over and pause.product in (None, case.product):
            until = f" until {day_in_words(pause.until_on)}" if pause.until_on else ""
            yield Reason(code="paused", words=f"Paused{until}: {_sentence(pause.reason)}")


def _second_officer(_: Rules, case: Case) -> Iterator[Reason]:
    if case.needs_check:
        yield Reason(code="second_officer", words="A second officer checks each certificate of this product.")


def _money(_: Rules, case: Case) -> Iterator[Reason]:
    yield from (Reason(code="money", words=words) for words in case.money)


def _customer_wrote(_: Rules, case: Case) -> Iterator[Reason]:
    if case.customer_wrote:
        yield Reason(code="customer_wrote", words="The customer wrote about the order.")


def _land_changed(_: Rules, case: Case) -> Iterator[Reason]:
    yield from (Reason(code="land_changed", words=words) for words in case.land)


def _disputed(_: Rules, case: Case) -> Iterator[Reason]:
    yield from (Reason(code="disputed", words=_sentence(f"About the property, {words}")) for words in case.doubts)


def _template(_: Rules, case: Case) -> Iterator[Reason]:
    if case.template_fault:
        yield Reason(code="template", words=_sentence(case.template_fault))


def _signing(_: Rules, case: Case) -> Iterator[Reason]:
    if case.signing_fault:
        yield Reason(code="signing", words=_sentence(case.signing_fault))


def _unknown(_: Rules, case: Case) -> Iterator[Reason]:
    for each in case.filled:
        if each.answer is None:
            yield Reason(code="unknown", words=f"{each.question.label} is unknown.")


def _overridden(rules: Rules, case: Case) -> Iterator[Reason]:
    for each in case.filled:
        attribute = known_for(each.question, case.attributes)
        if each.origin == "officer":
            words = f"{each.question.label} was answered by {each.changed_by_name} for this lot."
            yield Reason(code="overridden", words=words)
        elif each.origin == "truth" and attribute and attribute.by_hand and rules.look_at_hand_written:
            yield Reason(code="overridden", words=f"{attribute.title} was recorded by hand, and by no import.")


def _stale(rules: Rules, case: Case) -> Iterator[Reason]:
    allowed = {age.attribute: age.days for age in rules.ages}
    for age in _ages(case):
        days, most = (case.today - age.on).days, allowed.get(age.code, rules.age_days)
        if days > most:
            word = "day" if days == 1 else "days"
            yield Reason(code="stale", words=f"{age.title} is {days} {word} old, {most} allowed.")
    for title in _without_day(case):
        yield Reason(code="stale", words=f"Nobody knows of which day {title} is.")


def _flag(rules: Rules, case: Case) -> Iterator[Reason]:
    for flag in rules.flags:
        attribute = case.attributes.get(flag.attribute)
        wanted = flag.value.casefold()
        if attribute is None or attribute.is_unknown:
            if wanted == UNKNOWN:
                title = attribute.title if attribute else flag.attribute
                yield Reason(code="flag", words=f"{title} is unknown, and an officer looks at such land.")
        elif wanted in (str(attribute.value).casefold(), attribute.shown.casefold()):
            words = f"{attribute.title} is {attribute.shown}, and an officer looks at such land."
            yield Reason(code="flag", words=words)


def _guard(rules: Rules, case: Case) -> Iterator[Reason]:
    if case.issued_last_hour >= rules.most_an_hour:
        words = (
            f"{case.issued_last_hour} were issued without an officer in the last hour, {rules.most_an_hour} allowed."
        )
        yield Reason(code="guard", words=words)


RULES: tuple[Callable[[Rules, Case], Iterator[Reason]], ...] = (
    _paused,
    _second_officer,
    _money,
    _customer_wrote,
    _land_changed,
    _disputed,
    _template,
    _signing,
    _unknown,
    _overridden,
    _stale,
    _flag,
    _guard,
)


def _ages(case: Case) -> Iterator[Age]:
    """The day of each answer that the truth gives: as its source says, else of the import that brought it."""
    for each in case.filled:
        attribute = known_for(each.question, case.attributes)
        if each.origin == "truth" and attribute and (on := attribute.as_at_on or attribute.recorded_on):
            yield Age(attribute.title, attribute.code, on)


def _without_day(case: Case) -> Iterator[str]:
    for each in case.filled:
        attribute = known_for(each.question, case.attributes)
        if each.origin == "truth" and attribute and not (attribute.as_at_on or attribute.recorded_on):
            yield attribute.title


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
