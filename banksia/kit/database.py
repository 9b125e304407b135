"""Sessions: each works for one organisation, and whoever opened it commits it once, at the edge.

Row-level security compares with a setting of the transaction, so it is set whenever one begins; a connection that
is used again carries nothing over. What must come last in a transaction (a number without gaps, the head of the audit
chain) registers with `before_commit`, because a lock taken early is held by everyone who waits behind it.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, SessionTransaction

from banksia.kit.actor import Actor
from banksia.kit.errors import Problem
from banksia.kit.settings import Settings

if TYPE_CHECKING:
    from banksia.kit.platform import Platform

SET_ORGANISATION = text("SELECT set_config('banksia.organisation_id', :id, true)")
GET_ORGANISATION = text("SELECT current_setting('banksia.organisation_id', true)")


class Last(IntEnum):
    """The order of what is done just before a commit; every transaction takes these locks in the same order."""

    RECEIPT_NUMBERS = 1
    AUDIT_CHAIN = 2


def sqlalchemy_url(url: str) -> str:
    """The URL with the driver that we use."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def make_engine(settings: Settings, *, owner: bool = False) -> Engine:
    """An engine as the application's role, or as the owner of the tables, who migrates."""
    url = (settings.database_owner_url or settings.database_url) if owner else settings.database_url
    engine = create_engine(
        sqlalchemy_url(url),
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        pool_pre_ping=True,  # the database may have gone away and come back
        connect_args={"connect_timeout": 5},
        hide_parameters=True,  # an error is logged and shown to staff, and parameters are people's data
    )
    event.listen(engine, "handle_error", _leave_out_values)
    return engine


def leave_out_values(error: BaseException | None) -> None:
    """Take out of a database error, and of those that led to it, what PostgreSQL repeats of the rows that it is about.

    Its DETAIL says `Key (email)=(kim@example.com) already exists`, its CONTEXT the line that was being copied.
    """
    while error is not None:
        source = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(source, psycopg.Error):
            told = [words for words in (source.diag.message_detail, source.diag.context) if words]
            error.args = tuple(_without(told, each) if isinstance(each, str) else each for each in error.args)
        error = error.__cause__ or error.__context__


def _leave_out_values(context: ExceptionContext) -> None:
    leave_out_values(context.original_exception)
    leave_out_values(context.sqlalchemy_exception)


def _without(told: Sequence[str], message: str) -> str:
    for words in told:
        message = message.replace(words, "(left out)")
    return message


class Database:
    """Opens sessions on an engine, or in tests on one connection whose transaction is rolled back."""

    def __init__(self, bind: Engine | Connection, platform: "Platform") -> None:
        """Take what sessions are bound to."""
        self.bind = bind
        self._platform = platform

    @contextmanager
    def session(self, organisation_id: uuid.UUID | None) -> Iterator[Session]:
        """One transaction for one organisation: committed at the end, rolled back by an exception.

        Without an organisation only the table of organisations can be read.
        """
        shared = self.bind if isinstance(self.bind, Connection) else None
        before = shared.scalar(GET_ORGANISATION) if shared is not None else None
        session = Session(self.bind, join_transaction_mode="create_savepoint", expire_on_commit=False)
        session.info.update(organisation_id=organisation_id, platform=self._platform)
        try:
            yield session
            session.commit()
        except Problem as problem:
            session.commit() if problem.keeps_transaction else session.rollback()
            raise
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()
            if shared is not None:  # the setting outlives a savepoint: give it back to the session around this one
                shared.execute(SET_ORGANISATION, {"id": before or ""})


@dataclass(frozen=True)
class Transactions:
    """Opens short transactions, one after another, for work that calls something outside between them."""

    platform: "Platform"
    actor: Actor

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        """One transaction of the actor's organisation."""
        with self.platform.database.session(self.actor.organisation_id) as session:
            yield session


def platform_of(session: Session) -> "Platform":
    """The installation that a session belongs to: its settings and its modules."""
    platform: Platform = session.info["platform"]
    return platform


def organisation_id_of(session: Session) -> uuid.UUID:
    """The organisation that a session works for."""
    organisation_id: uuid.UUID = session.info["organisation_id"]
    return organisation_id


def notes_of(session: Session) -> dict[str, Any]:
    """What the present transaction remembers until it ends; a rollback forgets it."""
    notes: dict[str, Any] = session.info.setdefault("notes", {})
    return notes


def before_commit(session: Session, order: Last, do: Callable[[Session], None]) -> None:
    """Do something as the transaction's last statements; the same function is registered once."""
    notes_of(session).setdefault("before_commit", {}).setdefault(order, do)


def after_commit(session: Session, do: Callable[[], None]) -> None:
    """Do something once the transaction is committed, and never when it is not; it may not use the session."""
    notes_of(session).setdefault("after_commit", []).append(do)


def finish(session: Session) -> None:
    """Do what was registered to come last; a commit does it by itself, tests that do not commit call it."""
    session.flush()
    for _, do in sorted(notes_of(session).pop("before_commit", {}).items()):
        do(session)
        session.flush()


@event.listens_for(Session, "after_begin")
def _set_organisation(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Tell row-level security for whom this transaction works."""
    if session.info.get("organisation_id") and not transaction.nested:
        connection.execute(SET_ORGANISATION, {"id": str(session.info["organisation_id"])})


@event.listens_for(Session, "before_commit")
def _finish(session: Session) -> None:
    if not session.in_nested_transaction():
        finish(session)


@event.listens_for(Session, "after_commit")
def _after_commit(session: Session) -> None:
    if not session.in_nested_transaction():
        for do in session.info.pop("notes", {}).get("after_commit", []):
            do()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("notes", None)


def organisation_slugs(session: Session) -> dict[str, uuid.UUID]:
    """Every organisation by its slug; work over all of them loops, one transaction each."""
    rows: Any = session.execute(text("SELECT slug, id FROM organisations.organisations ORDER BY slug"))
    return {row.slug: row.id for row in rows}
