"""The built single-page application, the page that shows the API, and what stands in the frame of a module's page."""

import asyncio
from mimetypes import guess_type
from pathlib import Path

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from banksia.app.policies import FRAME, ModulePage, can_be_named, frame_policy, shell_policy
from banksia.foundation.connections.public import Known, known_at
from banksia.foundation.organisations.errors import ModuleNotFound
from banksia.kit.errors import Problem
from banksia.kit.platform import Platform

log = structlog.get_logger()
OURS = ("api/", "assets/", "modules/", "dev/", "healthz", "readyz", "metrics")
CODINGS = {"br": ".br", "gzip": ".gz"}
"""How the build compressed the assets, smallest first."""
NOWHERE = ("", None)
PATIENCE_SECONDS = 2.0
NOT_BUILT = "<!doctype html><title>Banksia</title><p>The pages are not built. Run <code>make run</code>.</p>"


class Assets(StaticFiles):
    """Files whose names hold a hash of their content: kept by browsers for ever, sent compressed where it helps."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file in the smallest form that the browser takes."""
        accepted = {part.split(";")[0].strip() for part in Headers(scope=scope).get("accept-encoding", "").split(",")}
        for coding, ending in CODINGS.items():
            if coding in accepted and await run_in_threadpool(self.lookup_path, path + ending) != NOWHERE:
                response = await super().get_response(path + ending, scope)
                response.headers["Content-Encoding"] = coding
                response.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
                break
        else:
            response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Vary"] = "Accept-Encoding"
        # The frame of a module's page has an origin of its own and loads its bridge from here; nothing in it is secret.
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def web_dir(platform: Platform) -> Path:
    """Where the built pages lie: as set, in the wheel, or in the checkout."""
    package = Path(__file__).parents[1]
    built = package.parent / "web" / "dist"
    for path in (platform.settings.web_dir, package / "web_dist"):
        if path is not None and path.joinpath("index.html").is_file():
            return path
    return built


def install(app: FastAPI, platform: Platform) -> None:
    """Serve the pages: an asset as it is, every address that is not ours as the shell, which knows what it means."""
    root = web_dir(platform)
    if root.joinpath("assets").is_dir():
        app.mount("/assets", Assets(directory=root / "assets"), name="assets")

    @app.get("/api/docs", include_in_schema=False)
    def show_api() -> Response:
        """The API reference."""
        return _page(root / "api-docs.html")

    @app.get("/{path:path}", include_in_schema=False)
    async def show_shell(request: Request, path: str) -> Response:
        """The shell of the single-page application."""
        if path.startswith(OURS) or path in ("api", "assets", "modules", "dev") or "/.well-known/" in f"/{path}":
            raise HTTPException(404)
        file = root / path
        if path and "/" not in path and not path.startswith(".") and file.is_file():
            return FileResponse(file)
        return _page(root / "index.html", await _policy_of_shell(platform, request))


def install_frame(app: FastAPI, platform: Platform) -> None:
    """Serve the document that stands in the frame of a module's page, before what else is asked of modules."""
    root = web_dir(platform)

    @app.get(f"/modules/{{name}}/{FRAME}", include_in_schema=False)
    async def show_frame(request: Request, name: str) -> Response:
        """The bridge of a connected module's page; only of one whose page is shown in a frame."""
        host = request.headers.get("host", "")
        module = (await known_at(platform, host)).modules.get(name)
        if module is None or not module.enabled or module.page_mode != "frame" or not can_be_named(host):
            raise ModuleNotFound(name)
        page = _page(root / FRAME, frame_policy(host, name))
        page.headers["X-Frame-Options"] = "SAMEORIGIN"
        return page


async def _policy_of_shell(platform: Platform, request: Request) -> str:
    """What the pages of the council's modules may do in the shell; no module may anything while that is not known."""
    host = request.headers.get("host", "")
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            pages = _pages_of(platform, await known_at(platform, host))
    except Problem:
        pages = []  # the host is no council's
    except Exception as error:  # noqa: BLE001  (the shell says itself that the database is away)
        log.warning("web.modules_unknown", error=str(error))
        pages = []
    return shell_policy(host, pages)


def _pages_of(platform: Platform, known: Known) -> list[ModulePage]:
    installed = [
        ModulePage(module.name, "origin")
        for module in platform.modules
        if module.page and (module.always_on or module.name in known.council.enabled_modules)
    ]
    connected = [
        ModulePage(module.name, module.page_mode)
        for module in known.modules.values()
        if module.enabled and module.declared.manifest.pages is not None
    ]
    return [*installed, *connected]


def _page(built: Path, policy: str | None = None) -> Response:
    """A built page, asked for afresh each time, because it names the assets of its build."""
    if not built.is_file():
        return HTMLResponse(NOT_BUILT, status_code=503)
    headers = {"Cache-Control": "no-cache"} | ({"Content-Security-Policy": policy} if policy else {})
    return FileResponse(built, headers=headers)
