"""One contract, run over every installed module; tests/test_broken_modules.py has those that break it."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from alembic import command
from fastapi import FastAPI
from sqlalchemy import Engine, create_engine, inspect

from banksia.app import create_app
from banksia.kit import checks
from banksia.kit.checks import api_routes
from banksia.kit.database import make_engine, sqlalchemy_url
from banksia.kit.migrations import alembic_config, drift, has_tables, heads
from banksia.kit.module import Module, discover
from banksia.kit.settings import Settings
from banksia.testing.databases import TestDatabases

MODULES = discover()
WITH_TABLES = [module for module in MODULES if has_tables(module)]
named = pytest.mark.parametrize("module", list(MODULES), ids=lambda module: module.name)
with_tables = pytest.mark.parametrize("module", WITH_TABLES, ids=lambda module: module.name)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings(environment="test"), MODULES)


@pytest.fixture(scope="module")
def owner(databases: TestDatabases, settings: Settings) -> Iterator[Engine]:
    """The migrated database as the owner of its tables."""
    engine = make_engine(settings, owner=True)
    yield engine
    engine.dispose()


class TestContract:
    def test_banksia_check_finds_nothing(self, app: FastAPI) -> None:
        assert checks.check(MODULES, app) == []

    def test_the_migrated_database_is_what_the_models_say(self, owner: Engine) -> None:
        assert checks.compare(owner, MODULES) == ([], [])

    @named
    def test_says_what_it_is(self, module: Module) -> None:
        assert module.title
        assert module.title != module.name
        assert module.version.count(".") == 2
        assert module.description.endswith(".")

    @named
    def test_every_permission_has_a_title_and_a_role_that_exists(self, module: Module) -> None:
        roles = set().union(*(permission.roles for each in MODULES for permission in each.permissions))
        for permission in module.permissions:
            assert permission.title, permission.name
            assert permission.roles, f"{permission.name}: nobody has it"
            assert set(permission.roles) <= roles

    @named
    def test_every_permission_is_asked_for_somewhere(self, module: Module) -> None:
        """One that nothing asks for is a box that an administrator ticks for nothing."""
        sources = [path for path in Path(str(module.folder(""))).rglob("*.py") if "tests" not in path.parts]
        code = "\n".join(path.read_text("utf-8") for path in sources if path.name != "permissions.py")
        for permission in module.permissions:
            constants = vars(import_module(f"{module.package}.permissions")).items()
            assert any(name in code for name, value in constants if value is permission), permission.name

    @named
    def test_every_navigation_leads_into_its_own_pages(self, module: Module) -> None:
        for entry in module.navigation:
            assert entry.to.startswith((f"/{module.name}/{entry.area}", f"/{module.name}")), entry
            assert entry.permission is not None or entry.area == "customer", entry

    @named
    def test_its_settings_have_defaults_that_fit(self, module: Module) -> None:
        if module.settings is not None:
            module.settings.model_validate({})

    @named
    def test_every_operation_describes_itself(self, module: Module, app: FastAPI) -> None:
        for route in api_routes(app):
            if str(route.path).split("/")[2] == module.name:
                assert (route.endpoint.__doc__ or "").strip(), route.path
                assert route.operation_id.startswith(f"{module.name}_")
                assert route.tags == [module.name]


class TestMigrations:
    @with_tables
    def test_has_one_head(self, module: Module) -> None:
        assert len(heads(module)) == 1

    @with_tables
    def test_says_all_that_the_models_say(self, module: Module, owner: Engine) -> None:
        with owner.connect() as connection:
            assert drift(connection, module) == []

    @with_tables
    def test_goes_down_to_nothing_and_up_again(self, module: Module, databases: TestDatabases) -> None:
        name = databases.create()
        engine = create_engine(sqlalchemy_url(databases.server.url("banksia_owner", name)))
        try:
            dependents = [each for each in reversed(WITH_TABLES) if _needs(each, module)]
            with engine.begin() as connection:
                for each in dependents:
                    command.downgrade(alembic_config(each, connection), "base")
            assert set(inspect(engine).get_table_names(schema=module.name)) <= {"alembic_version"}
            with engine.begin() as connection:
                for each in reversed(dependents):
                    command.upgrade(alembic_config(each, connection), "heads")
            with engine.connect() as connection:
                assert drift(connection, module) == []
        finally:
            engine.dispose()
            databases.drop(name)


def _needs(module: Module, other: Module) -> bool:
    """Whether a module's tables are above another's, or are the same."""
    return WITH_TABLES.index(module) >= WITH_TABLES.index(other)
