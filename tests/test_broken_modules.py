"""Modules that break the contract: `banksia check` names each in a sentence, and it does not start."""

import gc
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from banksia.app import create_app
from banksia.foundation.audit.tasks import verify_chain
from banksia.kit import checks
from banksia.kit.actor import Permission
from banksia.kit.database import make_engine
from banksia.kit.migrations import import_models
from banksia.kit.models import Base
from banksia.kit.module import BrokenModule, Module, Modules
from banksia.kit.platform import Platform
from banksia.kit.routing import Router
from banksia.kit.settings import Settings
from banksia.kit.tasks import Schedule


@pytest.fixture(scope="module")
def owner(settings: Settings) -> Iterator[Engine]:
    """The migrated database as the owner of its tables."""
    engine = make_engine(settings, owner=True)
    yield engine
    engine.dispose()


@dataclass
class Workshop:
    """Makes modules as packages on disk, as a third party would."""

    folder: Path
    made: list[str] = field(default_factory=list)

    def write(self, name: str, **files: str) -> None:
        package = self.folder / f"banksia_{name}"
        package.mkdir()
        package.joinpath("__init__.py").write_text("", "utf-8")
        for file, content in files.items():
            path = package / f"{file}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(textwrap.dedent(content), "utf-8")
        self.made.append(f"banksia_{name}")


def forget(packages: list[str], known: set[str]) -> None:
    """Take what a test's modules made out of the process again."""
    for name in [name for name in sys.modules if name.split(".")[0] in packages]:
        del sys.modules[name]
    for mapper in [each for each in Base.registry.mappers if each.class_.__module__.split(".")[0] in packages]:
        Base.registry._dispose_cls(mapper.class_)
    for name in set(Base.metadata.tables) - known:
        Base.metadata.remove(Base.metadata.tables[name])


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    monkeypatch.syspath_prepend(str(tmp_path))
    known = set(Base.metadata.tables)
    workshop = Workshop(tmp_path)
    yield workshop
    forget(workshop.made, known)
    gc.collect()  # SQLAlchemy knows a mapper for as long as its class lives, and classes live in circles


Broken = Callable[..., list[str]]


@pytest.fixture
def broken(platform: Platform) -> Broken:
    """What `banksia check` says of the installation with one more module."""

    def find(name: str = "trees", *, routers: tuple[Router, ...] = (), **given: object) -> list[str]:
        values: dict[str, object] = {
            "title": "Trees",
            "version": "0.1.0",
            "kind": "workflow",
            "package": f"banksia_{name}",
        }
        module = Module(name=name, routers=routers, **(values | given))  # type: ignore[arg-type]  # as a broken module gives them
        platform.modules = Modules([*platform.modules, module])
        import_models(platform.modules)
        return checks.check(platform.modules, create_app(platform=platform))

    return find


def source(code: str) -> str:
    head = "from banksia.kit.models import Base, Identified, OrganisationOwned\nfrom sqlalchemy.orm import Mapped\n"
    return head + textwrap.dedent(code)


