"""The conformance check of a remote module: the same list, asked of its own server over HTTP."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
from packaging.specifiers import SpecifierSet

from banksia.kit.manifest import PATH, Manifest, ManifestBroken, ManifestRoute, read_manifest
from banksia.kit.module import Modules
from banksia.testing.conformance.council import StandInCouncil
from banksia.testing.conformance.pages import Browser
from banksia.testing.conformance.remote_events import check_events
from banksia.testing.conformance.remote_pages import check_pages
from banksia.testing.conformance.report import Report

NO_COUNCIL = "It was asked as nobody, for it knows no council of this check. Name a file of one: --council check.json."
REFUSED = (401, 403)


@dataclass(frozen=True)
class Remote:
    """A remote module that is being checked."""

    url: str
    """`{base_url}/{name}`."""
    manifest: Manifest
    client: httpx.Client
    modules: Modules
    council: StandInCouncil | None

    @property
    def permissions(self) -> list[str]:
        """Everything that somebody can be allowed here."""
        return [each.name for each in self.manifest.permissions]

    def ask(self, method: str, path: str, *, authorization: str = "", **options: Any) -> httpx.Response:
        """Send one request below the module's address."""
        headers = {**options.pop("headers", {})} | ({"Authorization": authorization} if authorization else {})
        return self.client.request(method, self.url + path, headers=headers, **options)

    def ask_as(self, route: ManifestRoute, method: str) -> httpx.Response:
        """Ask a route as somebody who may."""
        assert self.council is not None
        kind = {"public": "guest", "customer": "customer", "service": "system"}.get(route.audience, "staff")
        token = self.council.token(permissions=self.permissions, kind=kind)
        return self.ask(method, f"/api{route.path}", authorization=f"Bearer {token}")


def check_remote(
    modules: Modules, url: str, council: StandInCouncil | None = None, browser: Browser | None = None
) -> Report:
    """Try a remote module; `url` is `{base_url}/{name}`, and the council, if any, is one that it knows."""
    report = Report(url)
    with httpx.Client(timeout=15, trust_env=False, follow_redirects=False) as client:
        manifest = _manifest(client, url, report)
        if manifest is None:
            return report
        remote = Remote(url, manifest, client, modules, council)
        try:
            _check(remote, report, browser or Browser.none("Its pages were left out, as was asked."))
        except httpx.TransportError as error:
            report.failed("health", f"It stopped answering: {error}. Look at what its server says.")
    return report


def _check(remote: Remote, report: Report, browser: Browser) -> None:
    report.passed("names", "Every name of its manifest begins with its own.")
    report.judge("dependencies", _dependencies(remote), "What it requires and hears is installed here.")
    if remote.council is None:
        report.passed("routes", "Each names its audience. Whether they answer, only somebody whom it believes can see.")
    else:
        report.judge("routes", _routes(remote), f"{len(remote.manifest.routes)} routes; those that only read answer.")
    report.passed("migrations", "It keeps its data on its own side: nothing of it is in Banksia's database.")
    if remote.council is None:
        nobody = {"no token": "", "nonsense for a token": "Bearer nonsense"}
        report.judge("identity", _strangers(remote, nobody), "It refuses whoever brings no token.")
        for check in ("events", "pages", "accessibility"):
            report.skipped(check, NO_COUNCIL)
    else:
        refused = remote.council.forgeries(remote.permissions)
        report.judge("identity", _strangers(remote, refused), f"It refuses {len(refused)} kinds of false identity.")
        check_events(remote, report)
        check_pages(remote, report, browser)
    report.judge("health", _illnesses(remote), "It says that it is well.")


