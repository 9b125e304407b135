"""What a container engine, a web server and CI are told: checked here, where there is none of them."""

import json
import os
import re
import shlex
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import psycopg
import pytest
import typer
import yaml

from banksia.cli.building import build
from banksia.kit.embedded_postgres import APP, DATABASE, OWNER, postgres
from banksia.kit.module import discover
from banksia.kit.settings import Settings

ROOT = Path(__file__).parents[1]
VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)(:?[-?][^}]*)?\}")

OF_THE_PARTS = {"BANKSIA_DATABASE_URL", "BANKSIA_DATABASE_OWNER_URL"}
"""What the compose file knows by itself, because it runs the part."""
DIFFERENT_HERE = {"BANKSIA_PUBLIC_URL", "BANKSIA_SMTP_URL", "BANKSIA_TRUSTED_PROXIES"}
"""What has another default where Caddy and a mail catcher are."""

RUN_IN_GUIDES = re.compile(
    r"docker compose (?:run|exec)(?: --?[a-z-]+(?: \"[^\"]*\"| /\S+)?| -T)* ([a-z]+)(?: ([a-z_-]+))?", re.IGNORECASE
)


def read(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def schema(name: str) -> Any:
    vendored = files("check_jsonschema").joinpath("builtin_schemas", "vendor", f"{name}.json")
    return json.loads(vendored.read_text("utf-8"))


def settings_names() -> set[str]:
    return {f"BANKSIA_{name.upper()}" for name in Settings.model_fields}


def commands() -> dict[str, Any]:
    return typer.main.get_command(build(discover())).commands  # type: ignore[attr-defined, no-any-return]


def options_of(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(read("compose.yaml"))
    return document


@pytest.fixture(scope="module")
def ours(compose: dict[str, Any]) -> dict[str, Any]:
    return {name: service for name, service in compose["services"].items() if "build" in service}


class TestCompose:
    def test_keeps_the_compose_specification(self, compose: dict[str, Any]) -> None:
        jsonschema.validate(compose, schema("compose-spec"))

    def test_has_every_part(self, compose: dict[str, Any], ours: dict[str, Any]) -> None:
        assert set(ours) == {"api", "worker", "beat", "migrate"}
        assert {"web", "postgres", "redis", "objects", "mail"} <= set(compose["services"])

    def test_every_setting_exists(self, ours: dict[str, Any]) -> None:
        for service in ours.values():
            named = {name for name in service["environment"] if name.startswith("BANKSIA_")}
            assert named <= settings_names()

    def test_the_application_never_gets_the_owner_of_the_tables(self, ours: dict[str, Any]) -> None:
        with_owner = {name for name, service in ours.items() if "BANKSIA_DATABASE_OWNER_URL" in service["environment"]}
        assert with_owner == {"migrate"}

    def test_every_command_exists(self, ours: dict[str, Any]) -> None:
        for service in ours.values():
            name, *rest = service["command"]
            assert name in commands()
            assert {word for word in rest if word.startswith("--")} <= options_of(commands()[name])

    def test_a_health_check_of_ours_is_a_command_of_ours(self, ours: dict[str, Any]) -> None:
        for service in ours.values():
            _, program, name, *options = service.get("healthcheck", {}).get("test") or ["CMD", "banksia", "serve"]
            assert (program, set(options) - options_of(commands()[name])) == ("banksia", set())

    def test_what_is_waited_for_can_become_healthy(self, compose: dict[str, Any]) -> None:
        services = compose["services"]
        for service in services.values():
            for name, wanted in service.get("depends_on", {}).items():
                has_check = "build" in services[name] or "healthcheck" in services[name]
                assert has_check or wanted["condition"] == "service_completed_successfully"

    def test_every_named_volume_is_declared_and_every_mounted_file_is_here(self, compose: dict[str, Any]) -> None:
        used = set()
        for service in compose["services"].values():
            for source in (volume.split(":")[0] for volume in service.get("volumes", [])):
                if source.startswith("./"):
                    assert (ROOT / source).exists(), source
                else:
                    used.add(source)
        assert used == set(compose["volumes"])

    def test_every_variable_stands_in_the_example_file(self) -> None:
        wanted = {match[1] for match in VARIABLE.finditer(read("compose.yaml"))}
        given = {line.partition("=")[0] for line in read(".env.example").splitlines() if re.match(r"[A-Z]", line)}
        assert wanted - given == set()
        assert given - wanted == set()

    def test_every_setting_that_guides_name_reaches_the_containers(self, ours: dict[str, Any]) -> None:
        guides = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "guides").glob("*.md"))
        in_the_image = set(re.findall(r"\b(BANKSIA_[A-Z_]+)=", read("Dockerfile")))
        named = (set(re.findall(r"\bBANKSIA_[A-Z_]+", guides)) & settings_names()) - in_the_image
        assert {"BANKSIA_IMPORT_FOLDERS", "BANKSIA_LOG_LEVEL"} <= named
        for name in ("api", "worker", "beat"):
            assert named - set(ours[name]["environment"]) == {"BANKSIA_DATABASE_OWNER_URL"}, name
        given = set(VARIABLE.findall(read("compose.yaml")))
        assert named - {name for name, _ in given} == OF_THE_PARTS

    def test_guides_run_only_what_is_here(self, compose: dict[str, Any]) -> None:
        guides = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "guides").glob("*.md"))
        run = RUN_IN_GUIDES.findall(guides)
        assert len(run) >= 10
        for service, word in run:
            assert service in compose["services"], service
            assert service != "api" or word in {*commands(), "python", ""}, word
        volumes = set(re.findall(r"docker volume rm banksia_([a-z-]+)", guides))
        assert (volumes, compose["name"]) == ({"database"}, "banksia")
        assert volumes <= set(compose["volumes"])

    def test_what_nobody_sets_has_the_default_of_the_settings(self) -> None:
        handed = {
            name.removeprefix("BANKSIA_").lower(): default[2:]
            for name, default in VARIABLE.findall(read("compose.yaml"))
            if name in settings_names() and default.startswith(":-") and name not in DIFFERENT_HERE
        }
        for name, default in handed.items():
            given = Settings.model_validate({"secret_key": "x" * 32, name: default})
            assert getattr(given, name) == Settings.model_fields[name].get_default(call_default_factory=True), name

    def test_every_secret_must_be_set(self) -> None:
        for match in VARIABLE.finditer(read("compose.yaml")):
            if match[1].endswith(("PASSWORD", "_KEY")) and not match[1].startswith("BANKSIA_STRIPE"):
                assert match[2].startswith(":?"), match[1]


