"""The graph of a line: every step of it can be taken, and every other is refused."""

from itertools import product
from typing import Any, get_args

import pytest
from sqlalchemy.orm import Session

from banksia.kit.actor import Actor
from banksia.modules.certificates.errors import TransitionRefused
from banksia.modules.certificates.models import LineState
from banksia.modules.certificates.service.states import KEEP_ISSUED, TRANSITIONS, allows, move
from banksia.modules.certificates.tests.factories import make_order

STATES = get_args(LineState)


class TestMove:
    def test_takes_every_step_of_the_graph_and_no_other(self, session: Session, guest: Actor) -> None:
        line = make_order(session, guest).lines[0]
        for action, state in product(TRANSITIONS, STATES):
            line.state = state
            wanted = TRANSITIONS[action].get(state)
            assert allows(line, action) == (wanted is not None)
            if wanted is None:
                with pytest.raises(TransitionRefused, match=f"^You cannot {action} a certificate"):
                    move(session, guest, line, action)
                assert line.state == state
            else:
                move(session, guest, line, action)
                assert line.state == ("queued" if action == "resume" else wanted)

    def test_a_replacement_can_be_called_off_wherever_a_line_can_be_refused(self) -> None:
        every: dict[str, Any] = TRANSITIONS
        assert set(every[KEEP_ISSUED]) == set(every["refuse to issue"])
        assert set(every[KEEP_ISSUED].values()) == {"issued"}