class TestBrokenModules:
    def test_a_sound_one_is_not_complained_about(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write("trees", service="from banksia.foundation.audit.public import record")
        assert broken() == []

    @pytest.mark.parametrize("name", ["api", "assets", "modules", "dev", "x"])
    def test_a_reserved_name(self, workshop: Workshop, broken: Broken, name: str) -> None:
        workshop.write(name)
        assert f"{name}: this name is reserved." in broken(name)

    def test_a_name_that_is_no_name(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write("Big-Trees")
        assert broken("Big-Trees") == ["Big-Trees: a module's name has small letters, digits and underscores."]

    def test_a_dependency_that_is_missing_or_goes_round(self, broken: Broken) -> None:
        with pytest.raises(BrokenModule, match="“trees” depends on “soil”, which is not installed"):
            broken(depends_on=("soil",))
        with pytest.raises(BrokenModule, match="in a circle: trees"):
            broken(depends_on=("trees",))

    @pytest.mark.parametrize(
        "line",
        [
            "from banksia.modules.property.public import get_property",
            "import banksia.modules.property.public",
            "from banksia.modules import property",
            "from banksia.modules.property import public",
        ],
    )
    def test_an_import_of_a_module_that_it_does_not_depend_on(
        self, workshop: Workshop, broken: Broken, line: str
    ) -> None:
        workshop.write("trees", service=f"def later() -> None:\n    {line}\n")
        assert set(broken()) == {"trees: service.py imports property, which is not in depends_on."}
        assert broken(depends_on=("property",)) == []

    def test_a_table_outside_its_schema(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write(
            "trees",
            models=source(
                """
                class Tree(OrganisationOwned, Base):
                    __tablename__ = "trees"
                    __table_args__ = {"schema": "property"}
                """
            ),
        )
        workshop.folder.joinpath("banksia_trees", "migrations").mkdir()
        found = broken()
        assert "trees: table property.trees lies outside the module's schema." in found
        assert "trees: there are 0 migration heads; there must be one." in found

    def test_a_table_without_an_organisation(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write("trees", models=source("class Tree(Identified, Base):\n    __tablename__ = 'trees'\n"))
        workshop.folder.joinpath("banksia_trees", "migrations").mkdir()
        assert "trees: table trees has no organisation_id." in broken()

    def test_two_migration_heads(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write("trees", models=source("class Tree(OrganisationOwned, Base):\n    __tablename__ = 'trees'\n"))
        migrations = workshop.folder / "banksia_trees" / "migrations"
        migrations.mkdir()
        for name in ("one", "two"):
            content = f"revision = '{name}'\ndown_revision = None\n"
            migrations.joinpath(f"{name}.py").write_text(content, "utf-8")
        assert broken() == ["trees: there are 2 migration heads; there must be one."]

    def test_tables_that_no_migration_makes(
        self, workshop: Workshop, broken: Broken, modules: Modules, owner: Engine
    ) -> None:
        workshop.write(
            "trees",
            models=source(
                "class Tree(OrganisationOwned, Base):\n    __tablename__ = 'trees'\n    height: Mapped[int]\n"
            ),
        )
        migrations = workshop.folder / "banksia_trees" / "migrations"
        migrations.mkdir()
        migrations.joinpath("one.py").write_text("revision = 'one'\ndown_revision = None\n", "utf-8")
        assert broken() == []
        tree = Module(name="trees", title="Trees", version="1", kind="workflow", package="banksia_trees")
        with owner.begin() as connection:
            connection.execute(text("CREATE SCHEMA trees"))
            connection.execute(text("CREATE TABLE trees.alembic_version (version_num varchar(32) PRIMARY KEY)"))
        try:
            assert checks.compare(owner, Modules([*modules, tree])) == ([], ["trees"])
            with owner.begin() as connection:
                connection.execute(text("INSERT INTO trees.alembic_version VALUES ('one')"))
            problems, _ = checks.compare(owner, Modules([*modules, tree]))
            assert problems == ["trees: no migration makes what the models say: add table trees."]
        finally:
            with owner.begin() as connection:
                connection.execute(text("DROP SCHEMA trees CASCADE"))

    def test_a_route_without_a_permission(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write(
            "trees",
            routes="""
            from banksia.kit.actor import Permission
            from banksia.kit.routing import Router
            router = Router()
            @router.routes.get("/bare")
            def list_trees() -> None: ...
            @router.get("/unknown", permission=Permission("trees.list", "List"))
            def find_trees() -> None: ...
            """,
        )
        found = broken(routers=(import_module("banksia_trees.routes").router,))
        assert found == [
            "/api/trees/bare: says neither permission=... nor public=True.",
            "/api/trees/unknown: needs trees.list, which no module registers.",
        ]

    def test_two_routes_at_one_place(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write(
            "trees",
            routes="""
            from banksia.kit.routing import Router
            router = Router()
            @router.get("/trees", public=True)
            def list_trees() -> None: ...
            other = Router()
            @other.get("/trees", public=True)
            def list_trees() -> None: ...
            """,
        )
        routes = import_module("banksia_trees.routes")
        assert broken(routers=(routes.router, routes.other)) == [
            "operation trees_list_trees is registered 2 times.",
            "route ('GET', '/api/trees/trees') is registered 2 times.",
        ]

    def test_tasks_and_events_that_nobody_knows(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write(
            "trees",
            tasks="""
            from banksia.kit.tasks import task
            @task()
            def grow(session: object) -> None: ...
            """,
        )

        grow = import_module("banksia_trees.tasks").grow
        found = broken(
            listens={"soil.rain_fell": print},
            schedules=(Schedule(grow, every=timedelta(days=1)),),
            tasks=(verify_chain,),
        )
        assert found == [
            "trees: audit.verify_chain does not begin with the module's name.",
            "trees: listens to soil.rain_fell, which no module emits.",
            "trees: schedules trees.grow, which no module registers.",
            "trees: task trees.grow is declared but not registered in module.py.",
            "task audit.verify_chain is registered 2 times.",
        ]

    def test_a_permission_of_another_module(self, workshop: Workshop, broken: Broken) -> None:
        workshop.write("trees")
        found = broken(permissions=(Permission("audit.entries.read", "Read"),))
        assert found == [
            "trees: permission audit.entries.read does not begin with the module's name.",
            "permission audit.entries.read is registered 2 times.",
        ]

    def test_stops_the_boot(self, workshop: Workshop, platform: Platform) -> None:
        workshop.write("trees")
        module = Module(
            name="trees",
            title="Trees",
            version="1",
            kind="workflow",
            package="banksia_trees",
            listens={"soil.rain_fell": print},
        )
        platform.modules = Modules([*platform.modules, module])
        with pytest.raises(BrokenModule, match="trees: listens to soil"):
            checks.refuse_broken(create_app(platform=platform))
