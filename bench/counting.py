"""How many statements something sends to the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event

from banksia.kit.platform import Platform


def statements_of(platform: Platform, do: Callable[[], object]) -> int:
    """Do something in this process and count what it sends."""
    sent: list[str] = []
    engine = platform.database.bind
    assert isinstance(engine, Engine)

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(sent)
