"""Where a table lies follows from where its class lies."""

import uuid

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, UniqueConstraint, inspect
from sqlalchemy.orm import Mapped, mapped_column

from banksia.kit.models import Base, module_of, new_id


class TestModuleOf:
    @pytest.mark.parametrize(
        ("python_name", "module"),
        [
            ("banksia.modules.certificates.models.orders", "certificates"),
            ("banksia.modules.certificates", "certificates"),
            ("banksia.foundation.audit.service", "audit"),
            ("banksia.kit.errors", "kit"),
            ("banksia.app.problems", "app"),
            ("banksia.modules", "modules"),
            ("banksia_trees.models", "trees"),
            ("trees.models", "trees"),
        ],
    )
    def test_is_the_folder_s_name(self, python_name: str, module: str) -> None:
        assert module_of(python_name) == module


class TestNewId:
    def test_is_a_version_7_that_sorts_by_time(self) -> None:
        made = [new_id() for _ in range(1000)]
        assert made == sorted(made)
        assert {each.version for each in made} == {7}
        assert all(isinstance(each, uuid.UUID) for each in made)


class TestBase:
    @pytest.mark.parametrize(
        "given", [(), {"comment": "x"}, (UniqueConstraint("b"),), (UniqueConstraint("b"), {"comment": "x"})]
    )
    def test_puts_a_table_into_its_module_s_schema(self, given: object) -> None:
        class Elsewhere(Base):
            __abstract__ = True
            metadata = MetaData()

        values = {
            "__tablename__": "trees",
            "__module__": "banksia_trees.models",
            "__table_args__": given,
            "__annotations__": {"a": Mapped[int], "b": Mapped[str]},
            "a": mapped_column(primary_key=True),
        }
        cls = type("Tree", (Elsewhere,), values, append_only=True)
        table: object = inspect(cls).local_table
        assert isinstance(table, Table)
        assert (table.schema, table.info["append_only"]) == ("trees", True)
        assert isinstance(table.columns["a"], Column)
        assert isinstance(table.columns["a"].type, Integer)
        Base.registry._dispose_cls(cls)