def _manifest(client: httpx.Client, url: str, report: Report) -> Manifest | None:
    try:
        answer = client.get(url + PATH)
    except httpx.HTTPError as error:
        report.failed("manifest", f"{url}{PATH} cannot be reached ({error}). Start the module, and check its address.")
        return None
    if answer.status_code != 200:
        report.failed("manifest", f"{url}{PATH} answers {answer.status_code}. Serve the manifest there, to everybody.")
        return None
    try:
        manifest = read_manifest(answer.content)
    except ManifestBroken as broken:
        named = [each for each in broken.problems if "must begin with" in each or "reserved" in each]
        report.judge(
            "manifest", [each for each in broken.problems if each not in named], "It has the form of protocol 1."
        )
        report.judge("names", named, "Every name of its manifest begins with its own.")
        return None
    if not url.endswith(f"/{manifest.id}"):
        report.failed("manifest", f"It is called “{manifest.id}” and is served at {url}. Serve it at …/{manifest.id}.")
        return None
    problems = (
        [] if manifest.kind != "foundation" else ["kind: choose truth or workflow; the foundation is Banksia's own."]
    )
    report.judge("manifest", problems, "It is a manifest of protocol 1.")
    return manifest


def _dependencies(remote: Remote) -> Iterator[str]:
    for each in remote.manifest.requires:
        found = remote.modules.get(each.module)
        if found is None and not each.optional:
            yield f"It requires {each.module}, which is not installed here. Install it, or make it optional."
        elif found is not None and found.version not in SpecifierSet(each.version):
            wanted = f"{each.module} {each.version}"
            yield f"It requires {wanted}; {found.version} is installed. Install that, or widen the range."
    for name in remote.manifest.events.hears:
        owner = remote.modules.get(name.split(".", 1)[0])
        if owner is not None and name not in remote.modules.events:
            yield f"It hears {name}, which {owner.name} does not emit. Correct the name, or take it out."
    known = {*remote.permissions, *remote.modules.permissions}
    for route in remote.manifest.routes:
        owner = remote.modules.get((route.permission or "").split(".", 1)[0])
        if owner is not None and route.permission not in known:
            yield f"{route.path} needs {route.permission}, which {owner.name} does not have. Correct the name."


def _routes(remote: Remote) -> Iterator[str]:
    """What only reads, and has no parameter, answers whoever may; what is not declared is not there."""
    for route in remote.manifest.routes:
        if "{" in route.path or "GET" not in route.methods:
            continue
        answer = remote.ask_as(route, "GET")
        if answer.status_code in (401, 403):
            said = f"GET {route.path} answers {answer.status_code} to a right token of {route.audience}"
            yield f"{said}. Let it in: look at how tokens are checked."
        elif answer.status_code in (404, 405, 501) or answer.status_code >= 500:
            said = f"GET {route.path} is declared and answers {answer.status_code}"
            yield f"{said}. Serve it, or take it out of the manifest."
    undeclared = ManifestRoute(path="/conformance-no-such-route", methods=["GET"], audience="staff")
    if (status := remote.ask_as(undeclared, "GET").status_code) not in (404, 405):
        yield f"A route that is not declared answers {status}. Answer 404 to what you do not know."


def _strangers(remote: Remote, forgeries: dict[str, str]) -> Iterator[str]:
    guarded = [
        (method, f"/api{route.path}")
        for route in remote.manifest.routes
        for method in route.methods
        if route.audience != "public"
    ]
    guarded += [("GET", widget.path) for widget in remote.manifest.widgets if widget.permission]
    for method, declared in guarded:
        path = declared.replace("{", "").replace("}", "")
        for title, authorization in forgeries.items():
            status = remote.ask(method, path, authorization=authorization).status_code
            if status not in REFUSED:
                yield f"{method} {path} answers {status} to {title}. Check the token first, and answer 401."


def _illnesses(remote: Remote) -> Iterator[str]:
    answer = remote.ask("GET", remote.manifest.health)
    if answer.status_code // 100 != 2:
        said = f"{remote.manifest.health} answers {answer.status_code}"
        yield f"{said}. Answer 200 there while all is well, to everybody."
