"""The conformance check of a module that is installed: a built-in one, or one in Python from elsewhere."""

from collections.abc import Iterator

from banksia.kit.checks import api_routes
from banksia.kit.manifest import ManifestBroken, manifest_of
from banksia.kit.migrations import has_tables
from banksia.kit.module import Module
from banksia.testing.conformance.events import repeated_events
from banksia.testing.conformance.ground import Ground
from banksia.testing.conformance.identity import routes_that_let_strangers_in
from banksia.testing.conformance.installed_pages import check_pages
from banksia.testing.conformance.pages import Browser
from banksia.testing.conformance.report import Report
from banksia.testing.people import sign_in_client

DEPENDENCIES = ("depends_on", "depends on", "listens to", "which no module")
NAMES = ("does not begin", "reserved", "small letters", "is registered", "is declared but not registered")


def check_installed(ground: Ground, module: Module, browser: Browser | None = None) -> Report:
    """Try one module of the ground in every way; without a browser its pages are left out."""
    report = Report(module.name)
    _manifest(ground, module, report)
    _contract(ground, module, report)
    _migrations(ground, module, report)
    report.judge(
        "identity",
        routes_that_let_strangers_in(ground, module),
        "Whoever has no session, an ended one, a forged one or another council's is asked to sign in.",
    )
    problems, heard = repeated_events(ground, module)
    report.judge(
        "events", problems, f"{heard} of its events came twice and changed nothing more." if heard else NO_EVENTS
    )
    check_pages(ground, module, report, browser or Browser.none("Its pages were left out, as was asked."))
    report.judge("health", _illnesses(ground, module), "It describes itself, and its part of the dashboard answers.")
    return report


NO_EVENTS = "It hears no events, so none can count twice."


def _manifest(ground: Ground, module: Module, report: Report) -> None:
    broken: list[str] = []
    try:
        manifest_of(module, api_routes(ground.app))
    except ManifestBroken as refused:
        broken = refused.problems
    problems = (
        [] if module.description.endswith(".") else ["Give it a description: a sentence that ends with a full stop."]
    )
    if module.version.count(".") != 2:
        problems.append(f"Its version is {module.version}. Write three numbers, such as 0.1.0.")
    report.judge("manifest", [*problems, *broken], "What it registers is a manifest of protocol 1.")


def _contract(ground: Ground, module: Module, report: Report) -> None:
    """`banksia check`, sorted; what names no module is told of each that it names."""
    mine = [
        problem
        for problem in ground.contract
        if problem.startswith((f"{module.name}:", f"/api/{module.name}/")) or f" {module.name}." in problem
    ]
    names = [each for each in mine if any(word in each for word in NAMES)]
    told = [each for each in mine if each.startswith(f"{module.name}:") and each not in names]
    dependencies = [each for each in told if any(word in each for word in DEPENDENCIES)]
    tables = [each for each in mine if " table " in each or "migration heads" in each]
    routes = [each for each in mine if each not in (*names, *dependencies, *tables)]
    report.judge("names", names, f"Every permission, task and event begins with “{module.name}.”.")
    report.judge("dependencies", dependencies, "Every module that it uses is installed and named in depends_on.")
    report.judge("routes", [*routes, *_silent_routes(ground, module)], _routes_well(ground, module))
    for problem in tables:
        report.failed("migrations", problem)


def _routes_well(ground: Ground, module: Module) -> str:
    count = sum(1 for route in ground.routes if route.module == module.name)
    return f"{count} routes, each with a permission or public, and with a sentence that describes it."


def _silent_routes(ground: Ground, module: Module) -> Iterator[str]:
    for route in api_routes(ground.app):
        if str(route.path).split("/")[2] == module.name and not (route.endpoint.__doc__ or "").strip():
            yield f"{route.path} says nothing of itself. Give its function a docstring: it is the API's documentation."


def _migrations(ground: Ground, module: Module, report: Report) -> None:
    if any(each.check == "migrations" for each in report.findings):
        return
    if not has_tables(module):
        report.passed("migrations", "It keeps no tables.")
        return
    report.judge(
        "migrations",
        [*ground.footprints.get(module.name, []), *ground.drift_of(module)],
        f"Its migrations change the schema “{module.name}” alone.",
    )


def _illnesses(ground: Ground, module: Module) -> Iterator[str]:
    client = sign_in_client(ground.platform, ground.organisation_id, ("administrator",), raises=False)
    for name in ("meta", "dashboard"):
        answer = client.get(f"/{module.name}/.well-known/banksia/{name}.json")
        if answer.status_code != 200:
            said = answer.text[:200]
            yield f"{name}.json answers {answer.status_code} to an administrator. Find out why, and mend it: {said}"
    if module.settings is not None:
        try:
            module.settings.model_validate({})
        except ValueError as error:
            yield f"A council that has set nothing cannot use its settings. Give every field a default: {error}"
