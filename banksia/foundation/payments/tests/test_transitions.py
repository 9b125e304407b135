"""The tables of states: every edge can be walked, everything else is refused, and what is ended stays ended."""

import itertools
import uuid

import pytest

from banksia.foundation.payments.errors import IllegalTransition
from banksia.foundation.payments.models import (
    ATTEMPT_TRANSITIONS,
    MONEY_TRANSITIONS,
    REFUND_TRANSITIONS,
    Attempt,
    Cause,
    Money,
    Payable,
    PaymentAttempt,
    Refund,
    RefundState,
)
from banksia.foundation.payments.service.transitions import move_attempt, move_money, move_refund

MONEY_EDGES = [
    (state, cause, target)
    for state, causes in MONEY_TRANSITIONS.items()
    for cause, targets in causes.items()
    for target in targets
]


def payable(state: Money) -> Payable:
    return Payable(id=uuid.uuid4(), reference="BH-1", state=state.value)


@pytest.mark.parametrize(("state", "cause", "target"), MONEY_EDGES, ids=str)
def test_money_walks_every_edge(state: Money, cause: Cause, target: Money) -> None:
    owed = payable(state)
    move_money(owed, cause, target)
    assert owed.state == target


@pytest.mark.parametrize(("state", "cause"), list(itertools.product(Money, Cause)), ids=str)
def test_money_refuses_everything_else(state: Money, cause: Cause) -> None:
    allowed = MONEY_TRANSITIONS[state].get(cause, ())
    for target in set(Money) - set(allowed):
        owed = payable(state)
        with pytest.raises(IllegalTransition):
            move_money(owed, cause, target)
        assert owed.state == state


def test_every_state_has_its_row() -> None:
    assert set(MONEY_TRANSITIONS) == set(Money)
    assert set(ATTEMPT_TRANSITIONS) == set(Attempt)
    assert set(REFUND_TRANSITIONS) == set(RefundState)


@pytest.mark.parametrize("state", [Money.EXPIRED, Money.CANCELLED])
def test_what_is_ended_leads_to_a_person_only(state: Money) -> None:
    assert MONEY_TRANSITIONS[state] == {Cause.PAID_LATE: (Money.NEEDS_REVIEW,)}


def test_only_a_settlement_or_a_person_makes_anything_paid() -> None:
    causes = {cause for _, cause, target in MONEY_EDGES if target is Money.PAID}
    assert causes == {Cause.SETTLED, Cause.REINSTATED, Cause.REFUND_FAILED}


@pytest.mark.parametrize(("state", "target"), list(itertools.product(Attempt, Attempt)), ids=str)
def test_attempts(state: Attempt, target: Attempt) -> None:
    attempt = PaymentAttempt(state=state.value, url="http://pay")
    if target in ATTEMPT_TRANSITIONS[state]:
        move_attempt(attempt, target)
        assert attempt.state == target
        assert (attempt.url is None) == (target is not Attempt.OPEN)
    else:
        with pytest.raises(IllegalTransition):
            move_attempt(attempt, target)
        assert attempt.state == state


@pytest.mark.parametrize(("state", "target"), list(itertools.product(RefundState, RefundState)), ids=str)
def test_refunds(state: RefundState, target: RefundState) -> None:
    wanted = Refund(state=state.value)
    if target in REFUND_TRANSITIONS[state]:
        move_refund(wanted, target)
        assert wanted.state == target
    else:
        with pytest.raises(IllegalTransition):
            move_refund(wanted, target)
        assert wanted.state == state
