"""A third-party module is installed for real, behaves as a built-in one, and is gone when it is removed."""

import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import httpx2 as httpx
import psycopg
import pytest
from live import Live

from banksia.app import create_platform
from banksia.kit.database import organisation_slugs
from banksia.kit.module import Modules, discover
from banksia.kit.ports import free_port
from banksia.modules.property.tests.factories import make_property
from banksia.testing.databases import TestDatabases
from banksia.testing.processes import Installation, eventually, installation

EXAMPLE = Path(__file__).parents[1] / "examples" / "trees-python"
REDGUM = {"species": "Eucalyptus tereticornis", "height_m": "22.5"}
pytestmark = pytest.mark.slow
_numbers = count(1)


def test_the_modules_of_this_process_know_nothing_of_it(modules: Modules) -> None:
    assert "trees" not in modules, "the example is installed in this environment for good; uninstall it"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed the example from its wheel."""
    folder = tmp_path_factory.mktemp("site")
    copy = tmp_path_factory.mktemp("repository") / "trees"  # a build may leave files beside its sources
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--root-user-action=ignore",
    ]
    pip += ["--no-index", "--no-deps", "--no-build-isolation", "--target", str(folder), str(copy)]
    made = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return folder


def new_property(here: Live) -> str:
    """The id of a new property of the council."""
    number = next(_numbers)
    with here.platform.database.session(here.organisation_id) as session:
        return str(make_property(session, address=f"{number} ROSE STREET LITHGOW", parcels=[f"{number}//DP1234"]))


@pytest.fixture(scope="module")
def migrated(databases: TestDatabases, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`banksia migrate` on an empty database, and a council made from the command line."""
    name, folder = f"example_{uuid.uuid4().hex[:8]}", tmp_path_factory.mktemp("example")
    with psycopg.connect(databases.server.url(database="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER banksia_owner")
    with installation(folder, databases.settings(folder, name), site) as processes:
        for arguments in (
            ("migrate",),
            (
                "organisation",
                "create",
                "bluehills",
                "--name",
                "Blue Hills",
                "--host",
                "localhost",
                "--host",
                "127.0.0.1",
            ),
        ):
            done = processes.run(*arguments)
            assert done.returncode == 0, done.stdout
        yield processes
    databases.drop(name)


@pytest.fixture(scope="module")
def here(migrated: Installation) -> Iterator[Live]:
    """The installation with its API running; this process works on its database without the example."""
    platform = create_platform(migrated.settings, discover())
    platform.bell = lambda _organisation_id, _outbox_id: None
    with platform.database.session(None) as session:
        organisation_id = organisation_slugs(session)["bluehills"]
    here = Live(migrated, platform, organisation_id, free_port())
    here.start("api")
    yield here
    here.close()


@pytest.fixture
def query(migrated: Installation) -> Callable[..., list[tuple[object, ...]]]:
    """Ask the database as its application's role."""

    def ask(statement: str, *values: object, organisation_id: object = "") -> list[tuple[object, ...]]:
        with psycopg.connect(migrated.settings.database_url) as connection:
            connection.execute("SELECT set_config('banksia.organisation_id', %s, true)", [str(organisation_id)])
            return connection.execute(statement, values).fetchall()

    return ask


class TestInstalled:
    def test_is_listed(self, migrated: Installation) -> None:
        assert "banksia_trees" in migrated.run("modules").stdout

    def test_keeps_the_contract(self, migrated: Installation) -> None:
        checked = migrated.run("check")
        assert checked.returncode == 0, checked.stdout

    def test_its_table_is_under_row_level_security(
        self, here: Live, query: Callable[..., list[tuple[object, ...]]]
    ) -> None:
        statement = "SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass('trees.trees')"
        assert query(statement) == [(True,)]
        answer = here.browser("records_officer").post(
            "/api/trees/register", json={"property_id": new_property(here), **REDGUM}
        )
        assert answer.status_code == 201, answer.text
        mine = query("SELECT id FROM trees.trees", organisation_id=here.organisation_id)
        assert (uuid.UUID(answer.json()["id"]),) in mine
        assert query("SELECT id FROM trees.trees", organisation_id=uuid.uuid4()) == []
        assert query("SELECT id FROM trees.trees") == []

    def test_its_own_version_table_says_where_it_stands(self, query: Callable[..., list[tuple[object, ...]]]) -> None:
        assert query("SELECT to_regclass('trees.alembic_version') IS NOT NULL") == [(True,)]

    def test_its_routes_answer_who_may(self, here: Live) -> None:
        body = {"property_id": new_property(here), **REDGUM}
        assert here.browser("records_officer").post("/api/trees/register", json=body).status_code == 201
        trees = here.browser("counter_clerk").get(f"/api/trees/properties/{body['property_id']}").json()["trees"]
        assert [tree["species"] for tree in trees] == [REDGUM["species"]]

    def test_its_routes_refuse_who_may_not(self, here: Live) -> None:
        body = {"property_id": new_property(here), **REDGUM}
        assert here.browser().get("/api/trees/register").status_code == 401
        assert here.browser("customer").get("/api/trees/register").status_code == 403
        refused = here.browser("counter_clerk").post("/api/trees/register", json=body)
        assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")

    def test_its_errors_are_problem_documents(self, here: Live) -> None:
        officer = here.browser("records_officer")
        low = officer.post(
            "/api/trees/register", json={"property_id": new_property(here), "species": "Banksia", "height_m": 1}
        )
        assert (low.status_code, low.json()["type"]) == (422, "urn:banksia:trees:tree-not-significant")
        unknown = officer.post("/api/trees/register", json={"property_id": str(uuid.uuid4()), **REDGUM})
        assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:banksia:property:property-not-found")

    def test_is_discovered_with_its_page(self, here: Live) -> None:
        found = {each["name"]: each for each in here.browser("counter_clerk").get("/api/modules").json()}["trees"]
        assert found["page_url"] == "/modules/trees/page.js"
        assert [entry["to"] for entry in found["navigation"]] == ["/trees/customer", "/trees/staff"]
        page = here.browser().get(found["page_url"])
        assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, "text/javascript")
        assert "export const contract = 1" in page.text
        assert here.browser().get("/modules/trees/page.css").status_code == 200
        assert here.browser().get("/modules/trees/..%2Fmodule.py").status_code == 404

    def test_a_guest_is_shown_only_what_is_for_customers(self, here: Live) -> None:
        found = {each["name"]: each for each in here.browser().get("/api/modules").json()}["trees"]
        assert [entry["to"] for entry in found["navigation"]] == ["/trees/customer"]

    def test_a_guest_reads_what_is_public_of_a_property(self, here: Live) -> None:
        body = {"property_id": new_property(here), "note": "Owner rang", **REDGUM}
        assert here.browser("records_officer").post("/api/trees/register", json=body).status_code == 201
        [tree] = here.browser().get(f"/api/trees/customer/properties/{body['property_id']}").json()["trees"]
        assert (tree["species"], "note" in tree) == (REDGUM["species"], False)

    def test_its_part_of_the_api_is_described(self, here: Live) -> None:
        paths = here.browser().get("/api/openapi.json").json()["paths"]
        assert paths["/api/trees/register"]["post"]["operationId"] == "trees_register_tree"

    def test_its_widget_stands_on_the_dashboard(self, here: Live) -> None:
        dashboard = here.browser("counter_clerk").get("/trees/.well-known/banksia/dashboard.json").json()
        [widget] = dashboard["widgets"]
        assert widget["name"] == "latest"
        assert {"label", "count", "to"} <= widget["content"]["counts"][0].keys()

    def test_its_trees_stand_on_the_page_of_their_property(self, here: Live) -> None:
        body = {"property_id": new_property(here), **REDGUM}
        assert here.browser("records_officer").post("/api/trees/register", json=body).status_code == 201
        page = here.browser("counter_clerk").get(f"/api/property/properties/{body['property_id']}/contributions").json()
        told = {each["module"]: each for each in page["contributions"]}["trees"]
        assert (told["count"], told["lines"][0]["title"], page["failed"]) == (1, REDGUM["species"], [])


