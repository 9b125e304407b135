"""Lists by cursor: every row once, in order, from cursors that cannot be abused."""

import base64
import datetime
import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from banksia.kit.paging import CursorInvalid, Key, decode_cursor, encode_cursor, page_of


class Scratch(DeclarativeBase):
    """Tables of these tests only."""


class Tree(Scratch):
    __tablename__ = "trees"
    __table_args__ = {"prefixes": ["TEMPORARY"]}  # noqa: RUF012  (SQLAlchemy's way)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    height: Mapped[int]
    name: Mapped[str]
    seen_on: Mapped[datetime.date]


values = st.lists(
    st.one_of(
        st.uuids(),
        st.datetimes(timezones=st.just(datetime.UTC)),
        st.dates(),
        st.integers(-(2**63), 2**63 - 1),
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
        st.booleans(),
    ),
    max_size=4,
)


def cursor_of(parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


class TestDecodeCursor:
    @given(values)
    def test_gives_back_what_was_encoded(self, given_values: list[Any]) -> None:
        assert decode_cursor(encode_cursor(given_values), length=len(given_values)) == given_values

    @given(st.text(max_size=80))
    def test_refuses_everything_else_with_one_error(self, cursor: str) -> None:
        with pytest.raises(CursorInvalid):
            decode_cursor(cursor, length=2)

    @pytest.mark.parametrize(
        "parts",
        [
            [["v", [1]], ["v", 1]],
            [["v", {}], ["v", 1]],
            [["x", 1], ["v", 1]],
            [["u", "no"], ["v", 1]],
            [["u", None], ["v", 1]],
            [["v", 1]],
            {"a": 1, "b": 2},
            "ab",
            1,
            None,
        ],
    )
    def test_refuses_a_cursor_of_another_shape(self, parts: object) -> None:
        with pytest.raises(CursorInvalid):
            decode_cursor(cursor_of(parts), length=2)


@pytest.fixture
def forest(session: Session) -> Session:
    Scratch.metadata.create_all(session.connection())
    day = datetime.date(2026, 11, 1)
    session.add_all(
        Tree(id=uuid.UUID(int=number), height=number % 3, name="ab"[number % 2], seen_on=day) for number in range(11)
    )
    session.flush()
    return session


class TestPageOf:
    @pytest.mark.parametrize("limit", [1, 2, 3, 10, 11, 12])
    @pytest.mark.parametrize("tall_first", [True, False])
    @pytest.mark.parametrize("last_first", [True, False])
    def test_meets_every_row_once(self, forest: Session, limit: int, tall_first: bool, last_first: bool) -> None:
        keys = [Key(Tree.height, "height", descending=tall_first), Key(Tree.id, "id", descending=last_first)]
        expected = sorted(
            forest.scalars(select(Tree)),
            key=lambda tree: (-tree.height if tall_first else tree.height, -tree.id.int if last_first else tree.id.int),
        )
        seen: list[Tree] = []
        cursor, pages = None, 0
        while True:
            page, cursor = page_of(forest, select(Tree), keys=keys, limit=limit, cursor=cursor)
            seen += page
            pages += 1
            if cursor is None:
                break
        assert seen == expected
        assert pages == -(-len(expected) // limit)

    def test_a_row_that_comes_meanwhile_moves_no_other(self, forest: Session) -> None:
        keys = [Key(Tree.name, "name"), Key(Tree.id, "id")]
        first, cursor = page_of(forest, select(Tree), keys=keys, limit=4, cursor=None)
        forest.execute(text("INSERT INTO trees VALUES (gen_random_uuid(), 1, ' first', '2026-11-02')"))
        second, _ = page_of(forest, select(Tree), keys=keys, limit=4, cursor=cursor)
        assert not {tree.id for tree in first} & {tree.id for tree in second}
        assert len(second) == 4

    def test_an_index_finds_where_a_deep_page_begins(self, forest: Session) -> None:
        forest.execute(text("CREATE INDEX ON trees (height, id)"))
        forest.execute(text("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"))
        keys = [Key(Tree.height, "height", descending=True), Key(Tree.id, "id", descending=True)]
        _, cursor = page_of(forest, select(Tree), keys=keys, limit=4, cursor=None)
        sent: list[tuple[str, Any]] = []
        connection = forest.connection()
        event.listen(connection, "before_cursor_execute", lambda *of: sent.append((of[2], of[3])))
        page_of(forest, select(Tree), keys=keys, limit=4, cursor=cursor)
        [(statement, parameters)] = sent
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
        assert any("Index Cond" in line and "height <=" in line for line in plan), plan

    @pytest.mark.parametrize(
        "parts",
        [
            [["v", "tall"], ["u", str(uuid.UUID(int=1))]],
            [["v", 2**70], ["u", str(uuid.UUID(int=1))]],
            [["v", None], ["u", str(uuid.UUID(int=1))]],
            [["v", 1], ["v", "no uuid"]],
            [["v", 1], ["v", 1]],
            [["d", "2026-11-01"], ["u", str(uuid.UUID(int=1))]],
        ],
    )
    def test_a_cursor_of_another_list_is_refused(self, forest: Session, parts: object) -> None:
        keys = [Key(Tree.height, "height"), Key(Tree.id, "id")]
        with pytest.raises(CursorInvalid):
            page_of(forest, select(Tree), keys=keys, limit=4, cursor=cursor_of(parts))

    @pytest.mark.parametrize("name", ["a\x00b", 1, None, True])
    def test_a_text_that_the_database_cannot_hold_is_refused(self, forest: Session, name: object) -> None:
        keys = [Key(Tree.name, "name"), Key(Tree.id, "id")]
        cursor = cursor_of([["v", name], ["u", str(uuid.UUID(int=1))]])
        with pytest.raises(CursorInvalid):
            page_of(forest, select(Tree), keys=keys, limit=4, cursor=cursor)