class TestRolesOfTheDatabase:
    def test_the_script_makes_two_roles_that_row_level_security_holds(self) -> None:
        # Not in pytest's folder, which another pytest closes to `nobody`, whom root lets run PostgreSQL.
        with tempfile.TemporaryDirectory(prefix="banksia-") as folder, postgres(Path(folder), durable=False) as server:
            with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {DATABASE}")
                connection.execute(f"DROP ROLE {APP}, {OWNER}")
            environment = {
                "PATH": f"{server.programs}:{os.environ['PATH']}",
                "PGHOST": str(server.socket_dir),
                "POSTGRES_USER": "postgres",
                "BANKSIA_OWNER_PASSWORD": "it's one",
                "BANKSIA_APP_PASSWORD": "two",
            }
            subprocess.run([ROOT / "deploy/postgres/10-roles.sh"], env=environment, check=True, capture_output=True)
            powers = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = %s"
            with psycopg.connect(server.url("postgres", DATABASE)) as connection:
                for role in (APP, OWNER):
                    assert connection.execute(powers, [role]).fetchone() == (False,)
                owner = connection.execute("SELECT datdba::regrole::text FROM pg_database WHERE datname = 'banksia'")
                assert owner.fetchone() == (OWNER,)


class TestDockerfile:
    def test_everything_it_copies_is_here_and_not_ignored(self) -> None:
        ignored = {line for line in read(".dockerignore").splitlines() if line and not line.startswith("#")}
        for line in read("Dockerfile").splitlines():
            if line.startswith("COPY") and "--from" not in line:
                for source in shlex.split(line)[1:-1]:
                    assert (ROOT / source).exists(), source
                    assert source.split("/")[0] not in ignored

    def test_runs_a_command_of_ours_as_a_normal_user(self) -> None:
        lines = read("Dockerfile").splitlines()
        final = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
        said = {line.split()[0]: line.partition(" ")[2] for line in final if line and line[0].isupper()}
        assert said["USER"] == "banksia"
        assert json.loads(said["ENTRYPOINT"]) == ["banksia"]
        name, *rest = json.loads(said["CMD"])
        assert {word for word in rest if word.startswith("--")} <= options_of(commands()[name])

    def test_sets_only_settings_that_exist(self) -> None:
        assert set(re.findall(r"\b(BANKSIA_[A-Z_]+)=", read("Dockerfile"))) <= settings_names()

    def test_takes_the_python_that_we_support(self) -> None:
        assert set(re.findall(r"FROM python:(3\.\d+)", read("Dockerfile"))) == {"3.13"}


class TestWorkflow:
    def test_keeps_the_schema_of_workflows_and_runs_what_ci_runs(self) -> None:
        workflow = yaml.safe_load(read(".github/workflows/ci.yml"))
        workflow["on"] = workflow.pop(True)  # YAML 1.1 reads the key `on` as a yes
        jsonschema.validate(workflow, schema("github-workflows"))
        steps = workflow["jobs"]["check"]["steps"]
        assert ".ci/run" in [step.get("run") for step in steps]
        assert (ROOT / ".ci/run").stat().st_mode & 0o111


class TestMakefile:
    def test_keeps_the_names_that_others_call(self) -> None:
        targets = set(re.findall(r"^([a-z0-9-]+):.*## ", read("Makefile"), re.MULTILINE))
        assert {"run", "test", "check", "bench", "mutants", "format", "generate", "lint"} <= targets

    def test_every_script_that_it_calls_is_here(self) -> None:
        for script in re.findall(r"scripts/[a-z_]+\.(?:sh|py)", read("Makefile")):
            assert (ROOT / script).exists(), script