class TestSwitchedOff:
    def test_is_hidden_and_comes_back_with_its_data(self, here: Live) -> None:
        administrator, officer = here.browser("administrator"), here.browser("records_officer")
        body = {"property_id": new_property(here), **REDGUM}
        assert officer.post("/api/trees/register", json=body).status_code == 201
        switch = "/api/organisations/modules/trees"
        assert administrator.put(switch, json={"enabled": False}).status_code == 200
        try:
            eventually(lambda: officer.get("/api/trees/register").status_code == 404, "the routes are hidden")
            assert "trees" not in {each["name"] for each in officer.get("/api/modules").json()}
            assert officer.get("/modules/trees/page.js").status_code == 404
        finally:
            assert administrator.put(switch, json={"enabled": True}).status_code == 200
        eventually(lambda: officer.get("/api/trees/register").status_code == 200, "the routes are back")
        assert len(officer.get(f"/api/trees/properties/{body['property_id']}").json()["trees"]) == 1


class TestUninstalled:
    @pytest.fixture
    def without(self, migrated: Installation, tmp_path: Path) -> Iterator[Installation]:
        """The same database after `pip uninstall`."""
        with installation(tmp_path, migrated.settings) as processes:
            yield processes

    def test_is_gone_and_the_rest_works(self, without: Installation, here: Live) -> None:
        assert "banksia_trees" not in without.run("modules").stdout
        checked = without.run("check")
        assert checked.returncode == 0, checked.stdout
        with httpx.Client(base_url=without.serve(free_port()), trust_env=False) as browser:
            assert "trees" not in {each["name"] for each in browser.get("/api/modules").json()}
            for path in ("/api/trees/register", "/modules/trees/page.js", "/trees/.well-known/banksia/meta.json"):
                assert browser.get(path).status_code == 404, path
            assert browser.get(f"/api/property/properties/{new_property(here)}").status_code == 200


class TestItsOwnTests:
    def test_pass_with_the_plugin_that_banksia_brings(self, migrated: Installation, tmp_path: Path) -> None:
        shutil.copytree(EXAMPLE / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(EXAMPLE / "pyproject.toml", tmp_path)
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
            env=migrated.environment(),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
        assert "skipped" not in ran.stdout
